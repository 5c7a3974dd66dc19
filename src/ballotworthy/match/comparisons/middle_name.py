"""The middle name or initial."""

from __future__ import annotations

import numpy as np
from numba import njit

from ballotworthy.match.comparisons.slips import same
from ballotworthy.match.levels import Level, missing
from ballotworthy.roll.keys import length

FIELD = "middle name"
MISSING, AGREES, INITIAL, DIFFERENT = range(4)
LEVELS = (
    missing("is missing on one side"),
    Level("agrees", 0.45, 0.01),
    Level("agrees in the initial", 0.50, 0.07),
    Level("differs", 0.05, 0.92),
)


@njit(cache=True)  # type: ignore[untyped-decorator]
def level(line: np.void, voter: np.void) -> int:
    """Give the index into `LEVELS`; `line` is a `packed.LINE`, `voter` a `packed.RECORD`."""
    mine, theirs = line["who"]["middle"], voter["middle"]
    if mine[0] == 0 or theirs[0] == 0:
        return MISSING
    if mine[0] != theirs[0]:
        return DIFFERENT
    if length(mine) > 1 and same(mine, theirs):
        return AGREES
    return INITIAL
