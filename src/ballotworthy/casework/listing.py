"""The lines of a petition file as lines of the frame: no name in them, only where each stands and what it is."""

from __future__ import annotations

import re

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import plain_heading
from ballotworthy.law import Rules
from ballotworthy.petition import NOT_STATED, FrameLine, Petition, stated_strata

HOW = "ballotworthy"
"""Under this name the kept file of a batch says how it is read: headings, whether leniently, the order of days."""
IMAGE, REMOVED = "image", "removed"


def listing(petition: Petition, rules: Rules, stratum: str = "") -> list[FrameLine]:
    """Give the frame's lines.

    A line's stratum is the cell of the column that the law samples by, such as county; where that is empty or not
    there, `stratum`; where the law does not divide, the place's name. The file's own columns `district`, `image`
    (SHA-256 of the scan) and `removed` (a ground, for lines taken out before the sample) are read where they are
    there.

    Raises:
        FileFaults: an image is not given by a SHA-256; the law samples by strata, and a line tells none.
    """
    frame = petition.frame
    own = {plain_heading(name): name for name in petition.given.columns}
    strata = _strata(petition, rules, stratum)
    districts = _cells(petition, own.get("district") if rules.divided_by != "district" else None) or [""] * frame.height
    images = _cells(petition, own.get(IMAGE)) or [""] * frame.height
    removed = _cells(petition, own.get(REMOVED)) or [""] * frame.height
    _check_images(petition, images)
    marks = [
        f"removed:{gone}" if gone else "blank" if blank else "struck" if struck else ""
        for gone, blank, struck in zip(removed, frame["blank"], frame["struck"], strict=True)
    ]
    cells = (frame["sheet"], frame["line"], strata, districts, marks, images)
    return [FrameLine(*line) for line in zip(*cells, strict=True)]


def _strata(petition: Petition, rules: Rules, given: str) -> list[str]:
    by, height = rules.divided_by, petition.frame.height
    if by is None:
        return [given or rules.place_name] * height
    stated = stated_strata(petition, by)
    if stated is None:
        if given:
            return [given] * height
        remedy = f"Add a column {by}, or say it of the whole batch with --stratum NAME"
        what = f"no column tells the {by} of a line, and {rules.place_name} samples and counts each {by} on its own"
        raise FileFaults(petition.source, [Fault(1, by, what, remedy)])
    if given:
        return stated.fill_null(given).to_list()
    unwritten = petition.frame["blank"] | petition.frame["struck"]
    counts = pl.Series([True]).new_from_index(0, height) if rules.blank_lines_count else ~unwritten
    empty = (stated.is_null() & counts).arg_true().to_list()
    if empty:
        remedy = f"Write the {by} of each line that counts as filed, or say it of all others with --stratum NAME"
        faults = [Fault(at + 2, petition.columns.get(by, by), "the cell is empty", remedy) for at in empty]
        raise FileFaults(petition.source, faults, len(faults))
    return stated.fill_null(NOT_STATED).to_list()


def _cells(petition: Petition, heading: str | None) -> list[str] | None:
    return None if heading is None else petition.given[heading].cast(pl.String).fill_null("").to_list()


def _check_images(petition: Petition, images: list[str]) -> None:
    wrong = [at for at, image in enumerate(images) if image and not re.fullmatch("[0-9a-f]{64}", image)]
    if wrong:
        what = "the image is not given by a SHA-256 of 64 small hexadecimal digits"
        remedy = "Write the digest of the scan, or leave the cell empty"
        raise FileFaults(petition.source, [Fault(at + 2, IMAGE, what, remedy) for at in wrong], len(wrong))
