"""Columns of days: read to dates in the order their own cells show, with a fault for each that is no day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault
from ballotworthy.files.day_order import Order
from ballotworthy.files.letters import letters_of
from ballotworthy.files.tables import Table
from ballotworthy.files.written_days import Near, Readings, readings

DAY_FIELDS = ("birth_date", "registration_date", "status_date", "signed_on", "of_age_on", "first_registered")
FORGIVEN = ("first_registered",)
"""Fields whose cells only speak for somebody: one that is no day is as good as none."""
YEAR_FIELDS = ("birth_year",)
DAY_FIRST = ("ca-bc", "ch", "eu", "it", "nz")
"""Places where people write the day before the month; in places of the United States they write the month first."""
AHEAD = dt.timedelta(days=6 * 366)
"""How long before they come of age people stand on a register."""
FEW = 10
"""Cells that show one order are slips where those that show the other are this many times as many."""
REMEDY = (
    "Write the day as YYYY-MM-DD with four digits for the year, leave the cell empty, "
    "or pass --lenient to treat all such cells as empty"
)


@dataclass(frozen=True)
class Reading:
    """How days are to be read.

    Attributes:
        earliest, latest: the first year and the last day that can stand in a file.
        option: what moves `latest` on the command line.
        order: what the user says, or None: the cells of each column decide, or else those of the others.
        custom: the order where no cell decides; None where neither is the custom.
        filed: by which years that are not written out are understood, in `signed_on` alone; None refuses them.
    """

    earliest: int
    latest: dt.date
    option: str = ""
    order: Order | None = None
    custom: Order | None = None
    filed: dt.date | None = None


@dataclass(frozen=True)
class Days:
    """A column of days.

    Attributes:
        days: the dates, null where empty or at fault.
        other: for cells that nothing tells the order of, what they mean in the other one; null for all others.
        faults, total: the first faults, and how many there are.
        order: the order the cells show, None where none does.
        told: how many cells could be read in either order while nothing in the column says which.
    """

    days: pl.Series
    other: pl.Series
    faults: list[Fault]
    total: int
    order: Order | None
    told: int


@dataclass(frozen=True)
class DayColumns:
    """The frame with its days as dates, the faults of all columns, and what is to be said of their order.

    `orders` is that in which each field was read, where a cell of the file or the user tells it.
    """

    frame: pl.DataFrame
    faults: list[Fault]
    total: int
    remarks: tuple[str, ...]
    orders: Mapping[str, Order]


def typed_day(text: str, name: str, how: Reading) -> dt.date | None:
    """Give the day that one cell of a field means, None where it is none, or may be either of two.

    `how.order` is that of the column; without one a day in figures that can be read in both orders is not guessed.
    """
    how = _for(name, how)
    days = read_days(pl.Series(name, [text], dtype=pl.String), np.zeros(1, np.int64), name, how)
    day: dt.date | None = days.days[0]
    return None if days.told else day


def custom_of(place: str | None) -> Order | None:
    """Give the order in which people of a place write days, None where that is not known."""
    if place is None:
        return None
    return "month-first" if place.startswith("us-") else "day-first" if place in DAY_FIRST else None


def read_day_columns(frame: pl.DataFrame, table: Table, columns: Mapping[str, str], how: Reading) -> DayColumns:
    """Turn the day and year columns among `frame` into dates and whole numbers, gathering their faults.

    `columns` tells the heading of each field, for the messages. A column none of whose cells tells its order is
    read as the others of the file; where none of them does, by custom; without custom month first, and `signed_or`
    then holds what the days of signing are when the day stands first.
    """
    faults: list[Fault] = []
    remarks: list[str] = []
    total = 0
    orders: dict[str, Order] = {}
    read = {
        field: read_days(frame[field], table.lines, columns[field], _for(field, how))
        for field in DAY_FIELDS
        if field in frame.columns
    }
    shown = {found.order for found in read.values()} - {None}
    pooled = shown.pop() if len(shown) == 1 else None
    for field, first in read.items():
        found = first
        if first.told and pooled:
            found = read_days(frame[field], table.lines, columns[field], replace(_for(field, how), order=pooled))
        frame = frame.with_columns(found.days)
        if field not in FORGIVEN:
            faults, total = faults + found.faults, total + found.total
        if found.told:
            remarks.append(_remark(columns[field], found.told, how.custom))
            if field == "signed_on" and how.custom is None:
                frame = frame.with_columns(found.other.alias("signed_or"))
        if found.order:
            orders[field] = found.order
    for field in YEAR_FIELDS:
        if field in frame.columns:
            years, some, count = read_years(frame[field], table.lines, columns[field], how.earliest, how.latest.year)
            frame, faults, total = frame.with_columns(years), faults + some, total + count
    return DayColumns(frame, faults, total, tuple(remarks), orders)


def _for(field: str, how: Reading) -> Reading:
    if field == "of_age_on":
        return replace(how, filed=None, latest=how.latest + AHEAD, option="")
    return how if field == "signed_on" else replace(how, filed=None)


def _remark(heading: str, count: int, custom: Order | None) -> str:
    cells = "1 day" if count == 1 else f"{count:,} days"
    words = f"{cells} in {heading} may be read month first or day first, and no cell of the file tells which"
    if custom:
        return f"{words}: read {custom.replace('-', ' ')}, as is the custom there. --dates says otherwise."
    return f"{words}: say so with --dates month-first or --dates day-first."


def read_days(cells: pl.Series, lines: np.ndarray, column: str, how: Reading) -> Days:
    """Give the days of a text column, null where empty or at fault, and the first faults.

    The form YYYY-MM-DD is read at once, each other spelling once. Years lie between `earliest` and the day
    `latest`, which the user may move by `option`.
    """
    usual = _usual(cells)
    left = usual.is_null() & cells.is_not_null()
    near = Near(how.filed, how.latest) if how.filed else None
    counts = dict(cells.filter(left).value_counts().iter_rows()) if left.any() else {}
    read = {text: readings(text, near) for text in counts}
    order = how.order or _order(read, counts, how)
    chosen = {text: _chosen(each, order, how) for text, each in read.items()}
    other = {text: each.day_first for text, each in read.items() if order is None and _doubtful(each, how)}
    days = usual.fill_null(_looked_up(cells, chosen)) if read else usual
    outside = days.is_not_null() & ((days < dt.date(how.earliest, 1, 1)) | (days > how.latest))
    bad = (cells.is_not_null() & days.is_null()) | outside.fill_null(value=False)
    rows = bad.arg_true().to_numpy()
    faults = [
        Fault(int(lines[at]), column, *_fault(cells[at], days[at], read.get(cells[at], Readings()), order, how))
        for at in rows[:SHOWN].tolist()
    ]
    kept = pl.select(pl.when(~bad).then(days).alias(cells.name)).to_series()
    return Days(
        kept, _looked_up(cells, other), faults, len(rows), None if order == "mixed" else order,
        sum(counts[text] for text in other),
    )  # fmt: skip


def _usual(cells: pl.Series) -> pl.Series:
    from ballotworthy.files.usual_days import NO_DAY, read_usual  # here, since other verbs need not wait for Numba

    letters = letters_of(cells)
    numbers = np.empty(len(cells), np.int32)
    read_usual(letters.text, letters.starts, numbers)
    return pl.Series(cells.name, numbers).replace(NO_DAY, None).cast(pl.Date)


def _looked_up(cells: pl.Series, days: Mapping[str, dt.date | None]) -> pl.Series:
    if not days:
        return pl.Series(cells.name, [None], dtype=pl.Date).new_from_index(0, len(cells))
    return cells.replace_strict(dict(days), default=None, return_dtype=pl.Date)


def _order(read: Mapping[str, Readings], counts: Mapping[str, int], how: Reading) -> Order | Literal["mixed"] | None:
    """Give the order that the cells show which are a day in one order only; slips apart, "mixed" where both occur."""
    last = how.filed or how.latest
    month = sum(counts[text] for text, each in read.items() if _fits(each.month_first, how, last)
                and not _fits(each.day_first, how, last))  # fmt: skip
    day = sum(counts[text] for text, each in read.items() if _fits(each.day_first, how, last)
              and not _fits(each.month_first, how, last))  # fmt: skip
    if min(month, day) * FEW > max(month, day):
        return "mixed"
    return "month-first" if month > day else "day-first" if day > month else None


def _fits(day: dt.date | None, how: Reading, last: dt.date) -> bool:
    return day is not None and how.earliest <= day.year and day <= last


def _doubtful(each: Readings, how: Reading) -> bool:
    """Tell whether a cell is a day in either order, and not the same one."""
    one, two = each.month_first, each.day_first
    return one != two and _fits(one, how, how.latest) and _fits(two, how, how.latest)


def _chosen(each: Readings, order: Order | Literal["mixed"] | None, how: Reading) -> dt.date | None:
    if order == "mixed":
        return None if _doubtful(each, how) else each.month_first or each.day_first
    if (order or how.custom) == "day-first":
        return each.day_first
    return each.month_first


def _fault(
    text: str, day: dt.date | None, each: Readings, order: Order | Literal["mixed"] | None, how: Reading
) -> tuple[str, str]:
    """Give what is wrong with a cell, and what to do; the cell itself is a person's and is not said."""
    if day is not None and day.year < how.earliest:
        return f"the day there lies before {how.earliest}", REMEDY
    if day is not None:
        words = f"the day there lies after {how.latest.isoformat()}"
        return words, f"Give a later {how.option} if it is too early, or w{REMEDY[1:]}" if how.option else REMEDY
    if order == "mixed" and _doubtful(each, how):
        words = "the day there is one day month first and another day first, and the column has days of both orders"
        return words, f"Say which is meant with --dates month-first or --dates day-first, or w{REMEDY[1:]}"
    if order and order != "mixed" and (each.month_first or each.day_first):
        read = order.replace("-", " ")
        return f"the text there is not a day of the calendar read {read}, as the others of the column are", REMEDY
    two_digits = re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|\d{2}", text)
    if two_digits or readings(text, Near(how.latest, how.latest)) != Readings():
        return "the day there has no year of four digits, and may be of this century or the last", REMEDY
    if re.fullmatch(r"[1-6]\d{4}(?:\.\d+)?", text):
        words = "the number there seems to be a spreadsheet's count of days and not a day of the calendar"
        return words, f"Format the column as dates in the spreadsheet and save it again, or w{REMEDY[1:]}"
    return "the text there is not a day of the calendar", REMEDY


def read_years(
    cells: pl.Series, lines: np.ndarray, column: str, earliest: int, latest: int
) -> tuple[pl.Series, list[Fault], int]:
    """Give years as whole numbers, null where empty or at fault, the first faults, and how many there are."""
    years = cells.str.extract(r"^([0-9]{4})(?:\.0)?$", 1).cast(pl.Int32).rename(cells.name)
    bad = (cells.is_not_null() & years.is_null()) | ~years.is_between(earliest, latest).fill_null(value=True)
    rows = bad.arg_true().to_numpy()
    what = f"the year is not a whole number from {earliest} to {latest}"
    remedy = "Write it with four digits, leave the cell empty, or pass --lenient to treat all such cells as empty"
    faults = [Fault(int(lines[at]), column, what, remedy) for at in rows[:SHOWN]]
    return pl.select(pl.when(~bad).then(years).alias(cells.name)).to_series(), faults, len(rows)
