"""The suffix, which tells a father from his son."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.levels import Level, missing

FIELD = "suffix"
MISSING, AGREES, ONE_SIDE, DIFFERENT = range(4)
JUNIOR, SENIOR, SECOND = 1, 2, 3
LEVELS = (
    missing("is on neither side"),
    Level("agrees", 0.50, 0.02),
    Level("stands on one side only", 0.45, 0.55),
    Level(
        "differs", 0.001, 0.30
    ),  # never estimated to be less: it weighs between father and son, not between strangers
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:  # noqa: ARG001 -- as every level
    """Give the index into `LEVELS`; "Jr" and "II" are the same person's, "Jr" and "Sr" are not."""
    mine, theirs = line["who"]["suffix"], voter["suffix"]
    if mine == 0 and theirs == 0:
        return MISSING
    if mine == 0 or theirs == 0:
        return ONE_SIDE
    if mine == theirs or (min(mine, theirs) == JUNIOR and max(mine, theirs) == SECOND):
        return AGREES
    return DIFFERENT


def contradict(mine: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Tell, pair by pair of suffix codes, whether they can hardly be one person's; as the level `DIFFERENT`."""
    one = np.where(mine == SECOND, JUNIOR, mine)
    two = np.where(theirs == SECOND, JUNIOR, theirs)
    return np.asarray((mine > 0) & (theirs > 0) & (one != two))
