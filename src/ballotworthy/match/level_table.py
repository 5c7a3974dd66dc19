"""Every level of every comparison with its shares and its weight, as believed and as stated beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.further import Further
from ballotworthy.match.weigh import FIELDS, FIRST, LAST, LEVELS, STREET, Beliefs, weights
from ballotworthy.roll import Roll

SAMPLE = 100_000
"""Voters whose names say how rare a name is, evenly through the roll."""
RARE = (0.1, 0.5, 0.9)
"""A common name, a usual one, a rare one: shares of voters whose name is no rarer."""


@dataclass(frozen=True)
class LevelRow:
    """A level of a comparison.

    Attributes:
        field, words: "last name", "agrees".
        m: how often it is seen between a signer's line and that signer's own record.
        u: how often between strangers; None where the share of the name on the line takes its place.
        stated_m, stated_u: what was believed before these lines were looked at.
        weight: log2 of m over u, in bits; where a name decides, for one of usual rarity on the roll.
        low, high: the weight for a common and for a rare name; the same as `weight` where no name decides.
    """

    field: str
    words: str
    m: float
    u: float | None
    stated_m: float
    stated_u: float | None
    weight: float
    low: float
    high: float


def level_table(beliefs: Beliefs, roll: Roll) -> list[LevelRow]:
    """Give the rows in the order in which fields and levels are compared; "missing", which weighs nothing, left out."""
    table, rare = weights(beliefs.levels), _rarity(roll)
    rows = []
    for field, (ordered, stated) in enumerate(zip(beliefs.levels, LEVELS, strict=True)):
        for at, (level, before) in enumerate(zip(ordered, stated, strict=True)):
            if at == 0:
                continue
            low = usual = high = float(table.bits[field, at])
            if level.by_name:
                least = float(table.bits[field, len(ordered) - 1])  # what is alike never weighs less than what differs
                low, usual, high = (max(usual + bits, least) for bits in rare[field])
            shares = (level.m, level.u, before.m, before.u)
            rows.append(LevelRow(FIELDS[field], level.words, *shares, usual, low, high))
    return rows


def further_rows(further: Further) -> list[LevelRow]:
    """Give the rows of a comparison from outside, whose shares are taken as they are stated."""
    return [
        LevelRow(further.name, level.words, *(level.m, level.u) * 2, *(level.weight,) * 3) for level in further.levels
    ]


def _rarity(roll: Roll) -> dict[int, tuple[float, ...]]:
    """Give, of each field that names decide, the information in bits of a common, a usual and a rare name."""
    rows = np.arange(min(roll.size, SAMPLE)) * roll.size // max(min(roll.size, SAMPLE), 1)
    voters = roll.records[rows]
    eighths = {
        LAST: voters["last_bits"],
        FIRST: voters["first_bits"],
        STREET: roll.frequencies.street_bits(voters),
    }
    found = {}
    for field, bits in eighths.items():
        borne = bits[bits > 0] / 8
        found[field] = tuple(float(each) for each in np.quantile(borne, RARE)) if len(borne) else (0.0, 0.0, 0.0)
    return found
