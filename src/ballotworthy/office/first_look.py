"""A first look at a snapshot of the register, before the record is told of it: what was read as what, and no name.

A wrong file, or a right one read by wrong columns, is seen here at once: in how many voters a field is filled, in
their standing, and in the shape of a few of their cells, in which every letter is an `a` and every digit a `9`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.roll.snapshot import MARKER, Roll, open_roll
from ballotworthy.safe_text import shape_of

SHOWN, LETTERS_SHOWN = 5, 60
OPEN_FIELDS = ("status",)
"""Fields whose cells say nothing of who somebody is."""
NONE = "without a status"


@dataclass(frozen=True)
class Column:
    """A field: the heading it was read from, how many voters have something in it, and the shape of a few cells."""

    field: str
    heading: str
    filled: int
    shapes: Sequence[str]


@dataclass(frozen=True)
class FirstLook:
    """What a snapshot holds, without a name; `seen` is the digest of what it says of itself (`seen_of`)."""

    roll: Roll
    seen: str
    columns: Sequence[Column]
    statuses: Mapping[str, int]


def look_at(snapshot: Path) -> FirstLook:
    """Look at a snapshot.

    Raises:
        InputError, FileFaults: there is none, or a part of it is missing.
    """
    roll = open_roll(snapshot)
    names = roll.voters.collect_schema().names()
    filled = roll.voters.select(pl.all().count()).collect().row(0, named=True)
    few = roll.voters.head(SHOWN).collect()
    columns = [
        Column(field, str(roll.columns.get(field, "")), filled[field], [shape(field, cell) for cell in few[field]])
        for field in names
        if filled[field]
    ]
    return FirstLook(roll, seen_of(snapshot), columns, _statuses(roll) if "status" in names else {})


def seen_of(snapshot: Path) -> str:
    """Give the digest of what a snapshot says of itself; another one, or one built anew, has another."""
    return hashlib.sha256((snapshot / MARKER).read_bytes()).hexdigest()


def shape(field: str, cell: object) -> str:
    """Give a cell's shape: letters as `a` and `A`, digits as `9`, all else as it is."""
    if cell is None:
        return ""
    text = str(cell) if len(str(cell)) <= LETTERS_SHOWN else f"{str(cell)[:LETTERS_SHOWN]}…"
    return text if field in OPEN_FIELDS else shape_of(text)


def _statuses(roll: Roll) -> dict[str, int]:
    counted = roll.voters.group_by("status").len().sort("len", "status", descending=[True, False]).collect()
    return {status or NONE: count for status, count in counted.iter_rows()}
