"""A form that somebody else drew, as `form.toml` describes it: where its rows and boxes stand, and what it prints.

page = [2200, 1700]                     width and height in any unit: only their ratio counts
table = [0.05, 0.31, 0.95, 0.86]        left, top, right, bottom of all rows together, as shares of the page
rows = 10
[[columns]]
field = "name"                          as in lines.csv; "signature"; "" is the office's; "?" is not known yet
box = [0.06, 0, 0.37, 1]                left, top, right, bottom as shares of the table's width and of a row
label = "Print name"                    what the form calls it (optional)
letters = 20                            boxes for one letter each (optional)
written = "last-first"                  or "address-city-zip", "city-zip" (optional)
[[print]]                               a line printed outside the rows; tells the form and which way is up
words = "PETITION"
box = [0.05, 0.05, 0.4, 0.09]           shares of the page
back = ["Affidavit of the circulator"]  lines printed on the back; stands above the tables (optional)
sheet_number = [0.8, 0.02, 0.95, 0.06]  the box of the sheet's number, its caption left out; above the tables (optional)
beyond = 1                              bands of the table that are no rows here; not read while it stands (optional)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.toml_text import table_of, text_of
from ballotworthy.sheets.form import Cell, Form

LONG = 792.0
"""Points of the longer side of the page that every form is laid on, whatever paper it was on."""
FIELDS = (
    "name", "first_name", "middle_name", "last_name", "suffix", "signature", "address", "house_number", "street_name",
    "unit", "city", "zip", "birth_date", "birth_year", "signed_on", "county", "ward",
)  # fmt: skip
WRITTEN = {"": FIELDS, "last-first": ("name",), "address-city-zip": ("address",), "city-zip": ("city",)}
KEYS = ("page", "table", "rows", "columns", "print", "back", "sheet_number", "beyond")
COLUMN_KEYS = ("field", "box", "label", "caption", "letters", "written")
MOST_ROWS, MOST_LETTERS = 100, 60
TELLING = 8
"""Letters of a line of the back at least: fewer stand on other pages too."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Printed:
    """A line that the form prints outside its rows, and its place: left, top, right, bottom as shares of the page."""

    words: str
    box: Box


@dataclass(frozen=True)
class ForeignForm:
    """A form found by its ruling: its rows and cells as of any form, what it prints outside them, and on its back.

    `number` is where the number of the sheet stands: left, top, right, bottom as shares of the page.
    """

    form: Form
    prints: tuple[Printed, ...]
    back: tuple[str, ...] = ()
    number: Box | None = None


def read_form(path: Path) -> ForeignForm:
    """Read form.toml.

    Raises:
        InputError: there is no such file.
        FileFaults: it is no TOML, a key is unknown or missing, a box is none, a field is unknown or still "?"; all
            at once.
    """
    text = text_of(path)
    data = table_of(text, path.name, remedy="Make one: ballotworthy sheets learn PAGE -o form.toml")
    faults = _faults(data)
    if faults:
        raise FileFaults(path.name, faults)
    return form_from(data, hashlib.sha256(text.encode()).hexdigest(), path.stem)


def form_from(data: Mapping[str, Any], digest: str, name: str) -> ForeignForm:
    """Give the form that the data of a sound form.toml describe, in points of a page whose longer side is `LONG`."""
    width, height = (LONG * each / max(data["page"]) for each in data["page"])
    left, top, right, bottom = data["table"]
    row = (bottom - top) * height / data["rows"]
    cells = tuple(_cell(each, left * width, (right - left) * width, row) for each in data["columns"])
    form = Form(name, "", width, height, top * height, row, data["rows"], cells, data, digest)
    prints = tuple(Printed(each["words"], tuple(each["box"])) for each in data.get("print", ()))
    return ForeignForm(
        form, prints, tuple(data.get("back", ())), tuple(data["sheet_number"]) if "sheet_number" in data else None
    )


def _cell(column: Mapping[str, Any], left: float, width: float, row: float) -> Cell:
    x0, y0, x1, y1 = column["box"]
    return Cell(
        column["field"],
        column.get("label", ""),
        left + x0 * width,
        y0 * row,
        (x1 - x0) * width,
        (y1 - y0) * row,
        column.get("letters", 0),
        column.get("written", ""),
        _caption(column.get("caption"), left, width, row),
    )


def _caption(box: list[float] | None, left: float, width: float, row: float) -> tuple[float, ...] | None:
    if not box:
        return None if box is None else ()
    return left + box[0] * width, box[1] * row, left + box[2] * width, box[3] * row


