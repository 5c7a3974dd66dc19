"""What the roll does not tell of the voter who fits: "Jr." of a voter without a suffix, a home that the law protects.

The son may be the one who signed, and is not registered; and a name without an address is not one person's. Neither is
known to be another either, so a person looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from ballotworthy.check.written_address import written, written_by_roll
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import birth, house_number, last_name
from ballotworthy.match.comparisons.suffix import SENIOR
from ballotworthy.match.weigh import BIRTH, LAST, NUMBER
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS
from ballotworthy.roll.packed import SUFFIX_CODES, names_home

NO_SUFFIXES = 0.001
"""Share of voters with a suffix below which a roll keeps none, so that one without tells nothing; a judgement."""
BOXED = r"^(?:(?:P ?O|POST OFFICE) ?)?(?:BOX|BX|B) 0*(\d+[A-Z]?) ?$"
"""A post office box and nothing beside it, as `written_address.py` writes it."""
GENERATIONS: Mapping[int, int] = MappingProxyType(
    {SUFFIX_CODES[word]: at for word, at in {"JR": 2, "II": 2, "III": 3, "IV": 4, "V": 5}.items()}
)
"""Which of a name's bearers in a family each suffix stands for."""
NAME_AND_HOME = ("last", "first", "number", "street", "unit", "zip")
NO_HOMES = 0.5
"""Share of voters with an address below which a roll keeps none; a judgement."""


def untold_suffix(matches: Matches, roll: Roll) -> np.ndarray:
    """Tell of which candidates the line says Jr., II, III and so on, and the roll no suffix, though of others it does.

    "Sr." is no such case: who registered before there was a junior is the senior now. Bool (lines, ranks).
    """
    found = np.zeros(matches.records.shape, np.bool_)
    mine = matches.lines["who"]["suffix"]
    rows = np.flatnonzero((mine > 0) & (mine != SENIOR))
    if len(rows) and roll.suffix_share >= NO_SUFFIXES:
        records = matches.records[rows]
        found[rows] = (roll.records["suffix"][np.maximum(records, 0)] == 0) & (records >= 0)
    return found


def may_be_the_father(matches: Matches, roll: Roll) -> np.ndarray:
    """Tell of which such candidates the signer may be a son who is not registered; bool (lines, ranks).

    Where the roll has the name at that home as often as the suffix counts generations, twice for "Jr." and thrice for
    "III", the son is one of these voters, whichever.
    """
    found = untold_suffix(matches, roll)
    for row in np.flatnonzero(found.any(axis=1)):
        records = matches.records[row][matches.records[row] >= 0]
        _, first = np.unique(roll.owners[records], return_index=True)
        voters = roll.records[records[np.sort(first)]]
        needed = GENERATIONS.get(int(matches.lines["who"]["suffix"][row]), len(voters) + 1)
        for rank in np.flatnonzero(found[row]):
            voter = roll.records[matches.records[row, rank]]
            alike = [(voters[part] == voter[part]).reshape(len(voters), -1).all(axis=1) for part in NAME_AND_HOME]
            found[row, rank] = np.all(alike, axis=0).sum() < needed
    return found


def untold_home(matches: Matches, roll: Roll) -> np.ndarray:
    """Tell of which candidates the roll has no address to compare with the line's, though of most voters it does.

    Bool (lines, ranks).
    """
    written = names_home(matches.lines["who"])[:, None]
    there = roll.homes[np.maximum(matches.records, 0)]
    return np.asarray(written & ~there & (matches.records >= 0) & (roll.home_share >= NO_HOMES))


def boxed_alike(petition: Petition, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines give a post office box, and the roll the same one for the best voter's home; bool (lines,).

    A box is no home, yet where the register itself holds nothing better the line says all that it could.
    """
    asked = ~names_home(matches.lines["who"]) & (matches.records[:, 0] >= 0)
    asked[asked] = ~names_home(roll.records[matches.records[asked, 0]])
    boxes = written(petition.frame).str.extract(BOXED, 1).fill_null("")
    rows = np.flatnonzero(asked & (boxes != "").to_numpy())
    found = np.zeros(len(asked), bool)
    if len(rows):
        theirs = written_by_roll(roll, matches.records[rows, 0]).str.extract(BOXED, 1).fill_null("")
        found[rows] = (boxes[rows] == theirs).to_numpy()
    return found


def may_be_protected(matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines bear first and last name of a candidate whose home the roll does not tell; bool (lines,)."""
    rows, ranks = np.nonzero(untold_home(matches, roll))
    mine, theirs = matches.lines["who"][rows], roll.records[matches.records[rows, ranks]]
    same = np.stack([(mine[part] == theirs[part]).all(axis=1) for part in ("last", "first")]).all(axis=0)
    found = np.zeros(len(matches.records), np.bool_)
    found[rows[same]] = True
    return found


def protected(matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Give how probably a voter whose home the roll does not tell signed at the home of somebody of that last name.

    The roll has at that home a relative alone, whom it takes the signer for; but the voter of the whole name may live
    there as well. Of the households of a last name one is the voter's: with b the bits of the voter's name and N the
    voters, the odds are on_roll / relative x 2^b / N against a relative who is not registered. 0 where there is no such
    voter; `levels` are those of each line's best voter, uint8 (lines, fields); gives float64 (lines,).
    """
    found = np.zeros(len(levels))
    there = (levels[:, LAST] == last_name.AGREES) & (levels[:, NUMBER] == house_number.AGREES)
    rows = np.flatnonzero(may_be_protected(matches, roll) & there & ~untold_home(matches, roll)[:, 0])
    if len(rows):
        who, prior = matches.lines["who"][rows], matches.beliefs.prior
        bits = (who["last_bits"].astype(float) + who["first_bits"]) / EIGHTHS
        odds = prior.on_roll / prior.relative * 2.0**bits / matches.voters
        found[rows] = odds / (1 + odds)
    return found


def unconfirmed(levels: np.ndarray) -> np.ndarray:
    """Tell of which lines no day of birth confirms the voter; `levels` are uint8 (lines, fields)."""
    return np.asarray(levels[:, BIRTH] != birth.AGREES)
