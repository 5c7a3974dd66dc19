"""The day of an event that somebody says: it can be, and the record's own clock does not know better."""

from __future__ import annotations

import datetime as dt

from ballotworthy.casework.days_of_case import clock_days, fault_of
from ballotworthy.casework.room import Room
from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.asked_day import refuse_to_come
from ballotworthy.law import EVENTS

TO_COME = frozenset({"election", "last-filing-day"})
"""Events whose day is known before it has come."""


def refuse_noted(room: Room, what: str, day: dt.date) -> None:
    """Refuse the day of an event that cannot be, or that would have no effect.

    Raises:
        UnknownName: no law counts days from such an event, or asks for it, so that nothing would follow.
        InputError: it has not come, lies more than ten years from the filing, is that of a count or a certificate
            before the filing, or is later than the record's own clock has it.
    """
    if what not in EVENTS:
        raise UnknownName("event of a law's days called", what, EVENTS)
    case = room.case()
    if fault := fault_of(case, what, day.isoformat()):
        raise InputError(f"{fault}. Look at the day and its year, and enter the right one.")
    if what not in TO_COME:
        refuse_to_come(day, room.clock().date(), "Nothing can have happened")
    if (dated := clock_days(case).get(what)) and day > dated:
        raise InputError(f"the record itself holds it as done on {dated}. Say an earlier day, or none.")
