"""Zip codes that a spreadsheet took for numbers: 9.5249E+04 and 95,249 are 95249; of 9.52E+04 digits are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from ballotworthy.files.quantities import quantity

SHORTENED = r"^(\d)(?:[.,](\d+))?[Ee]\+?0*(\d+)$"
GROUPED = r"^\d{1,3}(?:,\d{3})+(?:\.0+)?$"


def zip_digits(cells: pl.Series) -> pl.Series:
    """Give the cells with such numbers as their digits, and as empty where digits are lost; all others as they are."""
    rows = cells.str.contains(rf"{SHORTENED}|{GROUPED}").fill_null(value=False).arg_true()
    if not len(rows):
        return cells
    return cells.scatter(rows, pl.Series([_digits(cell) for cell in cells.gather(rows)], dtype=pl.String))


def rounded_told(cells: pl.Series) -> Iterator[str]:
    """Tell how many zip codes have lost digits."""
    shortened = cells.filter(cells.str.contains(SHORTENED).fill_null(value=False))
    if lost := sum(_digits(cell) is None for cell in shortened):
        yield (
            f"Warning: {quantity(lost, 'zip code')} rounded by a spreadsheet, such as 9.52E+04: read as none. Export "
            "the column again as text."
        )


def _digits(cell: str) -> str | None:
    """Give all digits of a number, None where some were rounded away."""
    short = re.match(SHORTENED, cell)
    if short is None:
        return cell.partition(".")[0].replace(",", "")
    one, more, places = short[1], short[2] or "", int(short[3])
    return one + more if len(more) == places else None
