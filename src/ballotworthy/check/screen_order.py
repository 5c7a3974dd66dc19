"""Tests of circulators by order: names in the order of the alphabet, or as neighbours on the roll.

People come as they come: but for households, the order in which a circulator's signers stand says nothing of their
names. So the signers themselves are taken as given, and an ethnic quarter or a small roll accuses nobody.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp, lgamma, log

import numpy as np

from ballotworthy.check.screen_counts import Told
from ballotworthy.check.screen_facts import Facts
from ballotworthy.stats.ascents import LONGEST, sorted_evidence

NEAR = 3
"""Neighbours on the roll stand so many places apart or fewer."""


def alphabetical(facts: Facts) -> list[Told]:
    """Ask whether names ascend too often, by the Eulerian numbers; a household of one surname counts as one name.

    First names decide between lines of one surname: relatives of several homes may come together, but not in order.
    """
    kept = facts.surname > 0
    who, sheet, name = facts.who[kept], facts.sheet[kept], facts.name[kept]
    surname, home = facts.surname[kept], facts.home[kept]
    other = np.ones(len(who), np.bool_)
    family = (surname[1:] == surname[:-1]) & ((home[1:] == home[:-1]) | (home[1:] == 0) | (home[:-1] == 0))
    other[1:] = (sheet[1:] != sheet[:-1]) | ~(family | (name[1:] == name[:-1]))
    who, sheet, name = who[other], sheet[other], name[other]
    nth = np.arange(len(who)) - np.searchsorted(sheet, sheet)
    block = np.cumsum(np.r_[True, (sheet[1:] != sheet[:-1]) | (nth[1:] % LONGEST == 0)]) if len(who) else sheet
    up = np.r_[False, (name[1:] > name[:-1]) & (block[1:] == block[:-1])] if len(who) else kept[:0]
    sheets: list[list[tuple[int, int]]] = [[] for _ in facts.names]
    first = np.flatnonzero(np.r_[True, block[1:] != block[:-1]])[: len(who)].tolist()
    for begin, end in pairwise([*first, len(who)]):
        if end - begin > 1:
            sheets[who[begin]].append((int(up[begin:end].sum()), int(end - begin)))
    rows: list[Told] = []
    for own in sheets:
        seen, pairs = sum(ascents for ascents, _ in own), sum(names - 1 for _, names in own)
        rows.append({"e": sorted_evidence(own), "words": f"{seen:,} of {pairs:,} names follow the one before"})
    return rows


def neighbours(facts: Facts) -> list[Told]:
    """Ask whether signers who follow each other are neighbours in the roll's order of names.

    The two must have different surnames and addresses on the roll: what a hand got wrong parts no family. Of all
    pairs of a circulator's signers so near, an order by chance puts a share into neighbouring lines; the number seen
    there is held against a Poisson of that mean.
    """
    rows: list[Told] = []
    for start, end in pairwise(np.searchsorted(facts.who, np.arange(len(facts.names) + 1)).tolist()):
        part = slice(start, end)
        seen, expected = _neighbours(facts.rank[part], facts.family[part], facts.home[part], facts.sheet[part])
        rows.append({"p": _poisson(seen, expected), "words": f"{seen:,} signers stand beside a neighbour on the roll"})
    return rows


def _neighbours(rank: np.ndarray, surname: np.ndarray, home: np.ndarray, sheet: np.ndarray) -> tuple[int, float]:
    """Give how many neighbouring lines hold near voters, and how many an order by chance would."""
    known = np.flatnonzero(rank >= 0)
    rank, surname, home, sheet = rank[known], surname[known], home[known], sheet[known]
    if len(rank) < 2:
        return 0, 0.0

    def near(one: np.ndarray, two: np.ndarray) -> np.ndarray:
        close = np.abs(rank[one] - rank[two]) <= NEAR
        return np.asarray(close & (surname[one] != surname[two]) & (home[one] != home[two]))

    at = np.arange(len(rank) - 1)
    follow = (sheet[1:] == sheet[:-1]) & (known[1:] - known[:-1] == 1)
    seen = int((near(at, at + 1) & follow).sum())
    order = np.argsort(rank, kind="stable")
    all_near = sum(int(near(order[:-lag], order[lag:]).sum()) for lag in range(1, min(40, len(order))))
    return seen, all_near * int(follow.sum()) / (len(rank) * (len(rank) - 1) / 2)


def _poisson(seen: int, expected: float) -> float:
    """Give the chance of so many or more."""
    if seen == 0:
        return 1.0
    terms = [exp(k * log(max(expected, 1e-12)) - expected - lgamma(k + 1)) for k in range(seen, seen + 200)]
    return min(1.0, sum(terms))
