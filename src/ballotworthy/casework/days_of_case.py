"""The days of a case from which the law counts: those that somebody said, and those of the record's own clock."""

from __future__ import annotations

import datetime as dt

from ballotworthy.casework.case import Case
from ballotworthy.law.zones import local_day


def days_of(case: Case) -> dict[str, dt.date]:
    """Give the day of each event, by the word of the law.

    What the record dates itself has the day that its time was at the place; an earlier one that somebody said of it,
    such as of a count made on paper, goes before.
    """
    days = {what: dt.date.fromisoformat(day) for what, day in case.days.items()}
    for what, day in clock_days(case).items():
        days[what] = min(day, days.get(what, day))
    return days


def clock_days(case: Case) -> dict[str, dt.date]:
    """Give the day at the place of each event that the record dates itself."""
    return {what: local_day(case.opened["place"], at) for what, at in case.clocked.items()}
