"""Why a line is for a person though one voter fits it: what it says of name or home is another thing, or too little."""

from __future__ import annotations

import numpy as np

from ballotworthy.check.half_street import half_street
from ballotworthy.check.homes_there import another_home, another_unit
from ballotworthy.check.other_address import other_address
from ballotworthy.check.other_district import other_district
from ballotworthy.check.other_given_name import other_given_name
from ballotworthy.check.other_name import foreign
from ballotworthy.check.other_number import other_number
from ballotworthy.check.other_surname import other_surname
from ballotworthy.check.road_class import other_road
from ballotworthy.check.streets_there import another_street
from ballotworthy.check.untold import boxed_alike, unconfirmed, untold_home, untold_suffix
from ballotworthy.check.words_beside import words_beside
from ballotworthy.law import Rules
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import first_name, last_name, middle_name, street, unit
from ballotworthy.match.weigh import FIRST, LAST, MIDDLE, STREET, UNIT
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll


def differing(
    petition: Petition, matches: Matches, roll: Roll, rules: Rules, levels: np.ndarray, others: np.ndarray
) -> np.ndarray:
    """Give `name-differs`, `surname-differs`, `middle-differs` or `address-differs` for each line, else "".

    Or `name-incomplete` or `address-incomplete`, where a line says too little, and `suffix-differs` or again
    `address-incomplete` where the roll does (`untold.py`). A first, middle or last name that
    differs or lacks is no matter where a day of birth confirms the voter. The address counts only where the place's
    law asks whether it is the voter's.

    Args:
        petition, matches, roll: the lines and who may have signed them.
        rules: the place's law.
        levels: of every field, between each line and its best voter; uint8 (lines, fields).
        others: whether the line bears a stranger's name beside one of the voter's (`other_name.py`); bool (lines,).
    """
    found = np.full(len(levels), "", dtype="U18")
    if asks_home(rules):
        found[incomplete(matches, roll, levels)] = "address-incomplete"
        elsewhere = other_address(matches, roll, levels) | another_street(matches, roll, levels)
        elsewhere |= half_street(petition, matches, roll, levels) | another_home(matches, roll, levels)
        elsewhere |= another_unit(levels) | other_number(petition, matches, roll, levels)
        elsewhere |= other_district(petition, matches, roll, levels)
        found[elsewhere | other_road(petition, matches, roll)] = "address-differs"
    open_to_doubt = unconfirmed(levels)
    found[untold_home(matches, roll)[:, 0] & open_to_doubt] = "address-incomplete"
    found[boxed_alike(petition, matches, roll)] = "address-incomplete"
    found[half_a_name(levels) & open_to_doubt] = "name-incomplete"
    found[untold_suffix(matches, roll)[:, 0] & open_to_doubt] = "suffix-differs"
    middle = foreign(levels[:, MIDDLE] == middle_name.DIFFERENT, matches, roll)
    found[middle & open_to_doubt] = "middle-differs"
    others = others | other_given_name(levels, matches, roll) | words_beside(petition, matches, roll)
    found[others & open_to_doubt] = "name-differs"
    found[other_surname(matches, roll)] = "surname-differs"
    return found


def asks_home(rules: Rules) -> bool:
    """Tell whether the law asks that the home on the line is the one on the roll; else who moved is a voter too."""
    return "different-address" in rules.reasons


def half_a_name(levels: np.ndarray) -> np.ndarray:
    """Tell which lines have a first or a last name to compare with the best voter's, and not the other."""
    return np.asarray((levels[:, LAST] == last_name.MISSING) != (levels[:, FIRST] == first_name.MISSING))


def incomplete(matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Tell which lines name the best voter's street and no number, or the number and no street, though the roll has it.

    "Gum St" fits every house of Gum St, and "RFD 2" every box of that route; where the roll has a unit for a number, as
    of a lot in a park of trailers, the line has to name it.
    """
    mine, theirs = matches.lines["who"], roll.records[np.maximum(matches.records[:, 0], 0)]
    no_number = (mine["number"] == 0) & (theirs["number"] != 0) & (levels[:, STREET] != street.MISSING)
    lot = (mine["number"] == 0) & (theirs["number"] == 0) & (theirs["unit"] != 0) & (levels[:, UNIT] != unit.AGREES)
    no_street = (mine["number"] != 0) & (mine["street"][:, 0] == 0) & (theirs["street"][:, 0] != 0)
    return np.asarray((no_number | no_street | lot) & (matches.records[:, 0] >= 0))
