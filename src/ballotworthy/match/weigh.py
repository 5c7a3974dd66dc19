"""Levels weighed: the fields in order, their weights in bits, and what weights say about who signed.

Three things may be true of a line: its signer is a voter of the roll, a relative in a voter's household who
is not registered, or somebody else. With N voters, w the weight of a voter's record and h the part of it that
a household shares (address, and the last name where it agrees), Bayes' rule gives the probability that
voter i signed as

    T_i / (sum of T + sum of H + rest),   T = on_roll / N x 2^w,   H = relative / N x 2^h,

so twins divide one probability between them, and a spouse who is not registered is not taken for one who is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.comparisons import (
    birth,
    first_name,
    house_number,
    last_name,
    middle_name,
    street,
    suffix,
    town,
    unit,
)
from ballotworthy.match.levels import Level

VERSION = "2026-11"
LAST, FIRST, MIDDLE, SUFFIX, NUMBER, STREET, UNIT, TOWN, BIRTH = range(9)
COMPARISONS = (last_name, first_name, middle_name, suffix, house_number, street, unit, town, birth)
FIELDS: tuple[str, ...] = tuple(each.FIELD for each in COMPARISONS)
LEVELS: tuple[tuple[Level, ...], ...] = tuple(each.LEVELS for each in COMPARISONS)
MOST_LEVELS = max(len(levels) for levels in LEVELS)


@dataclass(frozen=True)
class Prior:
    """What is believed of a line before it is compared.

    Attributes:
        on_roll: probability that the signer is a voter of the roll.
        relative: probability that the signer is not, but lives in a voter's household.
    """

    on_roll: float = 0.80
    relative: float = 0.04


@dataclass(frozen=True)
class Weights:
    """All weights as arrays for the kernel.

    Attributes:
        bits: fixed part of each level's weight; float64, shape (fields, levels).
        by_name: whether the information of the line's name is added; bool, same shape.
        family: whether a household shares the level; bool, same shape.
    """

    bits: np.ndarray
    by_name: np.ndarray
    family: np.ndarray


def weights(levels: tuple[tuple[Level, ...], ...] = LEVELS) -> Weights:
    """Give the arrays of the levels' weights."""
    shape = (len(levels), MOST_LEVELS)
    bits, by_name, family = np.zeros(shape), np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for field, ordered in enumerate(levels):
        for at, level in enumerate(ordered):
            bits[field, at], by_name[field, at] = level.weight, level.by_name
            family[field, at] = level.same_family or field in (NUMBER, STREET, UNIT, TOWN)
    return Weights(bits, by_name, family)


