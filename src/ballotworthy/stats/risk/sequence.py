"""The confidence sequence: between which numbers of distinct valid signers the truth lies, at every look at once.

A number M is left out once the capital against "at most M" (or "at least M") has reached 1 / alpha at any look
so far. The bets are those made for the requirement, so that the lower end passes the requirement at the very
line at which the risk limit is met. Waudby-Smith and Ramdas, "Confidence sequences for sampling without
replacement", NeurIPS 2020.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, isfinite, log, sqrt

from ballotworthy.stats.risk.martingale import Seen, greatest_capital
from ballotworthy.stats.risk.sides import Question, nulls_at

STEPS = 60
Capital = Callable[[float], float]


def confidence_sequence(question: Question, first: Seen, second: Seen, alphas: tuple[float, float]) -> tuple[int, int]:
    """Give the lower and the upper end, in signatures.

    Each end is wrong at any look with a chance of at most its alpha. The ends are found to a five-thousandth of
    the lines and rounded outwards, but never across the requirement.

    Args:
        question: what is asked.
        first, second: what was seen so far on the side of "sufficient" and on that of "insufficient".
        alphas: the risk of the lower and of the upper end.
    """
    capitals = (
        lambda at: greatest_capital(first, nulls_at(question, at, 0)[0]),
        lambda at: greatest_capital(second, nulls_at(question, 0, at)[1]),
    )
    return ends(question, capitals, alphas, len(first.xs))


def ends(
    question: Question, capitals: tuple[Capital, Capital], alphas: tuple[float, float], seen: int
) -> tuple[int, int]:
    """Give the same ends from any capital, which falls as the hypothesis comes nearer to what was seen.

    Args:
        question: what is asked.
        capitals: the capital against "at most so many" and against "at least so many", above 0.
        alphas: the risk of the lower and of the upper end.
        seen: how many lines were seen, for the first step of the search.
    """
    most = question.lines + question.phantoms

    def disproved_below(at: float) -> float:
        return log(capitals[0](at) * alphas[0])

    def disproved_above(at: float) -> float:
        return log(capitals[1](at) * alphas[1])

    near, step = max(0.5, most / 5000), most / (2 * sqrt(seen + 1))
    r = question.required
    low = _edge(disproved_below, -1.0, float(most), r - 1.0, near, step)
    high = most - _edge(lambda gone: disproved_above(most - gone), -1.0, float(most), most - float(r), near, step)
    return min(max(0, floor(low) + 1), most), max(min(most, ceil(high) - 1), 0)


def _edge(over: Callable[[float], float], low: float, high: float, hint: float, near: float, step: float) -> float:
    """Give the highest point known to be disproved; below it all are, since `over` falls as the sum grows.

    `low` counts as disproved and `high` as not. The search begins at `hint` and goes on by steps that double,
    then a little to the left and to the right of where a straight line would pass zero, with a half now and then.
    """
    at_low, at_high = float("inf"), float("-inf")
    at = hint
    for turn in range(STEPS):
        value = over(at)
        if value >= 0:
            low, at_low = at, value
        else:
            high, at_high = at, value
        if high - low <= near:
            break
        at = (low + high) / 2
        if isfinite(at_low) and isfinite(at_high):
            if turn % 3:
                root = low + (high - low) * at_low / (at_low - at_high)
                at = min(max(root + (near if turn % 3 == 1 else -near) / 3, low + near / 3), high - near / 3)
        else:
            at = max(at, high - step) if isfinite(at_high) else min(at, low + step)
            step *= 2
    return low
