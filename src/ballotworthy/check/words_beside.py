"""Lines whose name is their voter's but for a word before or behind it: when that leaves them to a person.

"Maria Peters MSN" is Maria Peters. "Maria Peters Zhuk" may be so with letters behind her name, or with a new surname.
And "Dean Ann Wilson" may be a dean, or Dean himself, where both live in one home.
"""

from __future__ import annotations

from itertools import compress

import numpy as np
import polars as pl

from ballotworthy.check.other_address import text_of
from ballotworthy.match import Matches
from ballotworthy.match.words_beside import bare_texts, read_bare
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll
from ballotworthy.roll.packed import letters

NAMES = ("first", "middle", "last")
HOME = ("number", "street", "unit")
AS_FIRST_NAME = 3
"""Letters by which a word beside a name and a first name may be one: "Gen." and Gene."""


def words_beside(petition: Petition, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines are for a person since a word of their name may be none of it; bool (lines,).

    These are lines that are read for their best voter without a word that is no title or degree, and those of a home
    where one voter's name is read without a word beside it and another's first name begins with that word.
    """
    found = np.zeros(len(matches.records), np.bool_)
    if "name" not in petition.frame.columns:
        return found
    typed = True if matches.written is None else ~matches.written
    rows = np.flatnonzero((matches.records[:, 0] >= 0) & typed)
    texts = petition.frame["name"].gather(rows)
    which, bare = bare_texts(texts, roll.frequencies)
    known, names = read_bare(bare, roll.frequencies)
    for row, each, name in zip(rows[which[known]], compress(bare, known), names, strict=True):
        own = _bears(roll.records[matches.records[row]], name) & (matches.records[row] >= 0)
        unsure = own[0] and not each.sure and not _his_own(roll.records[matches.records[row, 0]], each.left_out)
        found[row] = unsure or _both_there(matches.records[row], own, each.left_out, roll)
    return found


def _bears(voters: np.ndarray, name: np.void) -> np.ndarray:
    """Tell which voters bear a first and a last name; bool (voters,)."""
    return np.asarray((voters["first"] == name["first"]).all(axis=1) & (voters["last"] == name["last"]).all(axis=1))


def _his_own(voter: np.void, left_out: tuple[str, ...]) -> bool:
    """Tell whether the words beside a name are other names of the voter: of "Khoa Van Truong" Van Khoa's second one."""
    names = " ".join(text_of(voter[part]) for part in NAMES).split()
    return all(any(word[: len(name)] == name for name in names if len(name) > 1) for word in left_out)


def _both_there(ranked: np.ndarray, own: np.ndarray, left_out: tuple[str, ...], roll: Roll) -> bool:
    """Tell whether one home holds a voter of the name, of the ranked ones, and one whose first name a word begins."""
    voters, size = roll.records[ranked], AS_FIRST_NAME
    words = letters(pl.Series(left_out, dtype=pl.String), size)
    begun = (voters["first"][:, None, :size] == words[None]).all(axis=2).any(axis=1) & (ranked >= 0) & ~own
    homes = [{tuple(bytes(each[part]) for part in HOME) for each in voters[who]} for who in (own, begun)]
    return bool(homes[0] & homes[1])
