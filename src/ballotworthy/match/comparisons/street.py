"""The street: its name, then its type and direction."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.comparisons.house_number import one_slip
from ballotworthy.match.comparisons.slips import STREET, half_slips, same
from ballotworthy.match.levels import Level, missing
from ballotworthy.roll.keys import length

FIELD = "street"
MISSING, AGREES, NAME, SLIP, BEGINS, NUMBERED, DIFFERENT = range(7)
TWO = 16
"""Codes of two directions are 16 times the first and the second (`street_words.direction_codes`)."""
LEVELS = (
    missing("is missing"),
    Level("agrees", 0.80, None),
    Level("agrees in name, not in type or direction", 0.05, None, spread=3),
    Level("differs by a slip", 0.05, 0.001_0),
    Level("begins alike", 0.02, 0.003),
    Level("differs by one slip in its number", 0.008, 0.01),
    Level("differs", 0.08, 0.994),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:
    """Give the index into `LEVELS`; a type or direction left out on one side, one of two too, is no difference."""
    mine, theirs = line["who"]["street"], voter["street"]
    if mine[0] == 0 or theirs[0] == 0:
        return MISSING
    if same(mine, theirs):
        return AGREES if _compatible(line["who"], voter) else NAME
    size, other = length(mine), length(theirs)
    if mine[0] < 65 or theirs[0] < 65:
        return NUMBERED if one_slip(_number(mine), _number(theirs)) else DIFFERENT
    halves = half_slips(sought[STREET], size, theirs, 0, other)
    if (
        (halves <= 2 and min(size, other) > 1)
        or (halves <= 3 and min(size, other) > 4)
        or (halves <= 4 and min(size, other) > 6)
    ):
        return SLIP
    if _prefix(mine, theirs) >= min(4, size, other) and min(size, other) > 2:
        return BEGINS
    return DIFFERENT


@compiled
def _compatible(one: np.void, two: np.void) -> bool:
    if one["type"] != two["type"] and one["type"] != 0 and two["type"] != 0:
        return False
    mine, theirs = one["direction"], two["direction"]
    if mine == theirs or mine == 0 or theirs == 0:
        return True
    more, less = max(mine, theirs), min(mine, theirs)
    return bool(more >= TWO > less and (less == more // TWO or less == more % TWO))


@compiled
def _number(name: np.ndarray) -> int:
    """Give the number a street is known by, 0 where there are other letters."""
    value = 0
    for at in range(name.shape[0]):
        if name[at] == 0:
            break
        if name[at] < 48 or name[at] > 57:
            return 0
        value = value * 10 + name[at] - 48
    return value


@compiled
def _prefix(one: np.ndarray, two: np.ndarray) -> int:
    for at in range(one.shape[0]):
        if one[at] != two[at] or one[at] == 0:
            return at
    return int(one.shape[0])
