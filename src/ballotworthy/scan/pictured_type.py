"""The letters of a form as the recogniser sees them: of a picture or outlines, with the height of their capitals."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, isinf

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from ballotworthy.scan.drawn_type import Box, Letter
from ballotworthy.scan.form_type import by_capital
from ballotworthy.scan.form_words import ALIKE, Place, around, stream_of
from ballotworthy.scan.page_text import Finder, TextBox, cut, upright
from ballotworthy.scan.picture_form import Source
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.ruling import LONG_SIDE, skew_of, turned
from ballotworthy.scan.seen_type import FAINTEST, Shown

DPI = 300
LARGEST = 20_000_000
"""Pixels of a page as it is read."""
MOST_READ = 4
"""Pages with text that are read as pictures too, since each takes some seconds; those without are all read."""
SMALLER = 0.4
"""What a page of 300 dpi is shrunk to for finding its lines."""
LEVEL = 0.15
"""Degrees by which a page may lie askew without being turned."""
FILLS = 0.3
"""The share of a page from which a picture on it is what there is to be read."""
EDGE = 1.0
"""Pixels by which the height of a capital may be off: half of one at either end, blurred."""
FEW = 12
"""Letters of a line up to which its capitals, or figures, are too few to be measured as well as others."""
SPECK = 4
TALL = 0.88
"""How high a piece is, as a share of the highest, that has a capital's height."""
SURE, WELL = 0.5, 0.8
"""The confidence from which a line counts as read, and that most lines of a page have that is the right way up."""
AROUND = 0.25
"""What is cut out around a line of type, in sizes of its letters."""


class Eyes:
    """The recogniser, loaded when first asked, over one form."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._models: tuple[Finder, Reader] | None = None
        self._last: tuple[int, tuple[np.ndarray, float, float]] | None = None

    def letters(self, pages: Sequence[int]) -> list[Letter]:
        """Read pages (from 1) as a person sees them; a letter has the size of its line, and how far that is off."""
        finder, reader = self._loaded()
        letters: list[Letter] = []
        for number in pages:
            shown, scale, edge = self._page(number)
            small = cv2.resize(shown, None, fx=LONG_SIDE / max(shown.shape), fy=LONG_SIDE / max(shown.shape))
            skew = skew_of(small)
            grey, turns = turned(shown, skew) if abs(skew) > LEVEL else shown, 0
            lines = [(box, reader.read([cut(grey, box)])[0]) for box in finder.find(grey, SMALLER)]
            if lines and sum(each.confidence >= WELL for _, each in lines) * 2 < len(lines):
                turns, boxes = upright(grey, finder, reader)
                grey = np.ascontiguousarray(np.rot90(grey, turns))
                lines = [(box, reader.read([cut(grey, box)])[0]) for box in boxes]
            lay = _Lay(number, scale, edge if self._source.sized else inf, turns, skew, grey.shape)
            for box, reading in lines:
                if reading.confidence >= SURE:
                    letters += _line(grey, box, reading.text, lay)
        return letters

    def likeness(self, place: Place) -> float:
        """Give the share of a text's letters that are read off the page where the file says that they stand."""
        _, reader = self._loaded()
        said, read = "", ""
        for number, some in groupby(place.letters, key=lambda each: each.page):
            grey, scale, _ = self._page(number)
            for line in _lines(list(some)):
                left, top, right, bottom = around(line)
                more = AROUND * line[0].size
                sides = (left - more, top - more, right + more, bottom + more)
                x0, y0, x1, y1 = (max(0, round(each * scale)) for each in sides)
                part = np.ascontiguousarray(np.rot90(grey[y0:y1, x0:x1], line[0].quarter))
                said += stream_of(line).translate(ALIKE)
                read += "".join(each for each in reader.read([part])[0].text.casefold() if each.isalnum())
        same = difflib.SequenceMatcher(None, said, read.translate(ALIKE), autojunk=False).get_matching_blocks()
        return sum(each.size for each in same) / len(said)

    def _loaded(self) -> tuple[Finder, Reader]:
        if self._models is None:
            self._models = Finder(), Reader()
        return self._models

    def _page(self, number: int) -> tuple[np.ndarray, float, float]:
        """Give a page in grey, its pixels a point, and the points by which the height of a capital may be off."""
        if self._last and self._last[0] == number:
            return self._last[1]
        document = pypdfium2.PdfDocument(self._source.pdf)
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(DPI / 72, (LARGEST / max(1.0, width * height)) ** 0.5)
        edge = EDGE / min(scale, _fineness(page))
        drawn = np.ascontiguousarray(page.render(scale=scale).to_numpy()[:, :, :3])
        document.close()
        self._last = number, (np.asarray(cv2.cvtColor(drawn, cv2.COLOR_BGR2GRAY)), scale, edge)
        return self._last[1]


