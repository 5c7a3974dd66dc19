"""Addresses that a spreadsheet counted on: the line above pulled down, 104 Oak St, 105 Oak St, 106 Oak St.

Who so wrote over a column has lost what the signers gave. Neighbours do sign one below the other, so the lines that
fit a voter there are left as they are; one that would be refused, though a voter of its name lives elsewhere, is for a
person.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match import Matches


def counted_on(matches: Matches) -> np.ndarray:
    """Tell which lines have the street of the line above and the next house number; bool (lines,)."""
    found = np.zeros(len(matches.lines), np.bool_)
    number, street = matches.lines["who"]["number"], matches.lines["who"]["street"]
    same = (street[1:] == street[:-1]).all(axis=1) & (street[1:, 0] != 0)
    found[1:] = same & (number[:-1] > 0) & (number[1:] == number[:-1] + 1)
    return found
