"""Beliefs estimated from the petition and the roll at hand, by expectation-maximisation.

How often a level is seen between a signer's line and that signer's own record (`m`), and how many signers are
voters, relatives or tenants, are estimated on a sample of the lines (Winkler 1988; Herzog, Scheuren & Winkler
2007, section 9.4): the stated beliefs say how probable each candidate is, the candidates so weighed say how often
each level is seen, and so on until nothing moves. How often strangers agree (`u`) is counted on pairs of voters
who stand half a roll apart. The stated beliefs count as so many observations more, so that a petition of ten
lines changes little; of first names that differ they are all that counts (see `HELD`). Nothing is drawn at random:
the same lines and roll give the same bits.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ballotworthy.match.levels import Level
from ballotworthy.match.matches import Matches
from ballotworthy.match.moved import moves_of
from ballotworthy.match.pairs import compare, weigh_pairs
from ballotworthy.match.weigh import (
    BIRTH,
    FIRST,
    LAST,
    LEVELS,
    NUMBER,
    STREET,
    TOWN,
    UNIT,
    VERSION,
    Beliefs,
    Prior,
    Weights,
    weights,
)
from ballotworthy.roll import Roll
from ballotworthy.roll.packed import LINE

SAMPLE = 20_000
PAIRS = 100_000
ROUNDS = 12
HELD = FIRST
"""The name whose last level, "differs", keeps its stated `m`: a voter who writes another first name and an unregistered
relative look the same, so that what is estimated of the one would be taken from the other."""
FROM_STATED_UP = LAST
"""The name of which that `m` is estimated, and never below what is stated: at a voter's home, the voter's first name
with another last name is a married voter's, or by chance a stranger's, and how often by chance the share of the first
name tells."""
STATED_LINES, STATED_LEVELS, STATED_PAIRS = 100, 200, 1_000
"""As how many observations the stated beliefs count: of lines for the prior, of pairs for `m`, of pairs for `u`."""


def sample_of(lines: int) -> np.ndarray:
    """Give the rows that beliefs are estimated on: at most `SAMPLE`, evenly through the petition; int64."""
    return np.arange(min(lines, SAMPLE)) * lines // max(min(lines, SAMPLE), 1)


def estimate(matches: Matches, roll: Roll) -> Beliefs:
    """Give the beliefs that these lines and this roll suggest.

    `matches` were found by the stated beliefs with the roll's own strangers (`with_strangers`).
    """
    stated = matches.beliefs
    levels = stated.levels
    written = np.flatnonzero((matches.looked >= 0).any(axis=1))
    ranks = range(matches.records.shape[1])
    pairs = [weigh_pairs(matches, roll, rank) for rank in ranks]
    seen = np.stack([each[0][written] for each in pairs], axis=1)  # (lines, ranks, fields)
    names = np.stack([_by_name(*each, weights(stated.levels))[written] for each in pairs], axis=1)
    there = matches.records[written] >= 0
    unranked = np.maximum(
        matches.sums[written] - _sums(_weights(seen, names, stated.levels)[1], seen, there, roll.size), 0
    )
    prior = stated.prior
    for _ in range(ROUNDS):
        bits, each = _weights(seen, names, levels)
        sums = unranked + _sums(each, seen, there, roll.size)
        shares = prior.shares()
        likely = sums * shares[:-1]
        whole = likely.sum(axis=1) + shares[-1]
        chances = np.where(there, 2.0**bits, 0.0) * (shares[0] / roll.size) / whole[:, None]
        prior = _prior((likely / whole[:, None]).sum(axis=0), len(written), stated.prior)
        levels = tuple(
            _with_signers(field, ordered, stated.levels[field], chances, seen[:, :, field])
            for field, ordered in enumerate(levels)
        )
    found = Beliefs(prior, levels, f"estimated on {len(written):,} lines, from stated beliefs {VERSION}", stated.moves)
    _, each = _weights(seen, names, levels)
    sums = unranked + _sums(each, seen, there, roll.size)
    return replace(found, moves=moves_of(found, np.where(there[:, :, None], seen, 0), each, sums, roll.size))


def _prior(expected: np.ndarray, lines: int, stated: Prior) -> Prior:
    shares = (expected + STATED_LINES * stated.shares()[:-1]) / (lines + STATED_LINES)
    return Prior(*(float(share) for share in shares))


def _with_signers(
    field: int, levels: tuple[Level, ...], stated: tuple[Level, ...], chances: np.ndarray, seen: np.ndarray
) -> tuple[Level, ...]:
    """Count the levels between lines and their probable signers anew; the first level, missing, weighs nothing."""
    counts = np.bincount(seen.ravel(), chances.ravel(), len(levels))
    if field == BIRTH and counts[2] > 0:  # a year alone and a whole date are two comparisons
        return levels
    stated_counts = np.array([level.m for level in stated]) * STATED_LEVELS
    fresh = (
        (counts + stated_counts)[1:] / (counts + stated_counts)[1:].sum()
        if field != BIRTH
        else _of_dates(counts, stated_counts)
    )
    if field in (HELD, FROM_STATED_UP):
        differs = stated[-1].m
        if field == FROM_STATED_UP:
            differs = max(differs, float((counts + stated_counts)[-1] / (counts + stated_counts)[1:].sum()))
        fresh *= (1 - differs) / fresh[:-1].sum()
        fresh[-1] = differs
    return (levels[0], *(replace(level, m=float(m)) for level, m in zip(levels[1:], fresh, strict=True)))


def _of_dates(counts: np.ndarray, stated: np.ndarray) -> np.ndarray:
    """Give the shares of the levels of a whole birth date; that of the year alone stays."""
    both = counts + stated
    whole = both[[1, 3, 4]].sum()
    return np.array([both[1] / whole, stated[2] / STATED_LEVELS, both[3] / whole, both[4] / whole])


def with_strangers(beliefs: Beliefs, roll: Roll) -> Beliefs:
    """Count on pairs of voters how often strangers agree, except in their first and last names.

    Lines are looked for with these weights, since those who are added up there and not ranked are not weighed again: of
    a thousand voters in one park, stated weights of its number and street would make all signers strangers there.
    """
    levels = beliefs.levels
    count = min(PAIRS, roll.size)
    rows = np.arange(count) * roll.size // max(count, 1)
    lines = np.zeros(count, LINE)
    lines["who"] = roll.records[rows]
    others = (rows + roll.size // 2 + 1) % max(roll.size, 1)
    seen, _ = compare(lines, roll.records, others, weights(levels))
    counted = (
        ordered if field in (LAST, FIRST) else _strangers(field, ordered, seen[:, field])
        for field, ordered in enumerate(levels)
    )
    return replace(beliefs, levels=tuple(counted))


def _strangers(field: int, levels: tuple[Level, ...], seen: np.ndarray) -> tuple[Level, ...]:
    if field == BIRTH:  # a birthday shared by chance needs more pairs than these to be seen
        return levels
    counts = np.bincount(seen, minlength=len(levels)).astype(float)
    stated = np.array([level.u or 0.0 for level in levels]) * STATED_PAIRS
    shares = (counts + stated)[1:] / (counts + stated)[1:].sum()
    slipped = np.array([level.m for level in levels[1:]]) * shares[0]  # who agrees by chance may miswrite it too
    shares[1:-1] += slipped[1:-1]
    return (
        levels[0],
        *(
            level if level.by_name else replace(level, u=float(share))
            for level, share in zip(levels[1:], shares, strict=True)
        ),
    )


def _by_name(levels: np.ndarray, bits: np.ndarray, table: Weights) -> np.ndarray:
    """Give the part of each weight that the name adds, or the birth date, float64 (lines, fields)."""
    fields = np.arange(levels.shape[1])
    return np.where(table.by_name[fields, levels] | (fields == BIRTH), bits - table.bits[fields, levels], 0.0)


def _weights(
    seen: np.ndarray, names: np.ndarray, levels: tuple[tuple[Level, ...], ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Give the weight of each pair, float64 (lines, ranks), and of each of its fields."""
    table = weights(levels).bits
    each = table[np.arange(seen.shape[2]), seen] + names
    return each.sum(axis=2), each


def likelihoods(each: np.ndarray, seen: np.ndarray) -> tuple[np.ndarray, ...]:
    """Give what ranked voters say of a line, over that of nobody the roll knows of, as log2 times the voters.

    Args:
        each: weights in bits; float64 (lines, ranks, fields).
        seen: levels, same shape.

    Returns:
        Of the voters themselves, their relatives, tenants, namesakes and neighbours; five of float64 (lines, ranks).
    """
    last, first, unit = each[:, :, LAST], each[:, :, FIRST], each[:, :, UNIT]
    street = each[:, :, STREET] + each[:, :, TOWN]
    building = street + each[:, :, NUMBER]
    family = weights(LEVELS).family[seen[:, :, LAST]]
    relative = np.where(family, building + unit + last, -np.inf)
    return each.sum(axis=2), relative, building + np.maximum(unit, 0), last + first, street


def _sums(each: np.ndarray, seen: np.ndarray, there: np.ndarray, voters: int) -> np.ndarray:
    """Give the likelihoods of the ranked voters, of their relatives, tenants, namesakes and neighbours; (lines, 5)."""
    parts = likelihoods(each, seen)
    return np.stack([np.where(there, 2.0**part, 0.0).sum(axis=1) / voters for part in parts], axis=1)
