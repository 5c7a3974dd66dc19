"""Where a measure stands on a day, and what the place's law says of it: deadlines, the duty to title, the number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ballotworthy.errors import LawSilent
from ballotworthy.law import Rules, read_law, rules_on
from ballotworthy.law.calendar import calendar_of
from ballotworthy.law.deadlines import Due
from ballotworthy.law.events import CIRCULATION, EVENTS
from ballotworthy.measure.model import ENDS, Dated, Measure

STATIONS = ("filed", "title-and-summary", "filed-with-signatures", "qualified", "vote")
"""The stations of the road, in order."""
GATHERED = frozenset({"filed-with-signatures", "qualified", "vote"})
"""Stations that nobody reaches without signatures, whether or not the day of their filing is held."""
NAMES_MORE = " Held for other days only"
"""Where the law's own message goes on to name each rule that is not of that day: too much for a page."""
EVENT_OF_LAW = {"title-and-summary": CIRCULATION, "filed-with-signatures": "filed"}
"""Which event of the law's calendar an event of a measure is."""


@dataclass(frozen=True)
class Standing:
    """Where a measure stands.

    Attributes:
        on: the day asked.
        reached: the stations reached for certain by then, in order.
        ended: how it ended, None if it had not.
        due: the deadlines that follow from its days by the law held, by day.
        rules: the law of that time, None where none is held; `silence` then says why.
        lapsed: whether the day to file signatures was over, nothing was filed, and no end is held.
        uncounted: whether it was on the ballot, and the day of a vote of it has passed of which no count is held.
    """

    on: dt.date
    reached: tuple[str, ...]
    ended: Dated | None
    due: tuple[Due, ...]
    rules: Rules | None
    silence: str
    lapsed: bool
    uncounted: bool

    @property
    def words(self) -> str:
        """Give where it stands, in words."""
        if self.ended:
            return {"withdrawn": "withdrawn", "failed": "did not qualify"}[self.ended.what]
        if self.lapsed:
            return "the time to file signatures has passed, and no filing is held"
        if self.uncounted:
            return "on the ballot; the day of its vote has passed, and no count is held"
        last = self.reached[-1] if self.reached else ""
        return {
            "": "not filed yet", "filed": "waits for title and summary", "title-and-summary": "may gather signatures",
            "filed-with-signatures": "signatures are being checked", "qualified": "on the ballot", "vote": "voted on",
        }[last]  # fmt: skip

    @property
    def next_due(self) -> Due | None:
        """Give the next deadline after the day, None where none is held or the road has ended."""
        if self.ended:
            return None
        return next((each for each in self.due if each.since <= self.on <= each.last), None)


def standing_of(measure: Measure, on: dt.date) -> Standing:
    """Give where a measure stands at the end of a day."""
    past = [each for each in measure.dates if each.when.last <= on]
    voted = any(each.numbers is not None and (each.day is None or each.day.last <= on) for each in measure.votes)
    reached = tuple(name for name in STATIONS if any(each.what == name for each in past) or (name == "vote" and voted))
    ended = next((each for each in reversed(past) if each.what in ENDS), None)
    began = measure.day_of("title-and-summary") or measure.day_of("filed")
    rules, silence = _rules(measure, began.when.first if began else on)
    due = _due(measure, rules) if rules else ()
    deadline = measure.day_of("circulation-deadline")
    last = [deadline.when.last] if deadline else [each.last for each in due if each.deadline.event == CIRCULATION]
    lapsed = ended is None and not GATHERED & set(reached) and bool(last) and max(last) < on
    over = any(each.day is not None and each.day.last < on for each in measure.votes)
    uncounted = over and reached[-1:] == ("qualified",)
    return Standing(on, reached, ended, due, rules, silence, lapsed, uncounted)


def _rules(measure: Measure, day: dt.date) -> tuple[Rules | None, str]:
    try:
        return rules_on(read_law(measure.place), measure.kind, day), ""
    except LawSilent as error:
        return None, str(error).partition(NAMES_MORE)[0]


def _due(measure: Measure, rules: Rules) -> tuple[Due, ...]:
    days = {
        EVENT_OF_LAW[each.what]: each.when.first
        for each in measure.dates
        if each.what in EVENT_OF_LAW and each.when.first == each.when.last
    }
    counted = {deadline.event for cited in ([rules.deadlines] if rules.deadlines else []) for deadline in cited.value}
    counted |= {CIRCULATION} if rules.circulation_days or rules.circulation_months else set()
    events = {event: day for event, day in days.items() if event in counted and event in EVENTS}
    return calendar_of(rules, events).due if events else ()
