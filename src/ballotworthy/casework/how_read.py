"""How the file of a batch is read: at intake, and whenever its kept copy is read again, so that both give the same.

Nothing else of a case reads lines (`tests/test_how_read.py`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.casework.case import Case
from ballotworthy.casework.listing import HOW, NUMBERS, PLAIN
from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.day_order import Order
from ballotworthy.files.days import Reading, typed_day
from ballotworthy.files.tables import Table, read_table
from ballotworthy.law import Rules
from ballotworthy.petition import Petition, line_ids, read_lines
from ballotworthy.petition.lines import GRACE, OLDEST


@dataclass(frozen=True)
class HowRead:
    """How the lines of a batch are read.

    Attributes:
        place: whose custom orders days and months where no cell does.
        latest: the last day that can stand on a line.
        filed: the day of filing, by which years of signing are understood that are not written out.
        given: heading by field, as the office says.
        lenient: whether cells that are no day are treated as empty.
        dates: the order of days and months, where the office says it.
        as_written: whether a sheet or line 01 stays as it is; so it was in records of old.
    """

    place: str
    latest: dt.date
    filed: dt.date
    given: Mapping[str, str] = field(default_factory=dict)
    lenient: bool = False
    dates: Order | None = None
    as_written: bool = False

    def read(self, lines: Path | Table) -> Petition:
        """Read lines so; raises as `petition.read_lines` does."""
        return read_lines(
            lines, latest=self.latest, given=self.given, lenient=self.lenient, filed=self.filed, place=self.place,
            order=self.dates, as_written=self.as_written,
        )  # fmt: skip

    def day(self, text: str, name: str, order: Order | None) -> dt.date | None:
        """Give the day that a cell typed anew means, as intake would read it; None where it is none, or two.

        `order` is that of the column, None where no cell told it.
        """
        return typed_day(text, name, Reading(OLDEST, self.latest, "", self.dates or order, None, self.filed))

    def kept(self) -> dict[str, str]:
        """Give what the kept file says of it; place and days stand in the record."""
        said: dict[str, Any] = {"map": dict(self.given), "lenient": self.lenient, "dates": self.dates}
        return {HOW: json.dumps(said if self.as_written else {**said, NUMBERS: PLAIN})}


def filed_in(case: Case) -> dt.date:
    """Give the day of filing."""
    return dt.date.fromisoformat(case.opened["filed"])


def how_kept(path: Path, rules: Rules, filed: dt.date) -> HowRead:
    """Give how a batch was read of which a copy is kept, by what the copy says of it, in a case of that law and day."""
    said = json.loads(pl.read_parquet_metadata(path).get(HOW, "{}"))
    return HowRead(
        rules.place, rules.on + GRACE, filed, said.get("map", {}), said.get("lenient", True), said.get("dates"),
        as_written=said.get(NUMBERS) != PLAIN,
    )  # fmt: skip


def read_kept(path: Path, how: HowRead) -> Petition:
    """Read the kept copy of a batch as its file was read.

    Raises:
        InputError: it cannot be read so any more; lines are named by sheet and line, and no folder is.
    """
    try:
        return how.read(path)
    except FileFaults as error:
        raise InputError(_told(path, how, error)) from error


def _told(path: Path, how: HowRead, error: FileFaults) -> str:
    """Say what is wrong with a kept copy: its rows are nobody's, so lines are named as on the sheets."""
    ids: dict[int | None, str] = {}
    with suppress(FileFaults):
        table = read_table(path)
        ids = dict(zip(table.lines.tolist(), line_ids(replace(how, lenient=True).read(table).frame), strict=False))

    def told(fault: Fault) -> str:
        where = [f"line {ids[fault.line]}" if fault.line in ids else "", f"column {fault.column}"]
        return f"  {', '.join(filter(None, where))}: {fault.what}. {fault.remedy}"

    more = error.total - len(error.faults)
    return "\n".join(
        [
            f"the lines that were taken in cannot be read as they were then; cells at fault: {error.total:,}. "
            "Bring back the case from a backup, or open it anew and take the lines in again.",
            *map(told, error.faults),
            *([f"  ... and {more:,} more."] if more else []),
        ]
    )
