"""Days of a record: how far apart, and whether one can be of the case."""

from __future__ import annotations

import datetime as dt

LONGEST_GATHERING = 731
"""So many days before its filing a petition may have begun."""


def days_between(first: str, last: str) -> int:
    """Give how many days lie between two days; 0 where one of them is none."""
    try:
        return dt.date.fromisoformat(last).toordinal() - dt.date.fromisoformat(first).toordinal()
    except ValueError:
        return 0


def day_fault(day: str, filed: str, at: str) -> str:
    """Give why a day told at a time cannot be of a case that was filed on a day, or nothing."""
    if days_between(at[:10], day) > 1:
        return f"was still to come, {day}"
    return f"is more than two years before the filing, {day}" if days_between(day, filed) > LONGEST_GATHERING else ""
