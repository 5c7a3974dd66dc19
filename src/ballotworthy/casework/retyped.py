"""Cells of lines that a person typed anew: kept with the names, fixed in the record by a keyed hash of their text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ballotworthy.casework.begun import Papers
from ballotworthy.casework.case import Case
from ballotworthy.casework.room import PRIVATE, Room
from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.columns import find_columns, require_columns
from ballotworthy.files.tables import read_table

RETYPED = "retyped-*.json"
"""Within the private folder: what one act typed anew, under the number of its last event."""
COLUMNS = {
    "sheet": ("sheet_number",),
    "line": ("id", "line_id", "line_number"),
    "field": ("cell", "column"),
    "text": ("value", "new_text"),
}
Cells = Mapping[str, Mapping[str, str]]
"""By line, by field, the text that stands there; empty where nothing does."""


class Kept(NamedTuple):
    """Cells typed anew, and the number of the last event looked at."""

    cells: Cells
    seq: int

    def __repr__(self) -> str:
        """Give how many lines they are of; no text of them."""
        return f"Kept({len(self.cells):,} lines up to event {self.seq:,})"


def text_of(line: str, cells: Mapping[str, str]) -> str:
    """Give the text of which a record holds the keyed hash: the line, and its cells by the names of their fields."""
    return "".join([f"retyped {line}\n", *(f"{field}\t{cells[field]}\n" for field in sorted(cells))])


def papers_of(cells: Cells, case: Case) -> Papers:
    """Give the private file of an act, which goes with its last event."""
    text = json.dumps({line: dict(each) for line, each in cells.items()}, ensure_ascii=False) + "\n"
    return {
        f"{PRIVATE}/{RETYPED.replace('*', str(case.link.seq))}": partial(Path.write_text, data=text, encoding="utf-8")
    }


def kept_cells(room: Room, after: int = 0) -> Kept:
    """Give all cells of a case that were typed anew, or those of events behind a number; the last text of a cell holds.

    Raises:
        InputError: they are not those of which the record holds the hash.
        RecordBusy: another program is writing in the record for too long.
    """
    with room.desk.still():  # while nobody writes, events and their files are both there
        case = room.case()
        seq = case.link.seq
        wanted = {
            line: late for line, each in case.retyped.items() if (late := [one.text for one in each if one.seq > after])
        }
        if not wanted:
            return Kept({}, seq)
        cells: dict[str, dict[str, str]] = {}
        texts: dict[str, list[str]] = {}
        hashed = room.voter_key().hashed
        for line, typed in _files(room.folder / PRIVATE, after):
            cells.setdefault(line, {}).update(typed)
            texts.setdefault(line, []).append(hashed(text_of(line, typed)))
    if texts != wanted:
        raise InputError(
            f"what was typed anew does not lie in {room.folder / PRIVATE} as the record holds it ({RETYPED}). Bring "
            "these files back from a backup."
        )
    return Kept(cells, seq)


def _files(private: Path, after: int) -> Iterator[tuple[str, dict[str, str]]]:
    numbers = {path.stem.partition("-")[2]: path for path in private.glob(RETYPED)}
    late = sorted(
        (int(number), path)
        for number, path in numbers.items()
        if number.isascii() and number.isdigit() and int(number) > after
    )
    for _, path in late:
        try:
            held = json.loads(path.read_text("utf-8"))
            for line, cells in held.items():
                yield str(line), {str(field): str(text) for field, text in cells.items()}
        except (OSError, ValueError, AttributeError, RecursionError) as error:
            raise InputError(f"{path} is damaged. Bring it back from a backup.") from error


def read_cells(path: Path) -> dict[str, dict[str, str]]:
    """Give the cells of a table of line (or sheet and line), field and text, by line and field.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: a column is missing, a row says no line or no field, or a cell is told twice.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, COLUMNS, {})
    require_columns(path, table.frame.columns, columns, ("line", "field", "text"))
    frame = table.frame.select(table.frame[heading].alias(name) for name, heading in columns.items()).fill_null("")
    cells: dict[str, dict[str, str]] = {}
    faults = []
    for row, at in zip(frame.iter_rows(named=True), table.lines.tolist(), strict=True):
        line = f"{row['sheet']}-{row['line']}" if "sheet" in row else row["line"]
        missing = next((name for name in ("line", "field") if not row[name]), "")
        if missing:
            faults.append(Fault(at, missing, "the cell is empty", "Say which cell of which line was typed anew"))
        elif row["field"] in cells.get(line, {}):
            faults.append(Fault(at, "field", "this cell of the line is told twice", "Tell each cell once"))
        cells.setdefault(line, {})[row["field"]] = row["text"]
    if faults:
        raise FileFaults(str(path), faults)
    return cells
