"""What the law lets the filers do once a petition falls short: more signatures or proof, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from ballotworthy.law import EVENTS, Deadline, Rules, Source
from ballotworthy.law.days_off import days_off_known
from ballotworthy.law.deadlines import due_day
from ballotworthy.sufficiency.decide import Decision


@dataclass(frozen=True)
class Cure:
    """Time to make good an insufficient petition.

    `needs` is how many more valid signatures the total takes, 0 where only districts fall short; `deadline` says
    what may be done, in how many days, after which event and by whom; `day` is its last day, None while the day of
    that event is not known.
    """

    needs: int
    deadline: Deadline
    source: Source
    day: date | None = None


def cure_of(rules: Rules, decision: Decision, raw: int, estimate: int, required: int) -> Cure | None:
    """Give the time to cure that follows from a verdict, None where it is another or the law gives none.

    Where fewer signatures were filed than the law lets be verified there is nothing to cure; and some laws cure
    only what came near: Arkansas from 75 percent of the number on (art. 5, § 1).
    """
    if decision.verdict != "insufficient" or rules.deadlines is None:
        return None
    if rules.raw_must_reach and rules.raw_must_reach.value and raw < required:
        return None
    for deadline in rules.deadlines.value:
        if deadline.cures is not None and estimate >= ceil(Fraction(deadline.cures) * required):
            return Cure(max(0, required - estimate), deadline, rules.deadlines.source)
    return None


def on_its_day(cure: Cure | None, place: str, events: Mapping[str, date]) -> Cure | None:
    """Give it with its last day, where the day of the event from which it is counted is among `events`."""
    if cure is None or cure.deadline.event not in events:
        return cure
    since = events[cure.deadline.event]
    return replace(cure, day=due_day(cure.deadline, since, days_off_known(place), cure.source).day)


def cure_data(cure: Cure | None) -> dict[str, Any] | None:
    """Give it as plain data; `days` or `months` is null, whichever the law does not count in."""
    if cure is None:
        return None
    deadline, months = cure.deadline, cure.deadline.unit == "months"
    return {
        "what": deadline.what,
        "needs": cure.needs,
        "days": None if months else deadline.count,
        "months": deadline.count if months else None,
        "unit": deadline.unit,
        "after": deadline.event,
        "last_day": cure.day.isoformat() if cure.day else None,
        "who": deadline.who,
        "least_share": str(deadline.cures),
        "source": {"cite": cure.source.cite, "url": cure.source.url},
    }


def cure_words(cure: Cure) -> str:
    """Say it in a sentence."""
    deadline = cure.deadline
    who = f", by {deadline.who}" if deadline.who else ""
    needs = f"{cure.needs:,} more valid signatures are needed" if cure.needs else "the districts are what falls short"
    time = deadline.span.removesuffix(f" after {deadline.event}")
    until = f", until {cure.day:%A} {cure.day}" if cure.day else ""
    return (
        f"It may still be cured: {deadline.what}{who}, within {time} after {EVENTS[deadline.event]}{until}; {needs} "
        f"({cure.source})."
    )
