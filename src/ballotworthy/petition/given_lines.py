"""Lines as a caller hands them over: a file or a frame, and how its columns and days are to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.day_order import Order
from ballotworthy.files.tables import Table, given_table
from ballotworthy.petition.lines import FIELDS, LATEST, Petition, read_lines

Frame: TypeAlias = Any
"""A frame of Polars, pandas or Arrow: pandas and pyarrow are no packages that this one needs."""


@dataclass(frozen=True)
class Lines:
    """Lines of a petition before they are read for a purpose.

    Attributes:
        source: the file, or the frame in memory as a table.
        map: heading by field, such as `{"name": "Signature Name"}`.
        lenient: treat cells that are no day as empty instead of refusing the file.
        dates: the order of days and months, where the caller says it.
    """

    source: Path | Table
    map: Mapping[str, str] = field(default_factory=dict)
    lenient: bool = False
    dates: Order | None = None

    def read(self, latest: dt.date = LATEST, filed: dt.date | None = None, place: str | None = None) -> Petition:
        """Read them; see `petition.read_lines`."""
        return read_lines(
            self.source, latest=latest, given=self.map, lenient=self.lenient, filed=filed, place=place,
            order=self.dates,
        )  # fmt: skip

    def __repr__(self) -> str:
        """Give the file's name, or the size of the frame; no cell."""
        if isinstance(self.source, Table):
            return f"Lines({self.source.frame.height:,} rows in memory)"
        return f"Lines({str(self.source)!r})"


def lines_of(
    lines: str | PathLike[str] | Frame | Lines,
    *,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    lenient: bool = False,
    dates: Order | None = None,
) -> Lines:
    """Give lines from a path, or from a frame of Polars, pandas or Arrow; lines stay what they are.

    Args:
        lines: the file (CSV, Parquet, a spreadsheet), or a frame.
        map: which column holds a field, by either side: `{"Signature Name": "name"}` as `{"name": "Signature Name"}`.
        lenient: treat cells that are no day as empty instead of refusing them.
        dates: `month-first` or `day-first`; the cells decide if absent.

    Raises:
        InputError: it is neither a path nor a frame.
        FileFaults: a frame has no rows, or columns that are not plain.
    """
    if isinstance(lines, Lines):
        return lines
    source = Path(lines) if isinstance(lines, str | PathLike) else given_table(polars_of(lines))
    return Lines(source, by_field(map or {}), lenient, dates)


def polars_of(frame: Frame) -> pl.DataFrame:
    """Give a frame of Polars, pandas or Arrow as one of Polars.

    Raises:
        InputError: it is none.
    """
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame
    kind = f"{type(frame).__module__.partition('.')[0]}.{type(frame).__name__}"
    if kind == "pandas.DataFrame":
        cells = {str(name): frame[name].astype(object).where(frame[name].notna(), None) for name in frame.columns}
        return pl.DataFrame({name: pl.Series(column.to_list()) for name, column in cells.items()})
    if kind == "pyarrow.Table":
        return pl.DataFrame(frame.to_pydict())
    raise InputError(f"{kind} is no table. Give a path, or a frame of Polars, pandas or Arrow.")


def by_field(given: Mapping[str, str]) -> dict[str, str]:
    """Give headings by field, whichever side of each pair is the field; where both could be, the left one is."""
    return {
        (left if left in FIELDS or right not in FIELDS else right): (
            right if left in FIELDS or right not in FIELDS else left
        )
        for left, right in given.items()
    }
