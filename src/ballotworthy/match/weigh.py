"""Levels weighed: the fields in order, their weights in bits, and what weights say about who signed.

Six things may be true of a line: its signer is a voter of the roll; a relative in a voter's household who is not
registered; somebody else who lives where a voter is registered; somebody elsewhere who bears a voter's name; somebody
else in a voter's street; or none of these. With N voters, w the weight of a voter's record, a its part for the
address, b that for the address without a unit that differs, s that for street and town, l for the last name and f for
the first, Bayes' rule gives the probability that voter i signed as

    T_i / (sum of T + sum of R + sum of S + sum of E + sum of B + rest),
    T = on_roll / N x 2^w,   R = relative / N x 2^(a + l) where the last name agrees,
    S = tenant / N x 2^b,    E = namesake / N x 2^(l + f),    B = neighbour / N x 2^s,

so twins divide one probability between them, a spouse who is not registered is not taken for one who is, who
moved in is not taken for who moved out, a rare name alone does not make a voter of its bearer, and a street and its
zip code, which go together, are not counted as two agreements.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

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
"""The order of the fields, which stands here alone: levels, weights and beliefs follow it, the compiled pair too."""
_AT = {
    LAST: last_name,
    FIRST: first_name,
    MIDDLE: middle_name,
    SUFFIX: suffix,
    NUMBER: house_number,
    STREET: street,
    UNIT: unit,
    TOWN: town,
    BIRTH: birth,
}
COMPARISONS = tuple(_AT[field] for field in sorted(_AT))
FIELDS: tuple[str, ...] = tuple(each.FIELD for each in COMPARISONS)
LEVELS: tuple[tuple[Level, ...], ...] = tuple(each.LEVELS for each in COMPARISONS)
MOST_LEVELS = max(len(levels) for levels in LEVELS)


@dataclass(frozen=True)
class Prior:
    """What is believed of a line before it is compared.

    Attributes:
        on_roll: probability that the signer is a voter of the roll.
        relative: probability that the signer is not, but is a relative in a voter's household.
        tenant: probability that the signer is neither, but lives at an address where a voter is registered.
        namesake: probability that the signer is none of these, but bears the first and last name of a voter.
        neighbour: probability that the signer is none of these, but lives in a street where a voter is registered.
    """

    on_roll: float = 0.80
    relative: float = 0.04
    tenant: float = 0.06
    namesake: float = 0.01
    neighbour: float = 0.03

    def shares(self) -> np.ndarray:
        """Give the five and what is left to 1; float64 (6,)."""
        known = astuple(self)
        return np.array([*known, 1 - sum(known)])


@dataclass(frozen=True)
class Moves:
    """What is believed of voters who write another home than the roll has (`moved.py`).

    Attributes:
        share: for each signer who writes the home of the roll, those who write another.
        tenant, namesake: of `Prior`, once those who moved are told apart from them.
        town: of those who moved, how often each level of the town but "missing" is seen.
    """

    share: float = 0.06
    tenant: float = Prior.tenant
    namesake: float = Prior.namesake
    town: tuple[float, ...] = (0.5, 0.02, 0.08, 0.1, 0.3)


@dataclass(frozen=True)
class Beliefs:
    """What the probabilities rest on.

    Attributes:
        prior: before a line is compared.
        levels: of each field, in the order of `FIELDS`, with how often each is seen.
        source: where they come from, in words.
        moves: of those who moved; only where these are asked for.
    """

    prior: Prior = Prior()
    levels: tuple[tuple[Level, ...], ...] = LEVELS
    source: str = f"stated beliefs {VERSION}"
    moves: Moves = Moves()


@dataclass(frozen=True)
class Weights:
    """All weights as arrays for the kernel.

    Attributes:
        bits: fixed part of each level's weight; float64, shape (fields, levels).
        by_name: whether the information of the line's name is added; bool, same shape.
        family: whether a family shares that level of the last name; bool, shape (levels,).
    """

    bits: np.ndarray
    by_name: np.ndarray
    family: np.ndarray


def weights(levels: tuple[tuple[Level, ...], ...] = LEVELS) -> Weights:
    """Give the arrays of the levels' weights.

    Suffixes that differ weigh at least what is stated: how rare suffixes are says nothing about which of a father and
    his son has signed.
    """
    shape = (len(levels), MOST_LEVELS)
    bits, by_name, family = np.zeros(shape), np.zeros(shape, np.bool_), np.zeros(MOST_LEVELS, np.bool_)
    for field, ordered in enumerate(levels):
        for at, level in enumerate(ordered):
            bits[field, at], by_name[field, at] = level.weight, level.by_name
    stated = LEVELS[SUFFIX][suffix.DIFFERENT].weight
    bits[SUFFIX, suffix.DIFFERENT] = min(bits[SUFFIX, suffix.DIFFERENT], stated)
    for at, level in enumerate(levels[LAST]):
        family[at] = level.same_family
    return Weights(bits, by_name, family)
