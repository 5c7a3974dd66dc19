"""The days of the law in a case: which have passed, and whether what they ask was done by the record.

What happened before the day from which a time runs is not what that time asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ballotworthy.casework.case import Case
from ballotworthy.casework.days_of_case import clock_days, days_of, undated_certificate
from ballotworthy.law.calendar import filing_of
from ballotworthy.law.dated import Cited
from ballotworthy.law.days_off import days_off_known
from ballotworthy.law.deadlines import Due, due_day
from ballotworthy.law.model import Deadline

TO_COME, IN_TIME, LATE, NOT_DONE, UNSAID = "to-come", "in-time", "late", "not-done", "unsaid"
IN_DOUBT = "in-doubt"


@dataclass(frozen=True)
class LawDay:
    """A time that the law allows, in a case.

    Attributes:
        number: its place among the times of the pinned law, from 1 on: a case keeps it.
        due: the time on its day.
        left: days until its safe day, below 0 once that has passed.
        done: the day on which what is asked was done by the record; None where the record holds none.
        by: the event by which it was done, "" where it was not.
        by_clock: whether that day is that of the record's own clock, not one that somebody said.
        anew: whether that was a certificate after a reopening, so that the day of the first one is not held.
        undecided: the day of a certificate that rests on every line and does not decide, where a certificate would do
            what is asked; None where there is none.
    """

    number: int
    due: Due
    left: int
    done: dt.date | None
    by: str
    by_clock: bool = False
    anew: bool = False
    undecided: dt.date | None = None

    @property
    def state(self) -> str:
        """Give how it stands.

        Done in time or late, still to come, not done, in doubt between its safe day and its last, or unsaid where no
        event would tell.
        """
        if self.done is not None and ((self.done > self.due.last and self.anew) or self.is_doubtful):
            return UNSAID
        if self.done is not None:
            return IN_TIME if self.done <= self.due.safe else LATE
        if self.undecided is not None:
            return UNSAID
        if self.left >= 0:
            return TO_COME
        if not self.due.deadline.met_by:
            return UNSAID
        return IN_DOUBT if self.left + (self.due.last - self.due.safe).days >= 0 else NOT_DONE

    @property
    def is_doubtful(self) -> bool:
        """Tell whether it was done between the two days on which the time ends, as a holiday is one or none."""
        return self.done is not None and self.due.safe < self.done <= self.due.last

    @property
    def passed(self) -> bool:
        """Tell whether its safe day has passed."""
        return self.left < 0

    @property
    def days_late(self) -> int:
        """Give by how many days it was done late, 0 where it was not."""
        return max(0, (self.done - self.due.last).days) if self.done else 0


def times_of(case: Case) -> Sequence[Cited[tuple[Deadline, ...]]]:
    """Give the times that the pinned law allows, filing before an election among them."""
    if case.rules is None:
        return ()
    return [*([case.rules.deadlines] if case.rules.deadlines else []), *filing_of(case.rules)]


def law_days(case: Case, today: dt.date) -> list[LawDay]:
    """Give the times whose day can be counted in this case, the first day first."""
    if case.rules is None:
        return []
    days, own, undated = days_of(case), clock_days(case), undated_certificate(case)
    off = days_off_known(case.rules.place)
    found = []
    for number, (time, cited) in enumerate(((time, each) for each in times_of(case) for time in each.value), start=1):
        if time.event in days:
            due = due_day(time, days[time.event], off, cited.source)
            came = [event for event in time.met_by if event in days and days[event] <= today]
            able = [event for event in came if time.before or days[event] >= due.since]
            done, by = min(((days[event], event) for event in able), default=(None, ""))
            anew = by == "certified" and bool(case.reopened)
            by_clock = own.get(by) == done is not None
            undecided = undated if done is None and "certified" in time.met_by else None
            found.append(LawDay(number, due, (due.safe - today).days, done, by, by_clock, anew, undecided))
    return sorted(found, key=lambda each: each.due.safe)
