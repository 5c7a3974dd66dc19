"""The house number."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.levels import Level, missing

FIELD = "house number"
MISSING, AGREES, SLIP, DIFFERENT = range(4)
LEVELS = (
    missing("is missing"),
    Level("agrees", 0.93, 0.000_9),
    Level("differs by one slip", 0.04, 0.015),
    Level("differs", 0.03, 0.984),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:  # noqa: ARG001 -- as every level
    """Give the index into `LEVELS`; a slip is one digit wrong, left out, put in, or two changed about."""
    mine, theirs = line["who"]["number"], voter["number"]
    if mine == 0 or theirs == 0:
        return MISSING
    if mine == theirs:
        return AGREES
    return SLIP if one_slip(mine, theirs) else DIFFERENT


@compiled
def one_slip(one: int, two: int) -> bool:
    """Tell whether two numbers, each of at least two digits, are one slip apart."""
    more, less = int(max(one, two)), int(min(one, two))
    longer = _digits(more) - _digits(less)
    if less < 10 or longer > 1:
        return False
    while more % 10 == less % 10 and less >= 10:
        more, less = more // 10, less // 10
    if longer:
        return more // 10 == less or (more % 10 == less % 10 and more // 100 == less // 10)
    if more // 10 == less // 10:
        return True
    return more // 100 == less // 100 and more % 10 == less // 10 % 10 and less % 10 == more // 10 % 10


@compiled
def _digits(number: int) -> int:
    size = 1
    while number >= 10:
        number, size = number // 10, size + 1
    return size
