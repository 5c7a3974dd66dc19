"""A form to be checked, as a PDF: a scan becomes one whose pages are as large as it says, if it does."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from ballotworthy.errors import InputError
from ballotworthy.files.scan_files import PICTURES
from ballotworthy.safe_text import safe_line
from ballotworthy.scan.pages import BROKEN, FORMATS, pages_of

UNSAID = 200
"""Dots an inch that a scan is taken to have which does not say."""
PAPER = (4.0, 24.0)
"""Inches of a page's sides within which what a scan says of its resolution is believed: cameras say 72 of anything."""


@dataclass(frozen=True)
class Source:
    """A form as a PDF; `sized` says whether its pages are surely as large as they are printed."""

    name: str
    pdf: Path | bytes
    sized: bool = True


def source_of(path: Path) -> Source:
    """Give the PDF of a form, or of its scan.

    Raises:
        InputError: there is no such file, or it is a picture that cannot be read.
    """
    name = safe_line(path.name)
    if not path.is_file():
        raise InputError(f"there is no file {path}.")
    if path.suffix.lower() not in PICTURES:
        return Source(name, path)
    pictures = []
    for page in pages_of(path):
        if page.picture is None:
            raise InputError(f"page {page.number} of {name} cannot be read: {page.fault}.")
        pictures.append(Image.fromarray(page.picture))
    dots = _dots_of(path)
    sides = [side / dots for each in pictures for side in each.size] if dots else []
    sized = bool(sides) and PAPER[0] <= min(sides) and max(sides) <= PAPER[1]
    held = io.BytesIO()
    pictures[0].save(
        held,
        "PDF",
        resolution=dots if sized and dots else UNSAID,
        save_all=True,
        append_images=pictures[1:],
        quality=95,
    )
    return Source(name, held.getvalue(), sized)


def _dots_of(path: Path) -> float | None:
    """Give the dots an inch that a picture says it has, None where it says nothing or not one figure."""
    try:
        with Image.open(path, formats=FORMATS) as header:
            across, down = header.info.get("dpi", (0, 0))
    except BROKEN:
        return None
    return float(across) if across and abs(float(across) - float(down)) < 1 else None
