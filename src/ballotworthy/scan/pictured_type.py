"""The letters of a form that is a picture, or outlines: read by the recogniser, with the height of its capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

from ballotworthy.scan.drawn_type import Letter
from ballotworthy.scan.form_type import by_capital
from ballotworthy.scan.page_text import Finder, TextBox, cut
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.seen_type import FAINTEST, Shown

DPI = 300
LARGEST = 20_000_000
"""Pixels of a page as it is read."""
MOST_READ = 4
"""Pages that are read as pictures, since each takes some seconds."""
SMALLER = 0.4
"""What a page of 300 dpi is shrunk to for finding its lines."""
EDGE = 1.0
"""Pixels by which the height of a capital may be off: half of one at either end, blurred."""
SPECK = 4
TALL = 0.88
"""How high a piece is, as a share of the highest, that has a capital's height."""
SURE = 0.5


def pictured_letters(path: Path, pages: Sequence[int]) -> list[Letter]:
    """Read pages (from 1) of a PDF as a person sees them; a letter has the size of its line, and how far off."""
    finder, reader = Finder(), Reader()
    letters: list[Letter] = []
    for number in pages:
        document = pypdfium2.PdfDocument(path)
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(DPI / 72, (LARGEST / max(1.0, width * height)) ** 0.5)
        grey = _grey(page, scale)
        document.close()
        for box in finder.find(grey, SMALLER):
            letters += _line(grey, box, reader, number, scale)
    return letters


def _grey(page: pypdfium2.PdfPage, scale: float) -> np.ndarray:
    drawn = page.render(scale=scale).to_numpy()[:, :, :3]
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(drawn), cv2.COLOR_BGR2GRAY))


def _line(grey: np.ndarray, box: TextBox, reader: Reader, page: int, scale: float) -> Iterator[Letter]:
    part = cut(grey, box)
    if not part.size:
        return
    reading = reader.read([part])[0]
    high = _capital(part)
    if not reading.text or high is None or reading.confidence < SURE:
        return
    size, off = by_capital(high / scale, EDGE / scale)
    contrast = _contrast(part)
    wide = (box.x1 - box.x0) / len(reading.text)
    top, bottom = box.y0 / scale, box.y1 / scale
    for each in re.finditer(r"[^\W_][^\w\s]*", reading.text):  # a letter with what stops follow it
        left, right = ((box.x0 + at * wide) / scale for at in each.span())
        letter, spot = each[0][0], (left, top, right, bottom)
        yield Letter(letter, page, size, spot, (left, bottom), 0, None, False, Shown(contrast), off)


def _capital(part: np.ndarray) -> float | None:
    """Give the height of a line's capitals in pixels: of the pieces that stand on its baseline, the higher ones."""
    _, dark = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    count, _, facts, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    pieces = [
        (int(y + tall), int(tall)) for _, y, wide, tall, area in facts[1:] if area >= SPECK and wide < part.shape[1] / 3
    ]
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
