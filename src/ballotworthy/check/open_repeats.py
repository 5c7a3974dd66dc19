"""Open lines whose voters have all signed before: whoever of them a person finds, the line is a repeat.

`duplicates.py` links the lines of one named voter. A line that is open, between two voters of one home or for an
address that differs, is linked with none, and its voter was counted once more. Of a line that one of k voters may have
signed, k lines count at most, theirs and those of each of them (the pigeonhole principle): each takes as much of the
room as it counts, the valid ones first, then the open ones in the order of filing.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl

from ballotworthy.match import Matches
from ballotworthy.roll import Roll

MAY = 0.1
"""Share of a line's likeliest voter from which another one may have signed it."""
WORDS = "; a repeat: its voter's line stands already"


def without_repeats(lines: pl.DataFrame, matches: Matches, roll: Roll) -> pl.DataFrame:
    """Give the lines with the `probability` of open ones as far as their voters have not signed before.

    `evidence` says so where hardly anything is left. `lines` are as `mark_duplicates` gives them.
    """
    outcome, counts = lines["outcome"].to_numpy(), lines["probability"].to_numpy().copy()
    there = matches.records[:, 0] >= 0
    valid, rows = (np.flatnonzero((outcome == kind) & there) for kind in ("valid", "unresolved"))
    taken: dict[tuple[int, ...], float] = {}
    named = roll.owners[matches.records[valid, 0]]
    asked = np.isin(named, roll.owners[matches.records[rows]])  # the voters of open lines, of many that are named
    for voter, chance in zip(named[asked].tolist(), counts[valid[asked]].tolist(), strict=True):
        taken[(voter,)] = taken.get((voter,), 0.0) + chance
    repeats = np.zeros(len(counts), np.bool_)
    for row in rows.tolist():
        whose = _may_have_signed(matches, roll, row, float(counts[row]))
        if not whose:
            continue
        parts = (part for size in range(1, len(whose) + 1) for part in combinations(whose, size))
        room = min(max(len(whose) - sum(taken.get(part, 0.0) for part in parts), 0.0), 1.0)
        repeats[row] = room < 0.5
        counts[row] *= room
        taken[whose] = taken.get(whose, 0.0) + counts[row]
    told = pl.col("evidence") + pl.when(pl.Series(repeats)).then(pl.lit(WORDS)).otherwise(pl.lit(""))
    return lines.with_columns(told, pl.Series("probability", counts).round(5))


def _may_have_signed(matches: Matches, roll: Roll, row: int, counts: float) -> tuple[int, ...]:
    """Give the voters, in their order on the roll, who may have signed a line; none where what it counts is another's.

    So it is where a voter may have moved, or lives where the roll does not tell.
    """
    chances = matches.chances[row]
    likely = (chances >= MAY * chances.max()) & (matches.records[row] >= 0)
    if chances[likely].sum() < counts / 2:
        return ()
    return tuple(sorted({int(voter) for voter in roll.owners[matches.records[row, likely]]}))
