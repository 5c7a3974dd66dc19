"""A measure as it was on a day: nothing that came later is in it, but what was planned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from ballotworthy.measure.model import PLANNED, Measure, Vote


@dataclass(frozen=True)
class Later:
    """What a measure's file holds of the time after a day, and is left out: events, statements, counts of votes."""

    events: int
    statements: int
    counts: int

    @property
    def words(self) -> str:
        """Give it in words, "" where nothing is left out."""
        told = (
            (self.events, "event", "events"), (self.statements, "statement", "statements"),
            (self.counts, "count of a vote", "counts of votes"),
        )  # fmt: skip
        return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in told if number)


def as_of(measure: Measure, on: dt.date) -> tuple[Measure, Later]:
    """Give a measure without what certainly came after a day, and how much that is.

    A day that is planned stays, and so does a count whose vote has no day.
    """
    dates = tuple(each for each in measure.dates if each.what in PLANNED or each.when.first <= on)
    statements = tuple(each for each in measure.statements if each.when.first <= on)
    votes = tuple(_uncounted(each) if _after(each, on) else each for each in measure.votes)
    later = Later(
        len(measure.dates) - len(dates), len(measure.statements) - len(statements),
        sum(_after(each, on) for each in measure.votes),
    )  # fmt: skip
    return replace(measure, dates=dates, statements=statements, votes=votes), later


def _after(vote: Vote, on: dt.date) -> bool:
    return vote.numbers is not None and vote.day is not None and vote.day.first > on


def _uncounted(vote: Vote) -> Vote:
    return replace(vote, numbers=None, counted_by=None)
