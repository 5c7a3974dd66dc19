"""Frames in memory, of Polars, pandas or Arrow, as frames of Polars: every column kept, no cell told in an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from ballotworthy.errors import Fault, FileFaults, InputError

Frame: TypeAlias = Any
"""A frame of Polars, pandas or Arrow: pandas and pyarrow are no packages that this one needs."""

NAME = "the frame given"
PLAIN = (str, bool, int, float, Decimal, dt.date, dt.time)
NOT_PLAIN = "it holds cells that are no plain text, number or day", "Give a column of plain cells, or leave it out"
TWICE = "two columns have this name", "Rename one of them, so that it is known which is meant"


def polars_of(frame: Frame) -> pl.DataFrame:
    """Give a frame of Polars, pandas or Arrow as one of Polars.

    The levels of a pandas index that have a name are columns like the others: sheet and line often stand there.

    Raises:
        InputError: it is no frame.
        FileFaults: two columns have one name, or a cell is no plain text, number or day.
    """
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame
    kind = f"{type(frame).__module__.partition('.')[0]}.{type(frame).__name__}"
    if kind == "pandas.DataFrame":
        return _gathered(list(_of_pandas(frame)))
    if kind in ("pyarrow.Table", "pyarrow.RecordBatch"):
        columns = zip(frame.schema.names, frame.columns, strict=True)
        return _gathered([(name, column.to_pylist()) for name, column in columns])
    raise InputError(f"{kind} is no table. Give a path, or a frame of Polars, pandas or Arrow.")


def _of_pandas(frame: Frame) -> Iterator[tuple[str, list[Any]]]:
    """Give the cells of each column, those of named levels of the index first; what pandas holds as missing is None."""
    index = frame.index
    levels = [(name, index.get_level_values(at)) for at, name in enumerate(index.names) if name is not None]
    columns = [(name, frame.iloc[:, at]) for at, name in enumerate(frame.columns)]
    for name, column in (*levels, *columns):
        cells = column.astype(object)
        yield str(name), cells.where(column.notna(), None).to_list()


def _gathered(columns: Sequence[tuple[str, list[Any]]]) -> pl.DataFrame:
    names = [name for name, _ in columns]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise FileFaults(NAME, [Fault(None, name, *TWICE) for name in twice])
    series = [(name, _series(cells)) for name, cells in columns]
    if wrong := [name for name, made in series if made is None]:
        raise FileFaults(NAME, [Fault(None, name, *NOT_PLAIN) for name in wrong])
    return pl.DataFrame({name: made for name, made in series if made is not None})


def _series(cells: list[Any]) -> pl.Series | None:
    """Give cells as a column, as text where they are of several kinds; None where one of them is not plain."""
    kinds = set(map(type, cells)) - {type(None)}
    if any(issubclass(kind, np.generic) for kind in kinds):
        return _series([cell.item() if isinstance(cell, np.generic) else cell for cell in cells])
    if not all(issubclass(kind, PLAIN) for kind in kinds):
        return None
    return pl.Series(cells) if len(kinds) < 2 else pl.Series([_text(cell) for cell in cells], dtype=pl.String)


def _text(cell: Any) -> str | None:
    """Give a cell as text; a whole number kept as a float, as some tools do beside empty cells, as "12"."""
    return None if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
