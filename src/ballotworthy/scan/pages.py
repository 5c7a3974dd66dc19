"""Pages of scans as grey pictures, one at a time: PDF, TIFF, JPEG, PNG; a page that cannot be had says why."""

from __future__ import annotations

import hashlib
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from ballotworthy.files.scan_files import PICTURES

RENDERED_DPI = 200
LARGEST = 120_000_000
"""Pixels of the largest page that is read: a letter sheet at 1,000 dpi has 94 million."""
FORMATS = ("JPEG", "PNG", "TIFF")
BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error,
    pypdfium2.PdfiumError,
)  # fmt: skip
"""What Pillow and pypdfium2 raise for a broken picture or page."""
EMPTY = "nothing is on it; if it was signed, scan it again"
REOPEN = 100
"""Pages after which a PDF is opened again, since its library keeps what it has rendered."""

Image.MAX_IMAGE_PIXELS = None  # its own limit is a warning; ours is `LARGEST`, asked before anything is decoded


@dataclass(frozen=True)
class Page:
    """One page: its file, its number there from 1, its grey picture, and the SHA-256 of that picture's pixels.

    `picture` is None where the page cannot be read; `fault` says why and what to do.
    """

    file: str
    number: int
    picture: np.ndarray | None
    sha256: str = ""
    fault: str = ""


def pages_in(path: Path) -> int:
    """Give how many pages `pages_of` gives of a file."""
    try:
        if path.suffix.lower() == ".pdf":
            document = pypdfium2.PdfDocument(path)
            try:
                return max(1, len(document))
            finally:
                document.close()
        if path.suffix.lower() in PICTURES:
            with _without_warnings(), Image.open(path, formats=FORMATS) as header:
                return max(1, int(getattr(header, "n_frames", 1)))
    except BROKEN:
        return 1
    return 1


def pages_of(path: Path, skip: int = 0) -> Iterator[Page]:
    """Give the pages of a file, in order, without the first `skip`; a fault stands for what cannot be read."""
    ending = path.suffix.lower()
    if ending == ".pdf":
        yield from _of_pdf(path, skip)
    elif ending in PICTURES:
        yield from _of_picture(path, skip)
    else:
        yield _faulty(path, 1, f"it is no scan by its ending; scans are .pdf, {', '.join(PICTURES)}")


def _of_picture(path: Path, skip: int) -> Iterator[Page]:
    number = skip + 1
    try:
        with _without_warnings():
            header = Image.open(path, formats=FORMATS)  # reads the header alone
        with header:
            with _without_warnings():
                count = getattr(header, "n_frames", 1)
            for number in range(skip + 1, count + 1):
                with _without_warnings():
                    page = _of_frame(path, number, header)
                yield page
    except BROKEN:
        yield _faulty(path, number, "it is not a picture that can be read, or a broken one; scan it again")


def _of_frame(path: Path, number: int, header: Image.Image) -> Page:
    header.seek(number - 1)
    if header.width * header.height > LARGEST:
        return _faulty(path, number, f"it has {header.width:,} x {header.height:,} pixels; scan at 200 to 400 dpi")
    return _page(path, number, _grey_of(header))


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep to ourselves what Pillow warns of in a picture that is broken in part."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _grey_of(picture: Image.Image) -> np.ndarray:
    """Give the picture in grey of 8 bits; what is transparent is paper."""
    if picture.mode.startswith("I"):
        deep = np.asarray(picture.convert("I"))
        return np.asarray((deep >> 8 if deep.max() > 255 else deep).clip(0, 255), np.uint8)
    if picture.has_transparency_data:
        drawn = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn)
    return np.asarray(picture.convert("L"))


def _of_pdf(path: Path, skip: int) -> Iterator[Page]:
    try:
        document = pypdfium2.PdfDocument(path)
    except (OSError, pypdfium2.PdfiumError) as error:
        told = "it is no PDF; scan it again"
        if _is_whole(path):  # asked first: pdfium's words for such a file are those for the last that was broken
            told = "it is a PDF without pages; scan the sheets again"
        elif "assword" in str(error):
            told = "it is locked with a password; save it without"
        yield _faulty(path, 1, told)
        return
    count = len(document)
    rendered = 0
    for index in range(skip, count):
        if rendered == REOPEN:
            document.close()
            document, rendered = pypdfium2.PdfDocument(path), 0
        try:
            page = document[index]
            empty = not raw.FPDFPage_CountObjects(page.raw) and not raw.FPDFPage_GetAnnotCount(page.raw)
            rendered += not empty
            given = _faulty(path, index + 1, EMPTY) if empty else _of_pdf_page(path, index, page)
            page.close()
        except BROKEN:
            given = _faulty(path, index + 1, "it is a broken page; scan it again")
        yield given
    document.close()


def _is_whole(path: Path) -> bool:
    document = raw.FPDF_LoadDocument(f"{path}\0".encode(errors="surrogateescape"), None)
    if document:
        raw.FPDF_CloseDocument(document)
    return bool(document)


def _of_pdf_page(path: Path, index: int, page: pypdfium2.PdfPage) -> Page:
    scale = RENDERED_DPI / 72
    width, height = page.get_size()
    if width * height * scale * scale > LARGEST:
        return _faulty(
            path, index + 1, f"it is {width / 72:.0f} x {height / 72:.0f} inches large; scan it at its own size"
        )
    images = list(page.get_objects(filter=[3], max_depth=1))
    others = list(page.get_objects(filter=[1, 2, 4], max_depth=1))
    if len(images) == 1 and not others:
        across, down = images[0].get_px_size()
        if across * down > LARGEST:
            return _faulty(path, index + 1, f"its picture has {across:,} x {down:,} pixels; scan at 200 to 400 dpi")
        if across > width and down > height:  # at least 72 dpi: the scan itself
            if _is_shown_as_stored(images[0]):
                return _page(path, index + 1, _grey(images[0].get_bitmap(render=False).to_numpy()))
            fine = max(across / width, down / height)
            scale = max(scale, fine) if width * height * fine * fine <= LARGEST else scale
    return _page(path, index + 1, _grey(page.render(scale=scale, grayscale=True).to_numpy()))


def _is_shown_as_stored(image: pypdfium2.PdfImage) -> bool:
    """Tell whether a picture's pixels are what its page shows: not mirrored there, and no stencil (a negative)."""
    across, skew, lean, down, _, _ = image.get_matrix().get()
    stored = image.get_metadata()
    stencil = stored.bits_per_pixel == 1 and stored.colorspace == raw.FPDF_COLORSPACE_UNKNOWN
    return bool(across * down - skew * lean > 0 and not stencil)


def _grey(picture: np.ndarray) -> np.ndarray:
    if picture.ndim == 3 and picture.shape[2] > 1:
        return np.asarray(cv2.cvtColor(picture[:, :, :3], cv2.COLOR_BGR2GRAY))
    return np.ascontiguousarray(picture.reshape(picture.shape[:2]))


def _page(path: Path, number: int, grey: np.ndarray) -> Page:
    return Page(path.name, number, grey, hashlib.sha256(np.ascontiguousarray(grey).tobytes()).hexdigest())


def _faulty(path: Path, number: int, what: str) -> Page:
    return Page(path.name, number, None, fault=what)
