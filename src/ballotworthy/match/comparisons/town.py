"""The town: zip code first, the city's name where the zip fails."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.comparisons.house_number import one_slip
from ballotworthy.match.levels import Level, missing

FIELD = "town"
MISSING, ZIP, BOTH, CITY, NEAR, DIFFERENT = range(6)
LEVELS = (
    missing("is missing"),
    Level("agrees in the zip code", 0.86, 0.010),
    Level("agrees in the city, and in the zip code but for one slip", 0.02, 0.001),
    Level("agrees in the city, not in the zip code", 0.06, 0.03),
    Level("differs by one slip in the zip code", 0.03, 0.02),
    Level("differs", 0.05, 0.94),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:  # noqa: ARG001 -- as every level
    """Give the index into `LEVELS`."""
    mine, theirs = line["who"], voter
    zips = mine["zip"] != 0 and theirs["zip"] != 0
    cities = mine["city"] != 0 and theirs["city"] != 0
    if not zips and not cities:
        return MISSING
    if zips and mine["zip"] == theirs["zip"]:
        return ZIP
    near = zips and one_slip(mine["zip"], theirs["zip"])
    if cities and mine["city"] == theirs["city"]:
        return BOTH if near else CITY
    return NEAR if near else DIFFERENT
