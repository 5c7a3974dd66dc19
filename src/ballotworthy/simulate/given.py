"""Names by real frequency, from the tables of the 1990 census, and nicknames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from nicknames import NickNamer

from ballotworthy.simulate.draws import Floats


@dataclass(frozen=True)
class Table:
    """Names in capitals and their weights (per cent of the people)."""

    names: tuple[str, ...]
    weights: Floats


@cache
def census(part: str) -> Table:
    """Give a table of the 1990 census: `all.last`, `male.first` or `female.first` (package `names`).

    The percentages are printed with three decimals, which makes 70,000 surnames 0.000; names printed alike
    share what the running total gains over them.
    """
    rows = [line.split() for line in (files("names") / f"dist.{part}").read_text("ascii").splitlines()]
    printed = np.array([float(row[1]) for row in rows])
    total = np.array([float(row[2]) for row in rows])
    first = np.flatnonzero(np.r_[True, printed[1:] != printed[:-1]])
    count = np.diff(np.r_[first, len(rows)])
    gain = np.diff(np.r_[0.0, total[np.r_[first[1:], len(rows)] - 1]])
    return Table(tuple(row[0] for row in rows), np.repeat(np.maximum(gain, 0.001) / count, count))


@cache
def shorter(first: str) -> tuple[str, ...]:
    """Give the nicknames of a first name, in capitals and sorted, or the full names of which it is one."""
    namer = _namer()
    found = namer.nicknames_of(first) or namer.canonicals_of(first)
    return tuple(sorted(name.upper() for name in found if name.upper() != first))


@cache
def _namer() -> NickNamer:
    return NickNamer()
