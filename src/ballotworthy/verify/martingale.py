"""The capital that bets against a hypothesis on a sum, line after line, as the specification defines it (V27)."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, sqrt

SMALL = 0.000001
BELOW_ONE = 1 - 2.0**-52
Bet = tuple[str, float, float]
"""How the stake is chosen, the part of the capital at the beginning, and the number that goes with it."""

WITH_MACHINE: tuple[Bet, ...] = (
    ("wrong", 0.24, 0.002),
    ("wrong", 0.24, 0.01),
    ("wrong", 0.12, 0.04),
    *(("fixed", 0.1, share) for share in (0.02, 0.06, 0.2, 0.6)),
)
PLAIN: tuple[Bet, ...] = tuple(("fixed", 1 / 6, share) for share in (0.012, 0.03, 0.07, 0.15, 0.3, 0.6))


def bets_on(machine: bool, guess: float | None, mean: float) -> tuple[Bet, ...]:
    """Give the bets against a hypothesis under which the mean is at most `mean`, `guess` being expected."""
    if machine:
        return WITH_MACHINE
    return PLAIN if guess is None or guess <= mean else (("shrunk", 1.0, guess),)


def greatest_capital(
    numbers: Sequence[float], lines: int, null: float, bets: Sequence[Bet], other: float | None = None
) -> float:
    """Give the greatest capital after any line, at least 1, against a sum of at most `null`, or of at most `other`.

    Args:
        numbers: x of the lines seen, in their order.
        lines: how many lines there are in all.
        null: the sum under the hypothesis that the bets are made for.
        bets: the bets.
        other: the sum under another hypothesis against which the same money is bet.
    """
    against = null if other is None else other
    capital, greatest, seen = [share for _, share, _ in bets], 1.0, 0.0
    for at, x in enumerate(numbers):
        if seen + x > against + SMALL:
            return inf
        own, mean = (null - seen) / (lines - at), (against - seen) / (lines - at)
        if mean >= 1:
            return greatest
        if against - seen > SMALL:
            scale = mean / max(own, SMALL) if own > 0 else 1.0
            for which, bet in enumerate(bets):
                stake = _stake(bet, min(max(own, SMALL), 1 - SMALL), seen, at, null / lines)
                if other is not None:
                    stake = min(stake * scale, max(stake, 0.999))
                capital[which] *= 1 + stake * (x / mean - 1)
            greatest = max(greatest, sum(capital))
        seen += x
    return greatest


def _stake(bet: Bet, mean: float, seen: float, drawn: int, first: float) -> float:
    kind, _, number = bet
    if kind == "fixed":
        return number
    if kind == "wrong":
        margin = 0.5 - mean
        return min(max(margin * mean / (number / 4 + margin * margin), 0.0), 0.92)
    hoped = max((500 * number + seen) / (500 + drawn), mean + (number - first) / 2 / sqrt(500 + drawn))
    return (min(hoped, BELOW_ONE) - mean) / (1 - mean)
