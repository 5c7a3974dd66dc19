"""Lines at a voter's home with one name of the voter's and another one beside it: a voter's other name, or a stranger?

The matcher supposes that four voters in a thousand write another first name, or another last one, than the roll has
(`match.comparisons`). That keeps such lines open for a person, as it should, and counts too many of them: among 9,321
in the worlds of `benchmarks/worlds.py` the odds stated were 1.4 to 7 times the true ones, too high with every maker.
So they are counted at half of the odds; who is left to a person does not change by it.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match.comparisons import first_name, last_name
from ballotworthy.match.weigh import FIRST, LAST

ODDS = 0.5
"""Of the odds that the matcher states; the worlds of each maker alone would give 0.7 or less."""


def other_name(levels: np.ndarray) -> np.ndarray:
    """Tell which lines bear one name of the best voter and another in the place of the other; bool (lines,).

    `levels` are those of each line's best voter, uint8 (lines, fields).
    """
    last, first = levels[:, LAST], levels[:, FIRST]
    written = (last != last_name.MISSING) & (first != first_name.MISSING)
    return np.asarray(written & ((last == last_name.DIFFERENT) != (first == first_name.DIFFERENT)))


def as_counted(probabilities: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Give the probabilities of lines with the odds of those with another name at half; float64, both (lines,)."""
    halved = ODDS * probabilities / (1 - (1 - ODDS) * probabilities)
    return np.where(other_name(levels), halved, probabilities)
