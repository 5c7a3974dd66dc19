"""Streets that begin alike: a part of the voter's street, or another one? Broad St is not Broadway.

Hands leave out words, and "Rock Creek" may be Rock Creek Rd with its last word taken for a type; so whole words of a
name are that name, unless the line gives another type. What is the beginning of a word is another word: Broad and
Broadway, Wood and Woodland, Ashbury and Ashwood.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.check.other_address import text_of
from ballotworthy.check.written_address import written, written_by_roll
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import house_number, street
from ballotworthy.match.weigh import NUMBER, STREET
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll


def half_street(petition: Petition, matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Tell of which lines the number is the best voter's and the street one that only begins alike; bool (lines,)."""
    found = (levels[:, NUMBER] == house_number.AGREES) & (levels[:, STREET] == street.BEGINS)
    found &= matches.records[:, 0] >= 0
    asked = np.flatnonzero(found)
    mine, theirs = matches.lines["who"][asked], roll.records[matches.records[asked, 0]]
    texts = written(petition.frame[asked]), written_by_roll(roll, matches.records[asked, 0])
    for at, one, two, line, voter in zip(asked, mine, theirs, *texts, strict=True):
        ours, other = text_of(one["street"]), text_of(two["street"])
        whole, part = (voter, ours) if len(ours) < len(other) else (line, other)
        rest = words_behind(part, whole)
        typed = one["type"] != 0 and two["type"] != 0 and one["type"] != two["type"]
        found[at] = rest is None or (typed and rest not in (line if whole is voter else voter).split())
    return np.asarray(found)


def words_behind(part: str, address: str) -> str | None:
    """Give the word that follows `part`, letters without blanks, where some whole words of the address are it.

    "" where none follows; None where no whole words are that part.
    """
    words = address.split()
    for begin in range(len(words)):
        joined = ""
        for end in range(begin, len(words)):
            joined += words[end]
            if joined == part:
                return words[end + 1] if end + 1 < len(words) else ""
    return None
