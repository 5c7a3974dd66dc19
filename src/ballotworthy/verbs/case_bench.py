"""The bench of a case: its lines with their names, matched, so that a person sees the whole of a line at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ballotworthy.casework.case import Case
from ballotworthy.casework.listing import HOW
from ballotworthy.casework.room import MATCHED, PRIVATE, Room
from ballotworthy.casework.ruled import named_roll
from ballotworthy.casework.voters import remembered
from ballotworthy.errors import InputError
from ballotworthy.files.progress import Progress, silent
from ballotworthy.law import Rules
from ballotworthy.petition import Petition, line_ids, read_lines
from ballotworthy.petition.lines import GRACE
from ballotworthy.report.explain_page import sides

if TYPE_CHECKING:
    from ballotworthy.match.matches import Matches
    from ballotworthy.roll import Roll

SHOWN = 6
"""So many candidates of a line are laid out."""
PRIVATE_LINES = "lines-*.parquet"
SEEN = 50_000
"""So many voters are remembered before the memory is begun anew."""
Standing = Callable[[str], Collection[str]]
"""Of a voter's id, the lines on which he was ruled valid."""


@dataclass(frozen=True)
class Bench:
    """The lines of a case beside a roll; it is laid out once and asked for every line.

    Attributes:
        digest: of the roll, as the record names it.
        roll: the snapshot.
        petition: the lines of all batches.
        rows: the row of each line, by its id.
        matches: the candidates of every line.
        seen: voters that were laid out, by their row, so that the register is asked once for each.
    """

    digest: str
    roll: Roll
    petition: Petition
    rows: Mapping[str, int]
    matches: Matches
    seen: dict[int, dict[str, Any]] = field(default_factory=dict, repr=False)

    @property
    def lines(self) -> pl.DataFrame:
        """Give the columns of `petition.lines.FIELDS` that there are, a row a line."""
        return self.petition.frame

    def __repr__(self) -> str:
        """Give how much lies on it; no signer and no voter."""
        return f"Bench({len(self.rows):,} lines beside {self.roll.size:,} voters)"


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
    """

    row: int
    sides: Sequence[Mapping[str, Any]] = field(repr=False)
    chance: float | None = None
    evidence: Sequence[tuple[str, float]] = field(default=(), repr=False)
    standing: Sequence[str] = ()
    voter_id: str = field(default="", repr=False)


@dataclass(frozen=True)
class AtHand:
    """A line as it lies before a person: its own cells in words, and its candidates, best first."""

    line: str
    cells: Mapping[str, str] = field(repr=False)
    candidates: Sequence[Candidate] = field(repr=False)
    doubt: str = ""


@dataclass(frozen=True)
class ToLayOut:
    """What must be known of a case to lay its lines out.

    Attributes:
        digest, known: of the roll, and where it lies.
        files: of lines.
        rules: the law.
        kept: the file of what matching found.
    """

    digest: str
    known: Path
    files: Sequence[Path]
    rules: Rules
    kept: Path

    @property
    def of(self) -> str:
        """Say which lines and which roll are matched: files of lines are named by their digests."""
        return f"{self.digest} {' '.join(path.name for path in self.files)} {self.rules.place} {self.rules.on}"


def to_lay_out(room: Room, rolls: Path | None = None) -> ToLayOut:
    """Give what must be known of a case to lay its lines out; this takes no time, and the laying out some.

    A snapshot that is not where it was when it was named may be in `rolls` under its name.

    Raises:
        InputError: no roll is named or its snapshot was moved, or the names were purged.
    """
    case = room.case()
    digest = named_roll(case)
    if case.rules is None or not digest:
        raise InputError("no snapshot of the register is named in this case. Name it first.")
    was = Path(remembered(room).get(digest, digest))
    known = next((path for path in (was, rolls / was.name if rolls else was) if path.exists()), None)
    if known is None:
        raise InputError(f"the snapshot of the roll {digest[:12]} is not where it was when it was named. Put it back.")
    files = sorted((room.folder / PRIVATE).glob(PRIVATE_LINES))
    if not files:
        raise InputError("the lines with their names are not in the case's private folder: they were purged or moved.")
    return ToLayOut(digest, known, files, case.rules, room.folder / PRIVATE / MATCHED)


def is_matched(asked: ToLayOut) -> bool:
    """Tell whether the lines were matched before, so that laying them out takes no time."""
    from ballotworthy.match.kept import is_kept

    return is_kept(asked.kept, of=asked.of)


def lay_out(asked: ToLayOut, progress: Progress = silent) -> Bench:
    """Match the lines, or take what matching them found before; meanwhile others may work in the case.

    Raises:
        InputError: the snapshot is another roll's, or a file of lines cannot be read.
        OutputError: what was found could not be kept.
    """
    from ballotworthy.match import find  # here, since other verbs of a case need not wait for Numba
    from ballotworthy.match.kept import keep, kept
    from ballotworthy.roll import open_roll

    roll = open_roll(asked.known)
    if roll.sha256 != asked.digest:
        raise InputError(
            f"{asked.known} is the roll {roll.sha256[:12]}, and the case goes by the roll {asked.digest[:12]}."
        )
    batches = [_read(path, asked.rules) for path in asked.files]
    lines = pl.concat([each.frame for each in batches], how="diagonal_relaxed")
    petition = replace(batches[0], frame=lines) if len(batches) > 1 else batches[0]
    rows = {line: row for row, line in enumerate(line_ids(lines))}
    matches = kept(asked.kept, of=asked.of)
    if matches is None:
        matches = find(lines, roll, progress=progress)
        keep(matches, asked.kept, of=asked.of)
    return Bench(asked.digest, roll, petition, rows, matches)


def _read(path: Path, rules: Rules) -> Petition:
    said = json.loads(pl.read_parquet_metadata(path).get(HOW, "{}"))
    return read_lines(
        path, latest=rules.on + GRACE, given=said.get("map", {}), lenient=said.get("lenient", True),
        place=rules.place, order=said.get("dates"),
    )  # fmt: skip


def line_at_hand(
    bench: Bench, room: Room, line: str, *, blind: bool = False, standing: Standing | None = None
) -> AtHand:
    """Lay a line out with its candidates.

    Args:
        bench: of this case.
        room: the case.
        line: its id.
        blind: for a second look: the candidates in the roll's order, without what the machine thinks of them.
        standing: tells on which lines a voter was ruled valid, where the caller keeps them.

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
            () if blind else [(step.words, step.weight) for step in found[row].steps[1:]],
            each.standing,
            each.voter_id,
        )
        for row, each in zip(rows, _beside(bench, room, line, rows, standing), strict=True)
    ]
    return AtHand(line, cells_of(bench, line), candidates, str(cells.get("doubt") or ""))


