"""What is kept of rows that were read: lines.csv, their pictures and those of their cells, what was seen in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ballotworthy.files.cells import write_table
from ballotworthy.petition.declared import DECLARATION
from ballotworthy.petition.pictures import LINES, READ
from ballotworthy.scan.written import columns_of, taken_apart
from ballotworthy.sheets import Form

if TYPE_CHECKING:
    from ballotworthy.scan.posteriors import Reading
    from ballotworthy.scan.rows import Row


def line_of(page: int, sheet: int, row: Row, form: Form) -> dict[str, Any]:
    """Give a row as lines.csv has it: its numbers, its state, and each field with how sure its text is."""
    line: dict[str, Any] = {"page": page, "sheet": sheet, "line": row.line, "row_state": row.state}
    doubtful = row.perhaps_struck or row.state in ("struck", "no-signature", "unreadable", "covered")
    line["struck"] = "?" if doubtful else ""  # which `check` leaves to a person
    for field in columns_of(form):
        line |= {field: "", f"{field}_confidence": None}
    for cell in form.cells:
        reading = row.readings.get(cell.field)
        if reading is None or cell.field == "signature":  # its picture speaks, its text is none
            continue
        for field, text in taken_apart(cell, reading.text).items():
            line |= {field: text, f"{field}_confidence": round(reading.confidence, 3)}
    return line


def write_lines(lines: Sequence[Mapping[str, Any]], form: Form, made: Path) -> None:
    """Write lines.csv, and read.csv beside it, which says what was read where people type another thing."""
    schema: dict[str, Any] = {
        "page": pl.Int64,
        "sheet": pl.Int64,
        "line": pl.Int64,
        "row_state": pl.String,
        "struck": pl.String,
    }
    for field in columns_of(form):
        schema |= {field: pl.String, f"{field}_confidence": pl.Float64}
    table = pl.DataFrame(lines, schema=schema).sort("sheet", "line")
    write_table(table, made / LINES)
    write_table(table.select("sheet", "line", *columns_of(form)), made / READ)  # what people type is told by it


def keep_row(made: Path, sheet: int, row: Row) -> None:
    """Keep the pictures of a row and its cells, and what was seen in each."""
    import cv2
    import numpy as np

    place = f"{sheet}-{row.line}"
    if (made / "rows" / f"{place}.png").exists():  # of a picture with an edge past it, whose whole sheet is here
        for old in (*(made / "cells").glob(f"{place}-*"), *(made / "readings").glob(f"{place}-*")):
            old.unlink()
    cv2.imwrite(str(made / "rows" / f"{place}.png"), row.picture)
    for field, picture in row.pictures.items():
        cv2.imwrite(str(made / "cells" / f"{place}-{field}.png"), picture)
    for field, reading in row.readings.items():
        np.save(made / "readings" / f"{place}-{field}.npy", reading.posteriors)


def keep_declared(made: Path, sheet: int, days: Mapping[str, Reading]) -> None:
    """Keep what was seen of the days of a sheet's declaration."""
    import numpy as np

    for name, reading in days.items():
        np.save(made / "readings" / f"{sheet}-{DECLARATION}-{name}.npy", reading.posteriors)
