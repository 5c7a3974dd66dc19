"""Lines on which nobody is named: the home alone signs for nobody, so a person must see who of its voters did.

Where nobody on the roll lives at the home that is written either, nothing on the line leads to a voter.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.law import Rules
from ballotworthy.match import Matches
from ballotworthy.petition import Petition
from ballotworthy.petition.void_words import UNREADABLE
from ballotworthy.roll import Roll

NO_NAME = rf"[?*_~]{{2}}|(?i:{UNREADABLE}|\bno name\b|\bsin nombre\b)"
"""What transcribers write in place of a name that they could not read."""

FOUND = 0.5
"""From which probability that its signer is on the roll a line without a name is for a person, whatever its home."""


def unnamed(petition: Petition, matches: Matches) -> np.ndarray:
    """Tell which lines have no name, or one of which somebody wrote that it cannot be read; bool (lines,)."""
    names = [name for name in ("name", "first_name", "last_name") if name in petition.frame.columns]
    unreadable = pl.any_horizontal(pl.col(names).fill_null("").str.contains(NO_NAME))
    who = matches.lines["who"]
    nameless = (who["last"][:, 0] == 0) & (who["first"][:, 0] == 0)
    return np.asarray(nameless | petition.frame.select(unreadable).to_series().to_numpy())


def nobody_named(petition: Petition, matches: Matches, roll: Roll, rules: Rules, clear: np.ndarray) -> pl.Series:
    """Say of such lines, where the law does not refuse them as illegible, that a person must look; "" of all others.

    Of lines that are not `clear`, since a machine read them, the picture has the name. Of those whose home is no
    voter's, and that tell by nothing else who signed, it says nothing either: they are refused as any that nobody fits.
    """
    left = unnamed(petition, matches) & clear & ("illegible" not in rules.reasons)
    left &= at_a_home(matches, roll) | (matches.on_roll >= FOUND)
    return pl.Series(np.where(left, "the line has no name that can be read; ", ""))


def at_a_home(matches: Matches, roll: Roll) -> np.ndarray:
    """Tell on which lines the number is that of a voter who may have signed, or, of homes without one, the street."""
    mine, theirs = matches.lines["who"][:, None], roll.records[np.maximum(matches.records, 0)]
    number = (mine["number"] != 0) & (mine["number"] == theirs["number"])
    street = (mine["street"][..., 0] != 0) & (mine["street"] == theirs["street"]).all(axis=2)
    unnumbered = street & (mine["number"] == 0) & (theirs["number"] == 0)
    return np.asarray(((number | unnumbered) & (matches.records >= 0)).any(axis=1))
