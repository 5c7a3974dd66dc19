"""Calendar months counted from a day: to the day of the same number, or the last day of a month that has none."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """Give the day so many months later; earlier, if `months` is negative: 31 August and 6 give 28 February.

    Raises:
        ValueError: it lies beyond the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{months} months from {day}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_within(day: date, months: int) -> date:
    """Give the first day from which `day` lies no more than so many months later."""
    first = months_later(day, -months)
    return first if months_later(first, months) >= day else first + timedelta(days=1)
