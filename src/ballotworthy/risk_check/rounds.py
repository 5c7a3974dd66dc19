"""Several checks of one frame, each with a seed of its own: their evidence multiplies.

Each round draws from the whole frame, and its capital at its end is an e-value given all that was seen before
and beside it: its lines come in an order of their own, which nothing else tells of. So the product is an
e-value too, and one over it a risk (stats/risk/rounds.py), under three conditions:

1. every round has its own seed, drawn after its terms and proposals were committed;
2. no round that was begun is left out, whatever it said;
3. a round counts with its capital at its end, not its greatest, and ends after a line that was ruled: a line
   that somebody has looked at and not told could be held back because of what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log

import numpy as np

from ballotworthy.errors import InputError
from ballotworthy.risk_check.answer import numbers_in
from ballotworthy.risk_check.running import Running
from ballotworthy.stats.risk.finding import INSUFFICIENT, NOTHING, SUFFICIENT, certain
from ballotworthy.stats.risk.martingale import Side, capital, seen_on
from ballotworthy.stats.risk.rounds import p_value_of
from ballotworthy.stats.risk.sides import numbers_of, sides_of

SAME = {
    "required": "requirement",
    "risk": "risk limit",
    "allowance": "allowance for unlinked lines",
    "allowance_risk": "part of the risk for them",
    "misread": "allowance for lines accepted wrongly",
    "misread_risk": "part of the risk for those",
    "phantoms": "number of missing lines",
    "lost": "number of lines lost of a pair",
}
GREATEST = 1e300
"""What stands for an e-value that is greater, or without bound; less than the truth is as valid."""
SHOWN = 5


@dataclass(frozen=True)
class Round:
    """A round: its commitment and seed, the lines examined, and the e-values of both sides at its end."""

    commitment: str
    seed: str
    lines: int
    sufficient: float
    insufficient: float


@dataclass(frozen=True)
class Together:
    """All rounds: the risk of saying either from all of them, what is decided, and lines ruled in two ways."""

    rounds: tuple[Round, ...]
    sufficient: float
    insufficient: float
    decided: str
    contradicted: tuple[str, ...]


def together(checks: Sequence[Running]) -> Together:
    """Multiply the evidence of rounds.

    Raises:
        InputError: they are not rounds of one question, two have a seed in common, or one is not at an end.
    """
    refuse_unlike(checks)
    rounds = tuple(map(_round, checks))
    terms = checks[0].terms
    sufficient = min(1.0, p_value_of([each.sufficient for each in rounds]) + terms.apart)
    insufficient = p_value_of([each.insufficient for each in rounds])
    decided = SUFFICIENT if sufficient <= terms.risk else INSUFFICIENT if insufficient <= terms.risk else NOTHING
    differ = {
        line
        for one, two in combinations(checks, 2)
        for line in one.rulings.keys() & two.rulings.keys()
        if one.rulings[line][1:] != two.rulings[line][1:]
    }
    return Together(rounds, sufficient, insufficient, decided, tuple(sorted(differ)))


def refuse_unlike(checks: Sequence[Running]) -> None:
    """Refuse checks whose evidence does not multiply; raises as `together` does."""
    if len(checks) < 2:
        raise InputError("name two rounds or more; for one, `risk status` says what it says.")
    for each in checks:
        _refuse_unlike(each, checks[0])
    for one, two in combinations(checks, 2):
        if one.seed == two.seed:
            raise InputError(
                f"{one.folder} and {two.folder} are one check or have one seed, so they draw the same lines and the "
                "second tells nothing new. Name each round once; a round needs a seed drawn anew."
            )


def _refuse_unlike(check: Running, first: Running) -> None:
    name = check.folder
    if check.seed is None:
        raise InputError(f"{name} has no seed yet. A round that was begun is examined before it is counted.")
    if check.start["frame"]["fingerprint"] != first.start["frame"]["fingerprint"]:
        raise InputError(f"{name} is a check of another frame than {first.folder}. Only rounds of one frame multiply.")
    for part in SAME:
        mine, its = getattr(check.terms, part), getattr(first.terms, part)
        if mine != its:
            raise InputError(
                f"{name} asks something else than {first.folder}: its {SAME[part]} is {mine:,}, not {its:,}. Evidence "
                "for another question does not multiply."
            )
    waiting = [drawn.line for drawn in check.drawn if drawn.line not in check.rulings]
    if waiting:
        lines = ", ".join(waiting[:SHOWN]) + (", ..." if len(waiting) > SHOWN else "")
        raise InputError(
            f"{name} has lines that were handed out and not ruled ({lines}). A line that was looked at must not be "
            "held back because of what it is; rule them with `risk tell`."
        )


def _round(check: Running) -> Round:
    question = check.question
    weights, proposed, found = numbers_in(check)
    enough, short = numbers_of(question, weights, proposed, found)
    sides, (least, most) = sides_of(question), certain(question, weights, found)
    first = GREATEST if least >= question.required else _end(sides.sufficient, enough)
    second = GREATEST if most < question.required else _end(sides.insufficient, short)
    return Round(check.commitment, check.seed or "", len(weights), first, second)


def _end(side: Side, numbers: np.ndarray) -> float:
    """Give the capital at the end: the e-value."""
    logs = capital(seen_on(side, numbers))
    return exp(min(float(logs[-1]), log(GREATEST))) if len(logs) else 1.0
