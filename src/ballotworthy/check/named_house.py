"""Lines that give the name of a house and no street: "Kelby Hall", "Sunrise Manor Room 12".

Who writes so has not said where the house stands, neither at the voter's home nor elsewhere; a street that differs
would say that the signer moved.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match import Matches
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import PARTS


def named_house(matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines have no number, and for a street a word that no street of the roll has; bool (lines,)."""
    lines = matches.lines
    strange = lines["street_bits"] == roll.frequencies.unseen[PARTS.index("street")]
    return np.asarray((lines["who"]["number"] == 0) & (lines["who"]["street"][:, 0] != 0) & strange)
