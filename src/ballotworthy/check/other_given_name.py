"""Lines whose first name is some slips from the voter's and a name of its own: Joan at John's home is for a person.

A hand that slips seldom makes another name that people bear, and a home may hold two such names. Spellings of one
name stay slips: they sound alike, have the same first vowel, and are borne by the same sex, as Randal and Randall.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.check.other_address import text_of
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import first_name
from ballotworthy.match.weigh import FIRST
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS
from ballotworthy.roll.given_names import share_of_women
from ballotworthy.roll.keys import sound_of

SLIPS = (first_name.ALIKE, first_name.SLIP, first_name.SLIPS, first_name.PARTLY)
BORNE = 5e-5
"""Share of people who bear a name from which it is one of its own: what one voter of a small roll is, or one slip."""
OTHER_SEX = 0.5
"""Difference in the share of women among two names' bearers from which they are no spellings of one."""


def other_given_name(levels: np.ndarray, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines bear another given name than their best voter, alike in letters; bool (lines,).

    `levels` are those of each line's best voter, uint8 (lines, fields).
    """
    who = matches.lines["who"]
    found = np.isin(levels[:, FIRST], SLIPS) & (matches.records[:, 0] >= 0) & borne(who)
    for at in np.flatnonzero(found):
        found[at] = not one_name(who["first"][at], roll.records["first"][matches.records[at, 0]])
    return np.asarray(found)


def borne(who: np.ndarray) -> np.ndarray:
    """Tell whose first name, as written, people bear; takes `packed.RECORD`, gives bool, both (lines,)."""
    return np.asarray(who["first_bits"] < -np.log2(BORNE) * EIGHTHS)


def one_name(one: np.ndarray, two: np.ndarray) -> bool:
    """Tell whether two given names, letters of a record, may be spellings of one."""
    return _sound(text_of(one)) == _sound(text_of(two)) and sexes_apart(one, two) < OTHER_SEX


def sexes_apart(one: np.ndarray, two: np.ndarray) -> float:
    """Give by how much the share of women differs among the bearers of two given names; 0 where it is not known."""
    women, others = (share_of_women(text_of(name)) for name in (one, two))
    return 0.0 if women is None or others is None else abs(women - others)


def _sound(name: str) -> tuple[int, str]:
    """Give the consonants as Soundex has them, K as C at the beginning too, and the first vowel, Y as I."""
    heard = np.frombuffer(("C" + name[1:] if name.startswith("K") else name).encode("latin-1"), np.uint8)
    vowel = next((letter for letter in name.replace("Y", "I") if letter in "AEIOU"), "")
    return int(sound_of(heard, 0, len(heard))), vowel
