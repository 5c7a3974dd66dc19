"""`ballotworthy support`: what polls say of a question, kinds apart, and whether it would pass by its rule."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.columns import parse_map
from ballotworthy.support import Poll, Support, read_polls, support_data, support_of
from ballotworthy.support.support import Undecided
from ballotworthy.vote import Condition, read_rule

DECIDED_BY_SHARE = ("majority", "yes_of_valid")


def support(
    polls: Annotated[Path, typer.Argument(help="A table of polls (CSV).", show_default=False)],
    kind: Annotated[str | None, typer.Option(help="The kind of question, where there are several.")] = None,
    on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day to forecast; the last poll's if absent.")
    ] = None,
    vote: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of the vote: no poll is later.")
    ] = None,
    rule: Annotated[str, typer.Option(help="The measure's own rule, as `vote judge` reads it.")] = "majority=valid",
    common: Annotated[float, typer.Option(min=0, max=20, help="Points of error that all polls share.")] = 2.5,
    undecided: Annotated[
        str, typer.Option(help="Split the undecided as the decided are (proportional), or leave them (status-quo).")
    ] = "proportional",
    houses: Annotated[
        list[str] | None, typer.Option("--house", metavar="NAME=NAME", help="Two names of one house; repeatable.")
    ] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", metavar="FIELD=HEADING", help="The heading of a field; repeatable.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say how support for a question moved, what it will be on a day, and how probably it passes by its own rule."""
    if undecided not in ("proportional", "status-quo"):
        raise InputError(f"--undecided {undecided} is neither proportional nor status-quo.")
    table = read_polls(
        polls, today=dt.datetime.now(dt.UTC).date(), vote=parse_day(vote, "--vote") if vote else None,
        houses=_pairs(houses or []), mapped=parse_map(mapping or ()),
    )  # fmt: skip
    found = Counter(poll.kind for poll in table)
    if kind is None and len(found) > 1:
        answers = [_answer(table, each, on, rule, common, undecided) for each in sorted(found)]
        data: dict[str, Any] = {
            "kinds": answers,
            "series": [],
            "houses": [],
            "forecast": None,
            "p_pass": None,
            "change": None,
        }
    else:
        one = _answer(table, kind or next(iter(found)), on, rule, common, undecided)
        answers, data = (
            [one],
            {**one, "kinds": [{"kind": name, "polls": number} for name, number in sorted(found.items())]},
        )
    if as_json:
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    if len(answers) > 1:
        typer.echo(f"{len(answers)} kinds of question, never pooled; --kind shows one alone.")
    for answer in answers:
        typer.echo(_said(answer, rule))


def _answer(
    table: Sequence[Poll], kind: str, on: str | None, rule: str, common: float, undecided: str
) -> dict[str, Any]:
    day = parse_day(on, "--on") if on else None
    own = [poll for poll in table if poll.kind == kind]
    if not own:
        raise UnknownName("kind of question", kind, sorted({poll.kind for poll in table}))
    late = day or max(poll.when.last for poll in own)
    used = [poll for poll in own if poll.when.first <= late] or own
    found = support_of(used, kind, on=late, common=common / 100, undecided=cast("Undecided", undecided))
    other = support_of(used, kind, on=late, common=common / 100, undecided="status-quo")
    chance, assumed = _chance(found, rule)
    return {
        **support_data(found),
        "left_with_status_quo": support_data(other)["forecast"],
        "p_pass": chance,
        "rule": rule,
        "assumed": assumed,
    }


def _chance(found: Support, rule: str) -> tuple[float | None, list[str]]:
    """Give the probability that the share is reached, and the conditions that polls cannot speak of."""
    conditions = read_rule(rule).conditions
    shares = [each for each in conditions if isinstance(each, Condition) and each.name in DECIDED_BY_SHARE]
    others = [each.text for each in conditions if each not in shares]
    if not shares or not found.of_decided:
        return None, others
    limit = max((each.limit for each in shares), default=Fraction(1, 2))
    return round(found.chance_over(float(limit)), 4), others


def _said(answer: Mapping[str, Any], rule: str) -> str:
    forecast, change = answer["forecast"], answer["change"]
    asked = answer["question"] or answer["kind"] or "the question"
    lines = [
        f"{asked} ({answer['polls']} polls): {forecast['support']:.1f}% of the {answer['share_of']} on "
        f"{forecast['day']}, {forecast['low']:.1f} to {forecast['high']:.1f} with the error that all polls share "
        f"({answer['common_error']:g} points)."
    ]
    if change:
        lines.append(
            f"  From {change['from']} to {change['to']}: {change['points']:+.1f} points, {change['low']:+.1f} to "
            f"{change['high']:+.1f}; it rose with probability {change['probability']}."
        )
    if answer["p_pass"] is not None:
        lines.append(f"  Passes by {rule} with probability {answer['p_pass']}.")
    elif answer["share_of"] == "asked":
        lines.append("  The polls do not all say how many are against, so whether it passes cannot be said.")
    if answer["assumed"]:
        lines.append(f"  Polls say nothing of {'; '.join(answer['assumed'])}.")
    return "\n".join(lines)


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for each in given:
        one, equals, two = each.partition("=")
        if not (one and equals and two):
            raise InputError(f"--house {each} is not of the form NAME=NAME.")
        pairs[one] = two
    return pairs
