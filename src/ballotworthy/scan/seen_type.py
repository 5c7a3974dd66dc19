"""What can be seen of a page's letters: the page is drawn with its text and without it, and what differs is the text.

So type that is white, covered, cut off, transparent, in a layer that is off or never painted is told from what is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

DPI = 200
LARGEST = 20_000_000
"""Pixels of a page as drawn here; a larger one is drawn coarser."""
FAINTEST = 1.05
"""The contrast below which nothing is seen: black on white is 21."""
PRINTED = 0.1
"""How far the luminance of print differs from the page's own, of 1."""
STEADY = 6.5
"""Points of type from which its stems are measured: of smaller type they are too few pixels."""
STEMS = {"I": 0.5, "T": 0.7, "L": 0.4, "P": 0.88, "F": 0.88, "l": 0.5, "i": 0.8}
"""Letters that have one upright stem at that share of their height, from the top."""
FLAT = frozenset("BDEFHIKLMNPRTXZ")
"""Capitals that are as high as capitals are: round ones reach further, J and Q hang."""


@dataclass(frozen=True)
class Shown:
    """What is seen of a letter: contrast by WCAG 2.1 (1 to 21, 0 where nothing is), a capital's height in points.

    `stem` is the width of its upright stem as a share of its size along the line; both are None where its shape does
    not show them.
    """

    contrast: float
    capital: float | None = None
    stem: float | None = None


Asked = tuple[str, tuple[float, float, float, float], int, float]
"""A letter, its box in points as shown, the quarters that it is turned, and its size along its line."""


def shown_page(
    page: pypdfium2.PdfPage, letters: Sequence[Asked]
) -> tuple[list[Shown], tuple[float, float, float, float] | None]:
    """Give what is seen of each letter of a page, and what is free of print at its four sides, in points.

    The page has no text afterwards, and must be opened anew.
    """
    width, height = page.get_size()
    scale = min(DPI / 72, (LARGEST / max(1.0, width * height)) ** 0.5)
    whole = luminance_of(page, scale)
    margin = _margin(whole, scale)
    if not letters:
        return [], margin
    without_text(page)
    bare = luminance_of(page, scale)
    return [_shown(each, whole, bare, scale) for each in letters], margin


def luminance_of(page: pypdfium2.PdfPage, scale: float) -> np.ndarray:
    """Give the relative luminance of each pixel of a page, from 0 to 1 (WCAG 2.1)."""
    return _luminance(page.render(scale=scale).to_numpy())


def _luminance(drawn: np.ndarray) -> np.ndarray:
    """Give the luminance of pixels in blue, green, red; most pages have black and greys alone, which one table tells.

    Colours add up in the order of the table of greys, so that a grey is told alike, whatever else is on its page.
    """
    levels = np.arange(256) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4).astype(np.float32)
    red, green, blue = (linear * np.float32(share) for share in (0.2126, 0.7152, 0.0722))
    blues, greens, reds = cv2.split(drawn[:, :, :3])
    if not cv2.countNonZero(cv2.absdiff(blues, greens)) and not cv2.countNonZero(cv2.absdiff(greens, reds)):
        return np.asarray(cv2.LUT(blues, red + green + blue))
    return np.asarray(cv2.add(cv2.add(cv2.LUT(reds, red), cv2.LUT(greens, green)), cv2.LUT(blues, blue)))


def without_text(page: pypdfium2.PdfPage) -> None:
    """Take all text off a page, that in forms within it too; the file stays as it is."""
    for index in reversed(range(pdfium.FPDFPage_CountObjects(page.raw))):
        each = pdfium.FPDFPage_GetObject(page.raw, index)
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPage_RemoveObject(page.raw, each)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            _form_without_text(each)


def _form_without_text(form: pdfium.FPDF_PAGEOBJECT) -> None:
    for index in reversed(range(pdfium.FPDFFormObj_CountObjects(form))):
        each = pdfium.FPDFFormObj_GetObject(form, index)
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFFormObj_RemoveObject(form, each)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            _form_without_text(each)


def _shown(letter: Asked, whole: np.ndarray, bare: np.ndarray, scale: float) -> Shown:
    text, box, quarter, size = letter
    left, top = (int(np.floor(each * scale)) for each in box[:2])
    right, bottom = (int(np.ceil(each * scale)) for each in box[2:])
    if min(left, top) < -1 or right > whole.shape[1] + 1 or bottom > whole.shape[0] + 1:
        return Shown(0.0)  # cut off by the edge of the page
    part = np.s_[max(0, top) : bottom, max(0, left) : right]
    with_it, without = whole[part], bare[part]
    if not with_it.size:
        return Shown(0.0)
    differs = np.abs(with_it - without)
    at = np.unravel_index(int(differs.argmax()), differs.shape)
    darker, lighter = sorted((float(with_it[at]), float(without[at])))
    contrast = (lighter + 0.05) / (darker + 0.05)
    if contrast < FAINTEST:
        return Shown(0.0)
    ink = np.rot90(differs / differs.max(), quarter)
    rows = np.flatnonzero(ink.max(axis=1) > 0.5)
    high = len(rows) / scale
    stem = None
    if text in STEMS and size >= STEADY and len(rows) > 5:
        middle = rows[0] + round(STEMS[text] * (len(rows) - 1))
        stem = float(ink[middle - 1 : middle + 2].sum(axis=1).mean()) / scale / size
    return Shown(contrast, high if text in FLAT else None, stem)


def _margin(luminance: np.ndarray, scale: float) -> tuple[float, float, float, float] | None:
    printed = np.abs(luminance - np.median(luminance)) > PRINTED
    across, down = np.flatnonzero(printed.any(axis=0)), np.flatnonzero(printed.any(axis=1))
    if not len(across):
        return None
    high, wide = luminance.shape
    sides = (across[0], down[0], wide - 1 - across[-1], high - 1 - down[-1])
    left, top, right, bottom = (round(float(each) / scale, 1) for each in sides)
    return left, top, right, bottom
