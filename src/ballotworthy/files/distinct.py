"""Columns in which texts repeat: a function applied once to each distinct one; rows that repeat an earlier one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl


def each_distinct(column: pl.Series, function: Callable[[str], str]) -> pl.Series:
    """Apply `function` once to each distinct text of a column; null counts as the empty text."""
    filled = column.fill_null("")
    distinct = filled.unique()
    if len(distinct) * 2 > len(filled):
        return pl.Series(column.name, [function(text) for text in filled], dtype=pl.String)
    values = pl.Series([function(text) for text in distinct], dtype=pl.String)
    return filled.replace_strict(distinct, values, return_dtype=pl.String)


def repeats(column: pl.Series) -> np.ndarray:
    """Give the rows whose text stands in an earlier row too; nulls do not count. int64, ascending.

    Where no two texts have one hash, as in a sound file, none repeats, and that is quicker to see.
    """
    hashes = np.sort(column.drop_nulls().hash().to_numpy())
    if (hashes[1:] != hashes[:-1]).all():
        return np.empty(0, np.int64)
    return (~column.is_first_distinct() & column.is_not_null()).arg_true().to_numpy()
