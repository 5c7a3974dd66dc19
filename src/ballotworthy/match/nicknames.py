"""Other first names a person may go by: the `nicknames` package's pairs, both ways."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from nicknames import NickNamer

from ballotworthy.roll.packed import OTHERS, letters


@cache
def other_names(first: str) -> tuple[str, ...]:
    """Give the formal names and nicknames of a plain first name, in capitals, at most `OTHERS`, sorted."""
    namer = _namer()
    found = namer.canonicals_of(first) | namer.nicknames_of(first)
    return tuple(sorted(name.upper() for name in found if name.upper() != first and name.isascii() and name.isalpha()))[
        :OTHERS
    ]


@cache
def _namer() -> NickNamer:
    return NickNamer()


def pack_other_names(first: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """Give the other names of each first name as letters, uint8 (rows, OTHERS, 10), and their number, uint8 (rows,)."""
    distinct = first.unique()
    lists = [other_names(name) if len(name) > 1 else () for name in distinct]
    flat = pl.Series([name for names in lists for name in (*names, *("",) * (OTHERS - len(names)))], dtype=pl.String)
    table = letters(flat, 10).reshape(-1, OTHERS, 10)
    counts = np.array([len(names) for names in lists], np.uint8)
    places = first.replace_strict(distinct, np.arange(len(distinct)), return_dtype=pl.Int64).to_numpy()
    return table[places], counts[places]
