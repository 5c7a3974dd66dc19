"""What a comparison from outside is: how its cells are read, and its levels in order; the first that fits counts."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

from ballotworthy.files.day_order import Order

Reads = Literal["text", "digits", "date"]
Test = Literal["exact", "edit-distance", "date", "otherwise"]


@dataclass(frozen=True)
class FurtherLevel:
    """One way in which two cells agree or differ.

    Attributes:
        words: for people, after the comparison's name: "phone agrees".
        test: `exact`; `edit-distance`, at most `most` letters put in, left out or replaced (Levenshtein 1966);
            `date`, at most `most` days apart; `otherwise`, which fits whatever is left.
        m: probability of this level when line and voter are one person's; u: when they are not.
        most: of letters or days.
    """

    words: str
    test: Test
    m: float
    u: float
    most: int = 0

    @property
    def weight(self) -> float:
        """The weight in bits, log2 of m over u."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True)
class Further:
    """A comparison on a further column.

    Attributes:
        name: the field's name, as it is told.
        lines, roll: the column's heading in the lines and in the voter file.
        reads: what of a cell is compared: `text` (letters and digits, small), `digits`, or `date`.
        last: only so many of the last letters or digits count; None for all.
        dates: the order of days and months where cells do not tell it.
        household: whether those who live together share it, so that it says no more of a voter than of a relative.
        levels: in order; a cell that is empty on either side is compared with nothing and weighs nothing.
    """

    name: str
    lines: str
    roll: str
    reads: Reads
    levels: tuple[FurtherLevel, ...]
    last: int | None = None
    dates: Order | None = None
    household: bool = False

    def level(self, mine: str | dt.date | None, theirs: str | dt.date | None) -> int:
        """Give the number of the level of two cells as they are read, from 1; 0 where one of them is empty."""
        if mine is None or theirs is None:
            return 0
        return next(at for at, level in enumerate(self.levels, 1) if _fits(level, mine, theirs))


def edit_distance(one: str, two: str, most: int) -> int:
    """Give how many letters must be put in, left out or replaced to make one of the other; `most` + 1 if more."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(two, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != other))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _fits(level: FurtherLevel, mine: str | dt.date, theirs: str | dt.date) -> bool:
    if level.test == "otherwise" or mine == theirs:
        return True
    if level.test == "date" and isinstance(mine, dt.date) and isinstance(theirs, dt.date):
        return abs((mine - theirs).days) <= level.most
    if level.test == "edit-distance" and isinstance(mine, str) and isinstance(theirs, str):
        return edit_distance(mine, theirs, level.most) <= level.most
    return False
