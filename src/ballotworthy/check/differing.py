"""Why a line is for a person though one voter fits it: what it says of name or home is another thing, or too little."""

from __future__ import annotations

import numpy as np

from ballotworthy.check.other_address import other_address
from ballotworthy.check.other_surname import other_surname
from ballotworthy.check.road_class import other_road
from ballotworthy.law import Rules
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import birth, middle_name, street
from ballotworthy.match.weigh import BIRTH, MIDDLE, STREET
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll


def differing(petition: Petition, matches: Matches, roll: Roll, rules: Rules, levels: np.ndarray) -> np.ndarray:
    """Give `surname-differs`, `middle-differs`, `address-differs` or `address-incomplete` for each line, else "".

    The address counts only where the place's law asks whether it is the voter's.

    Args:
        petition, matches, roll: the lines and who may have signed them.
        rules: the place's law.
        levels: of every field, between each line and its best voter; uint8 (lines, fields).
    """
    found = np.full(len(levels), "", dtype="U18")
    if "different-address" in rules.reasons:
        found[incomplete(matches, roll, levels)] = "address-incomplete"
        found[other_address(matches, roll, levels) | other_road(petition, matches, roll)] = "address-differs"
    found[other_middle(levels)] = "middle-differs"
    found[other_surname(matches, roll)] = "surname-differs"
    return found


def other_middle(levels: np.ndarray) -> np.ndarray:
    """Tell of which lines the middle name contradicts the best voter's, and no day of birth confirms the voter."""
    confirmed = np.isin(levels[:, BIRTH], (birth.AGREES,))
    return np.asarray((levels[:, MIDDLE] == middle_name.DIFFERENT) & ~confirmed)


def incomplete(matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Tell which lines name the best voter's street and no number, or the number and no street, though the roll has it.

    "Gum St" fits every house of Gum St, and "RFD 2" every box of that route.
    """
    mine, theirs = matches.lines["who"], roll.records[np.maximum(matches.records[:, 0], 0)]
    no_number = (mine["number"] == 0) & (theirs["number"] != 0) & (levels[:, STREET] != street.MISSING)
    no_street = (mine["number"] != 0) & (mine["street"][:, 0] == 0) & (theirs["street"][:, 0] != 0)
    return np.asarray((no_number | no_street) & (matches.records[:, 0] >= 0))
