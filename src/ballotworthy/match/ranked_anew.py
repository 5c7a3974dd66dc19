"""Ranked voters weighed once more by what stands beside names and addresses, and ranked anew.

It finds nobody: with b the bits that are added, a voter's part of the likelihoods of `match.weigh` is multiplied by
2^b; whoever was looked at and not ranked stays as if nothing were known.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ballotworthy.match.estimate import likelihoods
from ballotworthy.match.kernel import RELATIVES, TENANTS, VOTERS
from ballotworthy.match.matches import Matches
from ballotworthy.match.pairs import weigh_pairs
from ballotworthy.roll import Roll


def ranked_anew(
    matches: Matches, roll: Roll, added: np.ndarray, shared: np.ndarray | None
) -> tuple[Matches, np.ndarray]:
    """Give the matches with bits added to the ranked voters, and the order in which these stand now.

    Args:
        matches, roll: what names and addresses found, and where.
        added: bits of each ranked voter; float64 (lines, RANKS).
        shared: those of them that relatives and tenants at the voter's home have as well, None for none.
    """
    there = matches.records >= 0
    sums = matches.sums.copy()
    _multiply(sums, VOTERS, matches.weights, added, there, matches.voters)
    if shared is not None:
        pairs = [weigh_pairs(matches, roll, rank) for rank in range(matches.records.shape[1])]
        parts = likelihoods(
            np.stack([bits for _, bits in pairs], axis=1), np.stack([levels for levels, _ in pairs], axis=1)
        )
        for kind in (RELATIVES, TENANTS):
            _multiply(sums, kind, parts[kind], shared, there, matches.voters)
    weights = matches.weights + np.where(there, added, 0.0)
    order = np.lexsort((matches.records, np.where(there, -weights, np.inf)), axis=1)
    anew = replace(
        matches,
        sums=sums,
        records=np.take_along_axis(matches.records, order, axis=1),
        weights=np.take_along_axis(weights, order, axis=1),
        read=np.take_along_axis(matches.read, order, axis=1),
    )
    return anew, order


def _multiply(sums: np.ndarray, kind: int, part: np.ndarray, bits: np.ndarray, there: np.ndarray, voters: int) -> None:
    """Multiply the ranked voters' part of a sum by two to the power of their bits; in place."""
    before = np.where(there, 2.0**part, 0.0)
    rest = np.maximum(sums[:, kind] - before.sum(axis=1) / voters, 0.0)
    sums[:, kind] = rest + (before * 2.0**bits).sum(axis=1) / voters
