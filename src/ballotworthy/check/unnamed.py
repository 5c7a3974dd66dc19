"""Lines on which nobody is named: the home alone signs for nobody, so a person must see who did."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.law import Rules
from ballotworthy.match import Matches
from ballotworthy.petition import Petition

UNREADABLE = r"[?*_~]{2}|(?i:illegible|unreadable|not legible|no name|ilegible|sin nombre)"
"""What transcribers write in place of a name that they could not read."""


def unnamed(petition: Petition, matches: Matches) -> np.ndarray:
    """Tell which lines have no name, or one of which somebody wrote that it cannot be read; bool (lines,)."""
    names = [name for name in ("name", "first_name", "last_name") if name in petition.frame.columns]
    unreadable = pl.any_horizontal(pl.col(names).fill_null("").str.contains(UNREADABLE))
    who = matches.lines["who"]
    nameless = (who["last"][:, 0] == 0) & (who["first"][:, 0] == 0)
    return np.asarray(nameless | petition.frame.select(unreadable).to_series().to_numpy())


def nobody_named(petition: Petition, matches: Matches, rules: Rules, clear: np.ndarray) -> pl.Series:
    """Say of such lines, where the law does not refuse them as illegible, that a person must look; "" of all others.

    Of lines that are not `clear`, since a machine read them, the picture has the name.
    """
    left = unnamed(petition, matches) & clear & ("illegible" not in rules.reasons)
    return pl.Series(np.where(left, "the line has no name that can be read; ", ""))
