"""Comparisons from outside weighed: the voters found by ours compared once more, ranked anew, their odds multiplied.

A comparison from outside finds nobody: it weighs the voters that names and addresses found, at most five a line. With
b the bits of a voter's cell, T_i of `match.weigh` is multiplied by 2^b for those; whoever was looked at and not kept
stays as if nothing could be compared. Where a household shares the column, R and S of these voters are multiplied
too: a relative who is not registered answers the same telephone. Shares are taken as stated; nothing is learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ballotworthy.match.estimate import likelihoods
from ballotworthy.match.further.columns import FurtherColumn
from ballotworthy.match.further.model import Further
from ballotworthy.match.kernel import RELATIVES, TENANTS, VOTERS
from ballotworthy.match.matches import Matches
from ballotworthy.match.pairs import weigh_pairs
from ballotworthy.roll import Roll


@dataclass(frozen=True)
class Weighed:
    """A comparison with what it found.

    Attributes:
        further: the comparison.
        levels: of each ranked voter, 0 where nothing was compared, else from 1; uint8 (lines, RANKS).
        lines, voters: how many of them have a cell.
    """

    further: Further
    levels: np.ndarray
    lines: int
    voters: int

    @property
    def weights(self) -> np.ndarray:
        """Weight of each level in bits, 0 first, of nothing compared; float64."""
        return np.array([0.0, *(level.weight for level in self.further.levels)])

    @property
    def bits(self) -> np.ndarray:
        """Weight of each ranked voter's cell; float64 (lines, RANKS)."""
        return np.asarray(self.weights[self.levels])


def weigh_further(
    matches: Matches, roll: Roll, columns: Sequence[FurtherColumn]
) -> tuple[Matches, tuple[Weighed, ...]]:
    """Weigh the ranked voters of each line by further columns; gives new matches, and what each comparison found."""
    there = matches.records >= 0
    owners = np.where(there, roll.owners[np.maximum(matches.records, 0)], 0)
    found = [_compared(column, owners, there) for column in columns]
    sums = matches.sums.copy()
    added = np.zeros_like(matches.weights)
    shared = np.zeros_like(matches.weights)
    for each in found:
        added += each.bits
        shared += each.bits if each.further.household else 0.0
    _multiply(sums, VOTERS, matches.weights, added, there, matches.voters)
    if any(each.further.household for each in found):
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
    return anew, tuple(replace(each, levels=np.take_along_axis(each.levels, order, axis=1)) for each in found)


def _multiply(sums: np.ndarray, kind: int, part: np.ndarray, bits: np.ndarray, there: np.ndarray, voters: int) -> None:
    """Multiply the ranked voters' part of a sum by two to the power of their bits; in place."""
    before = np.where(there, 2.0**part, 0.0)
    rest = np.maximum(sums[:, kind] - before.sum(axis=1) / voters, 0.0)
    sums[:, kind] = rest + (before * 2.0**bits).sum(axis=1) / voters


def _compared(column: FurtherColumn, owners: np.ndarray, there: np.ndarray) -> Weighed:
    mine, theirs = column.lines.to_list(), column.voters.to_list()
    levels = np.zeros(owners.shape, np.uint8)
    told: dict[tuple[object, object], int] = {}
    for row, rank in zip(*np.nonzero(there), strict=True):
        pair = (mine[row], theirs[owners[row, rank]])
        if pair not in told:
            told[pair] = column.further.level(*pair)
        levels[row, rank] = told[pair]
    return Weighed(column.further, levels, int(column.lines.count()), int(column.voters.count()))
