"""A day that a user asks for on the command line or a page, and one that has not come."""

from __future__ import annotations

import datetime as dt

from ballotworthy.errors import InputError


def parse_day(text: str, option: str) -> dt.date:
    """Read a day given on the command line.

    Raises:
        InputError: it is not written YYYY-MM-DD, or is no day of the calendar.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{option} {text} is not a day. Write it as YYYY-MM-DD, such as 2018-04-20.") from error


def refuse_to_come(day: dt.date, today: dt.date, what: str) -> None:
    """Refuse a day of something that has happened, where it has not come.

    One more than the clock's may be: a place east of it is ahead.

    Raises:
        InputError: it has not come; `what` says of what, such as "A petition cannot have been filed".
    """
    if day > today + dt.timedelta(days=1):
        raise InputError(f"{what} on {day}: that day has not come. Look at the year.")


def as_day(day: str | dt.date, option: str) -> dt.date:
    """Give a day that is asked for as text or as a date; of a moment, its day as it stands there.

    Raises:
        InputError: the text is not written YYYY-MM-DD, or is no day of the calendar.
    """
    if isinstance(day, str):
        return parse_day(day, option)
    return day.date() if isinstance(day, dt.datetime) else day
