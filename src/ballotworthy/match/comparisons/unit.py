"""The apartment, suite or space."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.levels import Level, missing

FIELD = "unit"
MISSING, AGREES, DIFFERENT = range(3)
LEVELS = (
    missing("is missing on one side"),
    Level("agrees", 0.90, 0.04),
    Level("differs", 0.10, 0.96),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:  # noqa: ARG001 -- as every level
    """Give the index into `LEVELS`; a unit left out on one side is no difference."""
    mine, theirs = line["who"]["unit"], voter["unit"]
    if mine == 0 or theirs == 0:
        return MISSING
    return AGREES if mine == theirs else DIFFERENT
