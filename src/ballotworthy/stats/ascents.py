"""Ascents: how often one name comes later in the alphabet than the one before it, and what sorted sheets do to that.

Of the orders of m different names A(m, k) have k ascents (the Eulerian numbers; Comtet, "Advanced Combinatorics",
1974, section 6.5): A(m, k) = (k+1) A(m-1, k) + (m-k) A(m-1, k-1). The evidence for copying from a sorted list is a
likelihood ratio, hence an e-value (Vovk and Wang 2021, section 2): a portion of the sheets is tilted towards ascents by
exp(theta k), averaged over portions and tilts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

PORTIONS = (0.05, 0.2, 1.0)
TILTS = (0.5, 1.0, 2.0, 4.0)
LONGEST = 60
"""Names of a sheet that are looked at; a longer list is cut into such sheets."""


@cache
def eulerian(names: int) -> tuple[float, ...]:
    """Give the probability of 0, 1, ... ascents in a random order of so many different names."""
    chances = np.ones(1)
    for size in range(2, names + 1):
        up = np.arange(size)
        chances = ((up + 1) * np.r_[chances, 0] + (size - up) * np.r_[0, chances]) / size
    return tuple(chances.tolist())


def sorted_evidence(sheets: Sequence[tuple[int, int]]) -> float:
    """Give the e-value for copying from a sorted list; `sheets` are pairs of ascents and different names in a row."""
    logs = []
    for tilt in TILTS:
        ratios = np.array([_ratio(ascents, names, tilt) for ascents, names in sheets])
        logs += [float(np.log(1 - portion + portion * ratios).sum()) for portion in PORTIONS]
    return float(np.exp(np.minimum(logs, 600)).mean()) if sheets else 1.0


@cache
def _ratio(ascents: int, names: int, tilt: float) -> float:
    """Give how much likelier so many ascents are on a tilted sheet."""
    chances = np.array(eulerian(names))
    return float(np.exp(tilt * ascents) / (chances * np.exp(tilt * np.arange(len(chances)))).sum())
