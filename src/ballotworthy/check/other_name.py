"""Lines at a voter's home with one name of the voter's and another one beside it: a voter's other name, or a stranger?

The matcher supposes that four voters in a thousand write another first name, or another last one, than the roll has
(`match.comparisons`). That keeps such lines open for a person, as it should, and counts too many of them: among 9,321
in the worlds of `benchmarks/worlds.py` the odds stated were 1.4 to 7 times the true ones, too high with every maker.
So they are counted at half of the odds, and none is valid by itself unless a birth date agrees.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np

from ballotworthy.check.other_address import text_of
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import first_name, last_name
from ballotworthy.match.weigh import FIRST, LAST
from ballotworthy.roll import Roll
from ballotworthy.roll.packed import RECORD

ODDS = 0.5
"""Of the odds that the matcher states; the worlds of each maker alone would give 0.7 or less."""
MIDDLE_LETTERS = RECORD["middle"].shape[0]
"""Letters of a middle name that a record holds, the fewest of all names."""


def other_name(levels: np.ndarray, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines bear one name of the best voter and a stranger's in the place of the other; bool (lines,).

    `levels` are those of each line's best voter, uint8 (lines, fields).
    """
    last, first = levels[:, LAST], levels[:, FIRST]
    written = (last != last_name.MISSING) & (first != first_name.MISSING)
    return foreign(written & ((last == last_name.DIFFERENT) != (first == first_name.DIFFERENT)), matches, roll)


def foreign(differs: np.ndarray, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell of which of these lines some word of the name is none of the best voter's, in whichever place.

    "Louise Walker" is Louise Walker Thorne under a former name, "Ann Hall Dobbs" Ann Ruth Hall-Dobbs, and the words
    of "Phuc Van Ta" are Ta Phuc Van's even if Van Ta is read as one.
    """
    found = differs & (matches.records[:, 0] >= 0)
    for at in np.flatnonzero(found):
        theirs = _words(roll.records[matches.records[at, 0]])
        theirs += [one + other for one, other in permutations(theirs, 2)]
        found[at] = any(not any(_fits(word, other) for other in theirs) for word in _words(matches.lines["who"][at]))
    return found


def as_counted(probabilities: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Give the probabilities of lines with the odds of those with another name at half; float64, both (lines,)."""
    halved = ODDS * probabilities / (1 - (1 - ODDS) * probabilities)
    return np.where(others, halved, probabilities)


def _words(person: np.void) -> list[str]:
    return " ".join(text_of(person[part]) for part in ("first", "middle", "last")).split()


def _fits(word: str, other: str) -> bool:
    """Tell whether two words are one, perhaps cut to the width of a record's field; an initial fits too many."""
    shorter, longer = sorted((word, other), key=len)
    return longer == shorter or (len(shorter) >= MIDDLE_LETTERS and longer.startswith(shorter))
