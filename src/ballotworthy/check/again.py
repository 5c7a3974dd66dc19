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
