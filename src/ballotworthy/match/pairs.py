"""Pairs of a line and a record compared once more, for evidence and for estimates."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ballotworthy.files.compiled import allocating
from ballotworthy.match.comparisons.slips import SOUGHT
from ballotworthy.match.matches import Matches
from ballotworthy.match.pair import levels_of, seek_line, weights_of
from ballotworthy.match.weigh import FIELDS, Weights, weights
from ballotworthy.roll import Roll

BATCH = 20_000


def weigh_pairs(matches: Matches, roll: Roll, rank: int) -> tuple[np.ndarray, np.ndarray]:
    """Compare each line once more with the voter at `rank` (0 is the best).

    Gives the level of each field, uint8, and its weight in bits, float64, both (lines, fields); zeros where
    the line has no voter at that rank.
    """
    lines, chosen = matches.lines, matches.records[:, rank]
    if (matches.read[:, rank] >= 0).any():
        lines = matches.line_of(np.arange(len(lines)), np.full(len(lines), rank))
    levels, bits = compare(lines, roll.records, chosen, weights(matches.beliefs.levels))
    if (apart := matches.careless) is not None:
        levels[apart], bits[apart] = compare(
            lines[apart], roll.records, chosen[apart], weights(matches.careless_levels)
        )
    return levels, bits


def compare(
    lines: np.ndarray, records: np.ndarray, chosen: np.ndarray, table: Weights
) -> tuple[np.ndarray, np.ndarray]:
    """Compare each line with the record chosen for it, where that is not below 0; levels and weights as above."""
    levels, bits = np.zeros((len(lines), len(FIELDS)), np.uint8), np.zeros((len(lines), len(FIELDS)))

    def some(begin: int) -> None:
        part = slice(begin, begin + BATCH)
        _compare(lines[part], records, chosen[part], table.bits, table.by_name, levels[part], bits[part])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(some, range(0, len(lines), BATCH)))
    return levels, bits


@allocating
def _compare(
    lines: np.ndarray, records: np.ndarray, chosen: np.ndarray, bits: np.ndarray, by_name: np.ndarray,
    levels: np.ndarray, weighed: np.ndarray,
) -> None:  # fmt: skip
    sought = np.zeros(SOUGHT, np.uint32)
    for at in range(lines.shape[0]):
        if chosen[at] >= 0:
            voter = records[chosen[at]]
            seek_line(lines[at], sought)
            levels_of(lines[at], voter, sought, levels[at])
            weights_of(lines[at], voter, levels[at], bits, by_name, weighed[at])
