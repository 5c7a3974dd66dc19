"""`ballotworthy convention`: applications counted, amendments ratified, and how many states are still needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.convention import (
    Count,
    Ratification,
    Reading,
    Switches,
    blocking_bloc,
    count_applications,
    needed_to_ratify,
    ratification_of,
    read_applications,
    read_ratifications,
)
from ballotworthy.convention.count import answers
from ballotworthy.convention.events import DISPUTES, SUBJECTS
from ballotworthy.convention.ratify import readings
from ballotworthy.convention.union import name_of
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.spans import YearOnly
from ballotworthy.files.whole import whole_file

app = typer.Typer(no_args_is_help=True, help="Article V: a convention of the states, and ratification.")

SubjectOption = Annotated[
    str, typer.Option(help="What for, such as balanced-budget or convention-of-states.", show_default=False)
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
    as_json: JsonOption = False,
) -> None:
    """Count the states that ask for a convention on a day, and show what each open question changes."""
    acts = read_applications(table)
    switches = _switches(no_rescissions, lapse, same_as, aggregate_general, any_subject, year_only)
    day = parse_day(on, "--on")
    found = count_applications(acts, subject, day, switches)
    every = list(answers(acts, subject, day, switches))
    if plot:
        _draw(found, plot)
    if as_json:
        _print({**count_data(found), "answers": [_answer_data(each) for each in every]})
        return
    for line in (*_count_said(found), "", *_answers_said(found, every)):
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
    as_json: JsonOption = False,
) -> None:
    """Count the ratifications of an amendment on a day: which states, and on which day it was complete."""
    acts = read_ratifications()
    asked = Reading(rescissions, not no_deadline, not no_extension, not no_revival, _way(year_only))
    day = parse_day(on, "--on")
    found = ratification_of(acts, amendment, day, asked)
    every = [ratification_of(acts, amendment, day, each) for each in readings(asked)]
    if as_json:
        _print({**_ratified_data(found), "answers": [_ratified_data(each, short=True) for each in every]})
        return
    typer.echo(_ratified_said(found))
    for each in every:
        said = f"  rescissions {'count' if each.reading.rescissions else 'do not count'}, the deadline "
        said += "holds" if each.reading.deadline else "does not hold"
        typer.echo(f"{said}: {_range(len(each.states), len(each.doubtful))}{_complete_said(each)}")


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
    found = blocking_bloc(read_applications(table), subject, parse_day(on, "--on"), switches)
    data = {
        "call": {"needed": found.count.needed, "count": found.count.count, "further": found.further},
        "ratify": found.ratify,
        "block": found.block,
        "nearest": [{"state": state, "why": why} for state, why in found.nearest.items()],
    }
    if as_json:
        _print({"subject": subject, "on": on, **data})
        return
    typer.echo(f"{found.further} further states call a convention: {found.count.count} of {found.count.needed} stand.")
    typer.echo(f"{found.ratify} states ratify what it proposes; the {found.block} that do not are enough to stop it.")
    typer.echo("States that do not count, those that came nearest first:")
    for state, why in found.nearest.items():
        typer.echo(f"  {name_of(state)}: {why}")


def count_data(found: Count) -> dict[str, Any]:
    """Give a count as plain values, for JSON."""
    return {
        "subject": found.subject,
        "on": found.on.isoformat(),
        "count": found.count,
        "count_high": found.high,
        "needed": found.needed,
        "states": list(found.standing),
        "doubtful": [{"state": state, "why": why} for state, why in found.doubtful.items()],
        "disputes": [
            {
                "state": act.state,
                "day": str(act.when),
                "what": DISPUTES[act.kind],
                "doubt": act.doubt,
                "source": act.source,
            }
            for act in found.disputes
        ],
        "applications": [
            {"state": state, "day": str(act.when), "text": act.text, "source": act.source, "doubt": act.doubt}
            for state, act in found.standing.items()
        ],
        "switches": _switches_data(found.switches),
    }


def _switches(
    no_rescissions: bool, lapse: int | None, same_as: str, general: bool, every: bool, year_only: str | None
) -> Switches:
    same = tuple(part.strip() for part in same_as.split(",") if part.strip())
    return Switches(not no_rescissions, lapse, same, general, every, _way(year_only))


def _way(text: str | None) -> YearOnly | None:
    if text not in (None, "before", "after"):
        raise InputError(f"--year-only {text} is neither before nor after; leave it out to see both.")
    return cast("YearOnly | None", text)


def _switches_data(switches: Switches) -> dict[str, Any]:
    return {**vars(switches), "same_as": list(switches.same_as)}


def _answer_data(each: Count) -> dict[str, Any]:
    return {
        **_switches_data(each.switches),
        "count": each.count,
        "count_high": each.high,
        "reached": each.count >= each.needed,
    }


def _range(sure: int, perhaps: int) -> str:
    return f"{sure} to {sure + perhaps}" if perhaps else f"{sure}"


def _count_said(found: Count) -> list[str]:
    said = [
        f"{_range(found.count, len(found.doubtful))} of {found.needed} states ask for a convention on {found.on}, for "
        f"{SUBJECTS.get(found.subject, found.subject)}.",
        f"  {', '.join(found.standing) or 'none'}",
    ]
    if found.doubtful:
        said.append("Perhaps, since a day is not known exactly:")
        said += [f"  {name_of(state)}: {why}" for state, why in found.doubtful.items()]
    if found.disputes:
        said.append("Not counted, since disputed:")
        said += [f"  {name_of(act.state)}, {act.when}: {DISPUTES[act.kind]}. {act.doubt}" for act in found.disputes]
    return said


def _answers_said(found: Count, every: list[Count]) -> list[str]:
    said = [f"Under every answer to the open questions ({found.needed} are needed):"]
    for each in every:
        one = each.switches
        words = [
            "rescissions count" if one.rescissions else "no rescission counts",
            f"they lapse after {one.lapse} years" if one.lapse else "they never lapse",
        ]
        words += [f"{', '.join(one.same_as)} is the same subject"] if one.same_as else []
        words += ["subjects need not match"] if one.any_subject else []
        words += ["general ones join"] if one.aggregate_general and not one.any_subject else []
        mark = "  REACHED" if each.count >= each.needed else ""
        said.append(f"  {_range(each.count, len(each.doubtful)):>8}  {', '.join(words)}{mark}")
    return said


def _ratified_data(found: Ratification, *, short: bool = False) -> dict[str, Any]:
    data: dict[str, Any] = {
        "rescissions": found.reading.rescissions,
        "deadline": found.reading.deadline,
        "count": len(found.states),
        "count_high": len(found.states) + len(found.doubtful),
        "complete": found.complete.isoformat() if found.complete else None,
    }
    if short:
        return data
    return {
        "amendment": found.amendment,
        "on": found.on.isoformat(),
        "needed": found.needed,
        "states_then": found.of,
        **data,
        "decisive": list(found.decisive),
        "states": list(found.states),
        "doubtful": list(found.doubtful),
        "needed_when_complete": needed_to_ratify(found.complete) if found.complete else None,
    }


def _ratified_said(found: Ratification) -> str:
    told = _range(len(found.states), len(found.doubtful))
    return f"{told} states have ratified {found.amendment} on {found.on}; {found.needed} of {found.of} are needed." + (
        f" Complete on {found.complete} with {' and '.join(map(name_of, found.decisive))}, by "
        f"{needed_to_ratify(found.complete)} states."
        if found.complete
        else " Not complete."
    )


def _complete_said(found: Ratification) -> str:
    return f", complete on {found.complete}" if found.complete else ", not complete"


def _draw(found: Count, path: Path) -> None:
    if path.suffix not in (".html", ".svg"):
        raise InputError(f"--plot {path} ends neither in .html nor in .svg.")
    from ballotworthy.report.states_plot import states_html, states_svg

    with whole_file(path) as place:
        place.write_text(states_html(found) if path.suffix == ".html" else states_svg(found), "utf-8")


def _print(data: dict[str, Any]) -> None:
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
