"""Sheets as one PDF: the same form, measure and numbers give the same bytes on every machine."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.sheets.fonts import Fonts, fonts_for
from ballotworthy.sheets.form import CODE, MARK, Form
from ballotworthy.sheets.front import cover_of, filled, foot_of, front_of, repeated, require_asked
from ballotworthy.sheets.marks import BACK, FRONT, SHEETS, cells_of, code_cells, digits_of, svg
from ballotworthy.sheets.measure_text import MeasureText

CAPTION, BACK_TYPE, GAP = 5.5, 11, 0.5
"""The type of captions and of the back, in points, and the gap between paragraphs, in ems, if a form has no other."""
NO_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Stands in the PDF in place of the time of printing."""


def print_sheets(form: Form, measure: MeasureText, first: int, count: int, folder: Path | None = None) -> bytes:
    """Give the PDF of `count` sheets, numbered from `first`; with a declaration or a full text each has a back.

    A form with a cover is a section: its cover, with the full text, stands before the page of signers. `folder` has the
    fonts for letters that the typesetter's own lacks.

    Raises:
        InputError: the numbers pass what the marks can hold, the measure lacks what the form asks for, a text is too
            long for its place, or its letters are in no font that is here.
    """
    if first < 1 or count < 1 or first + count - 1 > SHEETS:
        raise InputError(f"sheets {first} to {first + count - 1} cannot be marked. Number them from 1 to {SHEETS:,}.")
    require_asked(form, measure)
    fonts = fonts_for("".join(measure.words.values()), measure.language, folder)
    return typeset(sheet_data(form, measure, range(first, first + count)), fonts)


def code_text(form: Form, measure: MeasureText, sheet: int, side: int) -> str:
    """Give what the QR code of a sheet says: form, the beginning of its digest, sheet, side, measure."""
    return f"BW1 {form.name} {form.digest[:8]} {sheet} {side} {measure.code}"


def blank_form(form: Form) -> bytes:
    """Give the PDF of a form's rows and marks alone, with no measure, for what reads sheets to compare with."""
    data = sheet_data(form, MeasureText("", ""), range(1, 2))
    return typeset({**data, "bare": True, "backed": False, "cover": None}, fonts_for("", "", None))


def sheet_data(form: Form, measure: MeasureText, sheets: range) -> dict[str, Any]:
    """Give what the template prints."""
    return {
        "bare": False,
        "backed": bool(form.data["declaration"] or measure.text),
        "page": {"width": form.width, "height": form.height, "top": form.top, "row": form.row, "rows": form.rows},
        "above": form.above,
        "serial": filled(form.data.get("serial", {}).get("text", ""), measure),
        "cells": [vars(cell) for cell in form.cells],
        "row_text": form.data.get("row_text"),
        "foot": foot_of(form, measure),
        "front": front_of(form, measure),
        "cover": cover_of(form, measure),
        "back": repeated(form, measure),
        "word": form.data.get("sheet_word", "Sheet"),
        "gap": form.data.get("gap", GAP),
        "caption": form.data.get("caption_points", CAPTION),
        "declaration": [filled(each["text"], measure) for each in form.data["declaration"]],
        "text": measure.text,
        "text_points": form.data.get("text_points", [BACK_TYPE]),
        "corners": form.corners(),
        "inner": form.inner(),
        "mark": MARK,
        "code": CODE,
        "front_marks": [svg(cells_of(each)) for each in FRONT],
        "back_marks": [svg(cells_of(each)) for each in BACK],
        "sheets": [
            {
                "number": number,
                "inner": [svg(cells_of(each)) for each in digits_of(number)],
                "codes": {side: svg(code_cells(code_text(form, measure, number, side))) for side in form.sides},
            }
            for number in sheets
        ],
    }


def typeset(data: dict[str, Any], fonts: Fonts, template: str = "sheet.typ") -> bytes:
    """Give the PDF that a template makes of data, with those fonts and no others of the machine.

    Raises:
        InputError: a text is too long for its place.
    """
    import typst  # here, since a verb that sets no paper need not wait for the typesetter

    root = Path(str(files("ballotworthy") / "sheets"))
    inputs = {"data": json.dumps({**data, "fonts": fonts.families, "lang": fonts.language, "region": fonts.region})}
    folders = [str(fonts.folder)] if fonts.folder else []
    compiler = typst.Compiler(root=str(root), font_paths=folders, ignore_system_fonts=True, sys_inputs=inputs)
    try:
        made = compiler.compile(input=str(root / template), format="pdf", timestamp=NO_TIME)
    except typst.TypstError as error:
        found = str(error)
        if "too-long" in found:
            raise InputError(
                "the heading, title and summary are too long for the room above the rows in the type that the law asks "
                "for. Shorten the summary."
            ) from None
        if "foot-full" in found:
            raise InputError(
                "what the measure's file has for its foot is too long for the room under its rows. Shorten it."
            ) from None
        if "back-full" in found:
            raise InputError(
                "the declaration and the text of the measure are too long for the back of a sheet. Where the law lets "
                "the text be attached, leave `text` out and attach it; else have a printer set a larger sheet."
            ) from None
        raise
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no single document")
    return made
