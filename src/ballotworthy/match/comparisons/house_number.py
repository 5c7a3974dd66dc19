"""The house number, with both meanings of a hyphen: two parts of one number, or two numbers."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.levels import Level, missing
from ballotworthy.roll.house_numbers import HYPHENED, first_part, second_part

FIELD = "house number"
MISSING, AGREES, SLIP, DIFFERENT = range(4)
WIDE = 20
"""Houses that share one number, 8-10, lie no further apart."""
LEVELS = (
    missing("is missing"),
    Level("agrees", 0.93, 0.000_9),
    Level("differs by one slip", 0.04, 0.015),
    Level("differs", 0.03, 0.984),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:  # noqa: ARG001 -- as every level
    """Give the index into `LEVELS`; a slip is one digit wrong, left out, put in, or two changed about.

    37-12 is 3712 and the house 12 of block 37; 8-10 is 8, 9 and 10; 12-3 is 12, and a unit of it; 4-210 is 210.
    """
    mine, theirs = line["who"]["number"], voter["number"]
    if mine == 0 or theirs == 0:
        return MISSING
    if mine == theirs:
        return AGREES
    if mine >= HYPHENED and theirs >= HYPHENED:
        return _both(mine, theirs)
    if mine >= HYPHENED or theirs >= HYPHENED:
        return _one(max(mine, theirs), min(mine, theirs))
    return SLIP if one_slip(mine, theirs) else DIFFERENT


@compiled
def _both(mine: int, theirs: int) -> int:
    """Compare two numbers with a hyphen; a slip in one part is one in the digits of both, so 116-01 is near 116-07."""
    one, two = first_part(mine), first_part(theirs)
    (behind, digits), (other, others) = second_part(mine), second_part(theirs)
    if one == two and behind == other:
        return AGREES
    if (one != two and behind != other) or (digits == 1 and others == 1):  # 12-3 and 12-4 are two units
        return DIFFERENT
    return SLIP if one_slip(one * 10**digits + behind, two * 10**others + other) else DIFFERENT


@compiled
def _one(hyphened: int, number: int) -> int:
    """Compare a number with a hyphen and one without."""
    first, (second, digits) = first_part(hyphened), second_part(hyphened)
    shared = first < second <= first + WIDE
    if digits > 1 and first * 10**digits + second == number:
        return SLIP if shared else AGREES
    if number == first:
        return AGREES if digits == 1 or second > first else SLIP
    if (second > first and number == second) or (shared and first < number < second):
        return AGREES
    if digits > 1 and not shared and one_slip(first * 10**digits + second, number):
        return SLIP
    return DIFFERENT


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
