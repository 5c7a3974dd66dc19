"""`ballotworthy law`: the places, their rules on a day, what changed, the deadlines, and how many to file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ballotworthy.cli.days import DAY, RegisteredOption, SignedOption, days_of
from ballotworthy.cli.law_calendar import calendar_answer, events_of, show_calendar, write_calendar
from ballotworthy.cli.law_changes import changes_answer, show_changes
from ballotworthy.cli.law_places import places_answer, show_places
from ballotworthy.cli.law_rules import kinds_in_force, rules_answer, show_rules
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.places import place_codes
from ballotworthy.law import Days, Law, read_law, rules_on
from ballotworthy.law.calendar import calendars_of
from ballotworthy.law.changes import changes
from ballotworthy.law.coverage import coverage

PlaceArgument = Annotated[str | None, typer.Argument(help="The place, such as us-ca; lists the places if not given.")]
KindOption = Annotated[str | None, typer.Option(help="The kind of petition; all kinds if not given.")]
OnOption = Annotated[
    str | None,
    typer.Option(
        metavar=DAY, help="The governing day; if not given that of filing, else the last day given, else today."
    ),
]
HeaderOption = Annotated[
    bool, typer.Option("--counts-header", help="Print the heading of a counts file, and nothing else.")
]
DiffOption = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar=f"{DAY} {DAY}", help="What changed after the first day up to the second."),
]
CalendarOption = Annotated[bool, typer.Option("--calendar", help="The deadlines that follow from the days given.")]
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
    typer.Option(
        metavar=f"EVENT={DAY}",
        help="With --calendar: the day of another event that the law counts from; repeatable.",
    ),
]
IcsOption = Annotated[Path | None, typer.Option(help="With --calendar: write the deadlines as an iCalendar file.")]
NeededOption = Annotated[bool, typer.Option("--needed", help="How many signatures to file to pass.")]
ValidityOption = Annotated[
    float, typer.Option(help="With --needed: share of the lines that are valid, repeats included.")
]
DuplicatesOption = Annotated[float, typer.Option(help="With --needed: share of the lines that repeat a signer.")]
ChanceOption = Annotated[float, typer.Option(help="With --needed: the chance of passing that is wanted.")]
RequiredOption = Annotated[
    int | None, typer.Option(min=1, help="With --needed: signatures required, in place of the law's number.")
]
SampleOption = Annotated[
    float | None, typer.Option(help="With --needed: share that is sampled, where the law does not fix it.")
]
DistrictOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=NUMBER", help="With --needed: signatures required in a district; repeatable."),
]
CheckedOption = Annotated[
    int | None,
    typer.Option(
        min=10,
        help="With --needed: how many lines, drawn at random, the committee checked to learn that validity; the chance "
        "then counts how far such a check may be off.",
    ),
]
PlotOption = Annotated[
    Path | None, typer.Option(help="With --needed: draw the chances into a file ending in .html or .png.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def law(
    place: PlaceArgument = None,
    kind: KindOption = None,
    on: OnOption = None,
    registered: RegisteredOption = None,
    signed: SignedOption = None,
    filed: FiledOption = None,
    certified: CertifiedOption = None,
    diff: DiffOption = None,
    calendar: CalendarOption = False,
    after: AfterOption = None,
    ics: IcsOption = None,
    needed: NeededOption = False,
    validity: ValidityOption = 0.74,
    duplicates: DuplicatesOption = 0.03,
    chance: ChanceOption = 0.95,
    required: RequiredOption = None,
    sample: SampleOption = None,
    district: DistrictOption = None,
    checked: CheckedOption = None,
    plot: PlotOption = None,
    counts_header: HeaderOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print the places, or the rules of one on a day with sources, what changed, deadlines, or how many to file."""
    asked = {"--diff": diff, "--calendar": calendar, "--needed": needed, "--counts-header": counts_header}
    mode = _one_of([option for option, given in asked.items() if given])
    _belong(mode, "--calendar", {"--after": after, "--ics": ics})
    of_needed: dict[str, object] = {
        "--required": required,
        "--sample": sample,
        "--district": district,
        "--checked": checked,
        "--plot": plot,
    }
    _belong(mode, "--needed", of_needed)
    days_given = {
        "--on": on,
        "--registered": registered,
        "--signed": signed,
        "--filed": filed,
        "--certified": certified,
    }
    stray = [option for option, day in days_given.items() if day]
    if diff and stray:
        raise InputError(f"--diff has its two days already; leave {' and '.join(stray)} out.")
    if place is None:
        if mode or kind or stray:
            raise InputError("that is asked of a place; name one, such as us-ca. `ballotworthy law` lists them.")
        _places(as_json)
        return
    found = read_law(place)
    if diff:
        _diff(found, kind, diff, as_json)
        return
    events = events_of(filed, certified, after or ()) if calendar else {}
    days = days_of(on, registered, signed, filed, certified, default=min(events.values(), default=None))
    if calendar:
        _calendar(found, kind, days, events, ics, as_json)
    elif needed:
        # Polars and Numba, behind the counts and the chances, need not be waited for without them.
        from ballotworthy.cli.law_needed import goals_of, needed_answer, show_needed

        if plot and not kind:
            raise InputError(f"--plot draws one kind of petition; say which: --kind {', '.join(found.kinds)}.")
        asked_of = {
            "required": required,
            "sample": sample,
            "districts": district or (),
            "plot": plot,
            "checked": checked,
        }
        answers, silent = goals_of(found, kind, days, validity, duplicates, chance, asked_of)
        if as_json:
            told = [needed_answer(rules, answer) for rules, answer in answers]
            _print(told[0] if kind else {"place": found.place, "kinds": told, "silent": silent})
        else:
            for rules, answer in answers:
                show_needed(rules, answer, Console())
            for name, why in silent.items():
                typer.echo(f"{name}: {why}")
    elif counts_header:
        from ballotworthy.sufficiency import HEADER
        from ballotworthy.sufficiency import counts_header as counts_header_of

        typer.echo(",".join(counts_header_of(rules_on(found, kind, days)) if kind else HEADER))
    else:
        rules_found, ended = ([rules_on(found, kind, days)], []) if kind else kinds_in_force(found, days)
        if as_json:
            _print(rules_answer(found, rules_found, ended))
        else:
            show_rules(found, rules_found, ended, Console())


