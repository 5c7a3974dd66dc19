"""How many voters each county gets: in proportion to its weight, but enough to fill a sheet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ballotworthy.simulate.draws import Ints

FEWEST = 50
"""Voters that a county needs for a sheet of ten lines and its strangers, movers and duplicates."""


def share_out(voters: int, strata: Sequence[tuple[str, int | None]]) -> tuple[tuple[str, ...], Ints]:
    """Give the counties that get voters, in the order of `strata`, and how many.

    Where there are too few voters for all counties, the lightest get none. A weight of None counts as the
    smallest known one.
    """
    least = min((weight for _, weight in strata if weight), default=1)
    weights = [weight or least for _, weight in strata]
    keep = min(len(strata), max(1, voters // FEWEST))
    heavy = sorted(sorted(range(len(strata)), key=lambda i: (-weights[i], i))[:keep])
    floor = min(FEWEST, voters // keep)
    share = np.array([weights[i] for i in heavy], dtype=np.float64)
    exact = floor + (voters - floor * keep) * share / share.sum()
    whole = np.floor(exact).astype(np.int64)
    whole[np.argsort(whole - exact, kind="stable")[: voters - int(whole.sum())]] += 1
    return tuple(strata[i][0] for i in heavy), whole
