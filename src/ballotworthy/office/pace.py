"""How fast lines get their first look: counted from the record by hour, read on from where the last reading ended."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ballotworthy.law.zones import local_day
from ballotworthy.record import Storage

FIRST_LOOK = (b'"kind":"decision"', b'"look":1')
HOUR = slice(7, 20)
"""Where an event's line has its day and hour: `{"at":"2026-11-28T15:..."`."""
DAYS = 5


@dataclass
class Pace:
    """First looks by hour, "2026-11-28T15", of the events read so far."""

    storage: Storage
    read: int = 0
    hours: Counter[str] = field(default_factory=Counter)

    def follow(self) -> Mapping[str, int]:
        """Read on to the end of the record, and give first looks by hour."""
        for line in self.storage.read(self.read):
            self.read += 1
            if FIRST_LOOK[0] in line and FIRST_LOOK[1] in line:
                self.hours[line[HOUR].decode("ascii", "replace")] += 1
        return self.hours


@dataclass(frozen=True)
class Forecast:
    """When the first looks end if work goes on as in the last days on which somebody worked.

    Attributes:
        days, a_day: lines on each of so many days.
        an_hour: lines in each hour of these days in which somebody worked.
        ends: the day on which the last is done, worked on every day; None where nothing is left.
        needed: lines a day to end by the deadline; None where there is none.
    """

    days: int
    a_day: float
    an_hour: float
    ends: dt.date | None
    needed: float | None


def forecast(
    hours: Mapping[str, int], left: int, today: dt.date, deadline: dt.date | None, place: str = ""
) -> Forecast | None:
    """Give the forecast, by days of the place; None before the first look.

    Today counts only where it is the only day worked on.
    """
    by_day: Counter[dt.date] = Counter()
    days = {hour: local_day(place, f"{hour}:00:00Z") for hour in hours}
    for hour, number in hours.items():
        by_day[days[hour]] += number
    whole = sorted(day for day in by_day if day != today)[-DAYS:] or sorted(by_day)[-1:]
    if not whole:
        return None
    worked = sum(day in whole for day in days.values())
    done = sum(by_day[day] for day in whole)
    a_day = done / len(whole)
    ends = today + dt.timedelta(days=math.ceil(left / a_day) - 1) if left else None
    ahead = (deadline - today).days + 1 if deadline else 0
    return Forecast(len(whole), a_day, done / worked, ends, left / ahead if ahead > 0 and left else None)
