"""The letters of a PDF with the size at which each is drawn: the font's size times the scale of its text matrix."""

from __future__ import annotations

import ctypes
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from ballotworthy.errors import InputError
from ballotworthy.scan.picture_form import Source
from ballotworthy.scan.seen_type import Shown, shown_page

MOST_PAGES = 60
"""Pages of a form: one petition section with a long measure attached."""
PROBE, DEVICE = 1000.0, 100
"""Points, and device units a point, by which it is asked how pdfium lays a page."""
ITALIC = 1 << 6
"""The flag of an italic font (ISO 32000-1, table 123)."""
SLANTED = 0.1
"""How far a text matrix leans, as a share of its height, from which the type is slanted."""
BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
PLAIN = re.compile(r"regular|roman|book|light|thin", re.IGNORECASE)
SLOPED = re.compile(r"italic|oblique", re.IGNORECASE)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Letter:
    """One letter or digit as drawn, in points from the top left of its page as shown.

    `box` is left, top, right, bottom; `origin` is where its baseline starts, and `quarter` the quarters by which the
    line is turned to the right. `named` says by the font's name whether it is bold, None where that says nothing;
    `off` is how far the size may be off either way, where it was measured on a picture.
    """

    text: str
    page: int
    size: float
    box: Box
    origin: tuple[float, float]
    quarter: int
    named: bool | None
    italic: bool
    seen: Shown
    off: float = 0.0


@dataclass(frozen=True)
class Drawn:
    """What is drawn in a PDF: its letters in the order of its text, those that cannot be seen too; its pages' sizes.

    `scripts` counts its JavaScript, which is never run; `pictures` are the pages that bear print but no text that is
    seen; `margins` is what is free of print on each page: left, top, right, bottom, None where nothing is printed.
    `scaled` says that its pages have a unit of their own (UserUnit), which not every printer keeps.
    """

    letters: tuple[Letter, ...]
    pages: tuple[tuple[float, float], ...]
    scripts: int
    pictures: tuple[int, ...]
    margins: tuple[Box | None, ...]
    scaled: bool


def drawn_in(source: Source) -> Drawn:
    """Measure the letters of a PDF.

    Raises:
        InputError: it is no PDF, is locked, has no pages, too many for a form, or a broken one.
    """
    name = source.name
    try:
        document = pypdfium2.PdfDocument(source.pdf)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(f"{name} is locked with a password. Save it without.") from None
        raise InputError(f"{name} is no PDF. Save the form as a PDF, as it goes to the printer.") from None
    try:
        count = len(document)
        if not 1 <= count <= MOST_PAGES:
            raise InputError(f"{name} has {count:,} pages; a form has 1 to {MOST_PAGES}. Give one form.")
        letters: list[Letter] = []
        pages, pictures, margins = [], [], []
        for number in range(count):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                raise InputError(f"page {number + 1} of {name} is broken. Save the form anew.") from None
            pages.append(page.get_size())
            found, margin = _letters(page, number + 1)
            letters += found
            margins.append(margin)
            if margin and not any(each.seen.contrast for each in found):
                pictures.append(number + 1)
        scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw)
        scaled = _has_units(document)
        letters = [replace(each, off=inf) for each in letters] if scaled else letters
        return Drawn(tuple(letters), tuple(pages), max(0, scripts), tuple(pictures), tuple(margins), scaled)
    finally:
        document.close()


def _has_units(document: pypdfium2.PdfDocument) -> bool:
    """Tell a PDF whose pages have a unit of their own, which pdfium leaves out of all that it measures."""
    copy = io.BytesIO()
    document.save(copy, flags=pdfium.FPDF_REMOVE_SECURITY)  # saved anew, its dictionaries stand there plain
    return any(float(each) != 1 for each in re.findall(rb"/UserUnit\s*([0-9]*\.?[0-9]+)", copy.getvalue()))


def _letters(page: pypdfium2.PdfPage, number: int) -> tuple[list[Letter], Box | None]:
    raw = _ligatures(_raw_letters(page))
    seen, margin = shown_page(page, [(each.text, each.box, each.quarter, each.wide) for each in raw])
    letters = [
        Letter(part, number, each.size, box, origin, each.quarter, each.named, each.italic, shown)
        for each, shown in zip(raw, seen, strict=True)
        for part, box, origin in _parts(each)
        if part.isalnum()
    ]
    return letters, margin


