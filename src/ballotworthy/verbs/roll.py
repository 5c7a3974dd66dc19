"""Build a roll: a voter file as a snapshot with an index, as of the day it was taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.files.asked_day import as_day, refuse_to_come
from ballotworthy.files.day_order import Order
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.quantities import quantity
from ballotworthy.roll import Roll, Voters, build_roll, open_roll, read_voters
from ballotworthy.roll.taken_day import day_in_name


@dataclass(frozen=True)
class Built:
    """A snapshot that was built.

    Attributes:
        path: its folder.
        voters: what was read of the voter file.
        remarks: what a user must know, in sentences; those that matter most begin with "Warning:".
    """

    path: Path
    voters: Voters
    remarks: tuple[str, ...]

    def open(self) -> Roll:
        """Open the snapshot."""
        return open_roll(self.path, whole=True)

    def to_dict(self) -> dict[str, Any]:
        """Give it as `roll build --json` prints it."""
        read = self.voters
        return {
            "roll": str(self.path),
            "voters": read.frame.height,
            "taken_on": read.taken_on.isoformat(),
            "sha256": read.sha256,
            "columns": dict(read.columns),
            "joined": {field: list(headings) for field, headings in read.joined.items()},
            "kept": list(read.kept),
            "unused": list(read.unused),
            "statuses": dict(read.statuses),
            "remarks": list(self.remarks),
            "cells_set_aside": read.set_aside,
        }

    def __repr__(self) -> str:
        """Give the folder, the number of voters and the day."""
        return (
            f"Built({str(self.path)!r}: {quantity(self.voters.frame.height, 'voter')}, taken on {self.voters.taken_on})"
        )


def build_snapshot(
    voters: str | Path,
    out: str | Path,
    *,
    today: dt.date,
    place: str | None = None,
    taken_on: str | dt.date | None = None,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    statuses: Mapping[str, str] | None = None,
    heading: bool = True,
    lenient: bool = False,
    dates: Order | None = None,
    progress: Progress = silent,
) -> Built:
    """Turn a voter file into a snapshot with an index, whole or not at all.

    Args:
        voters: the voter file (CSV, Parquet, fixed width where the layout is known, a spreadsheet).
        out: the folder to write, such as X.roll.
        today: the day of the caller's clock: the file cannot be of a later day, and is taken to be of this one, with a
            warning, where neither `taken_on` nor the file's name tells another.
        place: whose voter file it is.
        taken_on: the day the file was taken from the register.
        map: heading by field.
        statuses: standing by status code.
        heading: False where the file has no heading line.
        lenient: treat cells that are no day as empty instead of refusing the file.
        dates: the order of days and months.
        progress: called as work goes on.

    Raises:
        InputError: the file cannot be opened, the folder holds something else, or the day has not come.
        FileFaults: the file is faulty; all faults are named.
        UnknownName: there is no such place or field.
    """
    path = Path(voters)
    day = as_day(taken_on, "--taken-on") if taken_on else day_in_name(path.name, today)
    told = [] if taken_on else [_assumed(day, today)]
    day = day or today
    refuse_to_come(day, today, "a register cannot have been taken")
    read = read_voters(
        path, taken_on=day, place=place, given=map, lenient=lenient, statuses=statuses, order=dates, heading=heading
    )
    build_roll(read, Path(out), place=place, progress=progress)
    return Built(Path(out), read, (*told, *read.remarks))


def _assumed(day: dt.date | None, today: dt.date) -> str:
    """Say which day stands for the one that was not given."""
    if day:
        return f"The file's name says that it was taken on {day}; --taken-on says otherwise."
    return (
        f"Warning: nothing says on which day the file was taken from the register, so today ({today}) stands for it. "
        "Voters are judged as of that day: give --taken-on."
    )
