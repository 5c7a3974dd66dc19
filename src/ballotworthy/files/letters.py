"""A column of text as bytes: what compiled functions read, which take a named tuple but no dataclass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl


class Letters(NamedTuple):
    """The UTF-8 bytes of a column, one cell behind the other; null counts as the empty text.

    Attributes:
        text: the bytes; uint8.
        starts: where each cell begins, and where the last one ends; int64, one more than there are rows.
    """

    text: np.ndarray
    starts: np.ndarray


def letters_of(column: pl.Series) -> Letters:
    """Give the bytes of a text column."""
    starts = np.zeros(len(column) + 1, np.int64)
    np.cumsum(column.str.len_bytes().fill_null(0).to_numpy(), out=starts[1:])
    whole = (column.str.join("").item() if len(column) else "") or ""
    return Letters(np.frombuffer(whole.encode(), np.uint8), starts)


def no_letters(rows: int) -> Letters:
    """Give a column of empty cells."""
    return Letters(np.frombuffer(b"", np.uint8), np.zeros(rows + 1, np.int64))
