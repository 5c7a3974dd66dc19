"""Open lines whose voters have all signed before: whoever of them a person finds, the line is a repeat.

`duplicates.py` links the lines of one named voter. A line that is open, between two voters of one home or for an
address that differs, is linked with none, and its voter was counted once more. Of a line that one of k voters may have
signed, k lines count at most, theirs and those of each of them (the pigeonhole principle): each takes as much of the
room as it counts, the valid ones first, then the open ones in the order of filing. Where room is left, since
father and son bear the name and one of them stands already, the line counts less by how often the petition's voters
sign twice (`again.py`). All this is of the share of the line that is theirs; what is another voter's stays.

Where all of them have a valid line further up, and hardly another voter can have signed, the line is refused: whoever a
person found, it would not count. So is one above their lines that is hardly theirs: were it, theirs would be the
repeat. It stays open where the law lets no line of who signed twice count, since the other line hangs on it then; where
the law asks for no home, since who bears the name may have moved; and where the line itself is unclear.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl

from ballotworthy.check.differing import asks_home
from ballotworthy.check.seen_names import may_refuse
from ballotworthy.check.untold import may_be_protected
from ballotworthy.check.which_counts import PERHAPS
from ballotworthy.law import Rules
from ballotworthy.match import Matches
from ballotworthy.roll import Roll

MAY = 0.1
"""Share of a line's likeliest voter from which another one may have signed it."""
HALF, REFUSE = 0.5, 0.05
"""Probability from which a line rather is a voter's, and below which any line is refused (`outcomes.py`)."""
SETTLED = (
    "ambiguous", "uncertain", "name-differs", "surname-differs", "middle-differs", "address-differs",
    "former-address", "name-incomplete", "address-incomplete",
)  # fmt: skip
"""Reasons of open lines that are settled once their voter is. What is unclear in itself is for a person, and so is the
junior of a voter whom the roll has as senior."""
WORDS = "; a repeat: its voter's line stands already"
AGAIN = 0.1
"""At least how often a voter signs again, for once that another one signs whom the line fits as well: a judgement."""
OTHERS = 0.02
"""Probability that a voter who has not signed yet did, from which a repeat is left to a person."""


def without_repeats(lines: pl.DataFrame, matches: Matches, roll: Roll, rules: Rules, share: float) -> pl.DataFrame:
    """Give the lines with the `probability` of open ones as far as their voters have not signed before.

    `evidence` says so where hardly anything is left; what cannot count is refused, as `duplicate` of the voter
    named, or as `not-registered` where it rather was nobody on the roll. `lines` are as `which_counts` gives them,
    `share` is that of further lines of a home that are the same voter's (`again.py`).

    Raises:
        LawSilent: the place's data does not say which of several lines of a voter counts.
    """
    outcome, counts = lines["outcome"].to_numpy(), lines["probability"].to_numpy().copy()
    there = matches.records[:, 0] >= 0
    valid, rows = (np.flatnonzero((outcome == kind) & there) for kind in ("valid", "unresolved"))
    taken: dict[tuple[int, ...], float] = {}
    stands: dict[tuple[int, ...], int] = {}
    named = roll.owners[matches.records[valid, 0]]
    asked = np.isin(named, roll.owners[matches.records[rows]])  # the voters of open lines, of many that are named
    for voter, row in zip(named[asked].tolist(), valid[asked].tolist(), strict=True):
        taken[(voter,)] = taken.get((voter,), 0.0) + float(counts[row])
        stands.setdefault((voter,), row)
    repeats, above = np.zeros(len(counts), np.bool_), np.full(len(counts), -1)
    rather = counts >= HALF
    others_share = 1 - _inside(matches) / np.maximum(matches.on_roll, 1e-12)
    weighed = (lines["reason"] == PERHAPS).to_numpy()
    for row in rows[~weighed[rows]].tolist():
        whose = _may_have_signed(matches, roll, row, float(counts[row]))
        if not whose:
            continue
        last = len(counts) if counts[row] < REFUSE else row  # one that is hardly theirs may stand above their lines
        if all(stands.get((voter,), len(counts)) < last for voter in whose):
            above[row] = stands[whose[:1]]
        parts = (part for size in range(1, len(whose) + 1) for part in combinations(whose, size))
        used = sum(taken.get(part, 0.0) for part in parts)
        room = min(max(len(whose) - used, 0.0), 1.0)
        others, left = float(others_share[row]), room * (1 - share * min(used, 1.0))
        repeats[row] = others + (1 - others) * room < HALF
        taken[whose] = taken.get(whose, 0.0) + counts[row] * (1 - others) * left
        counts[row] *= others + (1 - others) * left
    told = pl.col("evidence") + pl.when(pl.Series(repeats)).then(pl.lit(WORDS)).otherwise(pl.lit(""))
    counted = lines.with_columns(told, pl.Series("probability", counts).round(5))
    if rules.needed("duplicates").value == "none" or not asks_home(rules):
        return counted
    refused = (above >= 0) & repeats & _nobody_else(lines, matches, roll)
    theirs = refused & rather & lines["voter_id"].is_not_null().to_numpy()
    return _refused(counted, pl.Series(theirs | (refused & ~rather)), pl.Series(theirs), above)


def _nobody_else(lines: pl.DataFrame, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which open lines are clear in themselves and hardly any voter's but those who may have signed; (lines,)."""
    inside = _inside(matches)
    others = np.maximum(matches.on_roll - inside, 0.0)
    share = others / np.maximum(others + (1 - matches.on_roll) + AGAIN * inside, 1e-12)
    clear = may_refuse(matches) & ~may_be_protected(matches, roll) & lines["reason"].is_in(SETTLED).to_numpy()
    return np.asarray((share < OTHERS) & clear)


def _inside(matches: Matches) -> np.ndarray:
    """Give how probably one of those who may have signed did sign; float64 (lines,)."""
    return np.asarray(np.where(_likely(matches.chances, matches.records), matches.chances, 0.0).sum(axis=1))


def _refused(lines: pl.DataFrame, refused: pl.Series, theirs: pl.Series, above: np.ndarray) -> pl.DataFrame:
    """Refuse these lines, as the voter's own repeats where they rather are `theirs`, of the line `above` them."""
    first = lines["id"].gather(pl.Series(np.maximum(above, 0)))
    why = pl.when(theirs).then(pl.lit("duplicate")).otherwise(pl.lit("not-registered"))
    return lines.with_columns(
        pl.when(refused).then(pl.lit("invalid")).otherwise("outcome").alias("outcome"),
        pl.when(refused).then(why).otherwise("reason").alias("reason"),
        pl.when(theirs).then(first).otherwise("duplicate_of").alias("duplicate_of"),
        pl.when(refused & ~theirs).then(None).otherwise("voter_id").alias("voter_id"),
    )


def _likely(chances: np.ndarray, records: np.ndarray) -> np.ndarray:
    """Tell which ranked voters may have signed a line; bool, all (lines, ranks) or (ranks,)."""
    return np.asarray((chances >= MAY * chances.max(axis=-1, keepdims=True)) & (records >= 0))


def _may_have_signed(matches: Matches, roll: Roll, row: int, counts: float) -> tuple[int, ...]:
    """Give the voters, in their order on the roll, who may have signed a line; none where what it counts is another's.

    So it is where a voter may have moved, or lives where the roll does not tell.
    """
    chances = matches.chances[row]
    likely = _likely(chances, matches.records[row])
    if chances[likely].sum() < counts / 2:
        return ()
    return tuple(sorted({int(voter) for voter in roll.owners[matches.records[row, likely]]}))
