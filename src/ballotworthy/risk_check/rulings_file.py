"""Rulings from a file."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.tables import read_table
from ballotworthy.files.whole_numbers import not_whole, read_whole
from ballotworthy.petition import line_ids
from ballotworthy.petition.lines import FIELDS
from ballotworthy.petition.numbered import plainly_numbered
from ballotworthy.risk_check.rulings import Ruling, ruling_of


def read_rulings(path: Path) -> list[Ruling]:
    """Read rulings from a table: `id`, or `sheet` and `line`; `ruling`; and perhaps `links`.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: a column is missing, or a cell cannot be.
    """
    table = read_table(path)
    wanted = {
        "id": (),
        "sheet": FIELDS["sheet"],
        "line": FIELDS["line"],
        "ruling": ("outcome", "decision"),
        "links": (),
    }
    columns = find_columns(path, table.frame.columns, wanted, {})
    have = headings_told(table.frame.columns)
    if "ruling" not in columns:
        raise FileFaults(str(path), [Fault(1, "ruling", "no column holds the rulings", f"{have}. Add ruling")])
    if "id" not in columns and not {"sheet", "line"} <= set(columns):
        raise FileFaults(
            str(path), [Fault(1, "sheet, line", "no columns say which line", f"{have}. Add sheet and line, or id")]
        )
    frame = table.frame.select(pl.col(heading).alias(field) for field, heading in columns.items())
    ids = frame["id"] if "id" in columns else line_ids(plainly_numbered(frame))
    links = frame["links"] if "links" in columns else pl.Series([None] * frame.height, dtype=pl.String)
    faults: list[Fault] = []
    found = []
    for at, line, word, further in zip(table.lines.tolist(), ids, frame["ruling"], links, strict=True):
        try:
            if line is None or word is None:
                raise InputError("the line or its ruling is missing; fill it in.")
            number = None if further is None else read_whole(further)
            if further is not None and number is None:
                raise InputError(f"line {line}, links: {not_whole(further)}; write digits only.")
            found.append(ruling_of(line, word, number))
        except InputError as error:
            what, _, remedy = str(error).rstrip(".").partition("; ")
            faults.append(Fault(int(at), None, what, remedy[:1].upper() + remedy[1:]))
    if faults:
        raise FileFaults(str(path), faults)
    return found
