"""Kinds of evidence: how the name and the home on a line stand to those of its best voter, in a few words.

A probability can be believed where lines of its kind have been held against the truth, so that all that is measured
(`measured.py`) and all that is said of a petition's own signs (`signs.py`) goes by these kinds.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match.comparisons import first_name, house_number, last_name, street
from ballotworthy.match.weigh import FIRST, LAST, NUMBER, STREET

NAMES = ("whole", "initial", "near", "one", "none")
"""Both names agree (or are short forms, or change places); the first is an initial; one or both differ by slips; one
agrees or is near and the other differs or is missing; neither agrees, or there is no voter."""
HOMES = ("own", "near", "digit", "other", "unread")
"""Number and street agree; the number agrees and the street does not; the number is a slip away on the voter's street,
which may be a house down that street; neither agrees, or the number does not; number or street cannot be compared."""
NOT_ASKED = " not asked"
"""Follows the home where the law does not ask whether it is the voter's: who moved counts there."""
LAST_WHOLE = (last_name.AGREES, last_name.PART, last_name.SWAPPED)
FIRST_WHOLE = (first_name.AGREES, first_name.NICKNAME, first_name.MIDDLE, first_name.SWAPPED)


def kinds(levels: np.ndarray, *, asked: bool) -> np.ndarray:
    """Give the kind of each line as "NAME, HOME".

    Args:
        levels: those of its best voter; uint8 (lines, fields).
        asked: whether the law asks that the home is the voter's; else `NOT_ASKED` follows.
    """
    last, first, number, way = (levels[:, field] for field in (LAST, FIRST, NUMBER, STREET))
    last_fits = ~np.isin(last, (last_name.MISSING, last_name.DIFFERENT))
    first_fits = ~np.isin(first, (first_name.MISSING, first_name.DIFFERENT))
    last_whole, first_whole = np.isin(last, LAST_WHOLE), np.isin(first, FIRST_WHOLE)
    name = np.select(
        [last_whole & first_whole, last_whole & (first == first_name.INITIAL), last_fits & first_fits,
         last_fits | first_fits],
        NAMES[:-1], NAMES[-1],
    )  # fmt: skip
    read = (number != house_number.MISSING) & (way != street.MISSING)
    same_way = ~np.isin(way, (street.MISSING, street.DIFFERENT))
    home = np.select(
        [~read, (number == house_number.AGREES) & same_way, number == house_number.AGREES,
         (number == house_number.SLIP) & same_way],
        ("unread", *HOMES[:3]), "other",
    )  # fmt: skip
    return np.char.add(np.char.add(np.char.add(name, ", "), home), "" if asked else NOT_ASKED)
