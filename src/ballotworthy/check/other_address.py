"""Lines whose address is another than that of the voter who fits, though the number is the same: for a person.

A hand may have miswritten the voter's street, or the signer lives elsewhere; the name alone cannot tell. A street that
shares most of its letters is a slip and stays one.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import numpy as np

from ballotworthy.match import Matches
from ballotworthy.match.comparisons import house_number, street, town, unit
from ballotworthy.match.weigh import NUMBER, STREET, TOWN, UNIT
from ballotworthy.roll import Roll

ALIKE = 0.5
"""Share of letters from which two names are one with slips: GUM and OAK share none, MAPEL and MAPLE most."""

ALMOST = 0.8
"""The same where neither has a house number: of two corners, MILLRIVER and MILLRIDGE, one street is another one."""

NUMBERED = re.compile(r"\d+[A-Z]?")
"""A street or road known by its number: 7th, County Road 14E."""


def other_address(matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Tell of which lines the address names another place than the best voter's; bool (lines,).

    The number agrees, and the street is another name, has another number, or has another type or direction where both
    give one and no unit agrees; or number and street agree, and town and zip code, both given, are others. Or one of
    them is a corner or another place without a number, which the other address is not: its street is no slip of it.
    """
    number, way, place = levels[:, NUMBER], levels[:, STREET], levels[:, TOWN]
    same_number = number == house_number.AGREES
    record = np.maximum(matches.records[:, 0], 0)
    zips = (matches.lines["who"]["zip"] != 0) & (roll.records["zip"][record] != 0)
    unit_agrees = levels[:, UNIT] == unit.AGREES
    found = same_number & (
        (way == street.NUMBERED)
        | ((way == street.NAME) & ~unit_agrees)
        | ((way == street.AGREES) & (place == town.DIFFERENT) & zips)
    )
    compared = same_number & np.isin(way, (street.SLIP, street.DIFFERENT)) & (matches.records[:, 0] >= 0)
    unnumbered = (roll.records["number"][record] == 0) & np.isin(way, (street.SLIP, street.BEGINS, street.DIFFERENT))
    compared |= unnumbered & (matches.records[:, 0] >= 0)
    asked = np.flatnonzero(compared)
    mine, theirs = matches.lines["who"][asked], roll.records["street"][record[asked]]
    for at, one, two, house in zip(asked, texts_of(mine["street"]), texts_of(theirs), mine["number"], strict=True):
        if unnumbered[at]:
            found[at] = house != 0 or unlike(one, two, ALMOST)
        else:
            found[at] = (way[at] == street.DIFFERENT and unlike(one, two)) or renumbered(one, two)
    return np.asarray(found)


def text_of(letters: np.ndarray) -> str:
    """Give the letters of a record's field as text; read so, a letter of another script that was cut is no fault."""
    return bytes(letters).rstrip(b"\0").decode("latin-1")


def texts_of(letters: np.ndarray) -> list[str]:
    """Give the letters of a field of several records as texts, each as `text_of` does."""
    whole = np.ascontiguousarray(letters).view(f"S{letters.shape[1]}").ravel()
    return [text.decode("latin-1") for text in whole.tolist()]


def renumbered(one: str, two: str) -> bool:
    """Tell whether two names have the same letters and other digits: PSC12 is not PSC21."""
    letters = {re.sub(r"\d", "", name) for name in (one, two)}
    return len(letters) == 1 and len({re.sub(r"\D", "", name) for name in (one, two)} - {""}) == 2


def unlike(one: str, two: str, alike: float = ALIKE) -> bool:
    """Tell whether two names of streets are no slips of each other; a number beside a word may be one in letters."""
    if NUMBERED.fullmatch(one) and NUMBERED.fullmatch(two):
        return one != two
    if one.isdigit() or two.isdigit():
        one, two = ("".join(letter for letter in name if letter.isdigit()) for name in (one, two))
        if not one or not two:
            return False
    return SequenceMatcher(None, one, two, autojunk=False).ratio() < alike
