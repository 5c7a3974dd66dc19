"""`ballotworthy support`: what polls say of a question, kinds apart, and whether it would pass by its rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from ballotworthy.cli.held import complete_polled, complete_question, complete_undecided
from ballotworthy.cli.options import CsvOption, IcsOption, JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.choices import MAJORITY
from ballotworthy.files.columns import parse_map
from ballotworthy.files.dated_rows import write_csv, write_ics

if TYPE_CHECKING:
    from ballotworthy.support.support import Undecided
    from ballotworthy.verbs.support import Answer


def support(
    polls: Annotated[Path, typer.Argument(help="A table of polls (CSV).", show_default=False)],
    kind: Annotated[
        str | None,
        typer.Option(help="The kind of question, where there are several.", autocompletion=complete_question),
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="The place asked in, where there are several.", autocompletion=complete_polled)
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day to forecast; the last poll's if absent.")
    ] = None,
    vote: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of the vote: no poll is later.")
    ] = None,
    rule: Annotated[str, typer.Option(help="The measure's own rule, as `vote judge` reads it.")] = MAJORITY,
    turnout: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Suppose that so many vote, 0.6 or 3/5, none of them blank.")
    ] = None,
    common: Annotated[float, typer.Option(min=0, max=20, help="Points of error that all polls share.")] = 2.5,
    undecided: Annotated[
        str,
        typer.Option(
            help="Split the undecided as the decided are (proportional), or leave them (status-quo).",
            autocompletion=complete_undecided,
        ),
    ] = "proportional",
    over: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Name the polls with a share over this, 1/3 or 0.333.")
    ] = None,
    houses: Annotated[
        list[str] | None,
        typer.Option("--house", metavar="NAME=NAME", help="Two names of one house, or NAME=NAME for one of its own."),
    ] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", metavar="FIELD=HEADING", help="The heading of a field; repeatable.")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help="Draw it over the days: a file ending in .html or .svg.", show_default=False),
    ] = None,
    csv: CsvOption = None,
    ics: IcsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how support for a question moved, what it will be on a day, and how probably it passes by its own rule."""
    from ballotworthy.verbs.support import Asked, ask_support, support_days

    if undecided not in ("proportional", "status-quo"):
        raise InputError(f"--undecided {undecided} is neither proportional nor status-quo.")
    asked = Asked(
        today=dt.datetime.now(dt.UTC).date(), vote=parse_day(vote, "--vote") if vote else None,
        houses=_pairs(houses or []), mapped=parse_map(mapping or ()), kind=kind, place=place,
        on=parse_day(on, "--on") if on else None, rule=rule, turnout=_share(turnout, "--turnout"),
        common=common / 100, undecided=cast("Undecided", undecided), over=_share(over, "--over"),
    )  # fmt: skip
    found = ask_support(polls, asked)
    if plot:
        _draw(found, over, plot)
    write_csv(support_days(found), csv)
    write_ics(support_days(found), ics, f"Polls of {polls.name}")
    if as_json:
        print_json(found.to_dict())
        return
    if len(found.told) > 1:
        typer.echo(f"{len(found.told)} kinds of question, never pooled; --kind shows one alone.")
    for told in found.told:
        first, *more = _one_said(told)
        typer.echo("\n  ".join((first, *more)))
    for line in _whole_said(found, over):
        typer.echo(line)


def _whole_said(found: Answer, over: str | None) -> Iterator[str]:
    from ballotworthy.support.words import over_words, repeated_words

    if len(found.told) > 1 or found.asked.over is not None:
        yield from repeated_words(found.polls)
    if found.asked.over is not None:
        yield over_words(found.polls, float(found.asked.over), str(over))


def _one_said(told: Mapping[str, Any]) -> Iterator[str]:
    from ballotworthy.support.words import chance_words, change_words

    forecast, rule = told["forecast"], told["rule"]
    asked = told["question"] or told["kind"] or "the question"
    polls = f"{told['polls']} poll{'' if told['polls'] == 1 else 's'}"
    yield (
        f"{asked} ({polls}): {forecast['support']:.1f}% of the {told['share_of']} on {forecast['day']}, "
        f"{forecast['low']:.1f} to {forecast['high']:.1f} with the error that all polls share "
        f"({told['common_error']:g} points)."
    )
    if told["change"]:
        yield change_words(told)
    low = told["p_pass_status_quo"]
    if low is not None:
        chance = told["p_pass"]
        split = f"{chance_words(chance)} if the undecided vote as the decided, " if chance is not None else ""
        yield (
            f"Were this question the vote, it would pass by its rule ({rule}) with probability {split}"
            f"{chance_words(low)} if all who are not for it vote against."
        )
    if told["assumed"]:
        yield f"Polls say nothing of {'; '.join(told['assumed'])}."
    yield from told["notes"]


def _draw(found: Answer, over: str | None, path: Path) -> None:
    if path.suffix not in (".html", ".svg"):
        raise InputError(f"--plot {path} ends neither in .html nor in .svg.")
    from ballotworthy.files.whole import whole_file
    from ballotworthy.report.support_plot import Said, support_html, support_svg

    if path.suffix == ".html":
        said = Said(tuple(tuple(_one_said(told)) for told in found.told), tuple(_whole_said(found, over)))
        page = support_html(found.courses, found.drawn, said, found.limit)
    else:
        page = support_svg(found.drawn, found.limit)
    with whole_file(path) as place:
        place.write_text(page, "utf-8")


def _share(text: str | None, option: str) -> Fraction | None:
    if text is None:
        return None
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise InputError(f"{option} {text} is no share; write 0.6 or 3/5.") from error
    if not 0 < share <= 1:
        raise InputError(f"{option} {text} is no share between 0 and 1; write 0.6 for 60 percent.")
    return share


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for each in given:
        one, equals, two = each.partition("=")
        if not (one and equals and two):
            raise InputError(f"--house {each} is not of the form NAME=NAME.")
        pairs[one] = two
    return pairs
