"""Lines that leave out the flat which the roll has: the signer may have moved to another flat of the house.

No line tells, but those who give their flat do: of so many who stand on the roll at that number, so many give another.
Who moved within the house is taken to leave the flat out as often as who did not. What is stated counts as `STATED`
lines more.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.check.homes_there import SAME_STREET
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import house_number, unit
from ballotworthy.match.weigh import NUMBER, STREET, UNIT
from ballotworthy.roll import Roll

KNOWN = 0.8
"""A line tells about flats when its best voter has at least this probability."""
MOVED, STATED = 0.005, 100
"""Share of those at home in a house of flats who moved within it, before a line is looked at; a judgement."""


def units_left_out(matches: Matches, roll: Roll, levels: np.ndarray, slipped: float) -> np.ndarray:
    """Give how probably each voter, if the signer, lives in the flat that the roll has, 1 where it is not left out.

    Args:
        matches, roll: who may have signed each line.
        levels: of every field, between each line and each of its ranked voters; uint8 (lines, ranks, fields).
        slipped: share of flats that differ which are the voter's own, miswritten.
    """
    house = (levels[:, :, NUMBER] == house_number.AGREES) & np.isin(levels[:, :, STREET], SAME_STREET)
    known = house[:, 0] & (matches.chances[:, 0] >= KNOWN)
    other = int((known & (levels[:, 0, UNIT] == unit.DIFFERENT)).sum())
    given = int((known & (levels[:, 0, UNIT] != unit.MISSING)).sum())
    moved = ((1 - slipped) * other + MOVED * STATED) / (given + STATED)
    theirs = roll.records["unit"][np.maximum(matches.records, 0)]
    left_out = house & (matches.lines["who"]["unit"] == 0)[:, None] & (theirs != 0) & (matches.records >= 0)
    return np.asarray(np.where(left_out, 1 - moved, 1.0))