def cells_of(bench: Bench, line: str) -> dict[str, str]:
    """Give what stands on a line, in the words of its parts.

    Raises:
        InputError: the line has no cells in the private folder.
    """
    cells = bench.lines.row(_row_of(bench, line), named=True)
    return {side["what"]: side["line"] for side in sides(cells, {}) if side["line"]}


def voters_found(
    bench: Bench, room: Room, line: str, typed: str, *, most: int = 8, standing: Standing | None = None
) -> list[Candidate]:
    """Give the voters whom typed keys find, such as "704 smi", beside a line; `standing` as above.

    Raises:
        InputError: nothing was typed, more than six keys, or the line is not there.
    """
    from ballotworthy.roll.lookup import look_up

    return _beside(bench, room, line, [each.row for each in look_up(bench.roll, typed, most=most)], standing)


def voter_of(bench: Bench, row: int) -> str:
    """Give the id of the voter in a row of the roll.

    Raises:
        InputError: the roll has no such row.
    """
    if not 0 <= row < bench.roll.size:
        raise InputError("there is no such voter on the roll. Search again.")
    return str(_voters(bench, [row])[0]["voter_id"])


def _voters(bench: Bench, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Give voters by their rows; several threads may ask at once."""
    known = {row: voter for row in rows if (voter := bench.seen.get(row)) is not None}
    if unknown := [row for row in rows if row not in known]:
        found = pl.concat([bench.roll.voters.slice(row, 1) for row in unknown]).collect().to_dicts()
        if len(bench.seen) > SEEN:
            bench.seen.clear()
        bench.seen.update(fresh := dict(zip(unknown, found, strict=True)))
        known |= fresh
    return [known[row] for row in rows]


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


def _beside(bench: Bench, room: Room, line: str, rows: Sequence[int], standing: Standing | None) -> list[Candidate]:
    if not rows:
        return []
    cells = bench.lines.row(_row_of(bench, line), named=True)
    if standing is None:
        lines, hashed = lines_by_voter(room.case()), room.voter_key().hashed
        standing = lambda voter_id: lines.get(hashed(voter_id), ())  # noqa: E731 # one word for what either way gives
    return [
        Candidate(
            row,
            [{**side, "same": _plain(side["line"]) == _plain(side["voter"])} for side in sides(cells, voter)],
            standing=[each for each in standing(str(voter["voter_id"])) if each != line],
            voter_id=str(voter["voter_id"]),
        )
        for row, voter in zip(rows, _voters(bench, rows), strict=True)
    ]


def _plain(text: str) -> str:
    return " ".join(sorted(text.upper().replace(".", " ").replace(",", " ").split()))
