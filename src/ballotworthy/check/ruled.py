"""Rulings of lines drawn at random, from a file: what was found of each, and every fault of the file at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.columns import find_columns, require_columns
from ballotworthy.files.distinct import repeats
from ballotworthy.files.tables import Table, read_table
from ballotworthy.petition import Petition, fingerprint, line_ids
from ballotworthy.petition.numbered import plainly_numbered
from ballotworthy.roll import Roll
from ballotworthy.stats import draw

OUTCOMES = ("valid", "invalid", "unreadable")
NEEDED = ("sheet", "line", "outcome")
NAMES = ("name", "last_name", "first_name")
ESCAPED = r"^'([=+\-@])"
"""An apostrophe that `to_rule` put before a cell that a spreadsheet would take for a formula."""


@dataclass(frozen=True)
class Ruled:
    """Lines that people ruled; they are a beginning of the seed's order, and stand in it.

    Attributes:
        lines: `id`, `outcome` (valid, invalid or unreadable), and `voter_id`, null where none was given.
        seed: the seed of the order.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("id", "outcome", "voter_id")

    lines: pl.DataFrame
    seed: str


def seed_of(petition: Petition, seed: str) -> str:
    """Give the seed by which lines are drawn: the one given, or else the fingerprint of the frame."""
    return seed or fingerprint(line_ids(petition.frame).to_list())


