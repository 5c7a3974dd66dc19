"""Whether days such as 03/02/1980 are written month first or day first: told, or seen from the days themselves.

One file is written in one order. A day that can only be read one way (31/12/2017) decides for all its columns; where
none does, the order is that of the place's country, and without a place months come first, which is then said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from ballotworthy.errors import Fault, UnknownName

MONTH_FIRST, DAY_FIRST = "month-first", "day-first"
ORDERS = (MONTH_FIRST, DAY_FIRST)
COUNTRIES: Mapping[str, str] = {
    "us": MONTH_FIRST, "zz": MONTH_FIRST, "nz": DAY_FIRST, "it": DAY_FIRST, "ch": DAY_FIRST, "eu": DAY_FIRST,
}  # fmt: skip
"""How a country writes days in figures: Unicode CLDR, short date patterns (en-US, en-NZ, it, de-CH). Canada has no one
way (en-CA is year first, but either is met), so it is not here."""
EITHER = r"^\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\b"
TURNED = r"^\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})"
LOOKED_AT = 1_000


@dataclass(frozen=True)
class DayOrder:
    """How the days of a file are read.

    Attributes:
        order: one of `ORDERS`.
        given: whether the user, the place or the register says so.
        open: columns in which days could be read either way and none tells which.
        against: number of different days that can only be read in the other order.
    """

    order: str
    given: bool
    open: tuple[str, ...]
    against: int = 0

    def faults(self, days: int) -> list[Fault]:
        """Say, where days could not be read, that the order may be the wrong one; it adds nothing to their number."""
        if not days or not self.against:
            return []
        other = DAY_FIRST if self.order == MONTH_FIRST else MONTH_FIRST
        what = f"{self.against:,} different days of the file can only be {other}, and it was read {self.order}"
        return [Fault(None, None, what, f"If the file writes them so, say --days {other}")]


def order_of_days(columns: Mapping[str, pl.Series], told: Iterable[str | None]) -> DayOrder:
    """Give the order of a file's days.

    Args:
        columns: text cells by heading.
        told: orders from the user, the register, the place; the first that is not None counts.
    """
    said = next((order for order in told if order), None)
    found = {heading: _counts(cells) for heading, cells in columns.items()}
    months, days = sum(each[0] for each in found.values()), sum(each[1] for each in found.values())
    order = said or (MONTH_FIRST if months >= days else DAY_FIRST)
    undecided = () if said or months or days else tuple(heading for heading, each in found.items() if each[2])
    return DayOrder(order, said is not None, undecided, days if order == MONTH_FIRST else months)


def _counts(cells: pl.Series) -> tuple[int, int, int]:
    """Count the different days that can only be month first, only day first, and either."""
    some = cells.drop_nulls().head(LOOKED_AT)
    if not some.str.contains(EITHER).any():
        return 0, 0, 0
    parts = cells.unique().str.extract_groups(EITHER).struct.unnest().cast(pl.Int32, strict=False).drop_nulls()
    first, second = parts.to_series(0), parts.to_series(1)
    low_first, low_second = first.is_between(1, 12), second.is_between(1, 12)
    return (
        int((low_first & (second > 12)).sum()),
        int((low_second & (first > 12)).sum()),
        int((low_first & low_second & (first != second)).sum()),
    )


def asked_order(text: str | None) -> str | None:
    """Read `--days`.

    Raises:
        UnknownName: it is none of `ORDERS`.
    """
    if text is not None and text not in ORDERS:
        raise UnknownName("order of days", text, ORDERS)
    return text


def country_order(place: str | None) -> str | None:
    """Give the order in which a place's country writes days; None where it is not known."""
    return COUNTRIES.get(place.split("-")[0]) if place else None


def month_first(cells: pl.Series, order: str) -> pl.Series:
    """Give cells in which figures that come day first are put year first; all others stay."""
    if order == MONTH_FIRST:
        return cells
    turned = cells.str.replace(TURNED, "${3}-${2}-${1}")
    return turned.str.replace(r"^\s*(\d\d)(\d\d)((?:18|19|20)\d\d)\s*$", "${3}-${2}-${1}")
