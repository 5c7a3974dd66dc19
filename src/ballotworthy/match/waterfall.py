"""Why a voter was proposed: the weights one after the other, from what is believed of any voter to the probability.

The weights of prior and comparisons say how much likelier this voter is than before, not how likely: that hangs on who
else may have signed. So a last step sets the voter beside all others, and what it ends at are the odds: 0 bits are one
half, and 2^sum to 1 in general.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ballotworthy.match.matches import Matches
from ballotworthy.match.moved import WORDS, bits_of_move
from ballotworthy.match.pairs import compare_ranked
from ballotworthy.match.weigh import FIELDS, LEVELS
from ballotworthy.match.witness import witnessed
from ballotworthy.roll import Roll


@dataclass(frozen=True)
class Step:
    """One step: what was compared and with what result, its weight in bits, and the sum so far."""

    words: str
    weight: float
    total: float


@dataclass(frozen=True)
class Waterfall:
    """The steps of one candidate of a line.

    Attributes:
        record: number of the record on the roll.
        steps: first the prior, log2 of the share of signers on the roll over the voters; then each field compared; last
            all other signers that the line may have, so that the last total is the log2 odds of `chance`.
        chance: probability that this voter signed, after all other candidates and explanations.
    """

    record: int
    steps: tuple[Step, ...]
    chance: float

    @property
    def compared(self) -> tuple[Step, ...]:
        """The steps of the fields compared, which add up to the weight of the voter."""
        return self.steps[1:-1]


OTHERS = (
    "another voter",
    "an unregistered relative in a voter's home",
    "somebody else at a voter's address",
    "somebody elsewhere of a voter's name",
    "somebody else in a voter's street",
    "somebody the roll does not know",
)
"""Who else may have signed, in the order of `Prior.shares`."""
PRECISE = 1e-9
"""Share of a voter's likelihood below which what is left for other voters is an error of the sum."""


def waterfalls(matches: Matches, roll: Roll, line: int) -> list[Waterfall]:
    """Give the waterfalls of a line's candidates, best first; `line` is its row."""
    records = matches.records[line]
    records = records[records >= 0]
    levels, bits = compare_ranked(matches, roll, np.full(len(records), line), np.arange(len(records)))
    prior = math.log2(matches.beliefs.prior.on_roll / matches.voters)
    given = []
    for at, record in enumerate(records):
        total = prior
        steps = [Step(f"one of {matches.voters:,} voters", prior, prior)]
        for field, name in enumerate(FIELDS):
            if levels[at, field]:
                total += float(bits[at, field])
                words = f"{name} {LEVELS[field][levels[at, field]].words}"
                steps.append(Step(words, float(bits[at, field]), total))
        seen = float(witnessed(matches.witness, np.array([line]), records[[at]])[0])
        if matches.witness is not None and seen:
            total += seen
            steps.append(Step(f"{matches.witness.name} {matches.witness.words}", seen, total))
        if moved := float(bits_of_move(matches.weights[line, [at]] - seen, bits[[at]])[0]):
            total += moved
            steps.append(Step(WORDS, moved, total))
        steps.append(_beside_others(matches, line, at, total))
        given.append(Waterfall(int(record), tuple(steps), float(matches.chances[line, at])))
    return given


def _beside_others(matches: Matches, line: int, at: int, total: float) -> Step:
    """Give the step from the voter at rank `at`, whose weights come to `total`, to the odds against all others."""
    shares = matches.beliefs.prior.shares()
    others = np.append(matches.sums[line], 1.0) * shares
    there = matches.records[line] >= 0
    ranked = np.where(there, 2.0 ** matches.weights[line], 0.0) * (shares[0] / matches.voters)
    left = others[0] - ranked[at]
    others[0] = max(left if left > PRECISE * ranked[at] else 0.0, ranked.sum() - ranked[at])
    weight = -math.log2(float(others.sum()))
    return Step(f"beside all others, first of all {OTHERS[int(others.argmax())]}", weight, total + weight)
