"""The deadlines that follow from dates: what `ballotworthy law PLACE --calendar` prints and writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ballotworthy.cli.law_rules import deadline_answer
from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.icalendar import Event, calendar_text
from ballotworthy.law import EVENTS
from ballotworthy.law.calendar import Calendar
from ballotworthy.law.deadlines import Due, Waiting
from ballotworthy.law.elsewhere import elsewhere_data


def events_of(filed: str | None, certified: str | None, after: Sequence[str]) -> dict[str, date]:
    """Read the days of the events from the command line.

    Raises:
        InputError: a day is none, an event is given twice, or none is given.
        UnknownName: no deadline of any place is counted from an event of that name.
    """
    named = [("--filed", "filed", filed)] if filed else []
    named += [("--certified", "certified", certified)] if certified else []
    events = read_events(after, named)
    if not events:
        raise InputError("--calendar counts from a day; give --filed DAY, --certified DAY or --after EVENT=DAY.")
    return events


def read_events(after: Sequence[str], others: Sequence[tuple[str, str, str]] = ()) -> dict[str, date]:
    """Read EVENT=DAY of each `--after`, and `others`: option, event and day.

    Raises:
        InputError: a day is none, or an event is given twice.
        UnknownName: no deadline of any place is counted from an event of that name.
    """
    events: dict[str, date] = {}
    named = list(others)
    for given in after:
        event, equals, day = given.partition("=")
        if not equals or not event.strip():
            raise InputError(f"--after {given} is not EVENT=DAY; write it as --after counted=2026-09-02.")
        if event.strip() not in EVENTS:
            raise UnknownName("event called", event.strip(), list(EVENTS))
        named.append((f"--after {event}", event.strip(), day.strip()))
    for option, event, day in named:
        if event in events:
            raise InputError(f"the day of {event!r} is given twice; give it once.")
        events[event] = parse_day(day, option)
    return events


def calendar_answer(found: Calendar) -> dict[str, Any]:
    """Give the deadlines as plain data."""
    return {
        "place": found.rules.place,
        "kind": found.rules.kind,
        "on": found.rules.on.isoformat(),
        "looked_up_elsewhere": elsewhere_data(found.rules),
        "events": {event: day.isoformat() for event, day in found.events.items()},
        "holidays_known": found.holidays,
        "due": [
            {
                **deadline_answer(each.deadline),
                "since": each.since.isoformat(),
                "day": each.day.isoformat(),
                "weekday": f"{each.day:%A}",
                "closed": each.closed,
                "holidays_passed": [{"day": day.isoformat(), "name": name} for day, name in each.passed],
                **_sources(each),
            }
            for each in found.due
        ],
        "waiting": [{**deadline_answer(each.deadline), **_sources(each)} for each in found.waiting],
    }


def _sources(each: Due | Waiting) -> dict[str, Any]:
    checked = [{"source": source.cite, "url": source.url, "says": source.says} for source in each.checked]
    one_source = not each.checked
    return {"checked": checked, "source": each.source.cite, "url": each.source.url, "one_source": one_source}


def _compared(each: Due | Waiting) -> str:
    """Give the source, with those it was compared with, or the mark that there is one only."""
    checks = dict.fromkeys(source.cite for source in each.checked)
    return f"{each.source.cite}; checked: {', '.join(checks)}" if checks else f"{each.source.cite} (one source)"


def show_calendar(found: Calendar, console: Console) -> None:
    """Print the deadlines for people: by day, then those that wait for another event."""
    rules = found.rules
    heading = f"{rules.place_name}: {rules.title} ({rules.kind}), law of {rules.on}"
    console.print(heading, style="bold", markup=False, highlight=False)
    table = Table("last day", "what", "who", "counted", "source")
    for each in found.due:
        table.add_row(
            f"{each.day:%a} {each.day}", each.deadline.what, each.deadline.who, _counted(each), _compared(each)
        )
    console.print(table)
    for wait in found.waiting:
        console.print(
            f"Waits for its day: {wait.deadline.what}, {wait.deadline.span} ({_compared(wait)}). "
            f"Give it: --after {wait.deadline.event}=YYYY-MM-DD.",
            markup=False,
            highlight=False,
        )
    console.print(_caution(found), markup=False, highlight=False)


def _counted(due: Due) -> str:
    """Say how the days were counted: "8 working days after filed (2026-08-03), passing over Labor Day"."""
    words = f"{due.deadline.span} ({due.since})"
    if due.passed:
        words += ", passing over " + ", ".join(f"{name} ({day})" for day, name in due.passed)
    if due.closed:
        closed = f"a {due.closed}" if due.closed == f"{due.day:%A}" else due.closed
        words += f"; that is {closed}: see whether the law moves it"
    return words


def _caution(found: Calendar) -> str:
    days = (
        "Business and working days pass over Saturdays, Sundays and the public holidays that the package `holidays` "
        "knows; a statute may count others."
        if found.holidays
        else "No holidays are known for this place: business and working days pass over Saturdays and Sundays only."
    )
    return f"The day of the event is not counted. {days} The official text decides."


def write_calendar(calendars: Sequence[Calendar], path: Path) -> None:
    """Write the deadlines as one iCalendar file, whole or not at all; a deadline that several kinds share once.

    Raises:
        OutputError: the file could not be written.
    """
    # Polars, behind it, takes a tenth of a second to load, which the other answers need not wait for.
    from ballotworthy.files.whole import whole_file

    rules = calendars[0].rules
    name = f"{rules.place_name}: {rules.title if len(calendars) == 1 else 'petitions'}"
    events = {(event.day, event.summary): event for found in calendars for event in _events(found)}
    stamp = min(day for found in calendars for day in found.events.values())
    with whole_file(path) as file:
        file.write_bytes(calendar_text([event for _, event in sorted(events.items())], stamp, name).encode())


def _events(found: Calendar) -> Iterator[Event]:
    for due in found.due:
        words = f"{due.deadline.who}: {due.deadline.what}" if due.deadline.who else due.deadline.what
        told = f"{_counted(due)}.\n{_compared(due)}: {due.source.url}\n{_caution(found)}"
        yield Event(due.day, words, told, due.source.url)
