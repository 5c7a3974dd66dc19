"""The middle name or initial."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.comparisons.first_name import begins_alike
from ballotworthy.match.comparisons.slips import same
from ballotworthy.match.levels import Level, missing
from ballotworthy.roll.keys import length, second_surname

FIELD = "middle name"
MISSING, AGREES, INITIAL, DIFFERENT = range(4)
LEVELS = (
    missing("is missing on one side"),
    Level("agrees", 0.45, 0.01),
    Level("agrees in the initial", 0.50, 0.07),
    Level("differs", 0.05, 0.92),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:  # noqa: ARG001 -- as every level
    """Give the index into `LEVELS`; `line` is a `packed.LINE`, `voter` a `packed.RECORD`.

    What may be a surname is no middle name, nor is what stands beside a middle name written first.
    """
    mine, theirs = line["who"]["middle"], voter["middle"]
    if mine[0] == 0 or theirs[0] == 0:
        return MISSING
    if mine[0] != theirs[0]:
        is_surname = line["before"][0] == mine[0] or _in_last(mine, voter["last"])
        changed_about = begins_alike(line["who"]["first"], theirs)
        return MISSING if is_surname or changed_about else DIFFERENT
    if length(mine) > 1 and same(mine, theirs):
        return AGREES
    return INITIAL


@compiled
def _in_last(middle: np.ndarray, last: np.ndarray) -> bool:
    """Tell whether a middle name, or an initial, is the first of two surnames."""
    for at in range(length(middle)):
        if middle[at] != last[at]:
            return False
    return second_surname(last) > 0
