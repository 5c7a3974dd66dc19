"""`ballotworthy vote`: a vote judged by its own rule, and its audit planned."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.held import complete_kind, complete_place
from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.vote_audit import app as audit_app
from ballotworthy.cli.vote_count import count
from ballotworthy.cli.vote_plan import plan
from ballotworthy.cli.vote_words import districts_words, judged_words
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day

app = typer.Typer(no_args_is_help=True, help="The vote: count it, judge it by its own rule, plan and run its audit.")

COUNT = {"min": 0, "show_default": False}


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
    districts_tied: Annotated[
        str | None, typer.Option(help="Districts with as many yes as no; none if absent.", show_default=False)
    ] = None,
    districts: Annotated[
        Path | None,
        typer.Option(
            help="A table of districts instead: district, yes, no; weight where halves count; registered, cast, blank, "
            "invalid where known.",
            show_default=False,
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(help="Whose recount law, such as us-wa.", show_default=False, autocompletion=complete_place),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="The kind of measure there.", show_default=False, autocompletion=complete_kind)
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of the vote.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Judge a vote by its rule: passed, failed, rejected, invalid or unknown, each condition with its margin."""
    from ballotworthy.verbs.vote_judge import judge_vote
    from ballotworthy.vote import Numbers

    numbers = Numbers(
        registered,
        cast,
        yes,
        no,
        blank,
        invalid,
        _districts(districts_for, "--districts-for"),
        _districts(districts_against, "--districts-against"),
        _districts(districts_tied, "--districts-tied"),
    )
    day = parse_day(on, "--on") if on else None
    judged = judge_vote(rule, numbers, place=place, kind=kind, on=day, districts=districts)
    if as_json:
        print_json(judged.to_dict())
        return
    for line in judged_words(judged.judgement):
        typer.echo(line)
    if judged.districts:
        typer.echo(districts_words(judged.districts))
    if place:
        told = judged.recount.words if judged.recount else f"not held for {place} {kind} on that day"
        typer.echo(f"Recount: {told}.")


app.command("plan")(plan)
app.command("count")(count)
app.add_typer(audit_app, name="audit")


def _districts(text: str | None, option: str) -> Fraction | None:
    from ballotworthy.vote.rule import NUMBER

    if text is None:
        return None
    found = NUMBER.fullmatch(text.strip())
    if not found or (found[2] is not None and int(found[2]) == 0):
        raise InputError(f"{option} {text[:40]} is no number of districts; write 12, 8.5 or 17/2.")
    return Fraction(text.strip())
