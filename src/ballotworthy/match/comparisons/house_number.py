"""The house number."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.levels import Level, missing

FIELD = "house number"
MISSING, AGREES, SLIP, DIFFERENT = range(4)
LEVELS = (
    missing("is missing"),
    Level("agrees", 0.88, 0.000_9),
    Level("differs by one slip", 0.04, 0.015),
    Level("differs", 0.08, 0.984),
)


@compiled
def level(line: np.void, voter: np.void) -> int:
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
    if one < two:
        one, two = two, one
    if two < 10:
        return False
    digits, others = np.zeros(10, np.int64), np.zeros(10, np.int64)
    size, other = _digits(one, digits), _digits(two, others)
    if size - other > 1:
        return False
    at = 0
    while at < other and digits[at] == others[at]:
        at += 1
    if size > other:
        return _tail_same(digits, at + 1, others, at, other)
    if _tail_same(digits, at + 1, others, at + 1, other):
        return True
    return (
        at + 1 < other and digits[at] == others[at + 1] and digits[at + 1] == others[at]
        and _tail_same(digits, at + 2, others, at + 2, other)
    )  # fmt: skip


@compiled
def _digits(number: int, out: np.ndarray) -> int:
    size = 0
    while number > 0:
        out[size] = number % 10
        number, size = number // 10, size + 1
    return size


@compiled
def _tail_same(one: np.ndarray, begin: int, two: np.ndarray, start: int, stop: int) -> bool:
    for step in range(stop - start):
        if one[begin + step] != two[start + step]:
            return False
    return True
