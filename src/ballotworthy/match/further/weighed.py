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

from ballotworthy.match.further.columns import FurtherColumn
from ballotworthy.match.further.model import Further
from ballotworthy.match.matches import Matches
from ballotworthy.match.ranked_anew import ranked_anew
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
    added = sum((each.bits for each in found), np.zeros_like(matches.weights))
    of_homes = [each.bits for each in found if each.further.household]
    shared = sum(of_homes, np.zeros_like(matches.weights)) if of_homes else None
    anew, order = ranked_anew(matches, roll, added, shared)
    return anew, tuple(replace(each, levels=np.take_along_axis(each.levels, order, axis=1)) for each in found)


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