@dataclass(frozen=True)
class _Lay:
    """How a page lay that was read: pixels a point, the error of a height in points, and how it was turned first."""

    page: int
    scale: float
    edge: float
    turns: int
    skew: float
    shape: tuple[int, ...]


def _fineness(page: pypdfium2.PdfPage) -> float:
    """Give the pixels a point of the coarsest picture that fills a good part of a page, infinite where none does."""
    width, height = page.get_size()
    found = [inf]
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = each.get_bounds()
        if (right - left) * (top - bottom) > FILLS * width * height:
            across, down = each.get_px_size()
            found.append(min(across / (right - left), down / (top - bottom)))
    return min(found)


def _lines(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Part the letters of a text, in their order, into lines."""
    line: list[Letter] = []
    for each in letters:
        axis = 1 - each.quarter % 2  # the side of a letter's origin that a line has in common
        if line and abs(each.origin[axis] - line[-1].origin[axis]) > 0.5 * each.size:
            yield line
            line = []
        line.append(each)
    yield line


def _line(grey: np.ndarray, box: TextBox, text: str, lay: _Lay) -> Iterator[Letter]:
    part = cut(grey, box)
    high = _capital(part) if part.size else None
    if not text or high is None:
        return
    edge = 2 * lay.edge if sum(map(str.isalnum, text)) <= FEW else lay.edge
    size, off = by_capital(high / lay.scale, 0.0 if isinf(edge) else edge)
    contrast = _contrast(part)
    wide = (box.x1 - box.x0) / len(text)
    for each in re.finditer(r"[^\W_][^\w\s]*", text):  # a letter with what stops follow it
        left, right = (box.x0 + at * wide for at in each.span())
        spot, start = _as_shown((left, box.y0, right, box.y1), lay)
        unsure = inf if isinf(lay.edge) else off
        yield Letter(each[0][0], lay.page, size, spot, start, lay.turns, None, False, Shown(contrast), unsure)


def _as_shown(box: Box, lay: _Lay) -> tuple[Box, tuple[float, float]]:
    """Give a box of a page as it was read, and where its baseline starts, in points of the page as it lies."""
    points = np.array([[box[0], box[1]], [box[2], box[3]], [box[0], box[3]]])
    high, wide = lay.shape[:2]
    for _ in range(lay.turns):
        high, wide = wide, high
        points = np.stack([wide - points[:, 1], points[:, 0]], axis=1)
    if abs(lay.skew) > LEVEL:
        back = cv2.getRotationMatrix2D((wide / 2, high / 2), -lay.skew, 1.0)
        points = points @ back[:, :2].T + back[:, 2]
    points = points / lay.scale
    (left, top), (right, bottom) = points[:2].min(axis=0).tolist(), points[:2].max(axis=0).tolist()
    x, y = points[2].tolist()
    return (left, top, right, bottom), (x, y)


def _capital(part: np.ndarray) -> float | None:
    """Give the height of a line's capitals in pixels: of the pieces that stand on its baseline, the higher ones."""
    _, dark = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    count, _, facts, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    widest = part.shape[1] / 3
    pieces = [(int(y + tall), int(tall)) for _, y, wide, tall, area in facts[1:] if area >= SPECK and wide < widest]
    if count < 3 or not pieces:
        return None
    feet = np.array([foot for foot, _ in pieces])
    base = int(np.bincount(feet, [tall for _, tall in pieces]).argmax())
    standing = np.array([tall for foot, tall in pieces if abs(foot - base) <= 1])
    high = standing[standing >= TALL * np.quantile(standing, 0.97)]  # capitals, and no small letter or stop
    return float(np.median(high))


def _contrast(part: np.ndarray) -> float:
    levels = np.quantile(part, (0.02, 0.9)) / 255
    ink, paper = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in levels)
    return max(FAINTEST, float((paper + 0.05) / (ink + 0.05)))
