"""The days that follow from a date: deadlines counted in the days in which the law counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ballotworthy.errors import InputError
from ballotworthy.law.dated import Cited, Source
from ballotworthy.law.model import Deadline

DAY = timedelta(days=1)
SATURDAY = 5
MOST_DAYS = 10_000


@dataclass(frozen=True)
class Due:
    """A deadline on its day.

    Attributes:
        deadline: the rule: what, how many days of which kind, after what, and who.
        since: the day of the event; counting begins on the next.
        day: the last day allowed.
        passed: the holidays passed over in counting, each with its name; weekends are passed over as well.
        closed: why an office is closed on a last day counted in calendar days, empty where it is not. The day
            is not moved: whether it moves is for the law on computing time.
        source: what orders it.
    """

    deadline: Deadline
    since: date
    day: date
    passed: tuple[tuple[date, str], ...]
    closed: str
    source: Source


@dataclass(frozen=True)
class Waiting:
    """A deadline whose event has no day yet."""

    deadline: Deadline
    source: Source


def due_days(
    rules: Iterable[Cited[tuple[Deadline, ...]]],
    events: Mapping[str, date],
    days_off: Mapping[date, str],
) -> tuple[tuple[Due, ...], tuple[Waiting, ...]]:
    """Give the deadlines that follow from the events, by day, and those that wait for another event.

    The day of the event is not counted. Calendar days are all days; business and working days are those that
    are neither Saturday, Sunday nor a holiday.

    Args:
        rules: lists of deadlines, each with its source.
        events: the day of each event, by the word that deadlines have under `after`.
        days_off: the place's holidays, with their names.

    Raises:
        InputError: a deadline lies beyond the calendar.
    """
    due: list[Due] = []
    waiting: list[Waiting] = []
    for rule in rules:
        for deadline in rule.value:
            if deadline.after in events:
                due.append(_due(deadline, events[deadline.after], days_off, rule.source))
            else:
                waiting.append(Waiting(deadline, rule.source))
    return tuple(sorted(due, key=lambda each: each.day)), tuple(waiting)


def _due(deadline: Deadline, since: date, days_off: Mapping[date, str], source: Source) -> Due:
    if deadline.days > MOST_DAYS or since.year + deadline.days // 200 + 1 > date.max.year:
        raise InputError(f"{deadline.days:,} days after {since} lie beyond the calendar; correct the day.")
    if deadline.unit == "calendar":
        day = since + deadline.days * DAY
        return Due(deadline, since, day, (), _closed(day, days_off), source)
    day, left, passed = since, deadline.days, []
    while left:
        day += DAY
        name = days_off.get(day)
        if day.weekday() >= SATURDAY:
            continue
        if name is None:
            left -= 1
        else:
            passed.append((day, name))
    return Due(deadline, since, day, tuple(passed), "", source)


def _closed(day: date, days_off: Mapping[date, str]) -> str:
    if name := days_off.get(day):
        return name
    return f"{day:%A}" if day.weekday() >= SATURDAY else ""
