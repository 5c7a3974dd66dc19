"""List the sheets to fetch for a case: which sheets hold lines to be examined, and which lines on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.casework.room import RecordAt, Room, record_at
from ballotworthy.errors import Refused
from ballotworthy.files.cells import check_ending, write_table
from ballotworthy.files.whole import whole_file


@dataclass(frozen=True)
class Sheet:
    """A sheet, and the lines to be examined on it, both in the order of the frame."""

    sheet: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Sheets:
    """The sheets to fetch, in the order in which they lie."""

    record: RecordAt
    sheets: Sequence[Sheet]

    @property
    def lines(self) -> int:
        """Give how many lines are on them."""
        return sum(len(each.lines) for each in self.sheets)

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case sheets --json` prints it."""
        listed = [{"sheet": each.sheet, "lines": list(each.lines)} for each in self.sheets]
        return {**self.record.to_dict(), "sheets": listed, "lines": self.lines}


def list_sheets(room: Room, *, undecided: bool = False, out: Path | None = None) -> Sheets:
    """Give the sheets of the sample, sheet by sheet, so that each is fetched once.

    Args:
        room: the case.
        undecided: only lines that have no ruling yet.
        out: a CSV to write beside, of sheet, lines and how many they are.

    Raises:
        InputError: the file to write ends neither in .csv nor in .parquet.
        Refused: there is no sample yet.
    """
    if out:
        check_ending(out)
    case = room.case()
    if case.sample is None:
        raise Refused("no sample has been drawn, so there is nothing to fetch.")
    by_sheet: dict[str, list[str]] = {}
    for line in case.frame.in_order(case.sample.lines):
        if not undecided or case.ruling(line) is None:
            at = case.frame.line(line)
            by_sheet.setdefault(at.sheet, []).append(at.line)
    found = Sheets(record_at(case), [Sheet(sheet, lines) for sheet, lines in by_sheet.items()])
    if out:
        rows = [(each.sheet, " ".join(each.lines), len(each.lines)) for each in found.sheets]
        with whole_file(out) as path:
            schema = {"sheet": pl.String, "lines": pl.String, "number": pl.Int64}
            write_table(pl.DataFrame(rows, schema, orient="row"), path)
    return found
