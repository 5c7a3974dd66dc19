"""Chances of counts: the tail of a binomial, the terms of a Poisson, the normal distribution."""

from __future__ import annotations

from math import erfc, exp, lgamma, log, sqrt

import numpy as np

REACH = 12
"""How many standard deviations from the mean a tail is added up; the rest is below any float's notice."""


def normal(z: float) -> float:
    """Give the chance that a standard normal is at most `z`."""
    return erfc(-z / sqrt(2)) / 2


def reached(trials: int, share: float, least: int) -> float:
    """Give the chance of at least `least` successes in so many trials: a binomial's upper tail, exactly."""
    if least <= 0:
        return 1.0
    if least > trials or share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    mean, reach = trials * share, REACH * (sqrt(trials * share * (1 - share)) + 1)
    if least < mean - reach:
        return 1.0
    first, last = least, min(trials, int(max(mean, least) + reach))
    counts = np.arange(first, last)
    ratios = np.log((trials - counts) / (counts + 1)) + log(share / (1 - share))
    start = lgamma(trials + 1) - lgamma(first + 1) - lgamma(trials - first + 1)
    start += first * log(share) + (trials - first) * log(1 - share)
    terms = np.exp(start + np.concatenate(([0.0], np.cumsum(ratios))))
    return min(1.0, float(terms.sum()))


def poisson(mean: float, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Give counts around the mean of a Poisson and their chances, at most about `most` of them.

    Where there are more, every second, third ... count stands for its neighbours; the chances add up to 1.
    """
    if mean <= 0:
        return np.zeros(1), np.ones(1)
    reach = 8 * sqrt(mean) + 10
    low, high = max(0, int(mean - reach)), int(mean + reach)
    counts = np.arange(low, high + 1, max(1, (high - low) // most))
    chances = np.array([exp(count * log(mean) - mean - lgamma(count + 1)) for count in counts.tolist()])
    return counts.astype(float), chances / chances.sum()
