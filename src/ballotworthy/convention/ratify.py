"""Ratification of an amendment counted on a day: three fourths of the states of that day (U.S. Const. art. V).

Congress counted the ratifications of 1868 that New Jersey and Ohio had taken back, so rescissions do not count unless
asked; a deadline that Congress set counts unless asked. Whether either is right, the courts have not settled.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from ballotworthy.convention.events import Act
from ballotworthy.convention.union import in_force, needed_to_ratify, states_on
from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.spans import YearOnly

GIVING = frozenset({"ratified", "re-ratified", "revoked-rescission"})
TAKING = frozenset({"rescinded", "rescinded-again-over-veto"})
REJECTED = "rejected"
NOT_HELD = frozenset(map(str, range(1, 11)))
NOT_HELD_WHY = "No page was read that has the day of every state for the first ten."


@dataclass(frozen=True)
class Proposal:
    """What Congress proposed, and until when; None where it set no day."""

    amendment: str
    words: str
    deadline: dt.date | None
    extended: dt.date | None
    source: str


@dataclass(frozen=True)
class Reading:
    """How the open questions are answered.

    Attributes:
        rescissions: a state may take its ratification back before the amendment is complete.
        deadline: what comes after the deadline of Congress does not count.
        extension: the deadline that Congress moved is the one that counts.
        revival: a ratification after a rescission counts again.
        year_only: take days that are not exact as early or as late as they can be; None shows both.
    """

    rescissions: bool = False
    deadline: bool = True
    extension: bool = True
    revival: bool = True
    year_only: YearOnly | None = None


@dataclass(frozen=True)
class Ratification:
    """The answer for one amendment, day and reading.

    Attributes:
        states: those that ratified for certain; doubtful: perhaps.
        rejected: those that rejected it and have not ratified since, for certain.
        needed, of: three fourths of the states of the day asked, and how many states there are.
        complete: the day on which enough had ratified for certain, None if not by the day asked.
        had: states that had ratified for certain at the end of that day, 0 if it did not come.
        decisive: the states whose ratification on that day made it enough.
    """

    amendment: str
    on: dt.date
    reading: Reading
    states: tuple[str, ...]
    doubtful: tuple[str, ...]
    rejected: tuple[str, ...]
    needed: int
    of: int
    complete: dt.date | None
    had: int
    decisive: tuple[str, ...]


@cache
def proposals() -> dict[str, Proposal]:
    """Give what is held of proposals that have a deadline or a name, by the code of the table."""

    def day(text: str) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    text = (files("ballotworthy") / "convention/proposals.csv").read_text("utf-8")
    return {
        row["amendment"]: Proposal(
            row["amendment"], row["words"], day(row["deadline"]), day(row["extended"]), row["source"]
        )
        for row in csv.DictReader(text.splitlines())
    }


def ratification_of(acts: Sequence[Act], amendment: str, on: dt.date, reading: Reading | None = None) -> Ratification:
    """Count the ratifications of an amendment as they stand at the end of a day.

    Raises:
        UnknownName: no event is of this amendment.
        InputError: it is one of those whose events are not held; the day is before the Constitution was in force.
    """
    asked = reading or Reading()
    in_force(on)
    own = [act for act in acts if act.subject == amendment]
    if amendment in NOT_HELD and not own:
        raise InputError(
            f"the ratifications of amendment {amendment} are not held. {NOT_HELD_WHY} Ask for one of 11 to 27, or for "
            f"{', '.join(name for name in sorted(proposals()))}."
        )
    if not own:
        raise UnknownName("amendment", amendment, sorted({act.subject for act in acts}))
    last = deadline_of(amendment, asked)
    complete, had, decisive = _completed(own, on, asked, last)
    too_late = complete or on
    sure, perhaps = _standing(
        [act for act in own if act.kind not in TAKING or act.when.first <= too_late], on, asked, last
    )
    return Ratification(
        amendment, on, asked, sure, perhaps, _rejected(own, on, {*sure, *perhaps}), needed_to_ratify(on),
        len(states_on(on)), complete, had, decisive,
    )  # fmt: skip


def readings(asked: Reading) -> Iterator[Reading]:
    """Give every combination of the open questions that changes an answer."""
    for rescissions in (False, True):
        for deadline in (True, False):
            yield Reading(rescissions, deadline, asked.extension, asked.revival, asked.year_only)


def deadline_of(amendment: str, asked: Reading) -> dt.date | None:
    """Give the last day on which a ratification counts under a reading, None where Congress set none or none holds."""
    found = proposals().get(amendment)
    if found is None or not asked.deadline:
        return None
    return (found.extended if asked.extension else None) or found.deadline


def _rejected(own: Sequence[Act], on: dt.date, ratified: Set[str]) -> tuple[str, ...]:
    return tuple(sorted({act.state for act in own if act.kind == REJECTED and act.when.last <= on} - ratified))


def _standing(
    own: Sequence[Act], on: dt.date, asked: Reading, last: dt.date | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sure, perhaps = [], []
    for state in sorted({act.state for act in own}):
        mine = [act for act in own if act.state == state]
        ways = {_has(mine, on, asked, last, late=late) for late in (False, True)}
        if ways == {True}:
            sure.append(state)
        elif True in ways:
            perhaps.append(state)
    return tuple(sure), tuple(perhaps)


def _has(mine: Sequence[Act], on: dt.date, asked: Reading, last: dt.date | None, *, late: bool) -> bool:
    """Tell whether a state stands as having ratified, with open days taken early or late for what gives.

    Where a gift is taken late, what takes it back is taken early, so that the two ways are the two extremes.
    """
    placed = []
    for act in mine:
        when = act.when.settled(asked.year_only)
        placed.append((when.last if late == (act.kind in GIVING) else when.first, act.kind))
    stands = taken = False
    for day, kind in sorted(placed):
        if day > on or (last is not None and day > last):
            continue
        if kind in GIVING:
            stands = stands or not taken or asked.revival
        elif kind in TAKING and asked.rescissions:
            stands, taken = False, True
    return stands


def _completed(
    own: Sequence[Act], on: dt.date, asked: Reading, last: dt.date | None
) -> tuple[dt.date | None, int, tuple[str, ...]]:
    """Give the first day at whose end enough states had ratified for certain, how many had, and which did so on it."""
    given = sorted((act.when.settled(asked.year_only).last, act.state) for act in own if act.kind in GIVING)
    by_then: set[str] = set()
    for day, acts in groupby(given, key=lambda each: each[0]):
        if day > on:
            break
        today = {state for _, state in acts}
        by_then |= today
        if len(by_then) < needed_to_ratify(day):
            continue  # too few have ever done so
        states = _standing(own, day, asked, last)[0]
        if len(states) >= needed_to_ratify(day):
            return day, len(states), tuple(sorted(today & set(states)))
    return None, 0, ()
