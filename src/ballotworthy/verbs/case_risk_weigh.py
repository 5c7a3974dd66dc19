"""Weigh lines of a case: how many further valid lines of a line's signer the search of the whole petition found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.casework import Act, Case
from ballotworthy.casework.overweighed import overweighed
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.errors import Fault, FileFaults, Refused
from ballotworthy.files.columns import find_columns, require_columns
from ballotworthy.files.distinct import repeats
from ballotworthy.files.tables import read_table
from ballotworthy.files.whole_numbers import not_whole, read_whole
from ballotworthy.petition.numbered import as_known, plain_id


@dataclass(frozen=True)
class Weighed:
    """How many lines were weighed."""

    record: RecordAt
    lines: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case risk weigh --json` prints it."""
        return {**self.record.to_dict(), "lines": self.lines}


def weigh_lines(room: Room, weighings: Sequence[tuple[str, int]], *, by: str) -> Weighed:
    """Enter lines, each with the further valid lines of its signer; all of them or none. What was entered last holds.

    Raises:
        Refused: one of them may not stand: there is no check, the line is not drawn, or the rulings leave no room for
            so many lines of one signer.
    """

    def acts(case: Case) -> list[Act]:
        known = as_known((line for line, _ in weighings), case.frame.at)
        named = [(known.get(line, line), further) for line, further in weighings]
        for each in overweighed(case, dict(named)):
            raise Refused(str(each))
        return [Act(by, "weighed", {"line": line, "further": further}) for line, further in named]

    room.write(acts)
    return Weighed(room.at(), len(weighings))


def read_weighings(path: Path) -> list[tuple[str, int]]:
    """Read a table of weighings.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: a column is missing, or a cell is no count.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, {"sheet": (), "line": ("id",), "further": ("links",)}, {})
    require_columns(path, table.frame.columns, columns, ("line", "further"))
    frame = table.frame.select(table.frame[heading].alias(name) for name, heading in columns.items()).fill_null("")
    rows = list(frame.iter_rows(named=True))
    faults = [
        Fault(at, "further", not_whole(row["further"] or None), "Write digits; 0 if no further line was found")
        for row, at in zip(rows, table.lines.tolist(), strict=True)
        if read_whole(row["further"]) is None
    ]
    lines = ["-".join(filter(None, (row.get("sheet"), row["line"]))) for row in rows]
    faults += [
        Fault(int(table.lines[at]), "line", "the line is weighed twice", "Weigh each line once")
        for at in repeats(pl.Series(map(plain_id, lines), dtype=pl.String))
    ]
    if faults:
        raise FileFaults(str(path), faults)
    return [(line, int(row["further"])) for line, row in zip(lines, rows, strict=True)]
