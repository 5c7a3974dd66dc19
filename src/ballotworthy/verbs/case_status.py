"""The status of a case: where it stands, what the law requires next, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.days_of_case import PassedOver, passed_over, undated_certificate
from ballotworthy.casework.own_number import OwnNumber, own_number_of
from ballotworthy.casework.room import RecordAt, Room, record_at
from ballotworthy.casework.status import Next, deadlines_of, next_of
from ballotworthy.casework.work import Work, crossed_out_valid, work_of
from ballotworthy.law.deadlines import Due, Waiting


@dataclass(frozen=True)
class Status:
    """Where a case stands.

    Attributes:
        record: how far the record is.
        case: the case itself; it is not to be changed.
        next: what the order requires next.
        work: how much of the sample is done.
        due: the days that the law allows, counted from the days of this case.
        waiting: those that cannot be counted yet.
        crossed_out: lines ruled valid that were crossed out or blank as filed, for a second look before the count.
        passed_over: days that somebody said and that cannot be, so that nothing is counted from them.
        own_number: the number required that the office gave beside the law's other one.
        undated: the day of a certificate that rests on every line and does not decide: nothing is dated by it.
    """

    record: RecordAt
    case: Case
    next: Next
    work: Work
    due: Sequence[Due]
    waiting: Sequence[Waiting]
    crossed_out: Sequence[str] = ()
    passed_over: Sequence[PassedOver] = ()
    own_number: OwnNumber | None = None
    undated: dt.date | None = None

    @property
    def verdict(self) -> str | None:
        """Give the verdict that stands; None if there is none."""
        standing = self.case.standing.verdict
        return standing.body["verdict"] if standing else None

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case status --json` prints it."""
        return {
            **self.record.to_dict(),
            "next": {"verb": self.next.verb, "what": self.next.what},
            "certified": self.case.standing.closed,
            "verdict": self.verdict,
            "work": vars(self.work),
            "valid_though_crossed_out": list(self.crossed_out),
            "deadlines": [
                {
                    "what": each.deadline.what,
                    "who": each.deadline.who,
                    "day": each.safe.isoformat(),
                    "latest_day": each.last.isoformat() if each.otherwise else None,
                    "since": each.since.isoformat(),
                    "event": each.deadline.event,
                    "source": each.source.cite,
                }
                for each in self.due
            ],
            "waiting": [{"what": each.deadline.what, "event": each.deadline.event} for each in self.waiting],
            "passed_over": [{"event": each.what, "day": each.day, "why": f"{each}"} for each in self.passed_over],
            "undated_certificate": self.undated.isoformat() if self.undated else None,
            "own_number": vars(self.own_number) if self.own_number else None,
        }


def status_of_case(room: Room, work: Work | None = None, crossed_out: Sequence[str] | None = None) -> Status:
    """Give where a case stands; `work` and `crossed_out` are as of `Status`, where the caller has counted."""
    case = room.case()
    work = work or work_of(case)
    due, waiting = deadlines_of(case)
    own = own_number_of(case)
    found = crossed_out_valid(case) if crossed_out is None else crossed_out
    step, over, undated = next_of(case, work), passed_over(case), undated_certificate(case)
    return Status(record_at(case), case, step, work, due, waiting, found, over, own, undated)
