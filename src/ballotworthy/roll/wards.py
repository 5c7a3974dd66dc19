"""Wards as the roll has them: the column that tells them, and their names made comparable."""

from __future__ import annotations

import polars as pl

from ballotworthy.files.columns import plain_heading
from ballotworthy.roll.snapshot import Roll

HEADINGS = ("ward", "ward_number", "ward_no")


def ward_column(roll: Roll) -> str | None:
    """Give the column of the roll's voters that holds their ward, None where there is none."""
    if plain_heading(roll.columns.get("district", "")) in HEADINGS:
        return "district"
    names = roll.voters.collect_schema().names()
    return next((each for each in HEADINGS if each in names), None)


def plain_districts(cells: pl.Series) -> pl.Series:
    """Give the last number in each cell, without zeros before it; where there is none, its letters in capitals.

    "Ward 3", "03" and "3" are one.
    """
    text = cells.cast(pl.String).fill_null("").str.to_uppercase()
    number = text.str.extract(r"(\d+)\D*$", 1).str.replace(r"^0+(\d)", "$1")
    return number.fill_null(text.str.replace_all(r"[^\p{L}]", ""))
