"""`ballotworthy case decide` and `enter`: what people rule, by hand or from a file; and every other event."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ballotworthy.casework import KINDS, SEARCHES, Act, Case
from ballotworthy.cli.case_folder import ByOption, CaseArgument, desk_in, say, standing_data, voter_key
from ballotworthy.cli.options import JsonOption
from ballotworthy.errors import Fault, FileFaults, InputError, UnknownName
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.tables import Table, read_table

FIELDS = {
    "sheet": ("sheet_number",),
    "line": ("id", "line_id", "line_number"),
    "outcome": ("ruling", "decision"),
    "reason": ("ground",),
    "voter_id": ("voter", "registration_number"),
    "searches": ("searched",),
    "why": (),
}
OUTCOMES = ("valid", "invalid")
Hashed = Callable[[str], str]


def decide(
    folder: CaseArgument,
    by: ByOption,
    rulings: Annotated[
        Path | None,
        typer.Argument(
            help="A table of line (or sheet and line), outcome (valid or invalid), reason, voter_id, "
            "and if you like searches (words with blanks between).",
            show_default=False,
        ),
    ] = None,
    line: Annotated[str, typer.Option(help="One line to rule on, such as 12-3, in place of a table.")] = "",
    outcome: Annotated[str, typer.Option(help="valid or invalid.")] = "",
    reason: Annotated[str, typer.Option(help="The ground, if invalid: one of the place's reasons.")] = "",
    voter: Annotated[str, typer.Option(help="The voter's id on the roll; only its keyed hash is recorded.")] = "",
    searches: Annotated[str, typer.Option(help=f"Searches made: {', '.join(SEARCHES)}; blanks between.")] = "",
    look: Annotated[int, typer.Option(min=1, max=2, help="First or second look.")] = 1,
    resolve: Annotated[bool, typer.Option("--resolve", help="End the disagreement of two looks.")] = False,
    correct: Annotated[
        str, typer.Option("--correct", metavar="WHY", help="Rule anew on lines that have a ruling, and say why.")
    ] = "",
    answers: Annotated[
        int | None, typer.Option(min=1, help="With --correct: the number of the challenge or cure it answers.")
    ] = None,
    roll: Annotated[str, typer.Option(help="Digest of the roll looked in; the one named last if absent.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Enter what people ruled on lines of the sample; all of a table or nothing of it."""
    if (rulings is None) == (not line):
        raise InputError("give either a table of rulings, or one --line with its --outcome.")
    desk = desk_in(folder)
    case = desk.case()
    given = {"line": line, "outcome": outcome, "reason": reason, "voter_id": voter, "searches": searches}
    rows: list[dict[str, str]] = [given] if rulings is None else read_rulings(rulings)
    kind = "resolved" if resolve else "corrected" if correct else "decision"
    each: dict[str, dict[str, Any]] = {"decision": {"look": look}, "resolved": {}, "corrected": {"why": correct}}
    more = each[kind]
    if answers is not None:
        more = {**more, "answers": answers}
    named = roll or (list(case.rolls)[-1] if case.rolls else "")
    hashed = voter_key(folder, case).hashed
    desk.act(*(Act(by, kind, {**body_of(row, named, hashed), **more}) for row in rows))
    answer = {**standing_data(desk.case()), "kind": kind, "lines": len(rows), "left": left(desk.case())}
    say(answer, f"{len(rows):,} lines entered; {answer['left']:,} of the sample are open.", as_json=as_json)


def left(case: Case) -> int:
    """Give how many lines of the sample have no ruling."""
    return sum(case.ruling(line) is None for line in case.sample.lines) if case.sample else 0


def body_of(row: dict[str, str], roll: str, hashed: Hashed) -> dict[str, Any]:
    """Give the body of a ruling: the voter as a keyed hash, what is empty left out."""
    body: dict[str, Any] = {"line": row["line"], "outcome": row["outcome"]}
    if row.get("reason"):
        body["reason"] = row["reason"]
    if row.get("voter_id"):
        body["voter"] = hashed(row["voter_id"])
    if roll:
        body["roll"] = roll
    if row.get("searches"):
        body["searches"] = list(dict.fromkeys(row["searches"].replace(",", " ").replace(";", " ").split()))
    return body


def read_rulings(path: Path) -> list[dict[str, str]]:
    """Give the rows of a table of rulings, with the line's id under `line`.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: a column is missing, or a cell cannot be what it says; all faults at once.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, FIELDS, {})
    missing = [name for name in ("line", "outcome") if name not in columns]
    if missing:
        told = headings_told(table.frame.columns)
        raise FileFaults(str(path), [Fault(1, name, "there is no such column", told) for name in missing])
    frame = table.frame.select(table.frame[heading].alias(name) for name, heading in columns.items()).fill_null("")
    rows = [{name: str(cell) for name, cell in row.items()} for row in frame.iter_rows(named=True)]
    faults = _faults(rows, table)
    if faults:
        raise FileFaults(str(path), faults)
    for row in rows:
        if "sheet" in row:
            row["line"] = f"{row['sheet']}-{row['line']}"
    return rows


def _faults(rows: Sequence[dict[str, str]], table: Table) -> list[Fault]:
    faults = []
    for row, at in zip(rows, table.lines.tolist(), strict=True):
        if not row["line"]:
            faults.append(Fault(at, "line", "the cell is empty", "Say which line was ruled on"))
        if row["outcome"] not in OUTCOMES:
            faults.append(Fault(at, "outcome", f"{row['outcome']!r} is not a ruling", "Write valid or invalid"))
        elif row["outcome"] == "valid" and not row.get("voter_id"):
            faults.append(Fault(at, "voter_id", "a valid line has no voter", "Give the voter's id on the roll"))
        elif row["outcome"] == "invalid" and not row.get("reason"):
            faults.append(Fault(at, "reason", "an invalid line has no ground", "Give one of the place's reasons"))
    return faults


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
    as_json: JsonOption = False,
) -> None:
    """Enter any other event of the record's specification: people, withdrawals, challenges, cures, a court's order."""
    if kind not in KINDS:
        raise UnknownName("kind of event called", kind, sorted(KINDS))
    desk = desk_in(folder)
    body = {}
    for part in parts:
        name, equals, value = part.partition("=")
        if not (name and equals):
            raise InputError(f"{part} is not of the form NAME=VALUE. Example: day=2026-11-05.")
        body[name] = voter_key(folder, desk.case()).hashed(value) if name == "voter" else _value(value)
    (event,) = desk.act(Act(by, kind, body))
    say({**standing_data(desk.case()), "seq": event.seq}, f"Event {event.seq}: {kind}", as_json=as_json)


def _value(text: str) -> Any:
    """Give a value of the command line: JSON where it is a whole number, a list, true or false; else the text."""
    if text[:1] not in "[-0123456789tf":
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return text if isinstance(value, float) else value
