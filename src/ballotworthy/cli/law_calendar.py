"""`ballotworthy law calendar`: the deadlines that follow from days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ballotworthy.cli.days import DAY, RegisteredOption, SignedOption, days_of, read_events
from ballotworthy.cli.options import AnyKindOption, GoverningOption, JsonOption, PlaceArgument
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.errors import InputError
from ballotworthy.law.calendar import Calendar
from ballotworthy.law.passed import passed_cite, passed_words
from ballotworthy.verbs.law_calendar import (
    caution_words,
    compared_words,
    count_deadlines,
    counted_words,
    write_deadlines,
)

FiledOption = Annotated[
    str | None,
    typer.Option(
        metavar=DAY, help="The day of filing: rules that go by it are looked up on it, deadlines count from it."
    ),
]
CertifiedOption = Annotated[
    str | None, typer.Option(metavar=DAY, help="The day of certification, in the same two ways.")
]
AfterOption = Annotated[
    list[str] | None,
    typer.Option(metavar=f"EVENT={DAY}", help="The day of another event that the law counts from; repeatable."),
]
IcsOption = Annotated[Path | None, typer.Option(help="Write the deadlines as an iCalendar file.")]


def calendar(
    place: PlaceArgument,
    kind: AnyKindOption = None,
    on: GoverningOption = None,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    after: AfterOption = None,
    ics: IcsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the deadlines that follow from days: of filing, of certification, of any event the law counts from."""
    events = events_of(filed, certified, after or ())
    days = days_of(on, registered, signed, filed, certified, default=min(events.values()))
    found = count_deadlines(place, days, events, kind)
    if ics:
        write_deadlines(found, ics)
    if as_json:
        print_json(found.to_dict())
        return
    for each in found.calendars:
        show_calendar(each, SafeConsole())


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
        raise InputError("deadlines count from a day; give --filed DAY, --certified DAY or --after EVENT=DAY.")
    return events


def show_calendar(found: Calendar, console: SafeConsole) -> None:
    """Print the deadlines for people: by day, then those that wait for another event."""
    rules = found.rules
    heading = f"{rules.place_name}: {rules.title} ({rules.kind}), law of {rules.on}"
    console.print(heading, style="bold", markup=False, highlight=False)
    table = Table("last day", "what", "who", "counted", "source")
    for each in found.due:
        table.add_row(
            f"{each.safe:%a} {each.safe}" + (f", or {each.last:%a} {each.last}" if each.otherwise else ""),
            each.deadline.what,
            each.deadline.who,
            counted_words(each),
            compared_words(each),
        )
    console.print(table)
    for each in found.due:
        told = f"When {each.safe} has passed ({each.deadline.what}): {passed_words(each.deadline)}"
        console.print(f"{told} ({passed_cite(each.deadline, each.source)}).", markup=False, highlight=False)
    for wait in found.waiting:
        console.print(
            f"Waits for its day: {wait.deadline.what}, {wait.deadline.span} ({compared_words(wait)}). "
            f"Give it: --after {wait.deadline.event}=YYYY-MM-DD.",
            markup=False,
            highlight=False,
        )
    console.print(caution_words(found), markup=False, highlight=False)
