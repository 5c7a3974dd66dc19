"""The test martingale: capital that bets against a hypothesis on a sum, line after line, without replacement.

There are N lines, each with a number x from 0 to 1. The hypothesis is that they add up to at most `null`. With
S the sum of the j - 1 numbers seen, the rest has at most the mean mu = (null - S) / (N - j + 1), so that

    T_j = T_{j-1} (1 + c_j (x_j / mu_j - 1)),    0 <= c_j <= 1 fixed before line j is seen,

does not grow on average if the hypothesis is true, and neither does a mixture of such T. Ville's inequality
then bounds the chance that it ever reaches 1 / alpha by alpha: one may look after every line and stop at will.
Sources: Stark, "ALPHA", Annals of Applied Statistics 17 (2023) 641-679, of which this is the case of one
mixture for all bets; Waudby-Smith and Ramdas, JRSS B 86 (2024), for sampling without replacement; Ville,
Etude critique de la notion de collectif (1939).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ballotworthy.stats.risk.bets import FIXED, WRONG, Bet, shrunk, wrong

ALL = 0.999
"""The greatest share at stake against another sum than the one that the bets were made for."""
LEAST = -1e300
NEAR = 1e-6
"""Sums of thirds are not exact; weights add up to whole signatures, and this is less than any of them."""


@dataclass(frozen=True)
class Side:
    """One hypothesis to be disproved.

    Attributes:
        lines: N, how many lines there are.
        null: what their numbers add up to at most, if the hypothesis is true.
        bets: the mixture that bets against it.
    """

    lines: int
    null: float
    bets: tuple[Bet, ...]


@dataclass(frozen=True)
class Seen:
    """What was seen on a side and what was bet on it; see `seen_on`.

    Attributes:
        side: the hypothesis and the bets.
        xs: the numbers, in the order drawn.
        before: what they add up to before each line.
        left: how many lines are left before each.
        mu: the mean that the hypothesis leaves for those.
        stakes: the share at stake of each bet on each line; (bets, lines).
        most: the same, where it may be more against another hypothesis.
        shares: each bet's part of the capital at the beginning; (bets, 1).
    """

    side: Side
    xs: np.ndarray
    before: np.ndarray
    left: np.ndarray
    mu: np.ndarray
    stakes: np.ndarray
    most: np.ndarray
    shares: np.ndarray


def seen_on(side: Side, xs: Sequence[float] | np.ndarray) -> Seen:
    """Bet on the numbers seen, in the order drawn, each from 0 to 1."""
    numbers = np.asarray(xs, float)
    drawn = np.arange(len(numbers))
    before = np.cumsum(numbers) - numbers
    left = side.lines - drawn
    mu = (side.null - before) / left
    stakes = _stakes(side, mu, before, drawn)
    shares = np.array([[bet.share] for bet in side.bets])
    return Seen(side, numbers, before, left, mu, stakes, np.maximum(stakes, ALL), shares)


def capital(seen: Seen) -> np.ndarray:
    """Give the logarithm of the capital after each line, from a capital of 1.

    It is infinite where what was seen cannot be if the hypothesis is true, and gone where that has become
    certain.
    """
    factors = _factors(seen, seen.mu, seen.stakes)
    with np.errstate(divide="ignore"):
        logs = np.log(factors).cumsum(axis=1) + np.log(seen.shares)
        highest = np.maximum(logs.max(axis=0), LEAST)
        total = highest + np.log(np.exp(logs - highest).sum(axis=0))
    total[seen.before + seen.xs > seen.side.null + NEAR] = np.inf
    return np.asarray(total)


def greatest_capital(seen: Seen, other: float) -> float:
    """Give the greatest capital so far that the same bets have against another hypothesis, at least 1.

    It is the hypothesis that the numbers add up to at most `other` in place of `side.null`: money on a line is
    what it is against `side.null`, cut to what there is. The capital falls as `other` grows, which makes the
    hypotheses not disproved an interval. Beyond what a float holds it is infinite, which disproves all the same.
    """
    if (seen.before + seen.xs > other + NEAR).any():
        return float("inf")
    mu = (other - seen.before) / seen.left
    scale = np.where(seen.mu > 0, mu / np.maximum(seen.mu, NEAR), 1.0)
    stakes = seen.stakes * scale
    factors = _factors(seen, mu, np.minimum(stakes, seen.most, out=stakes))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        total = seen.shares[:, 0] @ np.cumprod(factors, axis=1, out=factors)
    return float(np.fmax.reduce(total, initial=1.0))


def _factors(seen: Seen, mu: np.ndarray, stakes: np.ndarray) -> np.ndarray:
    """Give what each bet's money is multiplied by on each line; 0 once the hypothesis is certain."""
    open_ = (mu * seen.left > NEAR) & (mu < 1)
    gain = np.divide(seen.xs, mu, out=np.ones(len(mu)), where=open_) - 1
    factors = stakes * gain
    factors += 1
    factors[:, mu >= 1] = 0.0
    return np.asarray(factors)


def _stakes(side: Side, mu: np.ndarray, before: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    stakes = np.empty((len(side.bets), len(mu)))
    within = np.clip(mu, NEAR, 1 - NEAR)
    for row, bet in zip(stakes, side.bets, strict=True):
        if bet.kind == FIXED:
            row[:] = bet.first
        elif bet.kind == WRONG:
            row[:] = wrong(within, bet.first)
        else:
            row[:] = shrunk(within, before, drawn, bet.first, bet.second, bet.third)
    return stakes


def p_values(side: Side, xs: Sequence[float] | np.ndarray) -> np.ndarray:
    """Give 1 / T after each line, at most 1: what SHANGRLA prints as its history of p-values."""
    return np.asarray(np.minimum(1.0, np.exp(-capital(seen_on(side, xs)))))


def measured_risk(side: Side, xs: Sequence[float] | np.ndarray) -> float:
    """Give the least p-value so far: the risk limit that would have let the check stop, 1 before the first line."""
    return least_risk(seen_on(side, xs))


def least_risk(seen: Seen) -> float:
    """Give the same of what was seen and bet; 0 where the capital is more than a float holds."""
    return 1 / greatest_capital(seen, seen.side.null)
