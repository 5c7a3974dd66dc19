"""Days as history gives them: exact, or somewhere in a month, a year, or a span that two lists leave open."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

YearOnly = Literal["before", "after"]
PRECISIONS = ("day", "week", "month", "year", "by")
LONG_AGO = dt.date(1787, 9, 17)
"""The day of the Constitution: nothing under it is older."""
SHAPES = {
    "week": r"\d{4}-W\d\d",
    "day": r"\d{4}-\d\d-\d\d",
    "by": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-\d\d",
    "year": r"\d{4}",
}


@dataclass(frozen=True)
class Span:
    """The first and the last day on which something can have happened; one day where they are the same."""

    first: dt.date
    last: dt.date

    def settled(self, way: YearOnly | None) -> Span:
        """Give the span with its day chosen: the first for "before", the last for "after"; None leaves it open."""
        if way is None:
            return self
        day = self.first if way == "before" else self.last
        return Span(day, day)

    def __str__(self) -> str:
        """Give "2014-03-06", "2014-03", "2014", "2013-07-01 to 2016-12-31", or "by 2016-12-31"."""
        written = self.first.isoformat()  # where strftime has a year of fewer than four digits
        for shape, text in (("day", written), ("month", written[:7]), ("year", written[:4])):
            if self == span_of(text, shape):
                return text
        return f"by {self.last}" if self.first == LONG_AGO else f"{self.first} to {self.last}"


def span_of(text: str, precision: str, after: str = "") -> Span:
    """Give the span that a text means: "2014", year; "2014-W09", week of ISO 8601; "2016-12-31", by.

    Raises:
        ValueError: the text is no such day, the precision is not known, or the span ends before it begins.
    """
    if precision not in PRECISIONS or not re.fullmatch(SHAPES[precision], text):
        raise ValueError(f"{text!r} is no {precision if precision in PRECISIONS else 'day'}")
    parts = [int(part.removeprefix("W")) for part in text.split("-")]
    if precision == "week":
        year, week = parts
        found = Span(dt.date.fromisocalendar(year, week, 1), dt.date.fromisocalendar(year, week, 7))
    elif precision == "year":
        found = Span(dt.date(parts[0], 1, 1), dt.date(parts[0], 12, 31))
    elif precision == "month":
        year, month = parts
        found = Span(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
    else:
        day = dt.date(*parts)
        found = Span(LONG_AGO if precision == "by" else day, day)
    if after:
        found = Span(max(found.first, dt.date.fromisoformat(after)), found.last)
    if found.first > found.last:
        raise ValueError(f"{text} is before {after}")
    return found


def years_later(day: dt.date, years: int) -> dt.date:
    """Give the same day some years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
