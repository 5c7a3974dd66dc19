"""What lines examined in the seed's order say of a petition: the risk on both sides, the interval, the decision."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from ballotworthy.stats.risk.martingale import NEAR, least_risk, seen_on
from ballotworthy.stats.risk.sequence import confidence_sequence
from ballotworthy.stats.risk.sides import Question, numbers_of, sides_of

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
    decided = SUFFICIENT if sufficient <= limit - apart else INSUFFICIENT if insufficient <= limit else NOTHING
    return Finding(min(1.0, sufficient + apart), insufficient, decided, max(low, least), min(high, most))


def certain(question: Question, weights: np.ndarray, found: np.ndarray) -> tuple[int, int]:
    """Give the least and the most distinct valid signers that the lines seen leave possible."""
    seen, refused = float(weights[found].sum()), float((1 - weights[found]).sum())
    least = ceil(seen - NEAR) - question.allowance
    return max(0, least), floor(question.lines + question.phantoms - refused + NEAR)
