"""The days of a case from which the law counts: those that somebody said, and those of the record's own clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ballotworthy.casework.case import GOES_ON, Case
from ballotworthy.law.zones import local_day

FAR = dt.timedelta(days=3653)
"""Ten years: no day of a case lies further from its filing, and one that does was typed amiss."""
OF_WHAT_WAS_FILED = frozenset({"counted", "certified"})
"""Events that follow the filing; those of other events may lie before it, such as of a hand-in to a county."""


@dataclass(frozen=True)
class PassedOver:
    """A day that somebody said and that cannot be, so that nothing goes by it.

    Attributes:
        what: the event.
        day: as it was said, such as 0002-11-03.
        filed: the day of filing.
        early: whether it lies before the filing that it must follow; else it lies more than ten years from it.
    """

    what: str
    day: str
    filed: dt.date
    early: bool

    def __str__(self) -> str:
        """Say what is wrong with it."""
        if self.early:
            return f"{self.day} lies before the day of filing, {self.filed}, which it follows"
        return f"{self.day} lies more than ten years from the day of filing, {self.filed}"


def days_of(case: Case) -> dict[str, dt.date]:
    """Give the day of each event, by the word of the law.

    What the record dates itself has the day that its time was at the place; an earlier one that somebody said of it,
    such as of a count made on paper, goes before. Days that cannot be are passed over, as `passed_over` gives them.
    """
    days = {what: dt.date.fromisoformat(day) for what, day in case.days.items() if not fault_of(case, what, day)}
    if "filed" in case.days:
        days["filed"] = _filed(case)
    for what, day in clock_days(case).items():
        days[what] = min(day, days.get(what, day))
    return days


def clock_days(case: Case) -> dict[str, dt.date]:
    """Give the day at the place of each event that the record dates itself."""
    return {what: local_day(case.opened["place"], at) for what, at in case.clocked.items()}


def undated_certificate(case: Case) -> dt.date | None:
    """Give the day of a certificate that rests on every line and still does not decide; None where none stands so.

    The record dates no event by it: whether it is the decision from which a law counts, the laws that are held do not
    say. Somebody may say so, as the day of `certified`.
    """
    last, verdict = case.standing.certified, case.standing.verdict
    if last is None or verdict is None or not case.standing.closed or case.sample is None:
        return None
    is_open = case.sample.body["scope"] == "all" and verdict.body["verdict"] in GOES_ON
    return local_day(case.opened["place"], last.at) if is_open and "certified" not in case.days else None


def passed_over(case: Case) -> Sequence[PassedOver]:
    """Give the days that were said and cannot be; a record of before they were refused may hold some."""
    return [fault for what, day in case.days.items() if (fault := fault_of(case, what, day))]


def fault_of(case: Case, what: str, day: str) -> PassedOver | None:
    """Give why the day of an event cannot be; None where it can, or nothing is filed."""
    if "filed" not in case.opened:
        return None
    said, opened = dt.date.fromisoformat(day), dt.date.fromisoformat(case.opened["filed"])
    if abs(said - opened) > FAR:
        return PassedOver(what, day, opened, early=False)
    filed = _filed(case)
    return PassedOver(what, day, filed, early=True) if what in OF_WHAT_WAS_FILED and said < filed else None


def _filed(case: Case) -> dt.date:
    """Give the day of filing: the one corrected, where it can be, else that of the opening."""
    opened, said = (dt.date.fromisoformat(each["filed"]) for each in (case.opened, case.days))
    return opened if abs(said - opened) > FAR else said
