"""The birth date, or as much of it as both sides have."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.levels import Level, missing

FIELD = "birth date"
MISSING, AGREES, YEAR, PART, DIFFERENT = range(5)
LEVELS = (
    missing("is missing on one side"),
    Level("agrees", 0.92, 0.000_05),
    Level("agrees in the year", 0.95, 0.016),
    Level("agrees but for one part", 0.05, 0.003),
    Level("differs", 0.03, 0.98),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:  # noqa: ARG001 -- as every level
    """Give the index into `LEVELS`; a birth is year x 512 + month x 32 + day, parts unknown as 0."""
    mine, theirs = line["who"]["birth"], voter["birth"]
    if mine == 0 or theirs == 0:
        return MISSING
    years = mine // 512 == theirs // 512
    if mine & 31 == 0 or theirs & 31 == 0:
        return YEAR if years else DIFFERENT
    if mine == theirs:
        return AGREES
    month, day = (mine // 32) & 15, mine & 31
    their_month, their_day = (theirs // 32) & 15, theirs & 31
    parts = years + (month == their_month) + (day == their_day)
    if parts == 2 or (years and month == their_day and day == their_month):
        return PART
    return DIFFERENT
