"""The circulator's declaration on our own sheets: which of its blanks are filled, and what days it bears.

Its page is typeset again; where its words have a run of underscores, somebody is to write. Where a form sets words of
the measure before the declaration, or in it, its blanks stand elsewhere on every measure's sheets: they are found where
the measure's file is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2

from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity
from ballotworthy.scan.cells import cells_of_row, ink_of
from ballotworthy.scan.own_print import COARSE_DPI, print_on
from ballotworthy.scan.posteriors import Reader, Reading
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
SIGNED, DATED, UNTIL, NOTARY, SWORN = "signature", "date", "and", "notary", "sworn"
"""What is asked in the blanks whose content is told: of circulator, of "obtained between ... and ...", of notary."""
TOLD_AS = {DATED: "dated", UNTIL: "until", SWORN: "sworn_on"}
"""The name under which the text of a day is told."""
DAY_BEFORE = re.compile(r"(?:executed|dated|signed) on\W*$", re.IGNORECASE)
SWORN_BEFORE = re.compile(r"sworn (?:to )?(?:or affirmed )?before me (?:on|this)\W*$", re.IGNORECASE)
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
    """The declaration of a form: its blanks in order, the mask of what its page prints, and the side that page is."""

    blanks: tuple[Blank, ...]
    printed: np.ndarray
    side: int = 2


def declaration_of(form: Form, measure: MeasureText | None = None) -> Declaration | None:
    """Give the declaration of a form; None where it has no blanks, or needs a measure that is not given.

    Args:
        form: whose declaration stands on the back, or under the rows.
        measure: whose words stand on the sheets, where the form sets them before the declaration or in it.
    """
    if needs_measure(form) and measure is None:
        return None
    side = 2 if form.data.get("declaration") else 1
    words = measure or MeasureText("", "")
    try:
        data = {**sheet_data(form, words, range(1, 2)), "bare": side == 2, "cover": None}
        paper = typeset(data, fonts_for("".join(words.words.values()), words.language, None))
    except InputError:  # the measure's letters are in no font that is here, or it never was printed so
        return None
    document = pypdfium2.PdfDocument(paper)
    if len(document) < side:
        document.close()
        return None
    page = document[side - 1]
    under = 0.0 if side == 2 else form.top + form.rows * form.row
    blanks = tuple(each for each in _blanks(page, form.height) if each.line > under)
    grey = page.render(scale=SCALE, grayscale=True).to_numpy().reshape(-1, round(form.width * SCALE))
    document.close()
    return Declaration(blanks, np.asarray(grey < 200, np.uint8), side) if blanks else None


def needs_measure(form: Form) -> bool:
    """Tell whether the blanks of a form's declaration stand where the words of the measure leave them."""
    foot = [form.data["foot"]] if "foot" in form.data and not form.data.get("declaration") else []
    texts = (*form.data.get("declaration", ()), *_every_page(form), *foot)
    return any(ROOM.search(each["text"]) for each in texts)


def law_of(form: Form) -> dict[str, str]:
    """Give what the law makes of a declaration, with its section, by `incomplete` and `early`, as far as it is held."""
    return {each["case"]: f"{each['law']} ({each['section']})" for each in form.data.get("declared", ())}


def read_declaration(
    straight: np.ndarray, declaration: Declaration, form: Form, dpi: float, reader: Reader
) -> tuple[dict[str, Any], dict[str, Reading]]:
    """Give what a straightened page says: `blanks`, those `empty` in words; if asked `signed`, and days as read.

    The days are `dated`, `until` (obtained between ... and ...) and `sworn_on`; by these names what was seen of them.

    Args:
        straight: the page as the form has it, upright.
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
    days: dict[str, Reading] = {}
    for blank, cell, there in zip(declaration.blanks, seen, filled, strict=True):
        if blank.kind == SIGNED:
            there = there and cell.picture.shape[1] >= WIDE
            told["signed"] = there
        elif blank.kind in TOLD_AS:
            name = TOLD_AS[blank.kind]
            told[name] = ""
            if there:
                days[name] = reader.read([cell.picture], coarse=ink.coarse)[0]
                told[name] = days[name].text
        if not there:
            told["empty"].append(blank.words)
    return told, days


def told_of_declaration(read: dict[str, Any], law: str = "") -> list[str]:
    """Give what is to be told of the page, and what the law makes of it; nothing where every blank is filled."""
    empty = read["empty"]
    if not empty:
        return []
    behind = f": {law}" if law else ""
    if len(empty) == read["blanks"]:
        blanks = quantity(len(empty), "blank")
        return [f"nothing was seen in the declaration's {blanks}; see whether it is filled{behind}"]
    where = ", ".join(f"“{each}”" for each in empty)
    return [f"nothing was seen in the declaration at {where}; see whether it is complete{behind}"]


def _kind(asked: str, before: str, lead: list[str]) -> str:
    """Give the kind of a blank by what stands behind it in brackets, and by the words before it."""
    if NOTARY in asked:
        return NOTARY
    if SWORN_BEFORE.search(before):
        return SWORN
    if asked.startswith(DATED) or DAY_BEFORE.search(before):
        return DATED
    if asked.startswith(SIGNED):
        return SIGNED
    return UNTIL if lead == [UNTIL] else ""


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
        kind = _kind(what.casefold() if asked else "", text[before : found.start()].rstrip(), lead)
        yield Blank(what.strip(" ,.:") or "the first blank", kind, boxes[0][0], boxes[1][2], height - boxes[0][1])
        before = found.end()
