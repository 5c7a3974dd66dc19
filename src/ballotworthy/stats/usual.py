"""What is usual among the groups of one petition, and how far each group is from it, the group itself left out.

The shares of usual groups are beta distributed: a common mean, and a spread beyond chance. A few groups may be odd:
their odds differ from the usual by a factor of e to e^4 either way. Mean, spread and the portion of odd groups are
not known; they are given a prior and integrated over a grid (as Box and Tiao 1968 do for outliers, see Verdinelli and
Wasserman, "Bayesian analysis of outlier problems using the Gibbs sampler", Statistics and Computing 1 (1991) 105-117),
so that with ten groups the answer is as unsure as it should be. Trimming and
correcting the trimmed fit does the same with more steps. The chance of a count is its exact beta-binomial tail,
averaged over the fit to the *other* groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ballotworthy.stats.beta_binomial import Tails, log_chance, log_choose
from ballotworthy.stats.heavy import heavy_tails

SHARES_ODD = np.array([0.005, 0.03, 0.1, 0.2])
"""Portions of odd groups that are thought of, each as likely as the others."""
OFFSETS = np.linspace(1.0, 4.0, 9)
"""By how much an odd group's log odds differ."""
WEIGHTS = 2.0 ** np.arange(8, 0.9, -0.5)
"""The sums a + b that are thought of; the correlation is 1 / (a + b + 1), from 0.004 to 0.33."""
MIDDLE, WIDTH = np.log(0.02), 1.0
"""Prior of the log of the correlation: normal, its middle 0.02, two thirds of it from 0.007 to 0.054."""
FIRST_GRID = np.arange(-6.0, 4.01, 0.5)
NEGLIGIBLE = 1e-9
ASKED = 0.01
"""Chance above which no heavy tail is asked for: it would change nothing."""


@dataclass(frozen=True)
class Usual:
    """The fit to all groups that are not empty.

    Attributes:
        a, b: parameters thought of, one for each point of the grid; float64 (points,).
        given: log likelihood of each group at each point and portion of odd groups; float64 (groups, points, portions).
        prior: log prior, float64 (points, portions).
        share, correlation: the posterior's middle.
    """

    a: np.ndarray
    b: np.ndarray
    given: np.ndarray
    prior: np.ndarray
    share: float
    correlation: float


def fit(parts: np.ndarray, wholes: np.ndarray) -> Usual:
    """Fit what is usual to counts of groups, none of them empty; int64 (groups,) each."""
    logits, spread = FIRST_GRID, 1.0
    for last in (False, True):
        found = _on_grid(parts, wholes, logits)
        weight = _posterior(found.prior + found.given.sum(axis=0)).sum(axis=1).reshape(len(logits), len(WEIGHTS))
        each = weight.sum(axis=1)
        middle = float((each * logits).sum())
        spread = float(np.sqrt((each * (logits - middle) ** 2).sum()))
        if not last:
            reach = max(4 * spread, 0.6)
            logits = middle + np.linspace(-reach, reach, 17 if len(parts) < 60 else 25)
    correlation = float(np.exp((weight.sum(axis=0) * np.log(1 / (WEIGHTS + 1))).sum()))
    return Usual(found.a, found.b, found.given, found.prior, float((each / (1 + np.exp(-logits))).sum()), correlation)


def tails(parts: Sequence[int], wholes: Sequence[int], doubt: float = 0.0) -> list[tuple[float, float]]:
    """Give, of each group, how probable a count so low and how probable one so high is for a usual group.

    Each is judged by the fit to the others. (1, 1) for a group that is empty, and for all where fewer than five
    are not. With `doubt`, that portion of honest groups is thought to have the heavy tail of `heavy.py`, whatever the
    others show: no few groups can rule it out.
    """
    part, whole = np.asarray(parts, np.int64), np.asarray(wholes, np.int64)
    some = np.flatnonzero(whole > 0)
    chances = [(1.0, 1.0)] * len(part)
    if len(some) < 5:
        return chances
    usual = fit(part[some], whole[some])
    total = usual.prior + usual.given.sum(axis=0)
    kept = _posterior(total).sum(axis=1) > NEGLIGIBLE
    a, b = usual.a[kept], usual.b[kept]
    table = Tails(a, b, int(whole.max()))
    for at, group in enumerate(some):
        weight = _posterior((total - usual.given[at])[kept]).sum(axis=1)
        low, high = (float(weight @ side) for side in table.of(int(part[group]), int(whole[group])))
        if doubt and min(low, high) < ASKED:
            wide = heavy_tails(int(part[group]), int(whole[group]), a, b, weight)
            low, high = ((1 - doubt) * one + doubt * other for one, other in zip((low, high), wide, strict=True))
        chances[group] = (min(1.0, low), min(1.0, high))
    return chances


def deviations(parts: np.ndarray, wholes: np.ndarray, usual: Usual) -> np.ndarray:
    """Give how many standard deviations each group's log odds are from the usual ones; float64 (groups,)."""
    odds = np.log((parts + 0.5) / (wholes - parts + 0.5))
    spare = usual.share * (1 - usual.share)
    sd = np.sqrt((1 + (wholes - 1) * usual.correlation) / (wholes * spare))
    return np.asarray((odds - np.log(usual.share / (1 - usual.share))) / sd)


def _on_grid(parts: np.ndarray, wholes: np.ndarray, logits: np.ndarray) -> Usual:
    share = 1 / (1 + np.exp(-logits))
    a = (share[:, None] * WEIGHTS).ravel()
    b = ((1 - share)[:, None] * WEIGHTS).ravel()
    usual = np.exp(log_chance(parts, wholes, a, b))
    odd = np.repeat(_odd(parts, wholes, logits), len(WEIGHTS), axis=1)
    given = np.log(1e-300 + (1 - SHARES_ODD) * usual[..., None] + SHARES_ODD * odd[..., None])
    before = -(((np.log(1 / (WEIGHTS + 1)) - MIDDLE) / WIDTH) ** 2) / 2
    prior = np.tile(before, len(logits))[:, None] + np.zeros(len(SHARES_ODD))
    return Usual(a, b, given, prior, 0.0, 0.0)


def _odd(parts: np.ndarray, wholes: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Give the probability of each count in an odd group, for each usual log odds; float64 (groups, logits)."""
    choose = log_choose(parts, wholes)[:, None]
    found = np.zeros((len(parts), len(logits)))
    for offset in (*-OFFSETS, *OFFSETS):
        log_share = -np.log1p(np.exp(-(logits + offset)))
        found += np.exp(choose + np.outer(parts, log_share) + np.outer(wholes - parts, log_share - logits - offset))
    return found / (2 * len(OFFSETS))


def _posterior(total: np.ndarray) -> np.ndarray:
    weight = np.exp(total - total.max())
    return np.asarray(weight / weight.sum())
