"""Why a voter was proposed: the weights one after the other, from what is believed of any voter to this one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ballotworthy.match.matches import Matches
from ballotworthy.match.pairs import compare_ranked
from ballotworthy.match.weigh import FIELDS, LEVELS
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
        steps: first the prior, log2 of the share of signers on the roll over the voters; then each field compared.
        chance: probability that this voter signed, after all other candidates and explanations.
    """

    record: int
    steps: tuple[Step, ...]
    chance: float


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
        given.append(Waterfall(int(record), tuple(steps), float(matches.chances[line, at])))
    return given
