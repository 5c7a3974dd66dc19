"""What is written in one cell, taken apart where a form asks several things there: "Last, First", a whole address."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ballotworthy.sheets.form import Cell, Form

PARTS = {"address-city-zip": ("address", "city", "zip"), "city-zip": ("city", "zip")}
"""The fields of one cell, by how it is written; of any other it is the cell's own."""
ZIP = re.compile(r"[\s,.;]*(\d{5})(?:\s*-\s*\d{4})?\s*$")
STATE = re.compile(r"[\s,.;]+[A-Z]{2}\.?$")


def columns_of(form: Form) -> list[str]:
    """Give the fields that the lines of a form have, each once, in the order of its cells; no signature."""
    fields = [field for cell in form.cells if cell.field for field in PARTS.get(cell.written, (cell.field,))]
    return [field for field in dict.fromkeys(fields) if field != "signature"]


def taken_apart(cell: Cell, text: str) -> Mapping[str, str]:
    """Give the fields that a cell's text holds; what cannot be told apart stays together, and nothing is left out."""
    if cell.written == "last-first":
        last, comma, first = text.partition(",")
        return {cell.field: f"{first.strip()} {last.strip()}" if comma and first.strip() and last.strip() else text}
    if cell.written == "address-city-zip":
        found = ZIP.search(text)
        rest, zip_code = (text[: found.start()], found[1]) if found else (text, "")
        street, comma, city = STATE.sub("", rest).rpartition(",")
        whole = {"address": street.strip(), "city": city.strip()} if comma else {"address": rest.strip(), "city": ""}
        return {**whole, "zip": zip_code}
    if cell.written == "city-zip":
        found = ZIP.search(text)
        city = STATE.sub("", text[: found.start()] if found else text)
        return {"city": city.strip(" ,"), "zip": found[1] if found else ""}
    return {cell.field: text}