def _ligatures(raw: Iterable[_Raw]) -> list[_Raw]:
    """Give letters with those together that one glyph shows, as pdfium tells the three of an "ffi" in one box."""
    made: list[_Raw] = []
    for each in raw:
        before = made[-1] if made else None
        if before and before.box == each.box and (before.text[-1:] != each.text or each.text == "f"):
            made[-1] = before._replace(text=before.text + each.text)
        else:
            made.append(each)
    return made


def _parts(raw: _Raw) -> Iterator[tuple[str, Box, tuple[float, float]]]:
    """Give the letters of which a ligature consists, side by side; one letter as it stands."""
    text = unicodedata.normalize("NFKC", raw.text)
    left, top, right, bottom = raw.box
    for at, each in enumerate(text):
        start, end = at / len(text), (at + 1) / len(text)
        wide, high = right - left, bottom - top
        across = (left + start * wide, top, left + end * wide, bottom)
        down = (left, top + start * high, right, top + end * high)
        back = (left + (1 - end) * wide, top, left + (1 - start) * wide, bottom)
        up = (left, top + (1 - end) * high, right, top + (1 - start) * high)
        step = [(start * wide, 0.0), (0.0, start * high), (-start * wide, 0.0), (0.0, -start * high)][raw.quarter]
        yield each, [across, down, back, up][raw.quarter], (raw.origin[0] + step[0], raw.origin[1] + step[1])


class _Raw(NamedTuple):
    text: str
    size: float
    wide: float
    box: Box
    origin: tuple[float, float]
    quarter: int
    named: bool | None
    italic: bool


def _raw_letters(page: pypdfium2.PdfPage) -> Iterator[_Raw]:
    """Give the letters and ligatures of a page, in the order of its text."""
    text = page.get_textpage()
    laid = _laid(page)
    matrix = pdfium.FS_MATRIX()
    across, down = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not any(each.isalnum() for each in unicodedata.normalize("NFKC", letter)):
            continue
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
            continue
        run = (matrix.a**2 + matrix.b**2) ** 0.5
        if not run or not pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(across), ctypes.byref(down)):
            continue
        rise = abs(matrix.a * matrix.d - matrix.b * matrix.c) / run
        size = float(pdfium.FPDFText_GetFontSize(text, index))
        left, bottom, right, top = text.get_charbox(index)
        corners = laid @ np.array([[left, right], [bottom, top], [1, 1]])
        box = (*corners.min(axis=1).tolist(), *corners.max(axis=1).tolist())
        along = laid[:, :2] @ np.array([matrix.a, matrix.b])
        quarter = round(float(np.degrees(np.arctan2(along[1], along[0]))) / 90) % 4
        lean = (matrix.a * matrix.c + matrix.b * matrix.d) / run
        named, italic = _face(text, index)
        start = (laid @ np.array([across.value, down.value, 1])).tolist()
        slanted = italic or abs(lean) > SLANTED * rise
        yield _Raw(letter, size * rise, size * run, box, (start[0], start[1]), quarter, named, slanted)
    text.close()


def _laid(page: pypdfium2.PdfPage) -> np.ndarray:
    """Give the matrix (2 x 3) that lays a point of the PDF on its page as shown, from the top left."""
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    spots = []
    for x, y in ((0.0, 0.0), (PROBE, 0.0), (0.0, PROBE)):
        size = (round(width * DEVICE), round(height * DEVICE))
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        spots.append(np.array([across.value, down.value]) / DEVICE)
    return np.stack([(spots[1] - spots[0]) / PROBE, (spots[2] - spots[0]) / PROBE, spots[0]], axis=1)


def _face(text: pypdfium2.PdfTextPage, index: int) -> tuple[bool | None, bool]:
    """Give whether a letter's font is bold by its name, None where that says nothing, and whether it is italic."""
    name = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.byref(flags))
    called = name.value.decode("utf-8", "replace").partition("+")[2] or name.value.decode("utf-8", "replace")
    named = True if BOLD.search(called) else False if PLAIN.search(called) else None
    return named, bool(flags.value & ITALIC) or bool(SLOPED.search(called))
