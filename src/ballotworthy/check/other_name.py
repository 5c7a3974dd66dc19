"""Lines at a voter's home with one name of the voter's and another one beside it: a voter's other name, or a stranger?

The matcher supposes that four voters in a thousand write another first name, or another last one, than the roll has
(`match.comparisons`). That keeps such lines open for a person, as it should, and counts too many of them: in the worlds
of `benchmarks/worlds.py` the odds stated were 1.4 to 7 times the true ones, too high with every maker. How much too
high hangs on the other name: a first name that nobody bears is a hand's, not a stranger's, and its odds stay; one that
people bear is rather a stranger's, the more so where it is of the other sex. So each kind is counted at odds of its
own, and none is valid by itself unless a birth date agrees. Where a petition shows that more of its voters write
another last name (`match.estimate`), what it shows beyond the stated share counts whole.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np

from ballotworthy.check.other_address import texts_of
from ballotworthy.check.other_given_name import borne, sexes_apart
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import first_name, last_name
from ballotworthy.match.weigh import FIRST, LAST, LEVELS
from ballotworthy.roll import Roll
from ballotworthy.roll.packed import RECORD

SURNAME, GIVEN, OTHER_SEX, NOBODYS = 0.4, 0.4, 0.2, 1.0
"""What each kind of other name counts at, of the odds that the matcher states: another surname; another first name that
people bear; one of the other sex; one that nobody bears. From 8,662 lines at the voter's home in 105 worlds."""
ONE_SEX = 0.8
"""Difference in the share of women among two names' bearers from which they are of two sexes."""
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
    rows = np.flatnonzero(found)
    both = _words(matches.lines["who"][rows]), _words(roll.records[matches.records[rows, 0]])
    for at, mine, theirs in zip(rows, *both, strict=True):
        either = [*theirs, *(one + other for one, other in permutations(theirs, 2))]
        found[at] = any(not any(_fits(word, other) for other in either) for word in mine)
    return found


def odds_of(others: np.ndarray, levels: np.ndarray, matches: Matches, roll: Roll) -> np.ndarray:
    """Give what share of its odds each line counts at, 1 where it bears no other name; float64 (lines,).

    `others` as `other_name` gives them; `levels` are those of each line's best voter, uint8 (lines, fields).
    """
    odds = np.where(others, np.where(levels[:, LAST] == last_name.DIFFERENT, _surname(matches), GIVEN), 1.0)
    given = np.flatnonzero(others & (levels[:, FIRST] == first_name.DIFFERENT))
    odds[given[~borne(matches.lines["who"][given])]] = NOBODYS
    for at in given[odds[given] == GIVEN]:
        mine, theirs = matches.lines["who"]["first"][at], roll.records["first"][matches.records[at, 0]]
        odds[at] = OTHER_SEX if sexes_apart(mine, theirs) > ONE_SEX else GIVEN
    return odds


def _surname(matches: Matches) -> float:
    """Give what another surname counts at: what the petition showed beyond the stated share of them counts whole."""
    stated, estimated = LEVELS[LAST][-1].m, matches.beliefs.levels[LAST][-1].m
    return 1 - (1 - SURNAME) * min(stated / estimated, 1.0)


def as_counted(probabilities: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """Give the probabilities of lines at such shares of their odds; float64, all (lines,)."""
    return np.asarray(odds * probabilities / (1 - (1 - odds) * probabilities))


def _words(people: np.ndarray) -> list[list[str]]:
    """Give the words of each person's name."""
    names = zip(*(texts_of(people[part]) for part in ("first", "middle", "last")), strict=True)
    return [" ".join(name).split() for name in names]


def _fits(word: str, other: str) -> bool:
    """Tell whether two words are one, perhaps cut to the width of a record's field; an initial fits too many."""
    shorter, longer = sorted((word, other), key=len)
    return longer == shorter or (len(shorter) >= MIDDLE_LETTERS and longer.startswith(shorter))
