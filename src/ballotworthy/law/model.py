"""What a law file holds, as read: a place, its kinds of petition, and dated values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ballotworthy.errors import UnknownName
from ballotworthy.law.dated import Dated, Source

MONTHS = "months"


@dataclass(frozen=True)
class Stratum:
    """A part of the place that is sampled and projected on its own.

    `weight` is the number of signatures filed there in a past petition, None where it was not published.
    """

    name: str
    weight: int | None = None


@dataclass(frozen=True)
class Reason:
    """A lawful ground for not counting a line: our key, the place's own code if any, words, source.

    `governs` is as in `Cited`.
    """

    key: str
    code: str | None
    words: str
    source: Source
    governs: str | None = None


@dataclass(frozen=True)
class Passed:
    """What the law says follows when a day has passed, and what says so; `checked` is as in `Cited`."""

    words: str
    source: Source
    checked: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """Time that the law allows: for what, how much, counted in what, from which event, and to whom.

    `unit` is "months" or one of `events.UNITS`, kinds of days; `event` is a word of `events.EVENTS`, and the time
    runs after it, or up to it where `before` is true; `who` is empty where the law names nobody. `checked` is as in
    `Cited`: each time of a list is checked on its own, and a time that is only cited anew is the same. `cures` is
    there where the time is given to make good a petition that falls short: the share of the requirement that must
    have been reached, 0 where any petition may; `cures_districts` in how many districts that share of their own
    number must have been too, None where the law asks for none. `passed` says what follows when the day has passed,
    None where the data holds nothing; `met_by` are the events, each alone enough, by which what is asked was done.
    """

    what: str
    count: int
    unit: str
    event: str
    who: str = ""
    before: bool = False
    checked: tuple[Source, ...] = field(default=(), compare=False)
    cures: Decimal | None = None
    cures_districts: int | None = None
    passed: Passed | None = None
    met_by: tuple[str, ...] = ()

    @property
    def span(self) -> str:
        """Give "8 working days after filed", "1 business day after filed", "4 months before election"."""
        one = self.count == 1
        kind = ("month" if one else "months") if self.unit == MONTHS else f"{self.unit} {'day' if one else 'days'}"
        return f"{self.count:,} {kind} {'before' if self.before else 'after'} {self.event}"


@dataclass(frozen=True)
class Missing:
    """Something the data ought to hold and does not, and why: what was looked for and not found."""

    what: str
    why: str


@dataclass(frozen=True)
class Kind:
    """A kind of petition of a place, with the dated values of its rules; a rule without lines is not there.

    Values have been checked against `shapes.RULES` by the reader; their types stand there.
    """

    name: str
    title: str
    rules: Mapping[str, tuple[Dated[Any], ...]]
    reasons: Mapping[str, tuple[Dated[Reason], ...]]


@dataclass(frozen=True)
class Law:
    """The petition law of one place.

    `read_on` is the day its sources were last compared with the file; `own` is the file of a user's own law, "" for
    the program's.
    """

    place: str
    name: str
    read_on: date
    kinds: Mapping[str, Kind]
    strata: tuple[Stratum, ...]
    sources: Mapping[str, Source]
    missing: tuple[Missing, ...]
    own: str = ""

    def kind(self, name: str) -> Kind:
        """Give the kind of that name.

        Raises:
            UnknownName: the place has no such kind; the message offers the nearest.
        """
        if name not in self.kinds:
            raise UnknownName(f"kind of petition in {self.place} called", name, sorted(self.kinds))
        return self.kinds[name]
