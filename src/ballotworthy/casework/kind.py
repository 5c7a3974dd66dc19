"""A kind of event: who may write it, what it says, why it may not stand here, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from ballotworthy.casework.case import Case
from ballotworthy.casework.shapes import Shape
from ballotworthy.record import Event

Why = str | None
CERTIFIED = "the case is certified. It may be reopened by a court's order only"
NO_SAMPLE = "no sample has been drawn: a decision before the seed could decide what is drawn"
BEFORE_FILING = dt.timedelta(days=731)
CLOSED = "the case is certified; rulings may change only once a court has reopened it"


@dataclass(frozen=True)
class Kind:
    """A kind of event.

    Attributes:
        called: what people call it: a refusal says "the ruling is refused", and no word of the record.
        role: the role that may write it.
        shape: the parts of its body.
        refusal: why an event whose body has this shape may not be added to a case, in a sentence that says what must
            come first; None if it may.
        fold: adds an event that was not refused to the case.
        shape_2: the parts of its body in version 2 of the record, where they are others.
        since: the first version of the record that has it.
    """

    called: str
    role: str
    shape: Shape
    refusal: Callable[[Case, Event], Why]
    fold: Callable[[Case, Event], None]
    shape_2: Shape | None = None
    since: int = 1

    def shape_in(self, version: int) -> Shape:
        """Give the parts of its body in a version of the record."""
        return self.shape if version == 1 or self.shape_2 is None else self.shape_2


def never(_case: Case, _event: Event) -> Why:
    """Refuse nothing."""
    return None


def not_working(case: Case) -> Why:
    """Say why nobody may rule on lines now; None if they may."""
    if case.sample is None:
        return NO_SAMPLE
    return CLOSED if case.standing.closed else None


def not_in_case(case: Case, day: str, at: str) -> Why:
    """Say why something of a day cannot be of this case; None if it can; signatures may be gathered for two years."""
    told, filed = dt.date.fromisoformat(day), dt.date.fromisoformat(case.opened["filed"])
    if told > dt.date.fromisoformat(at[:10]) + dt.timedelta(days=1):
        return f"its day, {day}, is still to come"
    if told < filed - BEFORE_FILING:
        return f"its day, {day}, is more than two years before the day of filing, {filed}"
    return None


def not_drawn(line: str) -> str:
    """Say that a line is not to be examined."""
    return f"line {line} is not in the sample"
