"""The span around the machine's expectation until people have ruled lines, and why it is as wide as it is.

It adds two things: the doubt about single lines, and how far the machine missed the truth in unlike worlds. That miss
is bounded from below and above by a few shares of the petition's own lines (`signs.py`), each with a weight: one-sided
regressions of the miss on the signs (Koenker & Bassett 1978) over `WORLDS` worlds of `benchmarks/worlds.py`, whose
`--fit` finds the weights. It is no confidence interval: a petition unlike all of these worlds may lie outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt
from types import MappingProxyType

import polars as pl

from ballotworthy.check.signs import SIGNS, signs

WORLDS = 126
KIND = f"doubt about single lines, and the machine's misses in {WORLDS} unlike worlds"
BASE = (0.005, 0.005)
"""Share of the lines by which the machine may be too low and too high where no sign speaks."""
TOO_LOW: Mapping[str, float] = MappingProxyType(
    {
        "strangers": 0.03,
        "slips": 0.03,
        "garbled": 0.25,
        "unfound": 0.02,
        "moved": 0.18,
        "unread": 0.15,
        "unresolved": 0.03,
        "uneven": 0.15,
    }
)
TOO_HIGH: Mapping[str, float] = MappingProxyType(
    {
        "relatives": 0.05,
        "initials": 0.03,
        "moved": 0.35,
        "unread": 0.02,
        "unresolved": 0.05,
        "digits": 0.6,
        "beyond": 0.3,
    }
)
"""Of each sign: how much of its share is added to that. Of "garbled" it is a judgement: where many lines have slips in
name and home both, others have so many that no search finds their voter (5 of 1,000 beside 45, in the one petition with
careless hands that was not held without it). Of "digits" too: no line tells a digit that slipped from a move down the
street, and where movers were made so, half of all such lines were moves, in the worst world three of four; hands that
slip in numbers slip elsewhere as well, so "beyond" adds to those that other slips do not explain. And of "moved": by
the name alone a voter who moved and a namesake are hardly told apart; these weights hold 15 worlds where no home is
asked."""
Z90 = 1.645
RARE = 8
"""Errors beyond which there is no more room for rare ones: at ten it alone made a tidy petition of 1,000 lines 2.1 to
2.3% wide, and 16 such were missed by 0.6% at most."""
NAMED = 0.001
"""A sign that adds less than this share of the lines is not named among the reasons."""


@dataclass(frozen=True)
class Span:
    """A number of valid lines, and between which numbers it is thought to lie.

    Attributes:
        expected: the sum of the lines' probabilities.
        low, high: the span, in lines; within 0 and the number of lines.
        why: what makes it as wide as it is, the heaviest first, as sentences.
    """

    expected: float
    low: float
    high: float
    why: tuple[str, ...]


def span(lines: pl.DataFrame) -> Span:
    """Give the span of these lines: a petition's, a stratum's or a circulator's."""
    chances = lines["probability"]
    expected, doubt = float(chances.sum()), float((chances * (1 - chances)).sum())
    found = signs(lines)
    too_low, too_high = (
        base + sum(weights.get(sign, 0.0) * share for sign, share in found.items())
        for base, weights in zip(BASE, (TOO_LOW, TOO_HIGH), strict=True)
    )
    below, above = (_reach(doubt, miss * lines.height) for miss in (too_high, too_low))
    low, high = max(0.0, expected - below), min(float(lines.height), expected + above)
    return Span(expected, low, high, _why(lines.height, doubt, found))


def _reach(doubt: float, miss: float) -> float:
    """Join the doubt about single lines, a variance, with the machine's miss; at least what rare errors may come to."""
    return max(sqrt(Z90**2 * doubt + miss**2), float(_rare(doubt + miss)))


def _rare(mean: float) -> int:
    """Give how many errors a Poisson number of that mean stays within nineteen times in twenty, up to `RARE`."""
    term = total = exp(-mean)
    count = 0
    while total < 0.95 and count < RARE:
        count += 1
        term *= mean / count
        total += term
    return count


def _why(count: int, doubt: float, found: Mapping[str, float]) -> tuple[str, ...]:
    adds = {sign: (TOO_LOW.get(sign, 0.0) + TOO_HIGH.get(sign, 0.0)) * share for sign, share in found.items()}
    heavy = sorted((sign for sign in adds if adds[sign] >= NAMED), key=lambda sign: -adds[sign])
    sentences = [f"{found[sign]:.1%} of the lines {SIGNS[sign]}: {adds[sign]:.1%}" for sign in heavy]
    rest = f"doubt about single lines: {2 * Z90 * sqrt(doubt) / max(count, 1):.1%}"
    return (*sentences, f"in every world, whatever its signs: {sum(BASE):.1%}", rest)
