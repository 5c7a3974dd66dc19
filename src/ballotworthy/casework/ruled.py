"""Rulings as people give them, read from a table and entered: the voter becomes a keyed hash, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.casework.case import Case
from ballotworthy.casework.desk import Act
from ballotworthy.casework.repeats import lines_of_voters
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.casework.voters import check_voters
from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import find_columns, require_columns
from ballotworthy.files.distinct import repeats
from ballotworthy.files.tables import Table, read_table
from ballotworthy.petition.numbered import as_known, plain_id

FIELDS = {
    "sheet": ("sheet_number",),
    "line": ("id", "line_id", "line_number"),
    "outcome": ("ruling", "decision"),
    "reason": ("ground",),
    "voter_id": ("voter", "registration_number"),
    "searches": ("searched",),
    "repeats": ("repeats_line", "duplicate_of", "repetition_of"),
    "order": ("court_order",),
    "why": (),
}
OUTCOMES = ("valid", "invalid")
Hashed = Callable[[str], str]


@dataclass(frozen=True)
class RuledLine:
    """What somebody ruled on a line; the voter's id is not shown, and what was not said is empty.

    `repeats` is the line that one refused as a repetition repeats; where it is empty and a line of the sample is ruled
    valid with the same voter, the first of these is meant. `order` is the court's order, with the ground `ordered`.
    """

    line: str
    outcome: str
    reason: str = ""
    voter_id: str = field(default="", repr=False)
    searches: str = ""
    repeats: str = ""
    order: str = ""


@dataclass(frozen=True)
class Entered:
    """Rulings entered: of which kind, how many lines, voters looked up; `case` as it is now."""

    record: RecordAt
    kind: str
    lines: int
    case: Case = field(repr=False)
    looked_up: int

    @property
    def left(self) -> int:
        """Give how many lines of the sample have no ruling yet; counted when it is asked for."""
        return left(self.case)

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case decide --json` prints it."""
        return {
            **self.record.to_dict(),
            "kind": self.kind,
            "lines": self.lines,
            "left": self.left,
            "looked_up": self.looked_up,
        }


def enter_rulings(
    room: Room,
    rulings: Sequence[RuledLine],
    kind: str,
    more: Mapping[str, Any],
    *,
    by: str,
    roll: str = "",
    snapshot: Path | None = None,
    lookup: bool = True,
) -> Entered:
    """Enter rulings as events of one kind, all of them or none.

    Args:
        room: the case.
        rulings: what was ruled, line by line.
        kind: decision, resolved or corrected.
        more: what each of them says besides.
        by: who ruled.
        roll: the digest of the snapshot in which the voters were found; the one named last if absent.
        snapshot: where that snapshot is, if it was moved.
        lookup: look the voters up in it.

    Raises:
        InputError: a voter is not on the roll, or the snapshot is not there.
        Refused: one of them may not stand.
    """
    hashed = room.voter_key().hashed
    named = roll or named_roll(room.case())
    rulings = _as_known(rulings, room.case())

    def made(case: Case) -> Iterable[Act]:
        bodies = [body_of(each, named, hashed) for each in rulings]
        if case.version > 1:
            _name_repeated(case, bodies)
        return [Act(by, kind, {**body, **more}) for body in bodies]

    voters = [(each.line, each.voter_id) for each in rulings if each.voter_id]
    looked_up = check_voters(room, named, voters, snapshot) if lookup and named in room.case().rolls else 0
    room.write(made)
    return Entered(room.at(), kind, len(rulings), room.case(), looked_up)


def _as_known(rulings: Sequence[RuledLine], case: Case) -> list[RuledLine]:
    """Give rulings whose lines are named as the case has them, however a table writes their numbers."""
    known = as_known((line for each in rulings for line in (each.line, each.repeats) if line), case.frame.at)
    return [
        replace(each, line=known.get(each.line, each.line), repeats=known.get(each.repeats, each.repeats))
        for each in rulings
    ]


def _name_repeated(case: Case, bodies: Sequence[dict[str, Any]]) -> None:
    """Name the line that one refused as a repetition repeats, where that is not said: its voter's first valid one."""
    unsaid = [body for body in bodies if body.get("reason") == DUPLICATE and "voter" in body and "repeats" not in body]
    if not unsaid:
        return
    lines = lines_of_voters(case)
    for body in bodies:
        if body["outcome"] == "valid" and "voter" in body:
            lines.setdefault(body["voter"], []).append(body["line"])
    for body in unsaid:
        others = [line for line in lines.get(body["voter"], ()) if line != body["line"]]
        if others:
            body["repeats"] = others[0]


