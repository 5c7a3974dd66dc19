"""The further column of lines and roll, read as its comparison says: one cell a line, one a voter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults, InputError
from ballotworthy.files.columns import find_columns, headings_told, plain_heading
from ballotworthy.files.days import Reading, read_days
from ballotworthy.files.distinct import repeats
from ballotworthy.files.tables import Table
from ballotworthy.match.further.model import Further
from ballotworthy.petition import Petition, line_ids
from ballotworthy.roll import Roll
from ballotworthy.roll.fields import FIELDS

OLDEST, LATEST = 1880, dt.date(2098, 12, 31)
COMPARED = ("name", "first_name", "middle_name", "last_name", "suffix", "house_number", "pre_direction", "street_name",
            "street_type", "post_direction", "unit", "address", "city", "zip", "birth_date", "birth_year")  # fmt: skip
"""Fields of a line that are compared already: to weigh one of them again would count it twice."""


@dataclass(frozen=True)
class FurtherColumn:
    """A comparison with its cells as they are read, null where there is nothing to compare.

    Attributes:
        further: the comparison.
        lines: one a line; voters: one a voter of the roll, in its order. Text, or dates.
    """

    further: Further
    lines: pl.Series
    voters: pl.Series


def further_columns(further: Further, petition: Petition, roll: Roll, voters: Table) -> FurtherColumn:
    """Read the column of a comparison.

    Args:
        further: the comparison.
        petition: the lines as read.
        roll: the snapshot.
        voters: a table with the voter's id and the further column: the voter file, or another.

    Raises:
        InputError: the lines have no such column, or it is compared already; no voter of the table is on the roll.
        FileFaults: the table lacks a column, gives a voter twice, or a cell is no day.
    """
    heading = _heading(further.lines, petition.given.columns)
    if heading is None:
        raise InputError(
            f"the lines have no column {further.lines!r} to compare {further.name}. "
            f"{headings_told(petition.given.columns)}. Name it in the comparison's file: lines = ..."
        )
    taken = next((field for field in COMPARED if petition.columns.get(field) == heading), None)
    if taken:
        raise InputError(f"{heading!r} of the lines is read as {taken} and compared already: it would count twice.")
    ids = line_ids(petition.frame)
    mine = _read(further, petition.given[heading], f"the column {heading!r} of the lines", ids)
    return FurtherColumn(further, mine, _of_voters(further, roll, voters))


def _of_voters(further: Further, roll: Roll, table: Table) -> pl.Series:
    headings = table.frame.columns
    heading = _heading(further.roll, headings)
    if "voter_id" not in roll.columns:
        raise InputError(f"{roll.path} has no voter ids of its own, by which {further.name} could be looked up.")
    known = roll.columns["voter_id"]
    voter_id = known if known in headings else find_columns(table.path, headings, _IDS, {}).get("voter_id")
    lacking = {"voter_id": voter_id, further.roll: heading}
    faults = [
        Fault(1, name, "there is no such column", f"{headings_told(headings)}. It is needed to compare {further.name}")
        for name, found in lacking.items()
        if found is None
    ]
    if voter_id is None or heading is None:
        raise FileFaults(str(table.path), faults)
    ids = table.frame[voter_id]
    twice = repeats(ids)
    if len(twice):
        remedy = "Give each voter once"
        faults = [Fault(int(table.lines[at]), voter_id, "this voter stands twice", remedy) for at in twice[:SHOWN]]
        raise FileFaults(str(table.path), faults, len(twice))
    lines = pl.Series([f"line {at}" for at in table.lines]) if further.reads == "date" else ids
    cells = _read(further, table.frame[heading], f"the column {heading!r} of {table.path}", lines)
    told = pl.DataFrame({"id": ids, "cell": cells}).filter(pl.col("id").is_not_null())
    found = pl.DataFrame({"id": roll.voter_ids}).join(
        told.with_columns(there=True), on="id", how="left", maintain_order="left"
    )
    if not found["there"].any():
        raise InputError(f"no voter of {table.path} is on {roll.path}. Give the voter file that it was built from.")
    return found["cell"]


_IDS = {"voter_id": FIELDS["voter_id"]}


def _heading(name: str, headings: list[str]) -> str | None:
    """Give the heading of that name, or the one that is the same but for capitals and signs."""
    if name in headings:
        return name
    return next((heading for heading in headings if plain_heading(heading) == plain_heading(name)), None)


def _read(further: Further, cells: pl.Series, where: str, ids: pl.Series) -> pl.Series:
    cells = cells.cast(pl.String)
    if further.reads == "date":
        return _days(further, cells, where, ids)
    kept = cells.str.normalize("NFKC").str.to_lowercase()
    kept = kept.str.replace_all(r"[^0-9]" if further.reads == "digits" else r"[^\p{L}\p{N}]", "")
    if further.last:
        kept = kept.str.tail(further.last)
    return kept.replace("", None)


def _days(further: Further, cells: pl.Series, where: str, ids: pl.Series) -> pl.Series:
    rows = np.arange(len(cells))
    found = read_days(cells, rows, further.name, Reading(OLDEST, LATEST, order=further.dates))
    if found.total:
        first = ids[found.faults[0].line or 0]
        raise InputError(
            f"{found.total:,} cells in {where} are no day, the first at {first}. Write days as YYYY-MM-DD."
        )
    if found.told:
        raise InputError(
            f"{found.told:,} days in {where} may be read month first or day first. "
            'Say which in the comparison\'s file: dates = "month-first" or "day-first".'
        )
    return found.days
