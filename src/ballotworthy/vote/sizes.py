"""How many cards a first sample takes to confirm a claim, by three methods, where no errors are found.

Each takes an assorter and a risk limit and gives cards, not capped at those there are; None where no number is enough,
as for a tie. Samples are taken as drawn with replacement, which is on the safe side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, log, log1p
from types import MappingProxyType

from ballotworthy.files.choices import Method
from ballotworthy.vote.assorters import HALF, Assorter

ERRORS = Fraction(1, 10_000)
"""The share of cards with the largest overstatement that the bet of `alpha` is prepared for (SHANGRLA's default)."""
INFLATION = 1.03905
"""Gamma of Kaplan-Markov, as Arlo and Colorado use it."""


def alpha(claim: Assorter, risk: float) -> int | None:
    """Card comparison by ALPHA, with the fixed bet that is best if a share `ERRORS` of cards is wrong by the bound.

    Stark, "ALPHA" (2023, arXiv:2201.02707); the bet: Spertus, "COBRA" (2023, arXiv:2304.01010), as SHANGRLA's
    `optimal_comparison` has it. With v the margin over the bound, each right card is worth 1/(2 - v) and none more
    than 2/(2 - v). Where v is so small that those errors alone would undo it, no sample is enough.
    """
    v = claim.share
    if v is None or v <= 0:
        return None
    most, right = 2 / (2 - v), 1 / (2 - v)
    bet = (1 - most * (1 - ERRORS)) / (2 - 2 * most) + most * (1 - ERRORS) - HALF
    growth = (right / HALF * (bet - HALF) + most - bet) / (most - HALF)
    return ceil(-log(risk) / log1p(growth - 1)) if growth > 1 else None


def kaplan_markov(claim: Assorter, risk: float) -> int | None:
    """Card comparison by Kaplan-Markov, as Colorado and Arlo do it.

    Stark, "Super-Simple Simultaneous Single-Ballot Risk-Limiting Audits" (2010), with no errors.
    """
    v = claim.share
    return None if v is None or v <= 0 else ceil(-2 * INFLATION * log(risk) / v)


def polling(claim: Assorter, risk: float) -> int | None:
    """Ballot polling: the number that BRAVO takes on average, the limit standing in place of one half.

    Lindeman, Stark, Yates, "BRAVO" (2012); https://www.stat.berkeley.edu/~stark/Java/Html/ballotPollTools.htm.
    """
    if claim.bound is None or claim.share is None or claim.share <= 0:
        return None
    share = Fraction(claim.supporting, claim.supporting + claim.opposing)
    up = log(share / claim.limit)
    down = log((1 - share) / (1 - claim.limit)) if share < 1 else 0.0
    drift = (claim.supporting * up + claim.opposing * down) / claim.cards
    return ceil((-log(risk) + up / 2) / drift) if drift > 0 else None


METHODS: Mapping[Method, Callable[[Assorter, float], int | None]] = MappingProxyType(
    {"alpha": alpha, "kaplan-markov": kaplan_markov, "polling": polling}
)