def read_ruled(path: Path, petition: Petition, roll: Roll, *, seed: str = "") -> Ruled:
    """Read rulings: `sheet`, `line`, `outcome`, and perhaps `voter_id` and `order`; other columns are passed over.

    A line without an outcome is not ruled yet. The order of the rows does not matter.

    Raises:
        InputError: the file cannot be opened, or the seed cannot be.
        FileFaults: a column is missing, a line is unknown, stands twice or bears another name than in the petition, an
            outcome is none of the three, a voter is not on the roll, the lines ruled are not a beginning of the seed's
            order, or none is ruled.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, dict.fromkeys((*NEEDED, "voter_id", "order"), ()), {})
    require_columns(path, table.frame.columns, columns, NEEDED)
    frame = _read(table, columns)
    ids = line_ids(petition.frame)
    drawn = draw(seed_of(petition, seed), ids.to_list(), len(ids))
    place = {line: at for at, line in enumerate(drawn)}
    faults = [
        *_line_faults(frame, place),
        *_name_faults(table, frame, petition),
        *_cell_faults(frame, roll),
        *(_order_faults(frame, place) or _gaps(frame, drawn, place)),
    ]
    if faults:
        raise FileFaults(str(path), sorted(faults, key=lambda fault: fault.line or 0))
    ruled = frame.filter(pl.col("outcome").is_not_null())
    if not ruled.height:
        raise FileFaults(str(path), [Fault(None, "outcome", "no line is ruled", f"Write {_any_of(OUTCOMES)}")])
    ruled = ruled.sort(pl.col("id").replace_strict(place, return_dtype=pl.Int64))
    return Ruled(ruled.select(Ruled.COLUMNS), seed_of(petition, seed))


def _read(table: Table, columns: Mapping[str, str]) -> pl.DataFrame:
    """Give `row` (line of the file), `id`, `outcome` in small letters, `voter_id` and `order`."""
    frame = table.frame.select(pl.col(heading).alias(field) for field, heading in columns.items())
    absent = [pl.lit(None, pl.String).alias(name) for name in ("voter_id", "order") if name not in columns]
    frame = frame.with_columns(absent).with_columns(
        pl.col("sheet", "line", "voter_id").str.replace(ESCAPED, "$1"), pl.col("outcome").str.to_lowercase()
    )
    frame = plainly_numbered(frame)
    return frame.with_columns(line_ids(frame), pl.Series("row", table.lines))


def _line_faults(frame: pl.DataFrame, place: Mapping[str, int]) -> Iterator[Fault]:
    again = set(repeats(frame["id"]).tolist())
    for at, (row, line) in enumerate(frame.select("row", "id").iter_rows()):
        if line is None:
            yield Fault(row, "sheet, line", "the sheet or line number is missing", "A line is known by both")
        elif line not in place:
            remedy = "Rule the lines of this petition, as `check --to-rule` lists them"
            yield Fault(row, "sheet, line", f"the petition has no line {line}", remedy)
        elif at in again:
            yield Fault(row, "sheet, line", f"line {line} stands here again", "Rule each line once")


def _name_faults(table: Table, frame: pl.DataFrame, petition: Petition) -> Iterator[Fault]:
    """Tell rulings that stand beside another line's name: the petition's lines were numbered anew meanwhile."""
    for heading in (petition.columns[field] for field in NAMES if field in petition.columns):
        if heading not in table.frame.columns:
            continue
        there = frame.select("row", "id", pl.lit(table.frame[heading].str.replace(ESCAPED, "$1")).alias("name"))
        own = pl.DataFrame({"id": line_ids(petition.frame), "own": petition.given[heading]})
        differ = there.join(own, on="id", how="inner", maintain_order="left").filter(_bare("name") != _bare("own"))
        for row, line in differ.head(SHOWN).select("row", "id").iter_rows():
            remedy = "List the lines anew with `check --to-rule`, or leave the cells of a line as they were listed"
            yield Fault(row, heading, f"line {line} bears another name in the petition", remedy)


def _bare(name: str) -> pl.Expr:
    """Give the letters of a cell alone: whatever a spreadsheet does to blanks and signs is no other name."""
    return pl.col(name).fill_null("").str.to_lowercase().str.replace_all(r"[^\pL]", "")


def _cell_faults(frame: pl.DataFrame, roll: Roll) -> Iterator[Fault]:
    given = frame.filter(pl.col("voter_id").is_not_null())
    known = set(roll.voter_ids.filter(roll.voter_ids.is_in(given["voter_id"].implode()))) if given.height else set()
    for row, outcome, voter in frame.select("row", "outcome", "voter_id").iter_rows():
        if outcome is not None and outcome not in OUTCOMES:
            yield Fault(row, "outcome", "this is no outcome", f"Write {_any_of(OUTCOMES)}, or nothing")
        if voter is not None and voter not in known:
            remedy = "Give the voter's id as `roll find` prints it, or leave the cell empty"
            yield Fault(row, "voter_id", "no voter of the roll has this id", remedy)


def _order_faults(frame: pl.DataFrame, place: Mapping[str, int]) -> list[Fault]:
    """Tell a list of another seed or petition, where the file still says which place it gave each line."""
    stated = frame.filter(pl.col("order").is_not_null(), pl.col("id").is_in(list(place)))
    for row, line, order in stated.select("row", "id", "order").iter_rows():
        if order != str(place[line] + 1):
            what = f"line {line} is number {place[line] + 1:,} in the seed's order, and here it has another number"
            remedy = "These lines were drawn by another seed or from another petition; give that --seed and those lines"
            return [Fault(row, "order", what, remedy)]
    return []


def _gaps(frame: pl.DataFrame, drawn: Sequence[str], place: Mapping[str, int]) -> Iterator[Fault]:
    """Find the lines that have no ruling while later ones have."""
    rows = dict(frame.filter(pl.col("id").is_not_null()).select("id", "row").iter_rows())
    ruled = frame.filter(pl.col("outcome").is_not_null(), pl.col("id").is_in(list(place)))["id"]
    done = set(ruled)
    last = max((place[line] for line in done), default=-1)
    for at, line in enumerate(drawn[: last + 1]):
        if line not in done:
            what = f"line {line}, number {at + 1:,} in the seed's order, has no ruling, and later lines have one"
            remedy = "Rule it, or take the later rulings out; a choice among the lines would say nothing of the rest"
            yield Fault(rows.get(line), "outcome", what, remedy)


def _any_of(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
