"""The difference estimator of a sum: what a model expects, put right by lines that people ruled, drawn at random.

    T^ = sum of p + (N / n) sum of (v - p)          N lines, n of them ruled in the order drawn, v ruled, p expected

It is unbiased whatever p is worth (Cochran, Sampling Techniques, 1977, section 7; Sarndal, Swensson and Wretman,
Model Assisted Survey Sampling, 1992, section 6.3), and near to the truth where p is.

The interval holds by construction, for any N, n and p, and at every n at once, so that people may stop when they
like: v - p lies between -1 and 1, and each sum T that is not disproved by a test martingale stays in it. A martingale
that bets the share c of what a line can lose multiplies by 1 + c (v - p - m) / (1 + m), m being the mean that T leaves
for the lines not yet drawn; that is the finite-population correction: once all are drawn, one T is left. Waudby-Smith
and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86 (2024) 1-27, sections 4 and 5
(hedged capital, sampling without replacement); each end is wrong with a chance of at most half of the error. A normal
interval would have no length where the first lines show no error, and would be too short where errors are few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ballotworthy.stats.risk.bets import FIXED, Bet
from ballotworthy.stats.risk.martingale import Side, measured_risk

ERROR = 0.05
BETS = tuple(Bet(FIXED, 0.1, c) for c in np.linspace(0.05, 0.95, 10).tolist())
"""From the small stakes that thousands of lines reward to the high ones of a few dozen; see benchmarks/rulings.py."""


@dataclass(frozen=True)
class Difference:
    """The estimated sum, and the whole numbers between which it lies with 95%."""

    estimate: float
    low: int
    high: int


def difference(ruled: np.ndarray, expected: np.ndarray, total: float, lines: int, error: float = ERROR) -> Difference:
    """Give the estimator and its interval, which always holds the estimate.

    Args:
        ruled: v of each line ruled, 0 or 1, in the order drawn without replacement; at least one.
        expected: p of the same lines, 0 to 1.
        total: the sum of p over all lines.
        lines: N.
        error: the chance with which the interval may miss the sum, whatever the number of lines ruled.
    """
    n, seen = len(ruled), round(float(ruled.sum()))
    least, most = seen, lines - (n - seen)
    estimate = min(max(total + lines / n * float((ruled - expected).sum()), least), most)
    above, below = (1 + ruled - expected) / 2, (1 - ruled + expected) / 2

    def too_low(sum_: int) -> bool:
        return measured_risk(Side(lines, (lines - total + sum_) / 2, BETS), above) <= error / 2

    def too_high(sum_: int) -> bool:
        return measured_risk(Side(lines, (lines + total - sum_) / 2, BETS), below) <= error / 2

    low = _first_kept(too_low, least, int(estimate))
    high = most - _first_kept(lambda gone: too_high(most - gone), 0, most - int(-(-estimate // 1)))
    return Difference(float(estimate), low, high)


def _first_kept(left_out: Callable[[int], bool], low: int, high: int) -> int:
    """Give the least number from `low` on that is not left out, or `high`; what is left out begins with `low`."""
    while low < high:
        middle = (low + high) // 2
        if left_out(middle):
            low = middle + 1
        else:
            high = middle
    return high
