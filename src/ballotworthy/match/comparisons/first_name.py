"""The first name: whole, a nickname, an initial, miswritten, or the middle name in its place."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.comparisons.last_name import swapped
from ballotworthy.match.comparisons.slips import FIRST, half_slips, same
from ballotworthy.match.levels import Level, missing
from ballotworthy.roll.keys import length

FIELD = "first name"
MISSING, AGREES, NICKNAME, INITIAL, MIDDLE, SWAPPED, ALIKE, SLIP, SLIPS, PARTLY, DIFFERENT = range(11)
LEVELS = (
    missing("is missing"),
    Level("agrees", 0.80, None),
    Level("is a nickname", 0.06, None, spread=4),
    Level("is the initial", 0.03, 0.002_5),
    Level("is the middle name", 0.01, None),
    Level("stands where the last name should", 0.006, 0.006),  # weighed once, with the last name
    Level("differs by a look-alike letter", 0.03, None, spread=15),
    Level("differs by one slip", 0.04, None, spread=150),
    Level("differs by two slips", 0.012, None, spread=3_000),
    Level("is partly alike", 0.008, None, spread=2_000),
    Level("differs", 0.004, 0.97),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:
    """Give the index into `LEVELS`; `line` is a `packed.LINE`, `voter` a `packed.RECORD`, `sought` by `seek_line`."""
    mine, theirs = line["who"]["first"], voter["first"]
    if mine[0] == 0 or theirs[0] == 0:
        return MISSING
    size, other = length(mine), length(theirs)
    if size > 1 and same(mine, theirs):
        return AGREES
    if size == 1 or other == 1:
        return INITIAL if mine[0] == theirs[0] else DIFFERENT
    for at in range(line["others"]):
        if same(line["other"][at], theirs):
            return NICKNAME
    middle = voter["middle"]
    if size > 2 and length(middle) > 2 and _begins_alike(mine, middle):
        return MIDDLE
    if swapped(line, voter, sought):
        return SWAPPED
    halves = half_slips(sought[FIRST], size, theirs, 0, other)
    shorter = min(size, other)
    if halves == 1 and shorter > 2:
        return ALIKE
    if halves <= 2 and shorter > 2:
        return SLIP
    if halves <= 4 and shorter > 5:
        return SLIPS
    if halves <= 4 and shorter > 2:
        return PARTLY
    return DIFFERENT


@compiled
def _begins_alike(name: np.ndarray, middle: np.ndarray) -> bool:
    """Tell whether a first name is the middle name, which the record cuts to seven letters."""
    for at in range(middle.shape[0]):
        if name[at] != middle[at]:
            return False
        if name[at] == 0:
            break
    return True
