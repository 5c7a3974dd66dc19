"""The last name: whole, one of two surnames, miswritten, or standing where the first name should."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.comparisons.slips import FIRST, LAST, SPARE, half_slips, same, seek
from ballotworthy.match.levels import Level, missing
from ballotworthy.roll.keys import length, second_surname

FIELD = "last name"
MISSING, AGREES, PART, SWAPPED, ALIKE, SLIP, SLIPS, PARTLY, DIFFERENT = range(9)
LEVELS = (
    missing("is missing"),
    Level("agrees", 0.86, None, same_family=True),
    Level("agrees in one of two surnames", 0.03, None, same_family=True),
    Level("stands where the first name should", 0.006, 0.000_01),
    Level("differs by a look-alike letter", 0.03, None, spread=15, same_family=True),
    Level("differs by one slip", 0.05, None, spread=150, same_family=True),
    Level("differs by two slips", 0.015, None, spread=4_000),
    Level("is partly alike", 0.006, None, spread=2_000),
    Level("differs", 0.004, 0.98),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:
    """Give the index into `LEVELS`; `line` is a `packed.LINE`, `voter` a `packed.RECORD`, `sought` by `seek_line`.

    Of two surnames on a line, the one before written where a middle name may stand, either may be the voter's, unless
    the voter's own middle name says which it is.
    """
    mine, theirs = line["who"]["last"], voter["last"]
    if mine[0] == 0 or theirs[0] == 0:
        return MISSING
    before = line["before"]
    if same(mine, theirs):
        return PART if before[0] != 0 and before[0] != voter["middle"][0] else AGREES
    size, other = length(mine), length(theirs)
    cut, gap = second_surname(mine), second_surname(theirs)
    if gap and (_both(line["who"]["middle"], mine, theirs, gap) or _both(before, mine, theirs, gap)):
        return AGREES
    if before[0] != 0 and _shares_surname(before, length(before), 0, theirs, other, gap, sought[SPARE]):
        return PART
    if (cut or gap) and _shares_surname(mine, size, cut, theirs, other, gap, sought[SPARE]):
        return PART
    if swapped(line, voter, sought):
        return SWAPPED
    halves = half_slips(sought[LAST], size, theirs, 0, other)
    shorter = min(size, other)
    if halves == 1 and shorter > 2:
        return ALIKE
    if halves <= 2 and shorter > 3:
        return SLIP
    if halves <= 4 and shorter > 5:
        return SLIPS
    if halves <= 4 and shorter > 2:
        return PARTLY
    return DIFFERENT


@compiled
def swapped(line: np.void, voter: np.void, sought: np.ndarray) -> bool:
    """Tell whether the line's last name is the voter's first and the other way round.

    Each may have a slip, though not in its first letter.
    """
    mine, theirs = line["who"], voter
    if mine["last"][0] != theirs["first"][0] or mine["first"][0] != theirs["last"][0]:
        return False
    last, first = min(length(mine["last"]), 10), length(mine["first"])
    their_last, their_first = min(length(theirs["last"]), 10), length(theirs["first"])
    return (
        min(last, their_last) >= 2
        and half_slips(sought[LAST], last, theirs["first"], 0, their_first) <= (2 if min(last, their_first) > 4 else 0)
        and half_slips(sought[FIRST], first, theirs["last"], 0, their_last) <= (2 if min(first, their_last) > 4 else 0)
    )


@compiled
def _shares_surname(
    mine: np.ndarray, size: int, cut: int, theirs: np.ndarray, other: int, gap: int, spare: np.ndarray
) -> bool:
    """Tell whether one surname of either (from its beginning, or from `cut` or `gap`) stands in the other."""
    for one in range(2 if cut else 1):
        begin, end = (cut, size) if one else (0, cut - 1 if cut else size)
        seek(mine, begin, end, spare)
        for two in range(2 if gap else 1):
            start, stop = (gap, other) if two else (0, gap - 1 if gap else other)
            if min(end - begin, stop - start) >= 7 and _begins(mine, begin, end, theirs, start, stop):
                return True
            shorter = min(end - begin, stop - start)
            if shorter > 2 and half_slips(spare, end - begin, theirs, start, stop) <= (1 if shorter < 6 else 2):
                return True
    return False


@compiled
def _begins(one: np.ndarray, begin: int, end: int, two: np.ndarray, start: int, stop: int) -> bool:
    """Tell whether one is the beginning of the other: a record cuts two long surnames to fit."""
    for step in range(min(end - begin, stop - start)):
        if one[begin + step] != two[start + step]:
            return False
    return True


@compiled
def _both(middle: np.ndarray, last: np.ndarray, theirs: np.ndarray, gap: int) -> bool:
    """Tell whether a middle and a last name are the two surnames, written without a hyphen."""
    size, stop = length(middle), length(theirs)
    if size < 2 or not _begins(middle, 0, size, theirs, 0, gap - 1) or (size < 7 and size != gap - 1):
        return False
    shorter = min(length(last), stop - gap)
    return (
        shorter > 1
        and _begins(last, 0, length(last), theirs, gap, stop)
        and (shorter >= 7 or length(last) == stop - gap)
    )
