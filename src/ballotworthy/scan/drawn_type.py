"""The letters of a PDF with the size at which each is drawn: the font's size times the scale of its text matrix."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ballotworthy.errors import InputError
from ballotworthy.safe_text import safe_line

MOST_PAGES = 60
"""Pages of a form: one petition section with a long measure attached."""


@dataclass(frozen=True)
class Letter:
    """One letter or digit as drawn: its page from 1, its size in points, its box (left, top, right, bottom)."""

    text: str
    page: int
    size: float
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """What is drawn in a PDF: its letters and digits in the order of its text, the sizes of its pages in points.

    `scripts` counts its JavaScript, which is never run; `pictures` are the pages that are pictures without text.
    """

    letters: tuple[Letter, ...]
    pages: tuple[tuple[float, float], ...]
    scripts: int
    pictures: tuple[int, ...]


def drawn_in(path: Path) -> Drawn:
    """Measure the letters of a PDF.

    Raises:
        InputError: there is no such file, it is no PDF, is locked, has no pages, or too many for a form.
    """
    name = safe_line(path.name)
    if not path.is_file():
        raise InputError(f"there is no file {path}.")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(f"{name} is locked with a password. Save it without.") from None
        raise InputError(f"{name} is no PDF. Save the form as a PDF, as it goes to the printer.") from None
    try:
        count = len(document)
        if not 1 <= count <= MOST_PAGES:
            raise InputError(f"{name} has {count:,} pages; a form has 1 to {MOST_PAGES}. Give one form.")
        letters: list[Letter] = []
        pages, pictures = [], []
        for number in range(count):
            page = document[number]
            pages.append(page.get_size())
            found = _letters(page, number + 1)
            letters += found
            if not found and any(True for _ in page.get_objects(filter=[3], max_depth=2)):
                pictures.append(number + 1)
        scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw)
        return Drawn(tuple(letters), tuple(pages), max(0, scripts), tuple(pictures))
    finally:
        document.close()


def _letters(page: pypdfium2.PdfPage, number: int) -> list[Letter]:
    text = page.get_textpage()
    height = page.get_size()[1]
    matrix = pdfium.FS_MATRIX()
    letters = []
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not letter.isalnum() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
            continue
        size = pdfium.FPDFText_GetFontSize(text, index) * (matrix.b**2 + matrix.d**2) ** 0.5
        left, bottom, right, top = text.get_charbox(index)
        letters.append(Letter(letter, number, float(size), (left, height - top, right, height - bottom)))
    return letters
