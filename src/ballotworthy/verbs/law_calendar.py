"""Count the deadlines that follow from the days of events, by the law of the day; write them as an iCalendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ballotworthy.files.icalendar import Event, calendar_text
from ballotworthy.law import Days, read_law
from ballotworthy.law.calendar import Calendar, calendars_of
from ballotworthy.law.deadlines import Due, Waiting
from ballotworthy.law.elsewhere import elsewhere_data
from ballotworthy.law.passed import passed_cite, passed_words
from ballotworthy.law.plain import deadline_data


@dataclass(frozen=True)
class Deadlines:
    """The deadlines of each kind of petition; `one_kind` tells that one was asked for."""

    place: str
    calendars: tuple[Calendar, ...]
    one_kind: bool

    def to_dict(self) -> dict[str, Any]:
        """Give the deadlines as `law calendar --json` prints them."""
        told = [_calendar_data(each) for each in self.calendars]
        return told[0] if self.one_kind else {"place": self.place, "kinds": told}


def count_deadlines(place: str, days: date | Days, events: Mapping[str, date], kind: str | None = None) -> Deadlines:
    """Give the deadlines that are counted from the events, of one kind of petition or of every kind in force.

    Raises:
        UnknownName: there is no such place or kind.
        LawSilent: the kind is not in force, or none is.
        InputError: no deadline is counted from these events.
    """
    return Deadlines(place, tuple(calendars_of(read_law(place), kind, days, events)), kind is not None)


def _calendar_data(found: Calendar) -> dict[str, Any]:
    return {
        "place": found.rules.place,
        "kind": found.rules.kind,
        "on": found.rules.on.isoformat(),
        "looked_up_elsewhere": elsewhere_data(found.rules),
        "events": {event: day.isoformat() for event, day in found.events.items()},
        "holidays_known": found.holidays,
        "due": [
            {
                **deadline_data(each.deadline),
                "since": each.since.isoformat(),
                "day": each.safe.isoformat(),
                "weekday": f"{each.safe:%A}",
                "closed": each.closed,
                "holidays_passed": [{"day": day.isoformat(), "name": name} for day, name in each.passed],
                "latest_day": each.last.isoformat() if each.otherwise else None,
                **_sources(each),
            }
            for each in found.due
        ],
        "waiting": [{**deadline_data(each.deadline), **_sources(each)} for each in found.waiting],
    }


def _sources(each: Due | Waiting) -> dict[str, Any]:
    checked = [{"source": source.cite, "url": source.url, "says": source.says} for source in each.checked]
    one_source = not each.checked
    return {"checked": checked, "source": each.source.cite, "url": each.source.url, "one_source": one_source}


def compared_words(each: Due | Waiting) -> str:
    """Give the source, with those it was compared with, or the mark that there is one only."""
    checks = dict.fromkeys(source.cite for source in each.checked)
    return f"{each.source.cite}; checked: {', '.join(checks)}" if checks else f"{each.source.cite} (one source)"


def counted_words(due: Due) -> str:
    """Say how the days were counted: "8 working days after filed (2026-08-03), passing over Labor Day"."""
    words = f"{due.deadline.span} ({due.since})"
    if due.passed:
        words += ", passing over " + ", ".join(f"{name} ({day})" for day, name in due.passed)
    if due.otherwise:
        those = ", ".join(f"{name} ({day})" for day, name in due.otherwise.holidays)
        words += f"; {due.day:%A} {due.day} where the law has a holiday on {those}, else {due.otherwise.day:%A} "
        words += f"{due.otherwise.day}: {due.safe:%A} {due.safe} is the safe day"
    if due.closed:
        closed = f"a {due.closed}" if due.closed == f"{due.day:%A}" else due.closed
        words += f"; that is {closed}: see whether the law moves it"
    return words


def caution_words(found: Calendar) -> str:
    """Say what was counted and what was not."""
    days = (
        "Business and working days pass over Saturdays, Sundays and the public holidays that the package `holidays` "
        "knows; a statute may count others."
        if found.holidays
        else "No holidays are known for this place: business and working days pass over Saturdays and Sundays only."
    )
    return f"The day of the event is not counted. {days} The official text decides."


def write_deadlines(found: Deadlines, path: Path) -> None:
    """Write the deadlines as one iCalendar file, whole or not at all; a deadline that several kinds share once.

    Raises:
        OutputError: the file could not be written.
    """
    # Polars, behind it, takes a tenth of a second to load, which the other answers need not wait for.
    from ballotworthy.files.whole import whole_file

    calendars = found.calendars
    rules = calendars[0].rules
    name = f"{rules.place_name}: {rules.title if len(calendars) == 1 else 'petitions'}"
    events = {(event.day, event.summary): event for each in calendars for event in _events(each)}
    stamp = min(day for each in calendars for day in each.events.values())
    with whole_file(path) as file:
        file.write_bytes(calendar_text([event for _, event in sorted(events.items())], stamp, name).encode())


def _events(found: Calendar) -> Iterator[Event]:
    for due in found.due:
        words = f"{due.deadline.who}: {due.deadline.what}" if due.deadline.who else due.deadline.what
        then = f"When it has passed: {passed_words(due.deadline)} ({passed_cite(due.deadline, due.source)})."
        told = f"{counted_words(due)}.\n{compared_words(due)}: {due.source.url}\n{then}\n{caution_words(found)}"
        for day, which in due.named:
            yield Event(day, f"{words}{which}", told, due.source.url)
