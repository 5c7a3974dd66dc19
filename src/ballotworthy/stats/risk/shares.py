"""Exact limits for shares of few: Clopper and Pearson, Biometrika 26 (1934); Garwood, Biometrika 28 (1936)."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log

from ballotworthy.stats.chances import reached


def most_share(part: int, whole: int, risk: float) -> float:
    """Give the upper limit of the share of which `part` of `whole` were seen; it is too low with at most `risk`."""
    if part >= whole:
        return 1.0
    return _root(lambda share: 1 - reached(whole, share, part + 1) - risk, 0.0, 1.0)


def least_share(part: int, whole: int, risk: float) -> float:
    """Give the lower limit of that share; it is too high with a chance of at most `risk`."""
    if part <= 0 or whole <= 0:
        return 0.0
    return 1 - most_share(whole - part, whole, risk)


def poisson_limits(seen: int, risk: float) -> tuple[float, float]:
    """Give the limits of a Poisson mean of which `seen` were seen; each is wrong with at most half of `risk`."""
    far = 4 * seen + 40.0
    low = _root(lambda mean: risk / 2 - (1 - _at_most(seen - 1, mean)), 0.0, far) if seen else 0.0
    return low, _root(lambda mean: _at_most(seen, mean) - risk / 2, 0.0, far)


def _at_most(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    return sum(exp(each * log(mean) - mean - lgamma(each + 1)) for each in range(count + 1))


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high
