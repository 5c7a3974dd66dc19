"""The capital of the test by strata, as the specification defines it (V27): the least over all ways to spread a sum."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log

from .martingale import SMALL

STAKES = ((0.5, 0.0), (0.125, 0.05), (0.125, 0.2), (0.125, 0.6), (0.125, 0.95))
TURNS, LEAST, MOST, NEAR, HELD = 60, 1e-12, 1e6, 1e-9, 700.0
Stratum = tuple[int, Sequence[float]]
"""How many lines a stratum has, and x of those seen, in their order."""


def least_capital(strata: Sequence[Stratum], null: float) -> float:
    """Give E against a sum of at most `null`: the greatest value of the dual, found by halving its slope v."""
    seen = [each for each in strata if each[1]]
    lows = [sum(xs) for _, xs in seen]
    highs = [low + lines - len(xs) for low, (lines, xs) in zip(lows, seen, strict=True)]
    if sum(lows) > null + SMALL:
        return inf
    if sum(highs) <= null:
        return exp(min(HELD, sum(_log(each, high)[0] for each, high in zip(seen, highs, strict=True))))
    steep, gentle, best = log(MOST), log(LEAST), -inf
    for _ in range(TURNS):
        slope = exp((steep + gentle) / 2)
        sums = [_turn(each, low, high, slope) for each, low, high in zip(seen, lows, highs, strict=True)]
        over = sum(sums) - null
        best = max(best, sum(_log(each, total)[0] for each, total in zip(seen, sums, strict=True)) + slope * over)
        if over > 0:
            gentle, highs = log(slope), sums
        else:
            steep, lows = log(slope), sums
        if all(high - low <= NEAR * (1 + high) for low, high in zip(lows, highs, strict=True)):
            break
    return inf if best > HELD else exp(best)


def _log(stratum: Stratum, total: float) -> tuple[float, float, float]:
    """Give the logarithm of a stratum's capital against a sum of `total`, and its first two derivatives by that sum."""
    lines, xs = stratum
    found = []
    for share, stake in STAKES:
        value, slope, bend, before = log(share), 0.0, 0.0, 0.0
        for at, x in enumerate(xs):
            rest = max(total - before, 1e-300)
            gain = stake * x * (lines - at) / rest
            factor = 1 - stake + gain
            value += log(factor)
            part = gain / factor / rest
            slope -= part
            bend += 2 * part / rest - part * part
            before += x
        found.append((value, slope, bend))
    highest = max(value for value, _, _ in found)
    parts = [exp(value - highest) for value, _, _ in found]
    whole = sum(parts)
    mean = sum(part * slope for part, (_, slope, _) in zip(parts, found, strict=True)) / whole
    square = sum(part * (bend + slope * slope) for part, (_, slope, bend) in zip(parts, found, strict=True)) / whole
    return highest + log(whole), mean, square - mean * mean


def _turn(stratum: Stratum, low: float, high: float, slope: float) -> float:
    """Give the sum between two walls at which the stratum's logarithm plus `slope` times the sum is least."""
    if high - low <= NEAR * (1 + high) or _log(stratum, high)[1] <= -slope:
        return high
    if _log(stratum, low)[1] >= -slope:
        return low
    at = (low + high) / 2
    for _ in range(TURNS):
        _, found, bend = _log(stratum, at)
        low, high = (at, high) if found < -slope else (low, at)
        newton = at - (found + slope) / bend if bend > 0 else low
        after = newton if low < newton < high else (low + high) / 2
        if abs(after - at) <= NEAR * (1 + at):
            return after
        at = after
    return at
