"""Other first names a person may go by: the `nicknames` package's pairs and names written short, both ways."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from nicknames import NickNamer, name_triplets

from ballotworthy.roll.packed import OTHERS, RECORD, letters
from ballotworthy.roll.short_names import MAYBE

WIDTH = RECORD["first"].shape[0]


@cache
def other_names(first: str) -> tuple[str, ...]:
    """Give the formal names and nicknames of a plain first name, in capitals, at most `OTHERS`, sorted.

    A name as long as a record holds stands for every longer name that begins with it: CHRISTOPHE(R).
    """
    if first not in _with_others():
        return ()
    namer = _namer()
    found = {name for whole in _wholes(first) for name in namer.canonicals_of(whole) | namer.nicknames_of(whole)}
    known = {name.upper() for name in found if name.isascii() and name.isalpha()}
    known |= {name for short, name in MAYBE.items() if short == first} | {
        short for short, name in MAYBE.items() if name == first
    }
    return tuple(sorted(known - {first}))[:OTHERS]


@cache
def _with_others() -> frozenset[str]:
    """Give all first names that may have others: most of what stands on lines, miswritten, has none."""
    paired = {name.upper() for triplet in name_triplets() for name in (triplet.name1, triplet.name2)}
    return frozenset(paired | set(_long_names()) | set(MAYBE) | set(MAYBE.values()))


def _wholes(first: str) -> set[str]:
    return {first} | (_long_names().get(first, set()) if len(first) == WIDTH else set())


@cache
def _namer() -> NickNamer:
    return NickNamer()


@cache
def _long_names() -> dict[str, set[str]]:
    """Give the names that are longer than a record holds, by as much of them as it does."""
    cut: dict[str, set[str]] = {}
    for triplet in name_triplets():
        for name in (triplet.name1, triplet.name2):
            if len(name) > WIDTH:
                cut.setdefault(name[:WIDTH].upper(), set()).add(name)
    return cut


def pack_other_names(first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the other names of first names, as letters, and their number.

    Takes the letters of a record, uint8 (rows, 10); gives uint8 (rows, OTHERS, 10) and uint8 (rows,).
    """
    distinct, places = np.unique(np.ascontiguousarray(first).view(f"S{WIDTH}").ravel(), return_inverse=True)
    lists = [other_names(name.decode()) if len(name) > 1 else () for name in distinct]
    flat = pl.Series([name for names in lists for name in (*names, *("",) * (OTHERS - len(names)))], dtype=pl.String)
    table = letters(flat, WIDTH).reshape(-1, OTHERS, WIDTH)
    return table[places], np.array([len(names) for names in lists], np.uint8)[places]
