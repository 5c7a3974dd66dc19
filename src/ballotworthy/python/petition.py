"""Rolls, lines, rules and records: what a file on disk becomes in Python."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping
from pathlib import Path

from ballotworthy.files.asked_day import as_day
from ballotworthy.files.day_order import Order
from ballotworthy.files.frames import Frame
from ballotworthy.files.keywords import keywords_told
from ballotworthy.law import Rules
from ballotworthy.law.asked import asked_rules
from ballotworthy.petition.given_lines import Lines, lines_of
from ballotworthy.roll import Roll
from ballotworthy.roll import open_roll as opened
from ballotworthy.verbs.law_rules import RulesOnDay, look_up_rules
from ballotworthy.verbs.roll import build_snapshot
from ballotworthy.verbs.verify import Recount
from ballotworthy.verbs.verify import verify_record as recounted


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


@keywords_told()
def build_roll(
    voters: str | Path,
    out: str | Path,
    *,
    place: str | None = None,
    taken_on: str | dt.date | None = None,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    statuses: Mapping[str, str] | None = None,
    lenient: bool = False,
    dates: Order | None = None,
) -> Roll:
    """Turn a voter file into a snapshot with an index, whole or not at all, and open it.

    What the command line prints as a warning is a `UserWarning`.

    Args:
        voters: the voter file.
        out: the folder to write, such as x.roll.
        place: whose voter file it is.
        taken_on: the day the file was taken from the register; what its name says, or today with a warning, if absent.
        map: heading by field, such as `{"voter_id": "Reg No"}`.
        statuses: standing by status code, such as `{"P": "pending"}`.
        lenient: treat cells that are no day as empty instead of refusing the file.
        dates: `month-first` or `day-first`; the file decides if absent.

    Raises:
        InputError: the file cannot be opened, or the folder holds something else.
        FileFaults: the file is faulty; all faults are named.
    """
    day = as_day(taken_on, "taken_on") if taken_on else None
    done = build_snapshot(
        voters, out, today=_today(), place=place, taken_on=day, map=map, statuses=statuses, lenient=lenient,
        dates=dates,
    )  # fmt: skip
    for remark in done.remarks:
        if remark.startswith("Warning: "):
            warnings.warn(remark.removeprefix("Warning: "), UserWarning, stacklevel=2)
    return done.open()


@keywords_told()
def open_roll(path: str | Path) -> Roll:
    """Open a snapshot that `build_roll` or `ballotworthy roll build` made.

    Raises:
        InputError: it is none, or of another version.
    """
    return opened(Path(path), whole=True)


@keywords_told()
def read_lines(
    lines: str | Path | Frame,
    *,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    lenient: bool = False,
    dates: Order | None = None,
) -> Lines:
    """Give lines to the other verbs with how their columns are to be read; faults are told here and now.

    Args:
        lines: a file (CSV, Parquet, a spreadsheet), or a frame of Polars, pandas or Arrow.
        map: which column holds a field, by either side: `{"Signature Name": "name"}`.
        lenient: treat cells that are no day as empty instead of refusing them.
        dates: `month-first` or `day-first`; the cells decide if absent.

    Raises:
        InputError: it is neither a path nor a frame.
        FileFaults: no column holds a name, sheet and line repeat, days are none.
    """
    given = lines_of(lines, map=map, lenient=lenient, dates=dates)
    given.read()
    return given


@keywords_told()
def rules(place: str, *, kind: str, on: str | dt.date) -> Rules:
    """Give the rules of a place for a kind of petition on a day, each with its source, as the other verbs take them.

    Raises:
        UnknownName: there is no such place or kind.
        LawSilent: a rule without which nothing can be decided is not in force on the day.
    """
    return asked_rules(place, kind, on)


@keywords_told()
def rules_in_force(place: str, *, on: str | dt.date, kind: str | None = None) -> RulesOnDay:
    """Give the rules of a place on a day as plain data (`to_dict()`), of one kind or of all that are in force.

    Raises:
        UnknownName: there is no such place or kind.
        LawSilent: the kind asked for is not in force, or none is.
    """
    return look_up_rules(place, as_day(on, "on"), kind)


@keywords_told()
def verify_record(
    record: str | Path,
    *,
    head: str | Path | None = None,
    key: str | Path | None = None,
    certificate: str | Path | None = None,
    proposals: str | Path | None = None,
    beacon: str | None = None,
) -> Recount:
    """Recount a published record; `holds` says whether every check that was made holds.

    Args:
        record: the file of the record.
        head: a signed head; the file beside the record, if it is there.
        key: the office's public key as it publishes it: the file, or its text of 64 digits.
        certificate: the certificate's JSON.
        proposals: the machine's weights.
        beacon: the value of the seed's beacon, as you looked it up.

    Raises:
        InputError: a file cannot be opened, is no record, or holds no key.
    """
    return recounted(
        Path(record),
        head=_path(head),
        key=key,
        certificate=_path(certificate),
        proposals=_path(proposals),
        beacon=beacon,
    )


def _path(given: str | Path | None) -> Path | None:
    return Path(given) if given else None
