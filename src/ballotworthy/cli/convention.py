"""`ballotworthy convention`: applications counted, amendments ratified, and how many states are still needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from ballotworthy.cli.days import today
from ballotworthy.cli.held import complete_subject
from ballotworthy.cli.options import CsvOption, IcsOption, JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.convention import (
    Count,
    Reading,
    Switches,
)
from ballotworthy.convention.events import DISPUTES
from ballotworthy.convention.ratified_words import answer_words, held_of, reading_words
from ballotworthy.convention.union import name_of
from ballotworthy.convention.words import (
    count_words,
    ends_words,
    held_words,
    moves,
    range_words,
    reached_words,
    still_words,
    switch_words,
)
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.dated_rows import write_csv, write_ics
from ballotworthy.files.spans import YearOnly
from ballotworthy.verbs.convention import Counted, application_days, count_states, every_answer, ratification_days
from ballotworthy.verbs.convention_bloc import find_bloc
from ballotworthy.verbs.convention_ratify import count_ratifications

app = typer.Typer(no_args_is_help=True, help="Article V: a convention of the states, and ratification.")

SubjectOption = Annotated[
    str,
    typer.Option(
        help="What for, such as balanced-budget or convention-of-states.",
        show_default=False,
        autocompletion=complete_subject,
    ),
]
OnOption = Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The day asked for.", show_default=False)]
RescissionsOption = Annotated[
    bool, typer.Option("--no-rescissions", help="A state may not take its application back.", show_default=False)
]
LapseOption = Annotated[
    int | None, typer.Option(metavar="YEARS", help="Applications lapse after so many years.", show_default=False)
]
SameOption = Annotated[
    str, typer.Option("--same-as", metavar="A,B", help="Further subjects that count as the same.", show_default=False)
]
GeneralOption = Annotated[
    bool, typer.Option("--aggregate-general", help="Applications for any convention count too.", show_default=False)
]
AnyOption = Annotated[bool, typer.Option("--any-subject", help="Subjects need not match.", show_default=False)]
YearOption = Annotated[
    str | None,
    typer.Option(
        "--year-only", metavar="before|after", help="Take days that are not exact as early or as late as they can be."
    ),
]
TableOption = Annotated[
    Path | None, typer.Option("--applications", help="Another table of applications.", show_default=False)
]
PlotOption = Annotated[
    Path | None,
    typer.Option("--plot", help="Draw the states as a grid: a file ending in .html or .svg.", show_default=False),
]


@app.command()
def count(
    subject: SubjectOption,
    on: OnOption,
    no_rescissions: RescissionsOption = False,
    lapse: LapseOption = None,
    same_as: SameOption = "",
    aggregate_general: GeneralOption = False,
    any_subject: AnyOption = False,
    year_only: YearOption = None,
    table: TableOption = None,
    plot: PlotOption = None,
    csv: CsvOption = None,
    ics: IcsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count the states that ask for a convention on a day, and show what each open question changes."""
    switches = _switches(no_rescissions, lapse, same_as, aggregate_general, any_subject, year_only)
    counted = count_states(subject, parse_day(on, "--on"), switches, table, today())
    if plot:
        _draw(counted, plot)
    write_csv(application_days(counted) if csv else [], csv)
    write_ics(application_days(counted) if ics else [], ics, f"Article V: {subject}")
    if as_json:
        _print(counted.to_dict())
        return
    for line in _count_said(counted):
        typer.echo(line)


