"""`ballotworthy vote`: a vote judged by its own rule, and its audit planned."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Annotated

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.vote_count import count
from ballotworthy.cli.vote_plan import plan
from ballotworthy.errors import InputError
from ballotworthy.vote import Finding, Judgement, Numbers, judge_vote, judgement_data
from ballotworthy.vote.rule import NUMBER, WORDS

app = typer.Typer(no_args_is_help=True, help="The vote: count it, judge it by its own rule, plan its audit.")

COUNT = {"min": 0, "show_default": False}
OUTCOMES = {
    "passed": "passed: every condition holds",
    "failed": "failed: a condition does not hold",
    "rejected": "rejected: the veto is reached",
    "invalid": "invalid: the quorum is not reached",
    "unknown": "unknown: a number is missing",
}
STATES = {True: "holds", False: "does not hold", None: "unknown"}


@app.command()
def judge(
    rule: Annotated[
        str,
        typer.Option(
            help="The conditions, with semicolons: yes_of_valid:>=11/20; turnout:>1/2. any(A, B) where one is enough.",
            show_default=False,
        ),
    ],
    registered: Annotated[int | None, typer.Option(help="People on the register.", **COUNT)] = None,
    cast: Annotated[int | None, typer.Option(help="Ballots cast, blank and invalid ones too.", **COUNT)] = None,
    yes: Annotated[int | None, typer.Option(help="Valid votes for it.", **COUNT)] = None,
    no: Annotated[int | None, typer.Option(help="Valid votes against it.", **COUNT)] = None,
    blank: Annotated[int | None, typer.Option(help="Blank ballots.", **COUNT)] = None,
    invalid: Annotated[int | None, typer.Option(help="Invalid ballots.", **COUNT)] = None,
    districts_for: Annotated[
        str | None, typer.Option(help="Districts for it; halves as 8.5 or 17/2.", show_default=False)
    ] = None,
    districts_against: Annotated[
        str | None,
        typer.Option(help="Districts against it; one with as many yes as no is in neither.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Judge a vote by its rule: passed, failed, rejected, invalid or unknown, each condition with its margin."""
    numbers = Numbers(
        registered,
        cast,
        yes,
        no,
        blank,
        invalid,
        _districts(districts_for, "--districts-for"),
        _districts(districts_against, "--districts-against"),
    )
    judged = judge_vote(rule, numbers)
    if as_json:
        typer.echo(json.dumps(judgement_data(judged), indent=2, ensure_ascii=False))
        return
    for line in sentences(judged):
        typer.echo(line)


app.command("plan")(plan)
app.command("count")(count)


def sentences(judged: Judgement) -> list[str]:
    """Give a judgement for people: the outcome, then a line a condition."""
    said = [f"{OUTCOMES[judged.outcome].capitalize()}."]
    said += [f"  {line}" for finding in judged.conditions for line in _lines(finding)]
    if judged.missing:
        said.append(f"Nobody gave: {', '.join(judged.missing)}. Give each with the option of its name.")
    return said


def _lines(finding: Finding) -> list[str]:
    if finding.parts:
        inner = [f"  {line}" for part in finding.parts for line in _lines(part)]
        return [f"one of these {STATES[finding.holds].replace('does not hold', 'would do, and none holds')}:", *inner]
    return [f"{finding.condition}: {STATES[finding.holds]}{_margin(finding)} ({WORDS[finding.name]})"]


def _margin(finding: Finding) -> str:
    if finding.margin is None:
        return f", {', '.join(finding.missing)} not given"
    unit = _unit(finding.name, abs(finding.margin))
    if finding.name in ("majority", "no_majority"):
        return f", {abs(finding.margin):,} {unit} {'ahead' if finding.margin > 0 else 'behind'}"
    return f", {abs(finding.margin):,} {unit} {'below' if finding.margin < 0 else 'above'} the limit"


def _unit(name: str, number: int) -> str:
    noun = "district" if name.startswith("districts") else "ballot" if name == "turnout" else "vote"
    return noun if number == 1 else f"{noun}s"


def _districts(text: str | None, option: str) -> Fraction | None:
    if text is None:
        return None
    found = NUMBER.fullmatch(text.strip())
    if not found or (found[2] is not None and int(found[2]) == 0):
        raise InputError(f"{option} {text[:40]} is no number of districts; write 12, 8.5 or 17/2.")
    return Fraction(text.strip())
