"""The day of an order, a letter or a delivery by which somebody acts in a case: it has come."""

from __future__ import annotations

import datetime as dt

from ballotworthy.casework.room import Room
from ballotworthy.errors import Refused


def refuse_coming(room: Room, day: dt.date) -> None:
    """Refuse a paper of a day that is still to come, wherever on earth it is read.

    Raises:
        Refused: the day has not come.
    """
    if day > room.clock().date() + dt.timedelta(days=1):  # the clock tells UTC
        raise Refused(f"the day {day} is still to come; give the day that stands on the paper.")
