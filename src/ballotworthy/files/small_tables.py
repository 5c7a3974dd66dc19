"""Small tables in: CSV as spreadsheets save it, without the libraries that great files need, and as strict."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from ballotworthy.errors import SHOWN, Fault, FileFaults, InputError
from ballotworthy.files.given import given_bytes
from ballotworthy.files.recoded import recoded

BLANK = b" \t\r\n\xef\xbb\xbf"
DELIMITERS = (",", "\t", ";", "|")
GUARDED = re.compile(r'="(.*)"', re.DOTALL)
Rows = list[tuple[int, list[str]]]


def read_small(path: Path, *, empty: str) -> tuple[list[str], Rows]:
    """Give the headings of a table, and the line and the cells of each row in which something stands.

    Raises:
        InputError: the file cannot be opened, or nothing stands in it; `empty` says what should.
        FileFaults: it has no rows; one has more or fewer cells than headings; a quote never closes or swallows rows.
    """
    given = given_bytes(path)
    if not given.strip(BLANK):
        raise InputError(f"{path} is empty. {empty}")
    text = recoded(given)[0].decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    delimiter = max(DELIMITERS, key=next((line for line in lines if line.strip()), "").count)
    headings: list[str] = []
    rows: Rows = []
    faults: list[Fault] = []
    for first, last, cells in _records(path, lines, delimiter):
        if not any(cells):
            continue
        if not headings:
            headings = cells
            continue
        alone = (next(csv.reader([line], delimiter=delimiter), []) for line in lines[first + 1 : last + 1])
        if any(len(each) >= len(headings) for each in alone):
            faults.append(
                Fault(first + 1, None, 'a quote (") opens here and swallows rows', "Close it, or take it out")
            )
        elif len(cells) != len(headings):
            what = f"{len(cells)} cells where the heading has {len(headings)}"
            faults.append(Fault(first + 1, None, what, "Add what is missing, or quote cells that hold the separator"))
        rows.append((first + 1, cells))
    if faults:
        raise FileFaults(str(path), faults[:SHOWN], len(faults))
    if not rows:
        raise FileFaults(str(path), [Fault(None, None, "it has a heading but no rows", "Give at least one row")])
    return headings, rows


def _records(path: Path, lines: list[str], delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the places of the first and last line of each record, from 0, and its cells without guards and blanks."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    first = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what, remedy = 'a quote (") opens here and never closes', "Close it, or double it if it belongs to the text"
            raise FileFaults(str(path), [Fault(first + 1, None, what, remedy)]) from error
        yield first, reader.line_num - 1, [GUARDED.sub(r"\1", cell.strip()).strip() for cell in cells]
        first = reader.line_num
