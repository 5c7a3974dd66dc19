"""A line of a case on its bench with its candidates, so that a person sees the whole of it at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ballotworthy.casework.bench import TYPED, Bench
from ballotworthy.casework.case import Case
from ballotworthy.casework.room import Room
from ballotworthy.errors import InputError
from ballotworthy.law.model import Reason
from ballotworthy.report.explain_page import SIDES, sides

LACKS = {"no-date": ("signed_on",), "no-address": SIDES["address"]}
"""Grounds that a line shows by itself: none of these cells, where the lines have them, holds anything."""
SHOWN = 6
"""So many candidates of a line are laid out."""
Standing = Callable[[str], Collection[str]]
"""Of a voter's id, the lines on which he was ruled valid."""


@dataclass(frozen=True)
class Candidate:
    """A voter of the roll beside a line.

    Attributes:
        row: of the voter on the roll.
        sides: what stands on the line and on the roll, side by side: `what`, `line`, `voter`, `same`.
        chance: the probability that this voter signed; None where the look is blind or he was searched for.
        evidence: what agrees and what differs, in words, each with its weight in bits; empty as above.
        standing: other lines of this case on which this voter was ruled valid.
        voter_id: his id on the roll.
        elsewhere: the ground of the case's law where the roll has him in another part of the place than the line's.
        days: the first and the last day on which the line may have been signed, as YYYY-MM-DD, where it tells no day,
            others of the case do, and the law goes by it; None elsewhere.
    """

    row: int
    sides: Sequence[Mapping[str, Any]] = field(repr=False)
    chance: float | None = None
    evidence: Sequence[tuple[str, float]] = field(default=(), repr=False)
    standing: Sequence[str] = ()
    voter_id: str = field(default="", repr=False)
    elsewhere: Reason | None = None
    days: tuple[str, str] | None = None


@dataclass(frozen=True)
class AtHand:
    """A line as it lies before a person: its own cells in words, and its candidates, best first.

    `lacking` are the grounds of the case's law that its empty cells show.
    """

    line: str
    cells: Mapping[str, str] = field(repr=False)
    candidates: Sequence[Candidate] = field(repr=False)
    doubt: str = ""
    lacking: Sequence[Reason] = ()


def line_at_hand(bench: Bench, case: Case, line: str, standing: Standing, *, blind: bool = False) -> AtHand:
    """Lay a line out with its candidates.

    Args:
        bench: of this case.
        case: as it stands; nothing but its law and its frame are read, which do not change.
        line: its id.
        standing: tells on which lines a voter was ruled valid; `standing_in` does.
        blind: for a second look: the candidates in the roll's order, without what the machine thinks of them.

    Raises:
        InputError: the line has no cells in the private folder.
    """
    from ballotworthy.match.waterfall import waterfalls

    at = _row_of(bench, line)
    cells = bench.lines.row(at, named=True)
    found = {int(bench.roll.owners[each.record]): each for each in waterfalls(bench.matches, bench.roll, at)[:SHOWN]}
    rows = sorted(found) if blind else list(found)
    candidates = [
        Candidate(
            row,
            each.sides,
            None if blind else found[row].chance,
            () if blind else [(step.words, step.weight) for step in found[row].compared],
            each.standing,
            each.voter_id,
            each.elsewhere,
            each.days,
        )
        for row, each in zip(rows, _beside(bench, case, line, rows, standing), strict=True)
    ]
    doubt = str(cells.get("doubt") or "").strip("; ")
    return AtHand(line, cells_of(bench, line), candidates, doubt, _lacking(case, cells))


def _lacking(case: Case, cells: Mapping[str, Any]) -> list[Reason]:
    lawful = case.rules.reasons if case.rules else {}
    return [
        lawful[ground]
        for ground, fields in LACKS.items()
        if ground in lawful and not cells.keys().isdisjoint(fields) and not any(cells.get(each) for each in fields)
    ]


def cells_of(bench: Bench, line: str) -> dict[str, str]:
    """Give what stands on a line, in the words of its parts.

    Raises:
        InputError: the line has no cells in the private folder.
    """
    return {side["what"]: side["line"] for side in sides(_cells(bench, line), {}) if side["line"]}


def typable_of(bench: Bench, line: str) -> dict[str, str]:
    """Give the cells of a line that may be typed anew, by field: as they were read, or typed last; days as YYYY-MM-DD.

    Raises:
        InputError: the line has no cells in the private folder.
    """
    cells = bench.lines.row(_row_of(bench, line), named=True)
    return {name: str(cells.get(name) or "") for name in TYPED if name in bench.petition.columns}


def voters_found(
    bench: Bench, case: Case, line: str, typed: str, standing: Standing, *, most: int = 8
) -> list[Candidate]:
    """Give the voters whom typed keys find, such as "704 smi", beside a line; `case` and `standing` as above.

    Raises:
        InputError: nothing was typed, more than six keys, or the line is not there.
    """
    from ballotworthy.roll.lookup import look_up

    return _beside(bench, case, line, [each.row for each in look_up(bench.roll, typed, most=most)], standing)


