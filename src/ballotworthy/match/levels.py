"""What a comparison is made of: an ordered list of levels, each with words, and how likely it is.

A level's weight is a log2 likelihood ratio (Fellegi & Sunter 1969, section 3.3): log2 of how often it is seen
between a signer's line and that signer's own voter record (`m`), over how often between a line and somebody
else's record (`u`). Levels that rest on a name have no fixed `u`: there it is the share of people who bear
the name that stands on the line, so a rare name weighs more than a common one (Winkler 1989); `spread` is the
number of other names the same slip could have made of the true one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One way two values can agree or differ.

    Attributes:
        words: for people, after the field's name: "last name agrees".
        m: probability of this level when line and record are one person's.
        u: probability when they are not; None where the name's own share takes its place.
        spread: for name levels, how many names the same slip could have led to.
        same_family: whether people of one household share this (for the last name).
    """

    words: str
    m: float
    u: float | None
    spread: float = 1.0
    same_family: bool = False

    @property
    def by_name(self) -> bool:
        """Whether the information of the line's name is added to the weight."""
        return self.u is None

    @property
    def weight(self) -> float:
        """Give the fixed part of the weight in bits; 0 for a level with equal `m` and `u`, such as missing."""
        return math.log2(self.m / self.u) if self.u is not None else math.log2(self.m / self.spread)


def missing(words: str) -> Level:
    """Give the level of a comparison that cannot be made; it weighs nothing."""
    return Level(words, 1.0, 1.0)