@app.command()
def ratify(
    amendment: Annotated[
        str, typer.Option(help="Its number, or era, child-labor, dc-voting-rights ...", show_default=False)
    ],
    on: OnOption,
    rescissions: Annotated[
        bool, typer.Option("--rescissions", help="A state may take its ratification back.", show_default=False)
    ] = False,
    no_deadline: Annotated[
        bool,
        typer.Option("--no-deadline", help="What comes after the deadline of Congress counts.", show_default=False),
    ] = False,
    no_extension: Annotated[
        bool,
        typer.Option(
            "--no-extension", help="The first deadline counts, not the one Congress moved it to.", show_default=False
        ),
    ] = False,
    no_revival: Annotated[
        bool,
        typer.Option("--no-revival", help="Once taken back, a ratification cannot be given again.", show_default=False),
    ] = False,
    year_only: YearOption = None,
    csv: CsvOption = None,
    ics: IcsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count the ratifications of an amendment on a day: which states, and on which day it was complete."""
    asked = Reading(rescissions, not no_deadline, not no_extension, not no_revival, _way(year_only))
    day = parse_day(on, "--on")
    counted = count_ratifications(amendment, day, asked)
    amendment = counted.found.amendment
    write_csv(ratification_days(counted.acts, amendment, day), csv)
    write_ics(ratification_days(counted.acts, amendment, day), ics, f"Amendment: {amendment}")
    if as_json:
        _print(counted.to_dict())
        return
    for line in answer_words(counted.found):
        typer.echo(line)
    readings = list(reading_words(counted.answers, counted.acts))
    if readings:
        typer.echo("Under each reading of what no court has settled:")
    for line in readings:
        typer.echo(f"  {line}")
    typer.echo(held_of(amendment, day))


@app.command()
def bloc(
    subject: SubjectOption,
    on: OnOption,
    no_rescissions: RescissionsOption = False,
    lapse: LapseOption = None,
    same_as: SameOption = "",
    aggregate_general: GeneralOption = False,
    any_subject: AnyOption = False,
    year_only: YearOption = None,
    table: TableOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how many further states call a convention, how many ratify, and how few can stop it."""
    switches = _switches(no_rescissions, lapse, same_as, aggregate_general, any_subject, year_only)
    asked = find_bloc(subject, parse_day(on, "--on"), switches, table, today())
    found = asked.found
    if as_json:
        _print(asked.to_dict())
        return
    typer.echo(f"{count_words(found.count)}.")
    if found.further:
        typer.echo(f"Any {found.further} further state{'s call' if found.further > 1 else ' calls'} a convention.")
    typer.echo(f"{found.ratify} states ratify what it proposes; any {found.block} that do not are enough to stop it.")
    typer.echo("States that do not count for certain, those that came nearest first:")
    for state, why in found.nearest.items():
        typer.echo(f"  {name_of(state)}: {why}")


def _switches(
    no_rescissions: bool, lapse: int | None, same_as: str, general: bool, every: bool, year_only: str | None
) -> Switches:
    same = tuple(part.strip() for part in same_as.split(",") if part.strip())
    return Switches(not no_rescissions, lapse, same, general, every, _way(year_only))


def _way(text: str | None) -> YearOnly | None:
    if text not in (None, "before", "after"):
        raise InputError(f"--year-only {text} is neither before nor after; leave it out to see both.")
    return cast("YearOnly | None", text)


def _count_said(counted: Counted) -> Iterator[str]:
    found = counted.found
    yield f"{count_words(found)}."
    yield f"  {', '.join(found.standing) or 'none'}"
    if found.switches != Switches():
        yield f"Counted so: {switch_words(found.switches)}."
    if found.doubtful:
        yield "Perhaps, since a day or a scope is not known exactly:"
        yield from (f"  {name_of(state)}: {why}" for state, why in found.doubtful.items())
    if counted.ends:
        yield f"  {ends_words(found, counted.ends)}"
    moved = list(moves(found, counted.changes))
    if moved:
        yield "What it depends on, one open question answered otherwise at a time:"
    yield from (_number_said(count, words) for words, count in moved)
    still = still_words(found, counted.changes)
    if still:
        yield f"  {still}"
    if found.disputes:
        yield "Not counted, since disputed:"
        yield from (f"  {name_of(act.state)}, {act.when}: {DISPUTES[act.kind]}. {act.doubt}" for act in found.disputes)
    if counted.shipped and held_words(found):
        yield held_words(found)
    yield ""
    yield f"Under every answer to the open questions ({found.needed} are needed):"
    yield from (_number_said(count, words) for words, count in every_answer(counted))


def _number_said(count: Count, words: str) -> str:
    reached = reached_words(count).upper()
    return f"  {range_words(count.count, len(count.doubtful)):>8}  {words}{f'  {reached}' if reached else ''}"


def _draw(counted: Counted, path: Path) -> None:
    if path.suffix not in (".html", ".svg"):
        raise InputError(f"--plot {path} ends neither in .html nor in .svg.")
    from ballotworthy.files.whole import whole_file
    from ballotworthy.report.states_plot import Depends, states_html, states_svg

    found = counted.found
    if path.suffix == ".html":
        depends = Depends(
            tuple(moves(found, counted.changes)), still_words(found, counted.changes), tuple(every_answer(counted)),
            held_words(found) if counted.shipped else "", ends_words(found, counted.ends), switch_words(found.switches),
            tuple(act for act in counted.acts if act.when.first <= found.on),
        )  # fmt: skip
        page = states_html(found, depends)
    else:
        page = states_svg(found)
    with whole_file(path) as place:
        place.write_text(page, "utf-8")


def _print(data: dict[str, Any]) -> None:
    print_json(data)
