"""Streets that the roll has: a line near the voter's street by its letters may name another one that is there.

"88 New Mill Rd" is a slip for Old Mill Rd where no voter lives in a New Mill Rd, and may be another home where some do.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match import Matches
from ballotworthy.match.comparisons import house_number, street
from ballotworthy.match.weigh import NUMBER, STREET
from ballotworthy.roll import Roll
from ballotworthy.roll.keys_there import keys_there
from ballotworthy.roll.name_table import NameTable, letter_keys

NEAR = (street.SLIP, street.BEGINS, street.DIFFERENT)
NUMBERED = (street.NUMBERED,)
"""Levels of the street at which it is asked: near by its letters, or by its number."""
ZIP, TYPE = np.uint64(16), np.uint64(48)
"""Where zip code and type stand in the second number of a street, behind the last two of its name's ten letters."""


def another_street(matches: Matches, roll: Roll, levels: np.ndarray, at: tuple[int, ...] = NEAR) -> np.ndarray:
    """Tell of which lines the number is the best voter's and the street another of that zip code; bool (lines,).

    It is another one where a voter of the roll lives in it, by its name, and by its type where the line gives one;
    asked of lines whose street is `at` one of these levels.
    """
    found = np.zeros(len(levels), bool)
    near = (levels[:, NUMBER] == house_number.AGREES) & np.isin(levels[:, STREET], at)
    asked = np.flatnonzero(near & (matches.records[:, 0] >= 0))
    if len(asked):
        who = matches.lines["who"][asked]
        streets = _streets(who["street"], roll.records["zip"][matches.records[asked, 0]], who["type"])
        found[asked] = _lived_in(roll.records, streets).has(streets)
    return found


def _streets(names: np.ndarray, codes: np.ndarray, types: np.ndarray) -> np.ndarray:
    """Give streets, each by name, zip code and type, 0 for any, as two numbers; uint64 (streets, 2)."""
    keys = letter_keys(names)
    keys[:, 1] |= (codes.astype(np.uint64) << ZIP) | (types.astype(np.uint64) << TYPE)
    return keys


def _lived_in(records: np.ndarray, asked: np.ndarray) -> NameTable:
    """Give those of the streets asked for that some record has, by its type or by any."""

    def streets(some: np.ndarray) -> np.ndarray:
        each = (_streets(some["street"], some["zip"], types) for types in (some["type"], some["type"] * 0))
        return np.concatenate(list(each))

    return keys_there(records, asked, streets)
