"""`ballotworthy case decide` and `enter`: what people rule, by hand or from a file; and every other event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ballotworthy.cli.case_options import ByOption, CaseArgument, NoLookupOption, SnapshotOption, room_in, say
from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import InputError
from ballotworthy.files.choices import SEARCHES
from ballotworthy.files.quantities import quantity, were

if TYPE_CHECKING:
    from ballotworthy.casework.ruled import RuledLine


def decide(
    folder: CaseArgument,
    by: ByOption,
    rulings: Annotated[
        Path | None,
        typer.Argument(
            help="A table of line (or sheet and line), outcome (valid or invalid), reason, voter_id, "
            "and if you like searches (words with blanks between), repeats (the line that a repetition repeats) "
            "and order (a court's order, with the reason ordered).",
            show_default=False,
        ),
    ] = None,
    line: Annotated[str, typer.Option(help="One line to rule on, such as 12-3, in place of a table.")] = "",
    outcome: Annotated[str, typer.Option(help="valid or invalid.")] = "",
    reason: Annotated[str, typer.Option(help="The ground, if invalid: one of the place's reasons, or ordered.")] = "",
    voter: Annotated[str, typer.Option(help="The voter's id on the roll; only its keyed hash is recorded.")] = "",
    searches: Annotated[str, typer.Option(help=f"Searches made: {', '.join(SEARCHES)}; blanks between.")] = "",
    repeats: Annotated[
        str, typer.Option(help="The line that it repeats, if refused as a repetition of the same voter.")
    ] = "",
    order: Annotated[
        str, typer.Option(help="With the reason ordered: whose order takes the line out, and where it stands.")
    ] = "",
    look: Annotated[int, typer.Option(min=1, max=2, help="First or second look.")] = 1,
    resolve: Annotated[bool, typer.Option("--resolve", help="End the disagreement of two others' looks.")] = False,
    correct: Annotated[
        str, typer.Option("--correct", metavar="WHY", help="Rule anew on lines that have a ruling, and say why.")
    ] = "",
    answers: Annotated[
        int | None, typer.Option(min=1, help="With --correct: the number of the challenge or cure it answers.")
    ] = None,
    roll: Annotated[str, typer.Option(help="Digest of the roll looked in; the one named last if absent.")] = "",
    snapshot: SnapshotOption = None,
    no_lookup: NoLookupOption = False,
    as_json: JsonOption = False,
) -> None:
    """Enter what people ruled on lines of the sample; all of a table or nothing of it."""
    from ballotworthy.casework.ruled import RuledLine, read_rulings
    from ballotworthy.verbs.case_correct import correct_lines
    from ballotworthy.verbs.case_decide import decide_lines
    from ballotworthy.verbs.case_resolve import resolve_lines

    if (rulings is None) == (not line):
        raise InputError("give either a table of rulings, or one --line with its --outcome.")
    room = room_in(folder)
    given = (
        [RuledLine(line, outcome, reason, voter, searches, repeats, order)]
        if rulings is None
        else read_rulings(rulings)
    )
    lookup = not no_lookup
    if resolve:
        done = resolve_lines(room, given, by=by, roll=roll, snapshot=snapshot, lookup=lookup)
    elif correct:
        done = correct_lines(
            room, given, by=by, why=correct, answers=answers, roll=roll, snapshot=snapshot, lookup=lookup
        )
    else:
        done = decide_lines(room, given, by=by, look=look, roll=roll, snapshot=snapshot, lookup=lookup)
    say(
        done,
        f"{quantity(done.lines, 'line')} entered; {quantity(done.left, 'of the sample is', 'of the sample are')} open."
        f"{_unlooked(given, done.looked_up)}",
        as_json=as_json,
    )


def _unlooked(given: list[RuledLine], looked_up: int) -> str:
    missing = sum(bool(each.voter_id) for each in given) - looked_up
    return f" {were(missing, 'voter')} not looked up on the roll." if missing else ""


def enter(
    folder: CaseArgument,
    kind: Annotated[
        str,
        typer.Argument(help="The kind of event: admitted, assigned, challenged, cured, struck, withdrawn, noted, ..."),
    ],
    parts: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME=VALUE",
            help='What it says. A whole number, a list such as ["a"], true and false are taken as JSON; '
            "voter=ID is hashed with the case's key.",
        ),
    ],
    by: ByOption,
    snapshot: SnapshotOption = None,
    no_lookup: NoLookupOption = False,
    as_json: JsonOption = False,
) -> None:
    """Enter any other event of the record's specification: people, withdrawals, challenges, cures, a court's order."""
    from ballotworthy.verbs.case_enter import enter_event

    body = {}
    for part in parts:
        name, equals, value = part.partition("=")
        if not (name and equals):
            raise InputError(f"{part} is not of the form NAME=VALUE. Example: day=2026-11-05.")
        if name in body:
            raise InputError(f"{name} is said twice. Say it once.")
        body[name] = value if name == "voter" else _value(value)
    done = enter_event(room_in(folder), kind, body, by=by, snapshot=snapshot, lookup=not no_lookup)
    say(done, f"Event {done.seq}: {kind}", as_json=as_json)


def _value(text: str) -> Any:
    """Give a value of the command line: JSON where it is a whole number, a list, true or false; else the text."""
    if text[:1] not in "[-0123456789tf":
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text if isinstance(value, float) else value
