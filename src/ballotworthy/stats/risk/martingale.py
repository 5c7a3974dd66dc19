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


def capital(side: Side, xs: np.ndarray, other: float | None = None) -> np.ndarray:
    """Give the logarithm of the capital after each line, from a capital of 1.

    Infinite where what was seen cannot be if the hypothesis is true. With `other`, the capital that the same
    bets have against the hypothesis of that sum in place of `side.null`: it falls as `other` grows, which makes
    the hypotheses not disproved an interval: money on a line is what it is against `side.null`, cut to what there is.

    Args:
        side: the hypothesis and the bets.
        xs: the numbers seen, in the order drawn, each from 0 to 1.
        other: another sum to bet against.
    """
    drawn = np.arange(len(xs))
    after = np.cumsum(xs)
    before = after - xs
    left = side.lines - drawn
    mu = (side.null - before) / left
    against = mu if other is None else (other - before) / left
    stakes = _stakes(side, mu, before, drawn)
    if other is not None:
        stakes = np.minimum(stakes * np.where(mu > 0, against / np.maximum(mu, NEAR), 1.0), np.maximum(stakes, ALL))
    open_ = (mu * left > NEAR) & (mu < 1) & (against * left > NEAR) & (against < 1)
    ratio = np.divide(xs, against, out=np.ones(len(xs)), where=open_)
    with np.errstate(divide="ignore"):
        logs = np.log1p(np.where(open_, stakes * (ratio - 1), 0.0)).cumsum(axis=1)
        shares = np.log([bet.share for bet in side.bets])
    total = np.logaddexp.reduce(logs + shares[:, None], axis=0)
    limit = (side.null if other is None else other) + NEAR
    total[after > limit] = np.inf
    return np.asarray(total)


def _stakes(side: Side, mu: np.ndarray, before: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Give the share at stake of each bet on each line; float64 (bets, lines)."""
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
    return np.asarray(np.minimum(1.0, np.exp(-capital(side, np.asarray(xs, float)))))


def measured_risk(side: Side, xs: Sequence[float] | np.ndarray) -> float:
    """Give the least p-value so far: the risk limit that would have let the check stop, 1 before the first line."""
    values = p_values(side, xs)
    return float(values.min()) if len(values) else 1.0
