"""A first look at a file of lines, before the record is told of it: what would come in, read as what, and no name.

What was taken in cannot be taken out again, so a wrong file, a right one read by wrong columns, and one that is in the
case already are seen here: in numbers, in the sheets that are missing, and in the shape of the first rows, in which
every letter of a name is an `a` and every digit a `9`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.casework.batch import Batch, read_batch
from ballotworthy.casework.room import Room
from ballotworthy.files.columns import plain_heading
from ballotworthy.files.digest import file_digest
from ballotworthy.office.first_look import shape
from ballotworthy.petition.lines import FIELDS
from ballotworthy.roll.fields import FIELDS as ROLL_FIELDS

SHOWN = 10
OPEN_FIELDS = frozenset({"sheet", "line", "signed_on", "county", "ward", "struck"})
"""Fields whose cells say nothing of who somebody is."""
MOST_MISSING = 20
OF_REGISTER = frozenset(
    plain_heading(name)
    for field in ("voter_id", "registration_date", "status", "status_date")
    for name in (field, *ROLL_FIELDS[field])
)
"""Headings, as `plain_heading` writes them, by which a voter file says who is registered."""
MARKS = ("blank", "struck", "removed")


def look_at_lines(room: Room, path: Path, *, name: str, **how: Any) -> dict[str, Any]:
    """Look at a file of lines as a batch of a case; `how` is what `read_batch` is told of it.

    Gives what a job can keep: text, numbers and lists, and nothing of a signer. `digest` is that of the file; `already`
    counts the lines whose sheet and number stand in the case.

    Raises:
        FileFaults, InputError: it cannot be read as a batch of this case.
    """
    batch = read_batch(room, path, name=name, **how)
    here = room.case().frame.at
    frame = batch.petition.frame
    fields = [field for field in FIELDS if field in frame.columns]
    few = frame.select(fields).head(SHOWN)
    marks = Counter(line[4].partition(":")[0] for line in batch.lines)
    return {
        "digest": file_digest(path),
        "batch": name,
        **batch.found,
        "already": sum(f"{line[0]}-{line[1]}" in here for line in batch.lines),
        "missing": missing_sheets({line[0] for line in batch.lines}),
        "marks": [[mark, marks[mark]] for mark in MARKS if marks[mark]],
        "strata": sorted(Counter(line[2] for line in batch.lines).items()),
        "days": _days(batch),
        "columns": [[field, str(batch.petition.columns.get(field, "")), _filled(frame[field])] for field in fields],
        "unused": list(batch.unused),
        "rows": [[_shown(field, cell) for field, cell in zip(fields, row, strict=True)] for row in few.iter_rows()],
        "remarks": list(batch.petition.remarks),
        "doubts": list(_doubts(batch)),
    }


def _doubts(batch: Batch) -> Iterator[str]:
    """Say what makes it likely that a file is not the petition: a register has columns that no petition has."""
    theirs = [heading for heading in batch.unused if plain_heading(heading) in OF_REGISTER]
    if len(theirs) > 1:
        yield f"Warning: columns such as {', '.join(theirs)} are those of a register. Is this file the petition?"
    if "sheet" not in batch.petition.columns and "line" not in batch.petition.columns:
        yield (
            "Warning: no column holds the numbers of sheets or lines. All lines would stand on sheet 1, numbered as "
            "the file has them, and nobody could find one on paper by its number."
        )


def missing_sheets(sheets: set[str]) -> str:
    """Say which numbers between the first sheet and the last are missing; "" where none is, or sheets bear no numbers.

    >>> missing_sheets({"1", "2", "5", "7"})
    '3, 4, 6'
    """
    if not sheets or not all(each.isascii() and each.isdigit() for each in sheets):
        return ""
    numbers = {int(each) for each in sheets}
    most = len(numbers) + MOST_MISSING  # a gap that is wider is none of missing sheets, but another way to number
    if max(numbers) - min(numbers) > 10 * most:
        return ""
    gone = sorted(set(range(min(numbers), max(numbers))) - numbers)
    more = f" and {len(gone) - MOST_MISSING:,} more" if len(gone) > MOST_MISSING else ""
    return ", ".join(map(str, gone[:MOST_MISSING])) + more


def unlike(look: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Tell whether other numbers were counted than the filer says, so that somebody must say why."""
    return any(said[f"{name}_promised"] not in (None, look[name]) for name in ("sheets", "lines"))


def _days(batch: Batch) -> Sequence[str]:
    """Give the first and the last day of signing; none where no line has one."""
    frame = batch.petition.frame
    if "signed_on" not in frame.columns or frame["signed_on"].null_count() == frame.height:
        return []
    return [str(frame["signed_on"].min()), str(frame["signed_on"].max())]


def _filled(cells: pl.Series) -> int:
    """Give how many lines have something in a field; of a mark, how many bear it."""
    return int(cells.sum()) if cells.dtype == pl.Boolean else len(cells) - cells.null_count()


def _shown(field: str, cell: object) -> str:
    if isinstance(cell, bool):
        return "×" if cell else ""
    return ("" if cell is None else str(cell)) if field in OPEN_FIELDS else shape(field, cell)
