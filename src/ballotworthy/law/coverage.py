"""What the data holds of each kind of petition: since when, checked on which day, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ballotworthy.law.dated import Dated
from ballotworthy.law.model import Kind, Law
from ballotworthy.law.second_sources import count_of

OF_FILING = {
    "filing_deadline", "filing_months", "filing_days", "circulation_days", "circulation_months", "filing_passed",
}  # fmt: skip
"""The rules by which a petition has a day of filing: by its own, or by the time for gathering."""


@dataclass(frozen=True)
class Span:
    """Days in a row for which a rule has a value, both ends included; `until` None means without end."""

    since: date
    until: date | None

    def __str__(self) -> str:
        """Give "2015-01-01 to 2018-12-31" or "from 2015-01-01 on"."""
        return f"{self.since} to {self.until}" if self.until else f"from {self.since} on"

    @property
    def years(self) -> str:
        """Give "2015-2018" or "2015-", for where there is little room."""
        return f"{self.since.year}-{self.until.year}" if self.until else f"{self.since.year}-"


@dataclass(frozen=True)
class Coverage:
    """What is held of one kind of petition.

    Attributes:
        place: the place's code.
        name: the place's name.
        kind: the kind's name.
        title: the kind in words.
        held: the days on which the kind's formula is known, without which nothing can be decided.
        requirement: the days on which the number of signatures required is known.
        formula: the formula that holds last.
        rules: how many rules of the vocabulary have a value on some day.
        values: how many dated values there are, grounds of refusal included, each with its source.
        deciding: how many values decide (`second_sources.DECIDE`), each time of a list of deadlines counted.
        checked: how many of these have a second source, of another publisher.
        read_on: the day on which the sources were last compared with the file.
        missing: how many things the place's file says it lacks.
        days: how many days of the law there are: each time allowed, and the day of filing where one is set.
        told: of how many of these the data says what follows when they have passed.
    """

    place: str
    name: str
    kind: str
    title: str
    held: tuple[Span, ...]
    requirement: tuple[Span, ...]
    formula: str
    rules: int
    values: int
    deciding: int
    checked: int
    read_on: date
    missing: int
    days: int
    told: int


def coverage(law: Law) -> tuple[Coverage, ...]:
    """Give what is held of each kind of a place, in the order of its file."""
    return tuple(_covered(law, kind) for kind in law.kinds.values())


def spans(values: Sequence[Dated[Any]]) -> tuple[Span, ...]:
    """Give the days for which a rule has a value, values that follow each other at once taken together."""
    found: list[Span] = []
    for value in values:
        if found and found[-1].until and found[-1].until + timedelta(days=1) == value.since:
            found[-1] = Span(found[-1].since, value.until)
        else:
            found.append(Span(value.since, value.until))
    return tuple(found)


def _covered(law: Law, kind: Kind) -> Coverage:
    formula = kind.rules["formula"]
    counts = [count_of(name, lines) for name, lines in kind.rules.items()]
    times = [time for line in kind.rules.get("deadlines", ()) for time in line.value]
    filing = bool(OF_FILING & set(kind.rules))
    return Coverage(
        place=law.place,
        name=law.name,
        kind=kind.name,
        title=kind.title,
        held=spans(formula),
        requirement=spans(kind.rules.get("requirement", ())),
        formula=str(formula[-1].value),
        rules=len(kind.rules),
        values=sum(map(len, kind.rules.values())) + sum(map(len, kind.reasons.values())),
        deciding=sum(deciding for deciding, _ in counts),
        checked=sum(checked for _, checked in counts),
        read_on=law.read_on,
        missing=len(law.missing),
        days=len(times) + filing,
        told=sum(time.passed is not None for time in times) + (filing and "filing_passed" in kind.rules),
    )
