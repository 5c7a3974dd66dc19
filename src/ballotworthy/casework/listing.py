"""The lines of a petition file as lines of the frame: no name in them, only where each stands and what it is."""

from __future__ import annotations

import re

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import plain_heading
from ballotworthy.law import Rules
from ballotworthy.petition import FrameLine, Petition, filed_strata

HOW = "ballotworthy"
"""Under this name the kept file of a batch says how it is read: headings, whether leniently, the order of days."""
IMAGE, REMOVED = "image", "removed"
NUMBERS, PLAIN = "numbers", "plain"
"""It says so where the record names its lines by plain numbers; without it, they are as the file writes them: 01."""
BLANK, STRUCK = "blank:neither a name nor an address stands there", "struck:crossed out or void on the sheet"
"""The marks of lines that the file says nobody signed, with the ground."""
OWN_COLUMNS = ("district", IMAGE, REMOVED)
"""Columns that the frame reads beside those of the lines."""


def listing(petition: Petition, rules: Rules, stratum: str = "", divided: str = "") -> list[FrameLine]:
    """Give the frame's lines.

    Strata are those of `petition.filed_strata`, of the column `divided` where the office names one, `stratum` for lines
    that do not say theirs. The file's own columns
    `district`, `image` (SHA-256 of the scan) and `removed` (a ground, for lines taken out before the sample) are read
    where they are there.

    Raises:
        FileFaults: an image is not given by a SHA-256; the law samples by strata, and a line tells none.
    """
    frame = petition.frame
    own = {plain_heading(name): name for name in petition.given.columns}
    strata = filed_strata(
        petition, rules.divided_by, rules.place_name, stratum, divided, unwritten_count=rules.blank_lines_count
    )  # fmt: skip
    districts = _cells(petition, own.get("district") if rules.divided_by != "district" else None) or [""] * frame.height
    images = _cells(petition, own.get(IMAGE)) or [""] * frame.height
    removed = _cells(petition, own.get(REMOVED)) or [""] * frame.height
    _check_images(petition, images)
    marks = [
        f"removed:{gone}" if gone else BLANK if blank else STRUCK if struck else ""
        for gone, blank, struck in zip(removed, frame["blank"], frame["struck"], strict=True)
    ]
    cells = (frame["sheet"], frame["line"], strata, districts, marks, images)
    return [FrameLine(*line) for line in zip(*cells, strict=True)]


def _cells(petition: Petition, heading: str | None) -> list[str] | None:
    return None if heading is None else petition.given[heading].cast(pl.String).fill_null("").to_list()


def _check_images(petition: Petition, images: list[str]) -> None:
    wrong = [at for at, image in enumerate(images) if image and not re.fullmatch("[0-9a-f]{64}", image)]
    if wrong:
        what = "the image is not given by a SHA-256 of 64 small hexadecimal digits"
        remedy = "Write the digest of the scan, or leave the cell empty"
        raise FileFaults(petition.source, [Fault(at + 2, IMAGE, what, remedy) for at in wrong], len(wrong))
