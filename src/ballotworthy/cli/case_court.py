"""`ballotworthy case reopen` and `restore`: what a court or an officer orders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, NoLookupOption, SnapshotOption, room_in, say
from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.quantities import quantity

OrderOption = Annotated[str, typer.Option("--order", help="Whose order, and its number.", show_default=False)]
DayOption = Annotated[str, typer.Option("--day", metavar="YYYY-MM-DD", help="Its day.", show_default=False)]


def reopen(folder: CaseArgument, order: OrderOption, day: DayOption, by: ByOption, as_json: JsonOption = False) -> None:
    """Reopen a certified case by a court's order; rulings may change again until it is certified anew."""
    from ballotworthy.verbs.case_reopen import reopen_case

    done = reopen_case(room_in(folder), by=by, order=order, day=parse_day(day, "--day"))
    say(done, f"Reopened by {done.order}, {done.day}.", as_json=as_json)


def restore(
    folder: CaseArgument,
    order: OrderOption,
    day: DayOption,
    by: ByOption,
    table: Annotated[
        Path | None,
        typer.Argument(help="A table of line (or sheet and line) and, if the order names him, voter_id."),
    ] = None,
    lines: Annotated[
        list[str] | None,
        typer.Option("--line", metavar="LINE[=VOTER]", help="A line such as 12-3, or 12-3=4711; repeatable."),
    ] = None,
    answers: Annotated[int | None, typer.Option(min=1, help="The number of the challenge or cure it answers.")] = None,
    snapshot: SnapshotOption = None,
    no_lookup: NoLookupOption = False,
    as_json: JsonOption = False,
) -> None:
    """Let refused lines count by order, with the voter whom the order names or without one."""
    from ballotworthy.casework.ruled import read_restored
    from ballotworthy.verbs.case_restore import restore_lines

    if (table is None) == (not lines):
        raise InputError("give either a table of lines to restore, or --line, once for each.")
    voters = read_restored(table) if table else _voters(lines or [])
    done = restore_lines(
        room_in(folder), voters, by=by, order=order, day=parse_day(day, "--day"), answers=answers, snapshot=snapshot,
        lookup=not no_lookup,
    )  # fmt: skip
    without = f", {done.without_voter:,} of them without a voter" if done.without_voter else ""
    say(done, f"{quantity(done.lines, 'line')} restored{without}.", as_json=as_json)


def _voters(lines: list[str]) -> dict[str, str]:
    voters: dict[str, str] = {}
    for each in lines:
        line, _, voter = each.partition("=")
        if not line or line in voters:
            raise InputError("--line is LINE or LINE=VOTER, each line once. Example: --line 12-3=4711.")
        voters[line] = voter
    return voters
