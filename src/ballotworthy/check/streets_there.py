"""Streets that the roll has: a line near the voter's street by its letters may name another one that is there.

"88 New Mill Rd" is a slip for Old Mill Rd where no voter lives in a New Mill Rd, and may be another home where some do.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.check.other_address import text_of
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import house_number, street
from ballotworthy.match.weigh import NUMBER, STREET
from ballotworthy.roll import Roll
from ballotworthy.roll.name_table import STEP, NameTable, letter_keys

NEAR = (street.SLIP, street.BEGINS, street.DIFFERENT)


def another_street(matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Tell of which lines the number is the best voter's and the street another of that zip code; bool (lines,).

    It is another one where a voter of the roll lives in it, by its name, and by its type where the line gives one.
    """
    found = np.zeros(len(levels), bool)
    near = (levels[:, NUMBER] == house_number.AGREES) & np.isin(levels[:, STREET], NEAR)
    asked = np.flatnonzero(near & (matches.records[:, 0] >= 0))
    who = matches.lines["who"]
    written = pl.Series([text_of(name) for name in who["street"][asked]], dtype=pl.String)
    asked = asked[written.is_in(roll.frequencies.street["name"].implode()).to_numpy()]
    if not len(asked):
        return found
    there = _streets(roll.records, who["street"][asked])
    codes = roll.records["zip"][matches.records[asked, 0]]
    for at, code in zip(asked, codes, strict=True):
        found[at] = (text_of(who["street"][at]), int(code), int(who["type"][at])) in there
    return found


def _streets(records: np.ndarray, names: np.ndarray) -> set[tuple[str, int, int]]:
    """Give the streets of these names that records have: name, zip code and type, and each with 0 for any type."""
    table = NameTable.of(letter_keys(names), np.ones(len(names), np.uint32))
    there = set()
    for begin in range(0, len(records), STEP):
        some = records[begin : begin + STEP]
        for row in some[table.look(letter_keys(some["street"]), 0) > 0]:
            name, code = text_of(row["street"]), int(row["zip"])
            there |= {(name, code, int(row["type"])), (name, code, 0)}
    return there