def named_roll(case: Case) -> str:
    """Give the digest of the snapshot named last; "" if none was."""
    return next(reversed(case.rolls), "")


def left(case: Case) -> int:
    """Give how many lines of the sample have no ruling."""
    return sum(case.ruling(line) is None for line in case.sample.lines) if case.sample else 0


def body_of(ruled: RuledLine, roll: str, hashed: Hashed) -> dict[str, Any]:
    """Give the body of a ruling: the voter as a keyed hash, what is empty left out."""
    body: dict[str, Any] = {"line": ruled.line, "outcome": ruled.outcome}
    if ruled.reason:
        body["reason"] = ruled.reason
    if ruled.voter_id:
        body["voter"] = hashed(ruled.voter_id)
    if roll:
        body["roll"] = roll
    if ruled.repeats:
        body["repeats"] = ruled.repeats
    if ruled.order:
        body["order"] = ruled.order
    if ruled.searches:
        body["searches"] = list(dict.fromkeys(ruled.searches.replace(",", " ").replace(";", " ").split()))
    return body


def read_rulings(path: Path) -> list[RuledLine]:
    """Give the rows of a table of rulings.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: a column is missing, or a cell cannot be what it says; all faults at once.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, FIELDS, {})
    require_columns(path, table.frame.columns, columns, ("line", "outcome"))
    frame = table.frame.select(table.frame[heading].alias(name) for name, heading in columns.items()).fill_null("")
    rows = [{name: str(cell) for name, cell in row.items()} for row in frame.iter_rows(named=True)]
    faults = [*_faults(rows, table), *_twice(rows, table)]
    if faults:
        raise FileFaults(str(path), faults)
    return [
        RuledLine(
            _line_of(row),
            row["outcome"],
            *(row.get(name, "") for name in ("reason", "voter_id", "searches", "repeats", "order")),
        )
        for row in rows
    ]


def read_restored(path: Path) -> dict[str, str]:
    """Give the lines of a table that an order restores, each with its voter's id, or "" where it names none.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: there is no column of lines, a cell of it is empty, or a line is named twice.
    """
    table = read_table(path)
    names = {name: FIELDS[name] for name in ("sheet", "line", "voter_id")}
    columns = find_columns(path, table.frame.columns, names, {})
    require_columns(path, table.frame.columns, columns, ("line",))
    frame = table.frame.select(table.frame[heading].alias(name) for name, heading in columns.items()).fill_null("")
    voters: dict[str, str] = {}
    seen: set[str] = set()
    faults = []
    for row, at in zip(frame.iter_rows(named=True), table.lines.tolist(), strict=True):
        line = _line_of(row)
        if not row["line"] or plain_id(line) in seen:
            what = "the line is named twice" if row["line"] else "the cell is empty"
            faults.append(Fault(at, "line", what, "Name each line that is restored once"))
        seen.add(plain_id(line))
        voters[line] = row.get("voter_id", "")
    if faults:
        raise FileFaults(str(path), faults)
    return voters


def _line_of(row: Mapping[str, str]) -> str:
    return f"{row['sheet']}-{row['line']}" if "sheet" in row else row["line"]


def _twice(rows: Sequence[dict[str, str]], table: Table) -> Iterator[Fault]:
    """Tell lines that are ruled on twice in one table, also as 01 and 1: which ruling is meant is not known."""
    lines = pl.Series([plain_id(_line_of(row)) if row["line"] else None for row in rows], dtype=pl.String)
    for at in repeats(lines):
        yield Fault(int(table.lines[at]), "line", "the line is ruled on twice", "Rule on each line once")


def _faults(rows: Sequence[dict[str, str]], table: Table) -> list[Fault]:
    faults = []
    for row, at in zip(rows, table.lines.tolist(), strict=True):
        if not row["line"]:
            faults.append(Fault(at, "line", "the cell is empty", "Say which line was ruled on"))
        if row["outcome"] not in OUTCOMES:
            faults.append(Fault(at, "outcome", "the text there is not a ruling", "Write valid or invalid"))
        elif row["outcome"] == "valid" and not row.get("voter_id"):
            faults.append(Fault(at, "voter_id", "a valid line has no voter", "Give the voter's id on the roll"))
        elif row["outcome"] == "invalid" and not row.get("reason"):
            faults.append(Fault(at, "reason", "an invalid line has no ground", "Give one of the place's reasons"))
    return faults
