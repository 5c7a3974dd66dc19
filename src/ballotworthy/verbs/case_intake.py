"""Take a batch in: promised and counted, its lines listed without names; the names stay in the private folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.batch import read_batch, told_of_strata
from ballotworthy.casework.desk import Batch
from ballotworthy.casework.kept_lines import kept_as, taken_in_beside, told_of
from ballotworthy.casework.parts import MOST_LINES
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.errors import InputError
from ballotworthy.files.day_order import Order
from ballotworthy.files.progress import Progress, silent
from ballotworthy.law.zones import local_day

MOST_PROMISED = 999_999_999
"""Sheets, or lines, that a filer may say of a batch."""
TOO_MANY = f"no batch holds more than {MOST_PROMISED:,} sheets or lines: look at the number that the filer wrote again."


@dataclass(frozen=True)
class Promise:
    """What the filer says of a batch, and what became of it.

    Attributes:
        batch: what to call it.
        received: when it was received; the day of filing if absent.
        sheets, lines: how many, as he says; as counted if absent.
        explained: why other numbers were counted.

    Raises:
        InputError: it is more than a batch holds.
    """

    batch: str = "1"
    received: dt.date | None = None
    sheets: int | None = None
    lines: int | None = None
    explained: str = ""

    def __post_init__(self) -> None:
        if max(self.sheets or 0, self.lines or 0) > MOST_PROMISED:
            raise InputError(TOO_MANY)


AS_COUNTED = Promise()
ENTERING = "entering the lines"


@dataclass(frozen=True)
class TakenIn:
    """A batch as it was counted, and how its file was read: the heading of each field, and those that were not used."""

    record: RecordAt
    batch: str
    sheets: int
    lines: int
    columns: Mapping[str, str]
    unused: Sequence[str]
    remarks: Sequence[str]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case intake --json` prints it."""
        return {
            **self.record.to_dict(),
            "batch": self.batch,
            "sheets": self.sheets,
            "lines": self.lines,
            "columns": {"read": dict(sorted(self.columns.items())), "unused": list(self.unused)},
            "remarks": list(self.remarks),
        }


def take_in(
    room: Room,
    lines: Path,
    *,
    by: str,
    promise: Promise = AS_COUNTED,
    stratum: str = "",
    mapping: Mapping[str, str] | None = None,
    lenient: bool = False,
    dates: Order | None = None,
    marked: dt.date | None = None,
    settled: bool = False,
    progress: Progress = silent,
) -> TakenIn:
    """Take a file of lines in as one batch, whole or not at all.

    Args:
        room: the case.
        lines: the file, CSV or Parquet.
        by: who takes it in.
        promise: what the filer says of the batch.
        stratum: the stratum of the lines whose own cells do not say it.
        mapping: which heading holds a field, or that by which the law divides, such as district.
        lenient: treat cells that are no day of the calendar as empty.
        dates: the order of days and months; the file's own days decide if absent.
        marked: the day on which lines were found blank, struck or to be removed; today at the place if absent.
        settled: refuse days of signing that can be read in two ways, where nothing tells the order.
        progress: told how many lines are made ready to be entered; what it raises takes nothing in.

    Raises:
        FileFaults: what is wrong in the file; all of it.
        InputError: it is a folder, or two names in it, or one and another of the case, look alike.
        Refused: nothing can come in any more, or the numbers differ and nothing explains it.
    """
    batch = read_batch(
        room, lines, name=promise.batch, stratum=stratum, mapping=mapping, lenient=lenient, dates=dates, settled=settled
    )
    case, petition, found = room.case(), batch.petition, batch.found
    on = "" if case.version == 1 else (marked or local_day(case.opened["place"], room.clock())).isoformat()
    total = found["lines"]
    starts = range(0, total, MOST_LINES)

    def acts() -> Iterator[Act]:
        yield Act(by, "received", _received(promise, found, case.opened["filed"]))
        yield Act(by, "counted", _counted(promise, found))
        for at in starts:
            progress(ENTERING, at, total)
            yield Act(by, "lines", _body(batch.lines[at : at + MOST_LINES], on))
        progress(ENTERING, total, total)

    kept = {kept_as(petition.sha256): partial(petition.given.write_parquet, metadata=batch.how.kept())}
    room.write(lambda _: Batch(acts(), 2 + len(starts)), lambda _: kept)
    odd = told_of_strata(batch, case.rules) if case.rules else ()
    remarks = (*petition.remarks, *odd, *told_of(taken_in_beside(room.folder, petition.sha256)))
    return TakenIn(room.at(), promise.batch, found["sheets"], found["lines"], petition.columns, batch.unused, remarks)


def _received(promise: Promise, found: Mapping[str, int], filed: str) -> dict[str, Any]:
    """Give what the filer says came in, and when; as it was counted, on the day of filing, where he says nothing."""
    day = promise.received.isoformat() if promise.received else filed
    sheets = found["sheets"] if promise.sheets is None else promise.sheets
    lines = found["lines"] if promise.lines is None else promise.lines
    return {"batch": promise.batch, "day": day, "sheets": sheets, "lines": lines}


def _counted(promise: Promise, found: Mapping[str, int]) -> dict[str, Any]:
    """Give what was counted, and why it is not what the filer says."""
    return {"batch": promise.batch, **found, **({"explained": promise.explained} if promise.explained else {})}


def _body(lines: Sequence[list[str]], marked: str) -> dict[str, Any]:
    """Give the body of lines, with the day of their marks where one has a mark."""
    return {"lines": list(lines), **({"marked": marked} if marked and any(line[4] for line in lines) else {})}
