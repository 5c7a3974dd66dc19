"""Days on the command line: one for all rules, or one for each act by whose day a rule may go; and today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

import typer

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.asked_day import parse_day
from ballotworthy.law import EVENTS, Days

DAY = "YYYY-MM-DD"
SAME = "rules that go by it are looked up on it; the governing day if not given."

RegisteredOption = Annotated[
    str | None, typer.Option("--registered", metavar=DAY, help=f"The day the petition was registered: {SAME}")
]
SignedOption = Annotated[str | None, typer.Option("--signed", metavar=DAY, help=f"The day of signing: {SAME}")]
FiledOption = Annotated[str | None, typer.Option("--filed", metavar=DAY, help=f"The day of filing: {SAME}")]
CertifiedOption = Annotated[
    str | None, typer.Option("--certified", metavar=DAY, help=f"The day of certification: {SAME}")
]


def today() -> date:
    """Give the day of the machine's clock, which is asked here alone."""
    return datetime.now().astimezone().date()


def days_of(
    on: str | None,
    registered: str | None = None,
    signed: str | None = None,
    filed: str | None = None,
    certified: str | None = None,
    *,
    default: date | None = None,
) -> Days:
    """Give the days of a petition as asked on the command line.

    The governing day, where `on` does not give it, is that of filing, else the default, else the last day given,
    else today.

    Raises:
        InputError: one is no day, or they come in an order that cannot be.
    """
    given = {"--registered": registered, "--signed": signed, "--filed": filed, "--certified": certified}
    acts = {option: parse_day(text, option) for option, text in given.items() if text}
    last = max(acts.values(), default=today())
    day = parse_day(on, "--on") if on else acts.get("--filed") or default or last
    return Days(day, *(acts.get(option) for option in given))


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
