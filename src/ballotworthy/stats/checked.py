"""A chance that depends on a validity which only a check of so many lines tells: integrated over what it may be.

Of N lines checked a share v was valid. What the validity is has then the density of Beta(Nv + 1/2, N(1-v) + 1/2), by
Jeffreys' prior (Proc. R. Soc. A 186, 1946); the lines checked are taken as drawn at random from those to come. A
petition's chance rises with the validity as a normal does, nearly: Phi((v - middle) / width). Middle and width are
found by asking for the chance at a few validities, and the product with the density is summed on a fine grid.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from ballotworthy.errors import InputError
from ballotworthy.stats.chances import normal

GRID = 4001
REACH = 7.0
HALVINGS = 12
LEAST = 10
FROM, TO = 0.75, 0.99


def over_validity(chance_of: Callable[[float], float], validity: float, checked: int) -> float:
    """Give the chance, integrated over the validity that a check of `checked` lines leaves possible.

    Args:
        chance_of: the chance if the validity is known to be so much; it must not fall with it.
        validity: the share of the lines checked that was valid.
        checked: how many were checked.

    Raises:
        InputError: fewer than ten lines were checked.
    """
    if checked < LEAST:
        raise InputError(f"a check of {checked} lines says too little; check {LEAST} or more, drawn at random.")
    a, b = checked * validity + 0.5, checked * (1 - validity) + 0.5
    mean, spread = a / (a + b), (a * b / ((a + b) ** 2 * (a + b + 1))) ** 0.5
    low, high = max(mean - REACH * spread, 1e-4), min(mean + REACH * spread, 1 - 1e-6)
    middle = _middle(chance_of, validity / 2, (1 + validity) / 2)
    width = _width(chance_of, middle, spread, (1 + validity) / 2)
    grid = np.linspace(low, high, GRID)
    heights = (a - 1) * np.log(grid) + (b - 1) * np.log1p(-grid)
    weights = np.exp(heights - heights.max())
    rising = np.array([normal(each) for each in ((grid - middle) / width).tolist()])
    return float((weights * rising).sum() / weights.sum())


def _middle(chance_of: Callable[[float], float], low: float, high: float) -> float:
    """Give the validity with a chance of one half, by halving; an end where it is not reached."""
    if chance_of(high) < 0.5:
        return high
    for _ in range(HALVINGS):
        between = (low + high) / 2
        low, high = (low, between) if chance_of(between) >= 0.5 else (between, high)
    return high


def _width(chance_of: Callable[[float], float], middle: float, spread: float, most: float) -> float:
    """Give how far over the middle one deviate lies: read at a validity whose chance is well over a half and under one.

    A step of the spread is doubled or halved until it is; where the ends leave no room, the last step is given.
    """
    step, last = spread, 0
    for _ in range(HALVINGS):
        at = min(middle + step, most)
        chance = chance_of(at)
        way = 1 if chance < FROM and at < most else -1 if chance > TO else 0
        if way == 0 or way == -last:
            break
        step, last = step * 2.0**way, way
    return (at - middle) / NormalDist().inv_cdf(chance) if 0.5 < chance < 1 and at > middle else step
