"""Remarks on what an office did once the seed was known or lines were ruled on, and on a case that was reopened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .days import days_between
from .findings import number
from .form import Event

Told = tuple[str, int, str]


@dataclass
class Late:
    """What came late, so far: each remark's first event and how often, in the order in which they are told.

    `known` is whether the seed stands, or a line was ruled on. `rolls` are the days of rolls named since, with the
    first event; `taken` counts lines struck and voters withdrawn once there was a sample. `terms` is the event of the
    terms of a risk-limiting check, `stated` whether a risk was stated. `certified` is the last certificate and its day.
    """

    known: bool = False
    rolls: list[str] = field(default_factory=list)
    roll: int = 0
    taken: dict[str, int] = field(default_factory=lambda: {"struck": 0, "withdrawn": 0})
    first: int = 0
    terms: int = 0
    stated: bool = False
    certified: tuple[int, str] | None = None

    def take(self, event: Event) -> Iterator[Told]:
        """Take in an event; give what is told of it alone."""
        kind, body = event.kind, event.body
        if kind in ("seed", "decision"):
            self.known = True
        elif kind == "roll" and self.known:
            self.roll = self.roll or event.seq
            self.rolls.append(body["day"])
        elif kind in self.taken:
            self.first = self.first or event.seq
            self.taken[kind] += 1
        elif kind == "risk_terms":
            self.terms = event.seq
        elif kind == "risk":
            self.stated = True
        elif kind == "certified":
            self.certified = event.seq, event.at[:10]
        elif kind == "reopened":
            says = f"The case was reopened by an order of {body['day']}, by the word of the office: “{body['order']}”."
            if self.certified and days_between(body["day"], self.certified[1]) > 1:
                says += (
                    f" That day is before the certificate in event {self.certified[0]:,}, of {self.certified[1]} (UTC)."
                )
            yield "R37", event.seq, says

    def finish(self, overruled: dict[int, int]) -> Iterator[Told]:
        """Give what is told at the end; `overruled` are lines ruled otherwise than two had agreed, with the event."""
        struck, withdrawn = self.taken["struck"], self.taken["withdrawn"]
        if self.first:
            parts = [f"{number(struck, 'line')} not drawn"] * bool(struck)
            parts += [f"the lines of {number(withdrawn, 'voter')}"] * bool(withdrawn)
            says = f"Taken out once the sample was known, by the word of the office: {' and '.join(parts)}."
            yield "R33", self.first, says
        if overruled:
            says = f"{number(len(overruled), 'line')} ruled by one person otherwise than two had agreed."
            yield "R34", min(overruled.values()), says
        if self.rolls:
            named = number(len(self.rolls), "roll")
            yield (
                "R35",
                self.roll,
                f"{named} named once the seed was known or lines were ruled on, first of {self.rolls[0]}.",
            )
        if self.terms and self.certified and not self.stated:
            says = "The terms of a risk-limiting check stand here, and no risk was stated by them."
            yield "R38", self.terms, says
