"""Lines that give an initial for the first name, where the law does not ask for the home of the roll.

Who moved is found elsewhere by the whole name. "J Patel" at another address, or at a post office box, is looked for
among those of that address alone, so that nobody is found says little: such a line is for a person.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match import Matches
from ballotworthy.roll import Roll

ELSEWHERE = 0.5
"""Probability that its signer is a voter who was looked at, below which a line is looked upon so."""


def initials_elsewhere(matches: Matches, roll: Roll) -> np.ndarray:
    """Give how probably such a line is a voter's who moved, 0 of all other lines; float64 (lines,).

    It is the share of voters who moved among those who are not at their home and strangers, as the petition has them.
    Of a last name that nobody on the roll bears nobody can have moved.
    """
    who, prior = matches.lines["who"], matches.beliefs.prior
    initial = (who["first"][:, 0] != 0) & (who["first"][:, 1] == 0) & (who["last"][:, 1] != 0)
    borne = who["last_bits"] < roll.frequencies.unseen[0]
    moved = prior.on_roll * matches.beliefs.moves.share
    return np.where(initial & borne & (matches.on_roll < ELSEWHERE), moved / (moved + 1 - prior.on_roll), 0.0)
