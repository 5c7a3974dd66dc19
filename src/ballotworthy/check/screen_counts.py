"""Tests of circulators by counts: each circulator's share against that of the others, by exact beta-binomial tails.

The fit is that of `stats.usual` (Box and Tiao 1968; Spiegelhalter 2005 on groups that differ anyway), without the
circulator who is judged. All are one-sided: too many. That a circulator has few bad lines is told and weighs nothing,
since one who looks into the voter list at the door has as few.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ballotworthy.check.screen_facts import Facts
from ballotworthy.stats.usual import tails

ALL, SOME, FEW = 1.0, 0.2, 0.02
"""Portion of honest circulators with a heavy tail (`stats.heavy`): of shares that are common all, since their spread is
seen; of cancelled voters some, since a tail as heavy in all would leave nothing to be found; of what nobody honest has
a reason to do more of, few."""
Told = dict[str, float | str]


def invalid(facts: Facts) -> list[Told]:
    """Ask whether more lines than the others' do not hold; fewer is told, in words, and weighs nothing."""
    size = _sizes(facts)
    bad = np.minimum(np.rint(np.bincount(facts.who, facts.bad, len(size))).astype(np.int64), size)
    rows: list[Told] = []
    for part, whole, (low, high) in zip(bad, size, tails(bad.tolist(), size.tolist(), ALL), strict=True):
        few = "; so few is what one who checks the voter list has, and weighs nothing" if low < 0.001 else ""
        rows.append({"p": high, "words": f"{part:,} of {whole:,} lines do not hold{few}"})
    return rows


def few_slips(facts: Facts) -> list[Told]:
    """Ask whether too many lines agree with the roll in every field: people slip, a copied list does not.

    Only of the lines that hold: on the others nothing could agree, and how many they are is another test's question.
    """
    count = len(facts.names)
    clean = np.bincount(facts.who[facts.clean], minlength=count)
    hold = np.maximum(clean, np.rint(np.bincount(facts.who, 1 - facts.bad, count)).astype(np.int64))
    words = "lines that hold agree with the roll in all"
    return _rows(clean, hold, lambda part, whole: f"{part:,} of {whole:,} {words}", ALL)


def cancelled(facts: Facts) -> list[Told]:
    """Ask whether too many signers are cancelled voters, each address counted once: a home for the old is one."""
    once = np.zeros(len(facts.who), np.bool_)
    gone = np.flatnonzero(facts.gone)
    where = np.where(facts.home[gone] == 0, gone.astype(np.uint64), facts.home[gone])
    _, first = np.unique(np.stack([facts.who[gone].astype(np.uint64), where]), axis=1, return_index=True)
    once[gone[first]] = True
    return _too_many(facts, once, lambda part, whole: f"{part:,} addresses of cancelled voters among {whole:,} lines")


def shared(facts: Facts) -> list[Told]:
    """Ask whether too many signers stand on the sheets of one and the same other circulator as well."""
    most = np.zeros(len(facts.names), np.int64)
    known = facts.voter >= 0
    pairs = np.unique(np.stack([facts.voter[known], facts.who[known].astype(np.int64)]), axis=1)
    _, begin, times = np.unique(pairs[0], return_index=True, return_counts=True)
    both: dict[tuple[int, int], int] = {}
    for at, count in zip(begin[times > 1], times[times > 1], strict=True):
        carried = pairs[1, at : at + min(count, 8)].tolist()
        for one in carried:
            for other in carried:
                if one != other:
                    both[one, other] = both.get((one, other), 0) + 1
    for (one, _), count in both.items():
        most[one] = max(most[one], count)
    size = _sizes(facts)
    words = "signers stand on the sheets of one other circulator too"
    return _rows(np.minimum(most, size), size, lambda part, _: f"{part:,} {words}", FEW)


def _too_many(facts: Facts, holds: np.ndarray, told: Callable[[int, int], str]) -> list[Told]:
    return _rows(np.bincount(facts.who[holds], minlength=len(facts.names)), _sizes(facts), told, SOME)


def _rows(parts: np.ndarray, wholes: np.ndarray, told: Callable[[int, int], str], doubt: float) -> list[Told]:
    chances = tails(parts.tolist(), wholes.tolist(), doubt)
    return [
        {"p": high, "words": told(int(part), int(whole))}
        for part, whole, (_, high) in zip(parts, wholes, chances, strict=True)
    ]


def _sizes(facts: Facts) -> np.ndarray:
    return np.bincount(facts.who, minlength=len(facts.names))
