"""Several snapshots of one register, taken on different days: which of them decides a line.

A voter may have registered after one snapshot was taken, or have been struck off before another. A line is decided
by the first snapshot that has a likely voter: that of the day it was signed or the next one after it, then later
ones, then earlier ones, the nearest first; where none has, by the one that has the likeliest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from ballotworthy.match.evidence import searches
from ballotworthy.match.matches import Matches
from ballotworthy.match.ranked import ranked
from ballotworthy.roll import Roll

LIKELY = 0.8
NEVER = 10**6
"""Days by which an earlier snapshot comes behind every later one."""


def deciding(rolls: Sequence[Roll], found: Sequence[Matches], signed: pl.Series | None) -> np.ndarray:
    """Give, for each line, which of the rolls decides it; int64 (lines,)."""
    lines = len(found[0].lines)
    taken = np.array([roll.taken_on.toordinal() for roll in rolls])
    days = np.full(lines, taken.max() if signed is None else -1)
    if signed is not None:
        days = signed.dt.epoch("d").fill_null(int(taken.max()) - 719_163).to_numpy() + 719_163
    behind = taken[None, :] - days[:, None]
    order = np.argsort(np.where(behind >= 0, behind, NEVER - behind), axis=1, kind="stable")
    likely = np.stack([each.on_roll for each in found], axis=1)
    in_order = np.take_along_axis(likely, order, axis=1)
    first = np.where((in_order >= LIKELY).any(axis=1), (in_order >= LIKELY).argmax(axis=1), in_order.argmax(axis=1))
    return np.asarray(np.take_along_axis(order, first[:, None], axis=1)[:, 0])


def ranked_in(lines: pl.DataFrame, rolls: Sequence[Roll], found: Sequence[Matches], chosen: np.ndarray) -> pl.DataFrame:
    """Give the table of `ranked`, each line by the roll that was chosen for it, which stands in a column `roll`.

    `searches` tells what was looked at in every snapshot.
    """
    names = [f"{roll.path.name} of {roll.taken_on.isoformat()}" for roll in rolls]
    told = pl.DataFrame(
        pl.select(pl.concat_str(pl.lit(f"in {name}: "), searches(each.looked))).to_series().alias(name)
        for name, each in zip(names, found, strict=True)
    ).select(pl.concat_str(pl.all(), separator="; ", ignore_nulls=True))
    parts = []
    for at, (roll, each) in enumerate(zip(rolls, found, strict=True)):
        rows = np.flatnonzero(chosen == at)
        some = replace(
            each,
            **{name: getattr(each, name)[rows] for name in ("lines", "read", "records", "weights", "sums", "looked")},
            careless=None if each.careless is None else each.careless[rows],
        )
        table = ranked(lines[rows], roll, some)
        places = rows[(table["rank"] == 1).cum_sum().to_numpy() - 1]
        about = [
            told.to_series()[places].alias("searches"),
            pl.lit(names[at]).alias("roll"),
            pl.Series("at", places, dtype=pl.Int64),
        ]
        parts.append(table.with_columns(about))
    return pl.concat(parts).sort("at", "rank").drop("at")
