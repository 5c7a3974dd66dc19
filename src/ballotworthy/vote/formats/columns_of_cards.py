"""Cards from columns: the record's columns cleaned, checked and put in order, for formats that are tables."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.vote.cards import SCHEMA

ONCE = "One card has one record: remove the second, or export again"
GUARD = r'^="(.*)"$'


def plain(column: str, *, clean: bool = False) -> pl.Expr:
    """Give a text column without blanks around and without guards against Excel; an empty cell is null.

    Args:
        column: its name.
        clean: whether the file is known to hold neither, which saves seconds on a million rows.
    """
    if clean:
        return pl.when(pl.col(column) != "").then(pl.col(column)).alias(column)
    cells = pl.col(column).str.strip_chars().str.replace(GUARD, "${1}").str.strip_chars()
    return pl.when(cells != "").then(cells).alias(column)


def records(file: str, read: pl.DataFrame, named: Mapping[str, str]) -> pl.DataFrame:
    """Give the columns of `Cards.frame`.

    Args:
        file: for messages.
        read: columns of `SCHEMA` as far as they are there, `id` among them, and `line`.
        named: heading by column, for messages.

    Raises:
        FileFaults: an id is missing or stands twice.
    """
    empty = read.filter(pl.col("id").is_null())["line"]
    if len(empty):
        what, remedy = "the cell is empty", "Every record names its card"
        faults = [Fault(line, named["id"], what, remedy) for line in empty[:SHOWN].to_list()]
        raise FileFaults(file, faults, len(empty))
    twice = read["id"].is_duplicated()
    if twice.any():
        again = read.filter(twice)
        first = dict(zip(again["id"].reverse(), again["line"].reverse(), strict=True))
        faults = [
            Fault(line, named["id"], f"the record of line {first[card]} stands here again", ONCE)
            for card, line in again.select("id", "line").iter_rows()
            if first[card] != line
        ]
        raise FileFaults(file, faults, len(faults))
    if "ballot" not in read.columns:
        read = read.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("ballot"))
    absent = [pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name not in read.columns]
    return read.with_columns(absent).select(list(SCHEMA))
