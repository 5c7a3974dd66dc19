"""The days that follow from a date: deadlines counted in the days in which the law counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ballotworthy.errors import InputError
from ballotworthy.law.dated import Cited, Source
from ballotworthy.law.model import MONTHS, Deadline
from ballotworthy.law.months import months_later

DAY = timedelta(days=1)
SATURDAY = 5
MOST_DAYS = 10_000


@dataclass(frozen=True)
class Due:
    """A deadline on its day.

    Attributes:
        deadline: the rule: what, how much time in which unit, after or before what, and who.
        since: the day of the event, which is not counted.
        day: the last day allowed, where all holidays that are known are holidays; `safe` is the day to go by.
        passed: the holidays passed over in counting, each with its name; weekends are passed over as well.
        closed: why an office is closed on a last day counted in calendar days or months, empty where it is not. The day
            is not moved: whether it moves is for the law on computing time.
        source: what orders it.
        checked: other publishers that say the same; none where it has one source only.
        otherwise: the last day where the days passed over that not every statute has are working days, and
            which those are; None where none was passed over.
    """

    deadline: Deadline
    since: date
    day: date
    passed: tuple[tuple[date, str], ...]
    closed: str
    source: Source
    checked: tuple[Source, ...] = ()
    otherwise: Otherwise | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Give the days that may be the last, the first first: two where the law's holidays are in doubt."""
        return tuple(sorted({self.day, *([self.otherwise.day] if self.otherwise else [])}))

    @property
    def safe(self) -> date:
        """Give the day to go by: done by it, it is in time whichever holidays the law has."""
        return self.days[0]

    @property
    def last(self) -> date:
        """Give the last day that it may be; the safe one where nothing is in doubt."""
        return self.days[-1]

    @property
    def named(self) -> tuple[tuple[date, str], ...]:
        """Give the days that may be the last, each with what a calendar adds to its title: nothing to one alone."""
        if self.safe == self.last:
            return ((self.day, ""),)
        return ((self.safe, " (the safe day)"), (self.last, " (the last day that it may be: a holiday is in doubt)"))


@dataclass(frozen=True)
class Otherwise:
    """The last day if some holidays are none."""

    day: date
    holidays: tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Waiting:
    """A deadline whose event has no day yet."""

    deadline: Deadline
    source: Source
    checked: tuple[Source, ...] = ()


def due_days(
    rules: Iterable[Cited[tuple[Deadline, ...]]],
    events: Mapping[str, date],
    days_off: Mapping[date, str],
) -> tuple[tuple[Due, ...], tuple[Waiting, ...]]:
    """Give the deadlines that follow from the events, by day, and those that wait for another event.

    The day of the event is not counted. Calendar days are all days; business and working days are those that
    are neither Saturday, Sunday nor a holiday. Months end on the day of the same number, or on the last of a
    month that has none.

    Args:
        rules: lists of deadlines, each with its source.
        events: the day of each event, by its word.
        days_off: the place's holidays, with their names.

    Raises:
        InputError: a deadline lies beyond the calendar.
    """
    due: list[Due] = []
    waiting: list[Waiting] = []
    for rule in rules:
        for deadline in rule.value:
            checked = (*rule.checked, *deadline.checked)
            if deadline.event in events:
                on_its_day = due_day(deadline, events[deadline.event], days_off, rule.source)
                due.append(replace(on_its_day, checked=checked))
            else:
                waiting.append(Waiting(deadline, rule.source, checked))
    return tuple(sorted(due, key=lambda each: each.safe)), tuple(waiting)


def due_day(deadline: Deadline, since: date, days_off: Mapping[date, str], source: Source) -> Due:
    """Give one deadline on its day, counted as in `due_days`.

    Raises:
        InputError: it lies beyond the calendar.
    """
    way = -1 if deadline.before else 1
    in_days = deadline.count * (31 if deadline.unit == MONTHS else 1)
    if in_days > MOST_DAYS or not date.min.year < since.year + way * (in_days // 200 + 1) <= date.max.year:
        raise InputError(f"{deadline.span} ({since}) lies beyond the calendar; correct the day.")
    if deadline.unit == MONTHS:
        day = months_later(since, way * deadline.count)
        return Due(deadline, since, day, (), _closed(day, days_off), source)
    if deadline.unit == "calendar":
        day = since + way * deadline.count * DAY
        return Due(deadline, since, day, (), _closed(day, days_off), source)
    day, passed = _counted(since, deadline.count, way, days_off)
    doubtful = tuple((each, name) for each, name in passed if _is_doubtful(each, name))
    due = Due(deadline, since, day, passed, "", source)
    if not doubtful:
        return due
    sure = {each: name for each, name in passed if not _is_doubtful(each, name)}
    return replace(due, otherwise=Otherwise(_counted(since, deadline.count, way, sure)[0], doubtful))


def _counted(
    since: date, count: int, way: int, days_off: Mapping[date, str]
) -> tuple[date, tuple[tuple[date, str], ...]]:
    """Give the last of so many working days, and the holidays on the way to it."""
    day, left, passed = since, count, []
    while left:
        day += way * DAY
        name = days_off.get(day)
        if day.weekday() >= SATURDAY:
            continue
        if name is None:
            left -= 1
        else:
            passed.append((day, name))
    return day, tuple(passed)


def _is_doubtful(day: date, name: str) -> bool:
    """Tell whether statutes differ over a holiday: a Friday for one on a Saturday, the day after Thanksgiving.

    California has such a Friday for 11 November alone (Gov. Code § 6701), and § 6700 does not name the day after
    Thanksgiving; officers of the union have the Friday (5 U.S.C. § 6103(b)(1)).
    """
    return day.weekday() == SATURDAY - 1 and (name.endswith("(observed)") or "After Thanksgiving" in name)


def _closed(day: date, days_off: Mapping[date, str]) -> str:
    if name := days_off.get(day):
        return name
    return f"{day:%A}" if day.weekday() >= SATURDAY else ""
