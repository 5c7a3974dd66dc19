"""How often a voter signs again, for each time that somebody else of the voter's home signs too.

"John Smith, 12 Oak St" stands twice, and father and son of that home bear the name: both signed, or one did twice. No
line tells which, but the petition does: its voters who are known have signed so often again, and so often beside
somebody of their home.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.match import Matches
from ballotworthy.roll import Roll
from ballotworthy.roll.packed import names_home

STATED, PAIRS = 0.1, 10
"""Share of lines of a home's further voters that are one voter's own again, and how many such lines that counts as."""

OTHERS = 3.0
"""How many may sign where the voter signs again, of two lines that are one voter's best each (`which_counts.py`): the
share is of all others of a home, the doubt there is about one of them. From 3 draws of the 67 worlds that the matcher
is not fitted to: of 5,168 pairs 77 second lines counted and 66 first ones did not; with 3 that was said of 83 and 72,
with 2 of 104 and 89, with 5 of 62 and 57. Of a line that two of a home may have signed, one of whom stands already
(`open_repeats.py`), the share itself was nearest: on one more draw 1,404 of 2,032 such lines counted, 1,356 by the
share, 1,246 with 3."""


def odds_of_another(share: float) -> float:
    """Give how often another signs beside one of two lines of the same voter, for each time that the voter does."""
    return (1 - share) / share / OTHERS


def again(lines: pl.DataFrame, matches: Matches, roll: Roll) -> float:
    """Give, of further lines from a home that has one, the share that are the same voter's again.

    `lines` are as `mark_duplicates` gives them; those of known voters are counted.
    """
    own = int(lines["duplicate_of"].is_not_null().sum())
    valid = np.flatnonzero((lines["outcome"] == "valid").to_numpy() & (matches.records[:, 0] >= 0))
    there = roll.records[roll.owners[matches.records[valid, 0]]]
    there = there[names_home(there)]
    home = pl.DataFrame({name: there[name] for name in ("number", "zip", "unit")})
    home = home.with_columns(pl.Series("street", [street.tobytes() for street in there["street"]], dtype=pl.Binary))
    beside = home.height - home.n_unique()
    return (own + STATED * PAIRS) / (own + beside + PAIRS)
