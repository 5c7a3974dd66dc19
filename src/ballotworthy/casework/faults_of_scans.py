"""Faults of lines that were read from scans, told where a person finds them: by file, page, sheet and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ballotworthy.casework.bound_lines import LINES
from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.tables import read_table
from ballotworthy.petition.told_pages import pages_and_lacking

CORRECT = f"Look at the scan, and in {LINES} correct the cell: {{}}"


@contextmanager
def told_by_page(sheets: Path, lines: Path) -> Iterator[None]:
    """Have messages about a file of lines name the folder of sheets that it was made of, and places on the scans.

    Args:
        sheets: the folder that `sheets read` wrote.
        lines: its lines, there or in a file that is gone when somebody reads the message.
    """
    try:
        yield
    except FileFaults as error:
        rows = _rows_of(lines)
        pages = _pages_of(sheets)
        told = [_on_scan(each, rows, pages) for each in error.faults]
        raise FileFaults(str(sheets / LINES), told, error.total) from None
    except InputError as error:
        error.args = (str(error).replace(str(lines), str(sheets / LINES)),)
        raise


def _rows_of(lines: Path) -> dict[int, dict[str, str | None]]:
    """Give the rows of a file of lines, by where they stand in it."""
    table = read_table(lines)
    fields = [name for name in ("page", "sheet", "line") if name in table.frame.columns]
    rows = table.frame.select(fields).iter_rows(named=True)
    return dict(zip(map(int, table.lines), rows, strict=True))


def _pages_of(sheets: Path) -> dict[str, str]:
    """Give what a person calls each page, by its number among all that were read."""
    pages, _ = pages_and_lacking(sheets)
    return {str(each.get("page")): f"page {each.get('page_of_file')} of {each.get('file')}" for each in pages}


def _on_scan(fault: Fault, rows: Mapping[int, Mapping[str, str | None]], pages: Mapping[str, str]) -> Fault:
    row = rows.get(fault.line or 0)
    if row is None:
        return fault
    page = pages.get(row.get("page") or "", f"page {row.get('page')}")
    where = f"{page}, sheet {row.get('sheet')}, line {row.get('line')}, {fault.column}"
    remedy = CORRECT.format(fault.remedy[:1].lower() + fault.remedy[1:])
    return Fault(None, None, f"{where}: {fault.what}", remedy)
