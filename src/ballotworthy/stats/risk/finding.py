"""What lines examined in the seed's order say of a petition: the risk on both sides, the interval, the decision."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from ballotworthy.stats.risk.martingale import NEAR, greatest_capital, least_risk, seen_on
from ballotworthy.stats.risk.sequence import confidence_sequence, ends
from ballotworthy.stats.risk.sides import Question, nulls_at, numbers_of, sides_of
from ballotworthy.stats.risk.strata import Stratum, least_capital

NOTHING, SUFFICIENT, INSUFFICIENT = "not decided", "sufficient", "insufficient"


@dataclass(frozen=True)
class Finding:
    """What the lines say.

    Attributes:
        sufficient: the least risk limit at which the check could say "sufficient"; the part that the allowance
            for unlinked duplicates takes is in it.
        insufficient: the same for "insufficient".
        decided: `sufficient`, `insufficient` or `not decided`.
        low, high: the confidence sequence for the distinct valid signers; each end is wrong at any look with a
            chance of at most the risk limit.
    """

    sufficient: float
    insufficient: float
    decided: str
    low: int
    high: int


def finding_of(
    question: Question, weights: np.ndarray, proposed: np.ndarray, found: np.ndarray, limit: float, apart: float
) -> Finding:
    """Compute what the lines examined so far say; it takes milliseconds, whatever the size of the petition.

    Args:
        question: what is asked.
        weights, proposed, found: of each line in the order drawn, as `sides.numbers_of` takes them.
        limit: the risk limit of either side.
        apart: the part of it that the allowance for unlinked duplicates takes from "sufficient".
    """
    enough, short = numbers_of(question, weights, proposed, found)
    sides = sides_of(question)
    first, second = seen_on(sides.sufficient, enough), seen_on(sides.insufficient, short)
    least, most = certain(question, weights, found)
    sufficient = 0.0 if least >= question.required else least_risk(first)
    insufficient = 0.0 if most < question.required else least_risk(second)
    low, high = confidence_sequence(question, first, second, (limit - apart, limit))
    return _found(sufficient, insufficient, (max(low, least), min(high, most)), limit, apart)


@dataclass(frozen=True)
class Drawn:
    """How lines were drawn that count stratum by stratum.

    Attributes:
        home: the stratum of each line, from 0.
        sizes: how many lines each stratum has.
        begins: how many of the lines, the first ones, are the beginning of the order over all strata.
    """

    home: np.ndarray
    sizes: tuple[int, ...]
    begins: int


def finding_by_strata(
    question: Question, weights: np.ndarray, proposed: np.ndarray, drawn: Drawn, limit: float, apart: float
) -> Finding:
    """Compute what lines say of which each stratum has its own beginning of the order.

    Two tests are made, by strata on all lines and as in `finding_of` on those that begin the order over all; the
    better counts, and its risk is doubled (Bonferroni). Takes what `finding_of` takes; every line was found.
    """
    found = np.ones(len(weights), bool)
    numbers, sides = numbers_of(question, weights, proposed, found), sides_of(question)
    begun = tuple(
        seen_on(side, xs[: drawn.begins])
        for side, xs in zip((sides.sufficient, sides.insufficient), numbers, strict=True)
    )
    strata = tuple([Stratum(size, xs[drawn.home == at]) for at, size in enumerate(drawn.sizes)] for xs in numbers)

    def capital(side: int, null: float) -> float:
        return max(greatest_capital(begun[side], null), least_capital(strata[side], null)) / 2

    def below(signers: float) -> float:
        return capital(0, nulls_at(question, signers, 0)[0])

    def above(signers: float) -> float:
        return capital(1, nulls_at(question, 0, signers)[1])

    least, most = certain(question, weights, found)
    sufficient = 0.0 if least >= question.required else min(1.0, 1 / below(question.required - 1))
    insufficient = 0.0 if most < question.required else min(1.0, 1 / above(question.required))
    low, high = ends(question, (below, above), (limit - apart, limit), len(weights))
    return _found(sufficient, insufficient, (max(low, least), min(high, most)), limit, apart)


def _found(sufficient: float, insufficient: float, between: tuple[int, int], limit: float, apart: float) -> Finding:
    decided = SUFFICIENT if sufficient <= limit - apart else INSUFFICIENT if insufficient <= limit else NOTHING
    return Finding(min(1.0, sufficient + apart), insufficient, decided, *between)


def certain(question: Question, weights: np.ndarray, found: np.ndarray) -> tuple[int, int]:
    """Give the least and the most distinct valid signers that the lines seen leave possible."""
    seen, refused = float(weights[found].sum()), float((1 - weights[found]).sum())
    least = ceil(seen - NEAR) - question.allowance
    return max(0, least), floor(question.lines + question.phantoms - refused + NEAR)