def voters_alone(bench: Bench, typed: str, *, standing: Standing, most: int = 8) -> list[Candidate]:
    """Give the voters whom typed keys find, such as "704 smi", beside no line; `standing` as above.

    Raises:
        InputError: nothing was typed, or more than six keys.
    """
    from ballotworthy.roll.lookup import look_up

    rows = [each.row for each in look_up(bench.roll, typed, most=most)]
    return [
        Candidate(
            row,
            sides({}, voter),
            standing=list(standing(str(voter["voter_id"]))),
            voter_id=str(voter["voter_id"]),
        )
        for row, voter in zip(rows, bench.voters.read(rows), strict=True)
    ]


def voter_of(bench: Bench, row: int) -> str:
    """Give the id of the voter in a row of the roll.

    Raises:
        InputError: the roll has no such row.
    """
    if not 0 <= row < bench.roll.size:
        raise InputError("there is no such voter on the roll. Search again.")
    return str(bench.voters.read([row])[0]["voter_id"])


def standing_in(room: Room) -> Standing:
    """Give what tells on which lines a voter was ruled valid, as the case stands now."""
    lines, hashed = lines_by_voter(room.case()), room.voter_key().hashed
    return lambda voter_id: lines.get(hashed(voter_id), ())


def lines_by_voter(case: Case) -> dict[str, list[str]]:
    """Give the lines on which each voter, a keyed hash, was ruled valid."""
    found: dict[str, list[str]] = {}
    for line, looks in case.looks.items():
        ruling = looks.corrected or looks.resolved or looks.first
        if ruling and ruling.voter and ruling.outcome == "valid":
            found.setdefault(ruling.voter, []).append(line)
    return found


def _row_of(bench: Bench, line: str) -> int:
    if line not in bench.rows:
        raise InputError(f"the cells of line {line} are not in the case's private folder.")
    return bench.rows[line]


def _cells(bench: Bench, line: str) -> dict[str, Any]:
    """Give the cells of a line for the eye; a day of signing that may be read in two ways is shown in both."""
    cells = bench.lines.row(_row_of(bench, line), named=True)
    other = cells.get("signed_or")
    if other is not None and other != cells.get("signed_on"):
        cells["signed_on"] = f"{cells['signed_on']} / {other}"
    return cells


def _beside(bench: Bench, case: Case, line: str, rows: Sequence[int], standing: Standing) -> list[Candidate]:
    if not rows:
        return []
    cells, found = _cells(bench, line), list[Candidate]()
    days = _days_untold(bench, case, cells)
    for row, voter in zip(rows, bench.voters.read(rows), strict=True):
        rows_of_both = [
            {**side, "same": _plain(side["line"]) == _plain(side["voter"])}
            for side in _with_division(case, line, cells, voter)
        ]
        voter_id = str(voter["voter_id"])
        others = [each for each in standing(voter_id) if each != line]
        elsewhere = _elsewhere(case, rows_of_both)
        found.append(Candidate(row, rows_of_both, standing=others, voter_id=voter_id, elsewhere=elsewhere, days=days))
    return found


def _days_untold(bench: Bench, case: Case, cells: Mapping[str, Any]) -> tuple[str, str] | None:
    """Give the days on which a line may have been signed that tells none; None where its day decides nothing."""
    from ballotworthy.check.signing_days import window  # here, since other verbs of a case need not wait for Numba

    rules, dated = case.rules, "signed_on" in bench.lines.columns
    if cells.get("signed_on") or not dated or rules is None or rules.as_of is None or rules.as_of.value != "signing":
        return None
    if bench.lines["signed_on"].null_count() == bench.lines.height:
        return None
    begin, end = window(rules)
    return begin.isoformat(), end.isoformat()


def _elsewhere(case: Case, rows_of_both: Sequence[Mapping[str, Any]]) -> Reason | None:
    """Give the ground where line and voter are of two parts of the place, by which the law divides it.

    The roll's word must be that of another part of this petition: a number of a county says nothing beside its name.
    """
    by, lawful = (case.rules.divided_by, case.rules.reasons) if case.rules else ("", {})
    parts = {_plain(part) for part in case.frame.drawable}
    differs = any(each["what"] == by and not each["same"] and _plain(each["voter"]) in parts for each in rows_of_both)
    return lawful.get("out-of-jurisdiction") if differs else None


def _with_division(
    case: Case, line: str, cells: Mapping[str, Any], voter: Mapping[str, Any]
) -> list[Mapping[str, str]]:
    """Give line and voter side by side, and where the law divides: the line's part of the place, and the voter's."""
    by = case.rules.divided_by if case.rules else None
    stratum = case.frame.line(line).stratum
    if by == "county":
        return [*sides({**cells, "county": cells.get("county") or stratum}, voter)]
    found: list[Mapping[str, str]] = [*sides(cells, voter)]
    return [*found, {"what": by, "line": stratum, "voter": str(voter.get("district") or "")}] if by else found


def _plain(text: str) -> str:
    return " ".join(sorted(text.upper().replace(".", " ").replace(",", " ").split()))
