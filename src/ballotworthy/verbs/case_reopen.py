"""Reopen a certified case by a court's order; the certificate stays in the record as the one that was replaced."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.order_day import refuse_coming
from ballotworthy.casework.room import RecordAt, Room


@dataclass(frozen=True)
class Reopened:
    """The order by which the case was reopened, and its day."""

    record: RecordAt
    order: str
    day: dt.date

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case reopen --json` prints it."""
        return {**self.record.to_dict(), "order": self.order, "day": self.day.isoformat()}


def reopen_case(room: Room, *, by: str, order: str, day: dt.date) -> Reopened:
    """Reopen a case.

    Args:
        room: the case, certified.
        by: who enters it.
        order: whose order, and its number.
        day: of the order.

    Raises:
        Refused: the case is not certified, this person may not certify, or the order's day has not come.
    """
    refuse_coming(room, day)
    room.write(lambda _: [Act(by, "reopened", {"order": order, "day": day.isoformat()})])
    return Reopened(room.at(), order, day)
