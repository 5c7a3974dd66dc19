"""`ballotworthy case new`: the opening of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, say
from ballotworthy.cli.days import today
from ballotworthy.cli.options import (
    JsonOption,
    KindOption,
    OnOption,
    PlaceOption,
    RequiredOption,
    RuleOption,
)
from ballotworthy.cli.sure_clock import sure_clock
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day, refuse_to_come
from ballotworthy.law.given import Given, read_given
from ballotworthy.safe_text import safe_line


def new(
    folder: CaseArgument,
    case: Annotated[str, typer.Option("--case", help="The case's number or name.", show_default=False)],
    office: Annotated[str, typer.Option(help="The office that decides.", show_default=False)],
    measure: Annotated[str, typer.Option(help="The title of the measure.", show_default=False)],
    place: PlaceOption,
    kind: KindOption,
    on: OnOption,
    by: ByOption,
    people: Annotated[
        list[str] | None,
        typer.Option(
            "--person",
            metavar="ID=ROLES",
            help="Who may act, repeatable: roles are manage, decide, resolve, certify. "
            "Example: --person bob=decide,resolve. Whoever opens the case has all of them.",
        ),
    ] = None,
    filed: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of filing; the governing day if absent.")
    ] = None,
    required: RequiredOption = None,
    source: Annotated[str, typer.Option("--required-source", help="Who set that number, and where it stands.")] = "",
    rule: RuleOption = None,
    rule_source: Annotated[
        list[str] | None,
        typer.Option(
            "--rule-source",
            metavar="TEXT",
            help="Where such a rule stands: one source for all, or one for each, in order.",
        ),
    ] = None,
    disclosure: Annotated[str, typer.Option(help="What an export may carry: closed, proponents or public.")] = "closed",
    key_file: Annotated[
        Path | None,
        typer.Option("--office-key", help="The office's signing key; made in private/ of the case if absent."),
    ] = None,
    practice: Annotated[
        bool, typer.Option("--practice", help="A case to learn on: its record says so, and it is never certified.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Open a case: its folder, its keys, its record, and the law as it stands, pinned."""
    from ballotworthy.verbs.case_open import Opening, number_beside_law, open_case

    if required is not None and not source.strip():
        raise InputError("--required is not in the law's data; say who set it with --required-source.")
    governing, filing = parse_day(on, "--on"), parse_day(filed, "--filed") if filed else None
    refuse_to_come(filing or governing, today(), "a petition cannot have been filed")
    opening = Opening(
        case=case,
        office=office,
        measure=measure,
        place=place,
        kind=kind,
        on=governing,
        filed=filing,
        disclosure=disclosure,
        practice=practice,
    )
    number = None if required is None else (required, source)
    if own := number_beside_law(opening, number):
        typer.echo(safe_line(f"{own}"), err=True)
    opened = open_case(
        folder,
        opening,
        clock=sure_clock(),
        by=by,
        people=_people(people or [], by),
        required=number,
        given=given_of(rule or [], rule_source or []),
        key_file=key_file,
    )
    told = f"Opened {case} in {folder}. The office's public key, to be published: {opened.key}"
    told = f"Opened {case} in {folder}, for practice: it is never certified." if practice else told
    say(opened, told, as_json=as_json)


def given_of(rules: list[str], sources: list[str]) -> tuple[Given, ...]:
    """Give the rules that the office enters, each with its source.

    Raises:
        InputError: a rule has no source, or is none that can be given.
    """
    if len(sources) == 1:
        sources = sources * len(rules)
    if len(sources) != len(rules) or not all(map(str.strip, sources)):
        raise InputError(
            f"{len(rules)} rules are given and {len(sources)} sources; say where each stands with --rule-source, "
            "once for all or once for each, in the order of --rule."
        )
    return tuple(read_given(each, source) for each, source in zip(rules, sources, strict=True))


def _people(given: list[str], by: str) -> dict[str, list[str]]:
    people: dict[str, list[str]] = {}
    for each in given:
        name, equals, roles = each.partition("=")
        if not (name and equals and roles) or name in people or name == by:
            raise InputError(
                f"--person {each} is not of the form ID=ROLES, each person once. Example: bob=decide,resolve."
            )
        people[name] = roles.split(",")
    return people
