"""The test by strata: a sum over strata, each drawn on its own, disproved however it may be spread over them.

In stratum h, N_h lines with numbers x from 0 to 1 add up to T_h, unknown; the hypothesis is that all T_h together are
at most `null`. Against given T_h, and with S the sum of the x before line j of the stratum, the capital

    M_h(T_h) = sum over bets of s times product of (1 - c + c x_j / mu_j),    mu_j = (T_h - S) / (N_h - j + 1)

is a test martingale, and so is the product over strata, since they are drawn apart: it tests the intersection. The
hypothesis is the union over all T that add up to at most `null`, so what counts is the least product over them. The
logarithm of M_h is convex and falls as T_h grows, so that the least is found through its dual:

    ln E = the greatest, over v > 0, of  sum over h of min over T_h of (ln M_h(T_h) + v T_h)  -  v null

with T_h between the sum of the x seen and that with a 1 for each line left. Half of each stratum's capital is never
bet: where T_h is the truth, M_h then stays above a half. E is an e-value, 1 / E a p-value at any look; it is the
capital at the look, not the greatest so far. Spertus and Stark, "Sweeter than SUITE: supermartingale stratified
union-intersection tests of elections" (E-Vote-ID 2022), section 3; the bets are those of Waudby-Smith and Ramdas,
JRSS B 86 (2024).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log

import numpy as np

from ballotworthy.stats.risk.martingale import NEAR

STAKES = np.array([[0.0], [0.05], [0.2], [0.6], [0.95]])
SHARES = np.log([0.5, 0.125, 0.125, 0.125, 0.125])
STEPS = 60
LEAST_SLOPE, GREATEST_SLOPE = 1e-12, 1e6
FLAT = 1e-9
HELD = 700.0
"""Above this logarithm of a capital a float holds no more."""


@dataclass(frozen=True)
class Stratum:
    """A stratum: how many lines it has, and the numbers of those seen, in the order drawn from it."""

    lines: int
    xs: np.ndarray


def least_capital(strata: Sequence[Stratum], null: float) -> float:
    """Give the e-value against the hypothesis that all numbers add up to at most `null`; infinite if they cannot."""
    seen = [each for each in strata if len(each.xs)]
    lows = np.array([float(each.xs.sum()) for each in seen])
    highs = lows + [each.lines - len(each.xs) for each in seen]
    if lows.sum() > null + NEAR:
        return inf
    if highs.sum() <= null:
        return exp(min(HELD, sum(log_capital(each, high)[0] for each, high in zip(seen, highs, strict=True))))
    steep, gentle, best = log(GREATEST_SLOPE), log(LEAST_SLOPE), -inf
    for _ in range(STEPS):
        slope = exp((steep + gentle) / 2)
        sums = np.array([_least_at(*each, slope) for each in zip(seen, lows, highs, strict=True)])
        value = sum(log_capital(each, total)[0] for each, total in zip(seen, sums, strict=True))
        best = max(best, value + slope * (float(sums.sum()) - null))
        if sums.sum() > null:  # the greater v, the smaller the sums: what is found here walls in what follows
            gentle, highs = log(slope), sums
        else:
            steep, lows = log(slope), sums
        if (highs - lows <= FLAT * (1 + highs)).all():
            break
    return inf if best > HELD else exp(best)


def log_capital(stratum: Stratum, total: float) -> tuple[float, float, float]:
    """Give ln M_h at T_h = `total`, its first and its second derivative there."""
    xs = stratum.xs
    rest = np.maximum(total - (np.cumsum(xs) - xs), 1e-300)
    gain = STAKES * (xs * (stratum.lines - np.arange(len(xs))) / rest)
    factor = 1 - STAKES + gain
    part = gain / factor / rest
    logs = np.log(factor).sum(axis=1) + SHARES
    highest = float(logs.max())
    weights = np.exp(logs - highest)
    whole = float(weights.sum())
    weights /= whole
    slopes = -part.sum(axis=1)
    slope = float(weights @ slopes)
    bend = float(weights @ ((2 * part / rest - part * part).sum(axis=1) + slopes * slopes)) - slope * slope
    return highest + log(whole), slope, bend


def _least_at(stratum: Stratum, low: float, high: float, slope: float) -> float:
    """Give the T_h between two walls at which ln M_h(T_h) + `slope` T_h is least: by Newton's steps, walled in."""
    if high - low <= FLAT * (1 + high) or log_capital(stratum, high)[1] <= -slope:
        return high
    if log_capital(stratum, low)[1] >= -slope:
        return low
    at = (low + high) / 2
    for _ in range(STEPS):
        _, found, bend = log_capital(stratum, at)
        low, high = (at, high) if found < -slope else (low, at)
        step = at - (found + slope) / bend if bend > 0 else low
        step = step if low < step < high else (low + high) / 2
        if abs(step - at) <= FLAT * (1 + at):
            return step
        at = step
    return at
