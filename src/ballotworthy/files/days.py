"""Days as people write them: read to dates, with a fault for each that is no day of the calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault
from ballotworthy.files.letters import letters_of
from ballotworthy.files.tables import Table

DAY_FIELDS = ("birth_date", "registration_date", "status_date", "signed_on")
YEAR_FIELDS = ("birth_year",)
FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%m%d%Y", "%Y/%m/%d", "%m-%d-%Y", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y",
           "%B %d, %Y")  # fmt: skip
REMEDY = (
    "Write the day as YYYY-MM-DD with four digits for the year, leave the cell empty, "
    "or pass --lenient to treat all such cells as empty"
)


def read_day_columns(
    frame: pl.DataFrame, table: Table, columns: Mapping[str, str], *, earliest: int, latest: dt.date, option: str = ""
) -> tuple[pl.DataFrame, list[Fault], int]:
    """Turn the day and year columns among `frame` into dates and whole numbers, gathering their faults.

    `columns` tells the heading of each field, for the messages; gives the frame, the first faults of each
    column, and the number of all. `option` moves `latest` on the command line.
    """
    faults: list[Fault] = []
    total = 0
    for field in DAY_FIELDS:
        if field in frame.columns:
            days, found, count = read_days(
                frame[field], table.lines, columns[field], earliest=earliest, latest=latest, option=option
            )
            frame, faults, total = frame.with_columns(days), faults + found, total + count
    for field in YEAR_FIELDS:
        if field in frame.columns:
            years, found, count = read_years(frame[field], table.lines, columns[field], earliest, latest.year)
            frame, faults, total = frame.with_columns(years), faults + found, total + count
    return frame, faults, total


def read_days(
    cells: pl.Series, lines: np.ndarray, column: str, *, earliest: int, latest: dt.date, option: str = ""
) -> tuple[pl.Series, list[Fault], int]:
    """Give the days of a text column, null where empty or at fault, the first faults, and how many there are.

    A time of day after the date is passed over. Years must have four digits and lie between `earliest` and
    the day `latest`, which the user may move by `option`.
    """
    days = _days(cells)
    outside = days.is_not_null() & ((days < dt.date(earliest, 1, 1)) | (days > latest))
    bad = (cells.is_not_null() & days.is_null()) | outside.fill_null(value=False)
    rows = bad.arg_true().to_numpy()
    faults = [
        Fault(
            int(lines[at]),
            column,
            _why(cells[int(at)], days[int(at)], earliest, latest),
            _remedy(days[int(at)], latest, option),
        )
        for at in rows[:SHOWN]
    ]
    return pl.select(pl.when(~bad).then(days).alias(cells.name)).to_series(), faults, len(rows)


def _days(cells: pl.Series) -> pl.Series:
    """Read the usual form at once, and each other spelling once."""
    from ballotworthy.files.usual_days import NO_DAY, read_usual  # here, since other verbs need not wait for Numba

    letters = letters_of(cells)
    numbers = np.empty(len(cells), np.int32)
    read_usual(letters.text, letters.starts, numbers)
    usual = pl.Series(cells.name, numbers).replace(NO_DAY, None).cast(pl.Date)
    other = usual.is_null() & cells.is_not_null()
    if not other.any():
        return usual
    spellings = cells.filter(other).unique()
    return usual.fill_null(cells.replace_strict(spellings, _read_any(spellings), default=None, return_dtype=pl.Date))


def _read_any(cells: pl.Series) -> pl.Series:
    """Give the days of cells in any of `FORMATS`, null where there is none."""
    head = cells.str.replace(r"[ T]\d{1,2}:\d{2}.*$", "")
    head = head.str.replace(r"^(\d)/", "0$1/").str.replace(r"/(\d)/", "/0$1/")
    days = pl.Series(cells.name, [None], dtype=pl.Date).new_from_index(0, len(cells))
    for form in FORMATS:
        if days.null_count() > cells.null_count():
            days = pl.select(pl.coalesce(days, _strict(head, form))).to_series()
    return days


def _remedy(day: dt.date | None, latest: dt.date, option: str) -> str:
    return f"Give a later {option} if it is too early, or w{REMEDY[1:]}" if option and day and day > latest else REMEDY


def _strict(cells: pl.Series, form: str) -> pl.Expr:
    shape = {
        "%Y-%m-%d": r"^\d{4}-\d{1,2}-\d{1,2}$",
        "%m/%d/%Y": r"^\d{1,2}/\d{1,2}/\d{4}$",
        "%Y%m%d": r"^\d{8}$",
        "%m%d%Y": r"^[01]\d{7}$",
    }
    fits = pl.lit(cells).str.contains(shape.get(form, r"\d{4}"))
    return pl.when(fits).then(pl.lit(cells)).str.to_date(form, strict=False, exact=True)


def _why(text: str, day: dt.date | None, earliest: int, latest: dt.date) -> str:
    if day is not None:
        return f"{text} lies before {earliest}" if day.year < earliest else f"{text} lies after {latest.isoformat()}"
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|\d{2}", text):
        return f"{text!r} has a year of two digits, which may be of this century or the last"
    shown = repr(text) if re.fullmatch(r"[\d\s/.,:+-]+", text, re.ASCII) else "the text there"
    return f"{shown} is not a day of the calendar"


def read_years(
    cells: pl.Series, lines: np.ndarray, column: str, earliest: int, latest: int
) -> tuple[pl.Series, list[Fault], int]:
    """Give years as whole numbers, null where empty or at fault, the first faults, and how many there are."""
    years = cells.str.extract(r"^(\d{4})(?:\.0)?$", 1).cast(pl.Int32).rename(cells.name)
    bad = (cells.is_not_null() & years.is_null()) | ~years.is_between(earliest, latest).fill_null(value=True)
    rows = bad.arg_true().to_numpy()
    what = f"the year is not a whole number from {earliest} to {latest}"
    remedy = "Write it with four digits, leave the cell empty, or pass --lenient to treat all such cells as empty"
    faults = [Fault(int(lines[at]), column, what, remedy) for at in rows[:SHOWN]]
    return pl.select(pl.when(~bad).then(years).alias(cells.name)).to_series(), faults, len(rows)
