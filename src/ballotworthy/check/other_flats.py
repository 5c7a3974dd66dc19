"""Units that differ by more than a slip: Lot 90 is no miswritten Lot 12 of the voter's park, but a move or another's.

"Apt 4B" for 4A may be a slip. A hand seldom makes two in so short a word, and in a park of hundreds of lots nearly all
others are that far, so a namesake or a mover within the house is told from a slip by the letters.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.check.homes_there import another_unit
from ballotworthy.match import Matches
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll
from ballotworthy.roll.people import ADDRESS, plain_people

LEAST = 0.001
"""Probability of a candidate below which nothing hangs on the unit."""


def other_flats(petition: Petition, matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Tell where the unit is more than a slip from that of the candidate, in one house; bool (lines, ranks).

    `levels` are between each line and each of its ranked voters, uint8 (lines, ranks, fields).
    """
    lines, most, fields = levels.shape
    found = another_unit(levels.reshape(-1, fields)).reshape(lines, most)
    found &= (matches.records >= 0) & (matches.chances >= LEAST)
    rows, ranks = np.nonzero(found)
    if len(rows):
        names = [name for name in ADDRESS if name in roll.voters.collect_schema().names()]
        voters = pl.Series(roll.owners[matches.records[rows, ranks]])
        theirs = _units(roll.voters.select(pl.col(names).gather(voters)).collect())
        found[rows, ranks] = [
            bool(one and two) and not _a_slip(one, two)
            for one, two in zip(_units(petition.frame[rows]), theirs, strict=True)
        ]
    return np.asarray(found)


def _a_slip(one: str, two: str) -> bool:
    """Tell whether one is the other with a letter more, less or another, or two beside each other changed about."""
    shorter, longer = sorted((one, two), key=len)
    if len(longer) - len(shorter) == 1:
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    places = [at for at in range(len(longer)) if longer[at : at + 1] != shorter[at : at + 1]]
    if len(longer) != len(shorter) or len(places) != 2:
        return len(longer) == len(shorter) and len(places) < 2
    first, second = places
    return second == first + 1 and longer[first] == shorter[second] and longer[second] == shorter[first]


def _units(people: pl.DataFrame) -> pl.Series:
    return plain_people(people.select(name for name in ADDRESS if name in people.columns))["unit"]
