"""Series that have days, as CSV and as iCalendar: the same rows in both."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.files.formulas import neutral_text
from ballotworthy.files.icalendar import Event, calendar_text
from ballotworthy.files.spans import Span

Cell = str | int | float | None


@dataclass(frozen=True)
class DatedRow:
    """One row of a series.

    Attributes:
        day: the day, the last one that it can be.
        cells: the other columns by heading.
        when: all the days that it can be, where it is not one.
        title, text, url: of the calendar's entry; a row without a title is a point of a curve and is in no calendar.
    """

    day: dt.date
    cells: Mapping[str, Cell]
    when: Span | None = None
    title: str = ""
    text: str = ""
    url: str = ""


def csv_text(rows: Sequence[DatedRow]) -> str:
    """Give rows as CSV: `day`, `within` (the days that it can be, where not one), then every heading used."""
    headings = list(dict.fromkeys(name for row in rows for name in row.cells))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["day", "within", *headings])
    for row in rows:
        table.writerow([row.day, _open(row), *(_written(row.cells.get(name)) for name in headings)])
    return out.getvalue()


def _written(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return neutral_text(cell)
    return "" if cell is None else cell


def ics_text(rows: Sequence[DatedRow], name: str) -> str:
    """Give the rows that have a title as an iCalendar; a day that is not exact says so in the entry's text."""
    listed = sorted((row for row in rows if row.title), key=lambda row: (row.day, row.title))
    events = [
        Event(
            row.day, row.title, f"{row.text} (the day is not exact: {_open(row)})" if _open(row) else row.text, row.url
        )
        for row in listed
    ]
    return calendar_text(events, max((row.day for row in listed), default=dt.date(1970, 1, 1)), name)


def write_csv(rows: Sequence[DatedRow], path: Path | None) -> None:
    """Write rows as CSV, whole or not at all; nothing without a path."""
    if path:
        from ballotworthy.files.whole import whole_file  # Polars behind it is slow to load

        with whole_file(path) as place:
            place.write_text(csv_text(rows), "utf-8")


def write_ics(rows: Sequence[DatedRow], path: Path | None, name: str) -> None:
    """Write rows as an iCalendar called `name`, whole or not at all; nothing without a path."""
    if path:
        from ballotworthy.files.whole import whole_file  # Polars behind it is slow to load

        with whole_file(path) as place:
            place.write_bytes(ics_text(rows, name).encode())


def _open(row: DatedRow) -> str:
    return "" if row.when is None or row.when.first == row.when.last else str(row.when)