def _faults(data: Mapping[str, Any]) -> list[Fault]:
    faults = [Fault(None, key, "this key is not known", f"Known: {', '.join(KEYS)}") for key in data if key not in KEYS]
    page = data.get("page")
    if not (isinstance(page, list) and len(page) == 2 and all(_number(each) and each > 0 for each in page)):
        faults.append(Fault(None, "page", "it is not a width and a height", "Write page = [2200, 1700]"))
    elif not 0.2 <= page[0] / page[1] <= 5:
        faults.append(Fault(None, "page", "no page is so long and narrow", "Write its width and height"))
    if not _box(data.get("table")):
        faults.append(
            Fault(None, "table", "it is no box on the page", "Write table = [left, top, right, bottom], 0 to 1")
        )
    rows = data.get("rows")
    if isinstance(rows, bool) or not isinstance(rows, int) or not 1 <= rows <= MOST_ROWS:
        faults.append(Fault(None, "rows", "it is no number of rows", f"Write rows = 10, from 1 to {MOST_ROWS}"))
    for number, each in enumerate(_tables(data, "print", faults), 1):
        if not (isinstance(each.get("words"), str) and _box(each.get("box"))):
            faults.append(
                Fault(None, f"print {number}", "words or box is missing or wrong", "Correct it, or take it out")
            )
    back = data.get("back", [])
    if not (isinstance(back, list) and all(isinstance(each, str) and _letters(each) >= TELLING for each in back)):
        remedy = 'Write back = ["Affidavit of the circulator"], each line as it is printed there'
        faults.append(Fault(None, "back", f"it is no list of lines of at least {TELLING} letters", remedy))
    if "sheet_number" in data and not _box(data["sheet_number"]):
        remedy = "Write sheet_number = [left, top, right, bottom], 0 to 1"
        faults.append(Fault(None, "sheet_number", "it is no box on the page", remedy))
    if data.get("beyond", 0) != 0:
        what = "bands of its table, above or below these rows, are of another height: signers there would be lost"
        remedy = "If people sign there, key the sheets by hand: all rows must be of one height. Else take the line out"
        faults.append(Fault(None, "beyond", what, remedy))
    columns = _tables(data, "columns", faults)
    for number, each in enumerate(columns, 1):
        faults += _column_faults(number, each)
    known = [each.get("field") for each in columns if each.get("field")]
    faults += [
        Fault(None, "columns", f"the field {field} is there twice", "Name each field once")
        for field in sorted({str(each) for each in known if known.count(each) > 1 and each != "?"})
    ]
    if not {"name", "last_name", "?"} & {str(each) for each in known}:
        faults.append(Fault(None, "columns", "none of them holds a name", 'Give one field = "name" or "last_name"'))
    return faults


def _column_faults(number: int, column: Mapping[str, Any]) -> list[Fault]:
    field, written, letters = column.get("field"), column.get("written", ""), column.get("letters", 0)
    label = column.get("label", "")
    where = f"columns {number}" + (f" ({label})" if isinstance(label, str) and label else "")
    known = f'One of: {", ".join(FIELDS)}; "" for a column that is not read'
    faults = [
        Fault(None, where, f"the key {key} is not known", f"Known: {', '.join(COLUMN_KEYS)}")
        for key in column
        if key not in COLUMN_KEYS
    ]
    if field == "?":
        faults.append(Fault(None, where, 'its field is still "?": what is asked there was not understood', known))
    elif not isinstance(field, str) or (field and field not in FIELDS):
        faults.append(Fault(None, where, "its field is not known", known))
    elif written not in WRITTEN or (written and field not in WRITTEN[written]):
        faults.append(
            Fault(
                None,
                where,
                "written is not known there",
                'last-first for "name", address-city-zip for "address", city-zip for "city"',
            )
        )
    if not _box(column.get("box")):
        faults.append(Fault(None, where, "it has no box in the row", "Write box = [left, top, right, bottom], 0 to 1"))
    if column.get("caption") and not _box(column["caption"]):
        faults.append(Fault(None, where, "its caption is no box in the row", "Write caption = [], or take it out"))
    if isinstance(letters, bool) or not isinstance(letters, int) or not 0 <= letters <= MOST_LETTERS:
        faults.append(Fault(None, where, "letters is no number of boxes", f"From 2 to {MOST_LETTERS}, or take it out"))
    if not isinstance(label, str):
        faults.append(Fault(None, where, "label is no text", "Take it out"))
    return faults


def _tables(data: Mapping[str, Any], key: str, faults: list[Fault]) -> list[Mapping[str, Any]]:
    held = data.get(key, [])
    if isinstance(held, list) and all(isinstance(each, dict) for each in held):
        return held
    faults.append(Fault(None, key, "it is no list of tables", f"Begin each with [[{key}]]"))
    return []


def _letters(words: str) -> int:
    return sum(letter.isalnum() for letter in words)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _box(value: object) -> bool:
    if not (isinstance(value, list) and len(value) == 4 and all(_number(each) for each in value)):
        return False
    left, top, right, bottom = value
    return bool(0 <= left < right <= 1 and 0 <= top < bottom <= 1)
