"""How probably a line counts: by its likely voter alone, and with all who else may have signed it.

Whoever else may be the signer is no voter whom the line fits: an address counted on from the line above, a given name
alone, a voter whose home the roll does not tell, initials of somebody elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.check.counted_on import counted_on
from ballotworthy.check.differing import asks_home
from ballotworthy.check.given_alone import given_alone
from ballotworthy.check.initials import initials_elsewhere
from ballotworthy.check.measured import within_measured
from ballotworthy.check.other_name import as_counted
from ballotworthy.check.signers import FOR_A_PERSON
from ballotworthy.check.untold import protected
from ballotworthy.law import Rules
from ballotworthy.match import Matches
from ballotworthy.roll import Roll


@dataclass(frozen=True)
class HowProbably:
    """The chances of each line; (lines,).

    Attributes:
        alone: that it counts by its likely voter, as far as was measured for its kind.
        counted: that it counts, whoever of all these signed.
        others: whether somebody else may have signed whom it does not tell.
    """

    alone: np.ndarray
    counted: np.ndarray
    others: np.ndarray


def how_probably(
    valid: np.ndarray,
    own: np.ndarray,
    kind: np.ndarray,
    odds: np.ndarray,
    levels: np.ndarray,
    matches: Matches,
    roll: Roll,
    rules: Rules,
) -> HowProbably:
    """Give the chances of each line.

    Args:
        valid: probability that it counts by its likely voter; float64 (lines,).
        own: the reason that the line itself gives, "" for none.
        kind: of its evidence.
        odds: of another name, as `other_name.odds_of` gives them.
        levels: of its best voter; uint8 (lines, fields).
        matches, roll, rules: whose voters they are, and whose law.
    """
    pulled = ((counted_on(matches) & (kind == "whole, other")) | given_alone(matches, roll)) & (own == "")
    initials = initials_elsewhere(matches, roll) if not asks_home(rules) else np.zeros(len(kind))
    as_well = np.where(pulled, FOR_A_PERSON, np.maximum(protected(matches, roll, levels), initials))
    weighed = np.maximum(as_counted(valid, odds), as_well)
    alone, counted = (np.where(own == "", within_measured(each, kind), valid) for each in (valid, weighed))
    return HowProbably(alone, counted, pulled | (initials > 0))
