"""The middle name or initial."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.comparisons.first_name import begins_alike
from ballotworthy.match.comparisons.slips import SPARE, half_slips, same, seek
from ballotworthy.match.levels import Level, missing
from ballotworthy.roll.keys import length, second_surname

FIELD = "middle name"
MISSING, AGREES, INITIAL, DIFFERENT = range(4)
A_SLIP = 2
"""Halves of a slip up to which two middle names may be one: "Louise" and "Louisa", but not "Lou" and "Lee"."""
LEVELS = (
    missing("is missing on one side"),
    Level("agrees", 0.45, 0.01),
    Level("agrees in the initial", 0.50, 0.07),
    Level("differs", 0.05, 0.92),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:
    """Give the index into `LEVELS`; `line` is a `packed.LINE`, `voter` a `packed.RECORD`, `sought` by `seek_line`.

    What may be a surname is no middle name, nor is what stands beside a middle name written first.
    """
    mine, theirs = line["who"]["middle"], voter["middle"]
    if mine[0] == 0 or theirs[0] == 0:
        return MISSING
    if mine[0] != theirs[0]:
        is_surname = line["before"][0] == mine[0] or _in_last(mine, voter["last"])
        beside = begins_alike(line["who"]["first"], theirs)
        beside = beside and (mine[0] == voter["first"][0] or mine[0] == _second_initial(theirs))
        return MISSING if is_surname or beside else DIFFERENT
    size, other = length(mine), length(theirs)
    if size == 1 or other == 1:
        return INITIAL
    if same(mine, theirs):
        return AGREES
    if _begins(mine, theirs, min(size, other)):
        return INITIAL
    seek(mine, 0, size, sought[SPARE])
    return INITIAL if half_slips(sought[SPARE], size, theirs, 0, other) <= A_SLIP else DIFFERENT


@compiled
def _second_initial(middle: np.ndarray) -> int:
    """Give the first letter of the second of two middle names, or 0."""
    cut = second_surname(middle)
    return int(middle[cut]) if cut else 0


@compiled
def _begins(one: np.ndarray, two: np.ndarray, size: int) -> bool:
    """Tell whether two texts begin with the same letters, that many."""
    for at in range(size):
        if one[at] != two[at]:
            return False
    return True


@compiled
def _in_last(middle: np.ndarray, last: np.ndarray) -> bool:
    """Tell whether a middle name, or an initial, is the first of two surnames."""
    return second_surname(last) > 0 and _begins(middle, last, length(middle))
