"""Numbers a slip from the voter's that are rather read in two ways than miswritten: boxes, and a hyphen on one side.

Boxes of a route stand in a row and nothing but their number tells one from the next: box 41 may be 14 with its digits
changed about, or a neighbour's. "412 Cedar St" may be house 12 of block 4, keyed without its hyphen, or number 412.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.check.written_address import written
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import house_number
from ballotworthy.match.weigh import NUMBER
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll
from ballotworthy.roll.house_numbers import HYPHENED

BOX = r"\b(?:BOX|BX) ?(?:NO )?\d"


def other_number(petition: Petition, matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Tell on which lines a box, or a number with a hyphen on one side only, is a slip from the best voter's.

    `levels` are those between each line and that voter, uint8 (lines, fields); gives bool (lines,).
    """
    found = (levels[:, NUMBER] == house_number.SLIP) & (matches.records[:, 0] >= 0)
    theirs = roll.records["number"][np.maximum(matches.records[:, 0], 0)]
    one_hyphen = (matches.lines["who"]["number"] >= HYPHENED) != (theirs >= HYPHENED)
    return np.asarray(found & (one_hyphen | written(petition.frame).str.contains(BOX).to_numpy()))
