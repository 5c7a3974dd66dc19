"""The confidence sequence: between which numbers of distinct valid signers the truth lies, at every look at once.

A number M is left out once the capital against "at most M" (or "at least M") has reached 1 / alpha at any look
so far. The bets are those made for the requirement, so that the lower end passes the requirement at the very
line at which the risk limit is met. Waudby-Smith and Ramdas, "Confidence sequences for sampling without
replacement", NeurIPS 2020.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, log

import numpy as np

from ballotworthy.stats.risk.martingale import Seen, capital, seen_on
from ballotworthy.stats.risk.sides import Question, nulls_at, sides_of

STEPS = 60


def confidence_sequence(
    question: Question, enough: np.ndarray, short: np.ndarray, alphas: tuple[float, float]
) -> tuple[int, int]:
    """Give the lower and the upper end, in signatures.

    Each end is wrong at any look with a chance of at most its alpha. The ends are found to a five-thousandth of
    the lines and rounded outwards, but never across the requirement.

    Args:
        question: what is asked.
        enough, short: the x of both sides so far, see `numbers_of`.
        alphas: the risk of the lower and of the upper end.
    """
    sides = sides_of(question)
    first, second = seen_on(sides.sufficient, enough), seen_on(sides.insufficient, short)
    most = question.lines + question.phantoms

    def disproved_below(at: float) -> float:
        return _best(first, nulls_at(question, at, 0)[0]) + log(alphas[0])

    def disproved_above(at: float) -> float:
        return _best(second, nulls_at(question, 0, at)[1]) + log(alphas[1])

    near = max(0.5, most / 5000)
    r = question.required
    low = _edge(disproved_below, -1.0, float(most), r - 1.0, near)
    high = most - _edge(lambda gone: disproved_above(most - gone), -1.0, float(most), most - float(r), near)
    return min(max(0, floor(low) + 1), most), max(min(most, ceil(high) - 1), 0)


def _best(seen: Seen, null: float) -> float:
    return float(capital(seen, null).max()) if len(seen.xs) else 0.0


def _edge(over: Callable[[float], float], low: float, high: float, hint: float, near: float) -> float:
    """Give the highest point known to be disproved; below it all are, since `over` falls as the sum grows.

    `low` counts as disproved and `high` as not; the search begins at `hint` and goes on by halves and by false
    position in turn.
    """
    at_low, at_high = np.inf, -np.inf
    at = hint
    for step in range(STEPS):
        value = over(at)
        if value >= 0:
            low, at_low = at, value
        else:
            high, at_high = at, value
        if high - low <= near:
            break
        share = at_low / (at_low - at_high) if np.isfinite(at_low) and np.isfinite(at_high) else 0.5
        at = low + (high - low) * min(max(share, 0.05), 0.95) if step % 2 else (low + high) / 2
    return low
