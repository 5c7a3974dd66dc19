"""A spreadsheet (.xlsx, .xlsm, .xlsb, .xls, .ods) as the text of its one filled sheet; needs the extra `excel`.

Numbers come as a person sees them (a house number 12, not 12.0), days as 2026-05-03. Rows keep their numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from importlib.util import find_spec
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults


def installed() -> bool:
    """Give whether the library that reads spreadsheets is there."""
    return find_spec("python_calamine") is not None


def as_csv(path: Path, data: bytes, kind: str) -> bytes:
    """Give the filled sheet of a spreadsheet as CSV, UTF-8, a line a row.

    Args:
        path: of the file, for messages.
        data: its bytes.
        kind: what it is, such as "it is an Excel spreadsheet", for messages.

    Raises:
        FileFaults: it is damaged or locked, holds nothing, or has several filled sheets.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {
            name: rows
            for name in book.sheet_names
            if (rows := book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            and any(cell != "" for row in rows for cell in row)
        }
    except CalamineError as error:
        raise FileFaults(
            str(path), [Fault(None, None, f"{kind} that cannot be read: damaged, or locked by a password",
                              "Open it, and save the sheet as CSV (UTF-8)")]
        ) from error  # fmt: skip
    if not sheets:
        raise FileFaults(str(path), [Fault(None, None, "no sheet of it holds anything", "Give the filled file")])
    if len(sheets) > 1:
        names = ", ".join(sheets)
        raise FileFaults(
            str(path), [Fault(None, None, f"{len(sheets)} sheets of it hold something: {names}",
                              "Save the one that is meant as a file of its own")]
        )  # fmt: skip
    (rows,) = sheets.values()
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _text(cell: object) -> str:
    """Give a cell as one line of text; a whole number without a point, midnight of a day as the day."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return " ".join(str(cell).splitlines())
