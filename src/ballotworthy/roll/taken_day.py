"""The day on which a voter file was taken from its register, where the file's own name tells it for certain.

Read are 2024-06-01, 2024_06_01, 20240601, 06-01-2024 and 06012024, as registers name their exports. A name that could
mean two days, or two different days, tells none: a roll as of a wrong day refuses signers who were registered.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import chain

EARLIEST = 1990
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{2})([-_.]?)(\d{2})\2(\d{4})(?!\d)")


def day_in_name(name: str, latest: dt.date) -> dt.date | None:
    """Give the one day that a file's name can mean, from 1990 to `latest`; None where it tells none or several."""
    found = {day for day in chain(_year_first(name), _year_last(name)) if day.year >= EARLIEST and day <= latest}
    return found.pop() if len(found) == 1 else None


def _year_first(name: str) -> list[dt.date]:
    return [day for y, _, m, d in _YEAR_FIRST.findall(name) if (day := _day(y, m, d))]


def _year_last(name: str) -> list[dt.date]:
    """Give both readings of 03-05-2024; 06-17-2024 has but one."""
    pairs = [(year, one, other) for one, _, other, year in _YEAR_LAST.findall(name)]
    return [day for y, one, other in pairs for m, d in ((one, other), (other, one)) if (day := _day(y, m, d))]


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
