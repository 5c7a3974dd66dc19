"""The first name: whole, in two words or one, a nickname, initials, miswritten, or the middle name in its place."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.comparisons.last_name import swapped
from ballotworthy.match.comparisons.slips import FIRST, half_slips, same
from ballotworthy.match.levels import Level, missing
from ballotworthy.roll.keys import length

FIELD = "first name"
MISSING, AGREES, NICKNAME, INITIAL, MIDDLE, SWAPPED, ALIKE, SLIP, SLIPS, PARTLY, DIFFERENT = range(11)
BLANK = 32
LEVELS = (
    missing("is missing"),
    Level("agrees", 0.80, None),
    Level("is a nickname", 0.06, None, spread=4),
    Level("is the initial", 0.03, 0.002_5),
    Level("is the middle name", 0.01, None),
    Level("stands where the last name should", 0.006, 0.006),  # weighed once, with the last name
    Level("differs by a look-alike letter", 0.03, None, spread=15),
    Level("differs by one slip", 0.04, None, spread=150),
    Level("differs by two slips", 0.012, None, spread=3_000),
    Level("is partly alike", 0.008, None, spread=2_000),
    Level("differs", 0.004, 0.97),
)


@compiled
def level(line: np.void, voter: np.void, sought: np.ndarray) -> int:
    """Give the index into `LEVELS`; `line` is a `packed.LINE`, `voter` a `packed.RECORD`, `sought` by `seek_line`.

    Behind a family's name that stands first, a given name of two words is one: with another second word it differs.
    """
    mine, theirs = line["who"]["first"], voter["first"]
    if mine[0] == 0 or theirs[0] == 0:
        return MISSING
    size, other = length(mine), length(theirs)
    middle, their_middle = line["who"]["middle"], voter["middle"]
    if size > 1 and same(mine, theirs):
        others_differ = middle[0] != their_middle[0] and middle[0] != 0 and their_middle[0] != 0
        return DIFFERENT if line["turned"] and others_differ else AGREES
    if _joined(mine, size, middle, theirs, other) or _joined(theirs, other, their_middle, mine, size):
        return AGREES
    middles = size > 1 and their_middle[1] != 0 and begins_alike(mine, their_middle)
    if other == 1 and middles:  # J. Edgar goes by Edgar
        return MIDDLE
    if size == 1 or other == 1:
        return INITIAL if mine[0] == theirs[0] else DIFFERENT
    for at in range(line["others"]):
        if same(line["other"][at], theirs):
            return NICKNAME
    if _initials(mine, size, theirs, other, their_middle) or _initials(theirs, other, mine, size, middle):
        return INITIAL
    if middles:
        return MIDDLE
    if swapped(line, voter, sought):
        return SWAPPED
    halves = half_slips(sought[FIRST], size, theirs, 0, other)
    shorter = min(size, other)
    if halves == 1 and shorter > 2:
        return ALIKE
    if halves <= 2 and shorter > 2:
        return SLIP
    if halves <= 4 and shorter > 5:
        return SLIPS
    if halves <= 4 and shorter > 2:
        return PARTLY
    return DIFFERENT


@compiled
def begins_alike(name: np.ndarray, middle: np.ndarray) -> bool:
    """Tell whether a first name is the first word of the middle name, or both its words in one.

    The record cuts a middle name to seven letters.
    """
    at = 0
    for letter in middle:
        if letter == 0 or letter == BLANK:
            if name[at] == 0:
                return at > 1
            if letter == 0:
                return False
        elif name[at] != letter:
            return False
        else:
            at += 1
    return True


@compiled
def _joined(first: np.ndarray, size: int, middle: np.ndarray, whole: np.ndarray, other: int) -> bool:
    """Tell whether a first and a middle name are in one word the other's first name: "Mei Ling" and "Meiling"."""
    if size < 2 or middle[1] == 0 or other <= size:
        return False
    for at in range(size):
        if first[at] != whole[at]:
            return False
    for at in range(size, whole.shape[0]):
        letter = middle[at - size] if at - size < middle.shape[0] else 0
        letter = 0 if letter == BLANK else letter
        if letter != whole[at]:
            return False
        if letter == 0:
            break
    return True


@compiled
def _initials(two: np.ndarray, size: int, first: np.ndarray, other: int, middle: np.ndarray) -> bool:
    """Tell whether two letters are the initials of a first and a middle name: "JR" for James Robert."""
    return size == 2 and other > 2 and two[0] == first[0] and middle[0] != 0 and two[1] == middle[0]
