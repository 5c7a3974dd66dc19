"""The circulator's declaration on the back of our own sheets: which of its blanks are filled, and what day it bears.

The back is typeset again; where its words have a run of underscores, somebody is to write. Whose form sets words of the
measure before the declaration, its blanks stand elsewhere on every measure's sheets: then nothing is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2

from ballotworthy.files.quantities import quantity
from ballotworthy.scan.cells import cells_of_row, ink_of
from ballotworthy.scan.own_print import COARSE_DPI, print_on
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.registered import SCALE
from ballotworthy.scan.rows import INKED, TALL, WIDE
from ballotworthy.sheets.fonts import fonts_for
from ballotworthy.sheets.form import Cell, Form
from ballotworthy.sheets.front import ROOM
from ballotworthy.sheets.measure_text import MeasureText
from ballotworthy.sheets.printing import sheet_data, typeset

SHORTEST = 6
"""Underscores of a blank at least."""
HAND = 13.0
"""Points above a blank's line in which a hand writes."""
BAND = 18.0
"""Points of height of the bands whose print is laid each by itself."""
EDGE = 4.0
"""Points from the edge of the page at which bands begin."""
SIGNED, DATED, UNTIL = "signature", "date", "and"
"""What is asked in the blanks whose content is told; `UNTIL` is that of "obtained between ... and ..."."""
DAY_BEFORE = re.compile(r"(?:executed|dated|signed) on\W*$", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)")


@dataclass(frozen=True)
class Blank:
    """A blank of the declaration: what is asked there, its kind (`SIGNED` and so on) or "", and its place in points."""

    words: str
    kind: str
    left: float
    right: float
    line: float


@dataclass(frozen=True)
class Declaration:
    """The declaration of a form: its blanks in order, and the mask of what the back prints."""

    blanks: tuple[Blank, ...]
    printed: np.ndarray


def declaration_of(form: Form) -> Declaration | None:
    """Give the declaration of a form; None where it has no blanks, or words of the measure stand before or in it."""
    texts = [each["text"] for each in (*form.data.get("declaration", ()), *_every_page(form))]
    if not any("_" * SHORTEST in each for each in texts) or any(ROOM.search(each) for each in texts):
        return None
    data = sheet_data(form, MeasureText("", ""), range(1, 2))
    document = pypdfium2.PdfDocument(typeset({**data, "bare": True, "cover": None}, fonts_for("", "", None)))
    page = document[1]
    blanks = tuple(_blanks(page, form.height))
    grey = page.render(scale=SCALE, grayscale=True).to_numpy().reshape(-1, round(form.width * SCALE))
    document.close()
    return Declaration(blanks, np.asarray(grey < 200, np.uint8)) if blanks else None


def read_declaration(
    straight: np.ndarray, declaration: Declaration, form: Form, dpi: float, reader: Reader
) -> dict[str, Any]:
    """Give what a straightened back says: `blanks`, those `empty` in words; if asked `signed`, `dated`, `until`.

    Args:
        straight: the back as the form has it, upright.
        declaration: of the form.
        form: whose sheet it is.
        dpi: at which it was scanned.
        reader: the recogniser.
    """
    lines = [each.line for each in declaration.blanks]
    top, bottom = max(EDGE, min(lines) - 3 * BAND), min(form.height - EDGE, max(lines) + BAND)
    bands = replace(form, top=top, row=BAND, rows=int((bottom - top) / BAND))
    mask = print_on(straight, declaration.printed, bands, dpi).mask
    cells = tuple(
        Cell(str(at), "", each.left, each.line - HAND, each.right - each.left, HAND + 1)
        for at, each in enumerate(declaration.blanks)
    )
    ink = ink_of(straight, mask, coarse=dpi < COARSE_DPI)
    seen = cells_of_row(ink, replace(form, top=0.0, row=form.height, rows=1, cells=cells), 0)
    filled = [cell.ink >= INKED and cell.picture.shape[0] >= TALL for cell in seen]
    told: dict[str, Any] = {"blanks": len(seen), "empty": []}
    for blank, cell, there in zip(declaration.blanks, seen, filled, strict=True):
        if blank.kind == SIGNED:
            there = there and cell.picture.shape[1] >= WIDE
            told["signed"] = there
        elif blank.kind in (DATED, UNTIL):
            name = "dated" if blank.kind == DATED else "until"
            told[name] = reader.read([cell.picture], coarse=ink.coarse)[0].text if there else ""
        if not there:
            told["empty"].append(blank.words)
    return told


def told_of_declaration(read: dict[str, Any]) -> list[str]:
    """Give what is to be told of the page: nothing where every blank is filled."""
    empty = read["empty"]
    if not empty:
        return []
    if len(empty) == read["blanks"]:
        return [f"nothing was seen in the declaration's {quantity(len(empty), 'blank')}; see whether it is filled"]
    where = ", ".join(f"“{each}”" for each in empty)
    return [f"nothing was seen in the declaration at {where}; see whether it is complete"]


def _every_page(form: Form) -> list[dict[str, Any]]:
    return [each for each in form.data.get("front", ()) if each.get("every_page")]


def _blanks(page: pypdfium2.PdfPage, height: float) -> Iterator[Blank]:
    """Give the runs of underscores of a page, in the order of its text."""
    words = page.get_textpage()
    text = words.get_text_range()
    before = 0
    for found in re.finditer(f"_{{{SHORTEST},}}", text):
        boxes = [words.get_charbox(at) for at in (found.start(), found.end() - 1)]
        lead = re.split(r"[.;:,]\s", text[before : found.start()])[-1].split()
        behind = text[found.end() :]
        asked = IN_BRACKETS.match(behind)
        what = " ".join(asked[1].split()) if asked else " ".join(lead[-3:])
        kind = SIGNED if asked and what.startswith(SIGNED) else ""
        if (asked and what.startswith(DATED)) or DAY_BEFORE.search(text[before : found.start()].rstrip()):
            kind = DATED
        elif lead == [UNTIL]:
            kind = UNTIL
        yield Blank(what.strip(" ,.:") or "the first blank", kind, boxes[0][0], boxes[1][2], height - boxes[0][1])
        before = found.end()