def _places(as_json: bool) -> None:
    held = [each for place in place_codes() for each in coverage(read_law(place))]
    if as_json:
        _print(places_answer(held))
    else:
        show_places(held, Console())


def _diff(found: Law, kind: str | None, days: tuple[str, str], as_json: bool) -> None:
    first, second = (parse_day(day, "--diff") for day in days)
    kinds = [found.kind(kind)] if kind else list(found.kinds.values())
    changed = [(each, changes(found, each.name, first, second)) for each in kinds]
    if as_json:
        _print(changes_answer(found, first, second, changed))
    else:
        show_changes(found, first, second, changed, Console())


def _calendar(
    found: Law, kind: str | None, days: Days, events: dict[str, date], ics: Path | None, as_json: bool
) -> None:
    calendars = calendars_of(found, kind, days, events)
    if ics:
        write_calendar(calendars, ics)
    if as_json:
        told = [calendar_answer(each) for each in calendars]
        _print(told[0] if kind else {"place": found.place, "kinds": told})
    else:
        for each in calendars:
            show_calendar(each, Console())


def _one_of(given: list[str]) -> str:
    if len(given) > 1:
        raise InputError(f"{' and '.join(given)} ask for different things; give one of them.")
    return given[0] if given else ""


def _belong(mode: str, option: str, given: dict[str, object]) -> None:
    stray = [name for name, value in given.items() if value]
    if stray and mode != option:
        raise InputError(f"{', '.join(stray)} belongs to {option}; add it.")


def _print(answer: object) -> None:
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
