"""Pairs of a line and a record compared once more, for evidence and for estimates."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ballotworthy.files.compiled import allocating
from ballotworthy.match.comparisons.slips import SOUGHT
from ballotworthy.match.levels import Level
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
    chosen = matches.records[:, rank]
    levels, bits = compare(matches.lines, roll.records, chosen, weights(matches.beliefs.levels))
    rows = np.flatnonzero(matches.read[:, rank] >= 0)
    _weigh_again(matches, roll, rank, rows, matches.beliefs.levels, levels, bits)
    if matches.careless is not None:
        _weigh_again(matches, roll, rank, np.flatnonzero(matches.careless), matches.careless_levels, levels, bits)
    return levels, bits


def compare_ranked(
    matches: Matches, roll: Roll, rows: np.ndarray, ranks: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Compare lines once more with voters proposed for them, as they were read and weighed when these were found.

    Gives the level of each field, uint8, and its weight in bits, float64, both (pairs, fields); the weights of a pair
    add up to that of `Matches.weights`. Zeros where there is no voter of that rank.
    """
    lines, records = matches.line_of(rows, ranks), matches.records[rows, ranks]
    levels, bits = compare(lines, roll.records, records, weights(matches.beliefs.levels))
    if matches.careless is not None:
        mine = np.flatnonzero(matches.careless[rows])
        own = weights(matches.careless_levels)
        levels[mine], bits[mine] = compare(lines[mine], roll.records, records[mine], own)
    return levels, bits


def _weigh_again(
    matches: Matches, roll: Roll, rank: int, rows: np.ndarray, ordered: tuple[tuple[Level, ...], ...],
    levels: np.ndarray, bits: np.ndarray,
) -> None:  # fmt: skip
    """Compare some lines again as they are read for the voter at that rank, by levels of their own; in place."""
    lines = matches.line_of(rows, np.full(len(rows), rank))
    levels[rows], bits[rows] = compare(lines, roll.records, matches.records[rows, rank], weights(ordered))


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
