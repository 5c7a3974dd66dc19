"""Years of birth that stand in a column of birth dates, as in registers that give no more than the year."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

YEAR = r"^\d{4}(?:\.0)?$"


def years_apart(frame: pl.DataFrame, columns: Mapping[str, str]) -> tuple[pl.DataFrame, dict[str, str], int]:
    """Take years out of `birth_date` into `birth_year`; give frame, columns, and the number of cells that held years.

    A column of nothing but years is one of birth years, and no column of birth dates remains.
    """
    found = dict(columns)
    if "birth_date" not in columns:
        return frame, found, 0
    cells = frame["birth_date"]
    is_year = cells.str.contains(YEAR).fill_null(value=False)
    count = int(is_year.sum())
    if not count:
        return frame, found, 0
    years = pl.select(pl.when(is_year).then(cells)).to_series().alias("birth_year")
    if "birth_year" in columns:
        years = frame["birth_year"].zip_with(frame["birth_year"].is_not_null(), years)
    frame = frame.with_columns(years)
    if count == len(cells) - cells.null_count():
        heading = found.pop("birth_date")
        return frame.drop("birth_date"), {"birth_year": heading} | found, count
    days = pl.select(pl.when(~is_year).then(cells)).to_series().alias("birth_date")
    return frame.with_columns(days), {"birth_year": columns["birth_date"]} | found, count
