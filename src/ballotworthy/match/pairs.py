"""Pairs of a line and a record compared once more, for evidence and for estimates."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ballotworthy.files.compiled import allocating
from ballotworthy.match.comparisons.slips import SOUGHT
from ballotworthy.match.matches import Matches
from ballotworthy.match.pair import levels_of, seek_line, weights_of
from ballotworthy.match.tables import Read, Tables
from ballotworthy.match.weigh import FIELDS, Weights, weights
from ballotworthy.roll import Roll

BATCH = 20_000


def weigh_pairs(matches: Matches, roll: Roll, rank: int) -> tuple[np.ndarray, np.ndarray]:
    """Compare each line once more with the voter at `rank` (0 is the best).

    Gives the level of each field, uint8, and its weight in bits, float64, both (lines, fields); zeros where
    the line has no voter at that rank.
    """
    rows = np.arange(len(matches.records))
    return compare_ranked(matches, roll, rows, np.full(len(rows), rank))


def compare_ranked(
    matches: Matches, roll: Roll, rows: np.ndarray, ranks: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Compare lines once more with voters proposed for them, as they were read and weighed when these were found.

    Gives the level of each field, uint8, and its weight in bits, float64, both (pairs, fields); the weights of a pair
    add up to that of `Matches.weights`. Zeros where there is no voter of that rank. Quickest where pairs of one line
    stand together.
    """
    hands = np.zeros(len(rows), np.uint8) if matches.careless is None else matches.careless[rows].view(np.uint8)
    read = Read(matches.lines, matches.readings, rows, matches.read[rows, ranks], hands)
    both = weights(matches.beliefs.levels), weights(matches.careless_levels)
    return _compared(read, roll.records, matches.records[rows, ranks], both)


def compare(
    lines: np.ndarray, records: np.ndarray, chosen: np.ndarray, table: Weights
) -> tuple[np.ndarray, np.ndarray]:
    """Compare each line with the record chosen for it, where that is not below 0; levels and weights as above."""
    count = len(lines)
    read = Read(lines, lines[:0], np.arange(count), np.full(count, -1, np.int32), np.zeros(count, np.uint8))
    return _compared(read, records, chosen, (table,))


def _compared(
    read: Read, records: np.ndarray, chosen: np.ndarray, each: tuple[Weights, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Compare lines as they are read with the records chosen for them, on all cores."""
    levels, bits = np.zeros((len(chosen), len(FIELDS)), np.uint8), np.zeros((len(chosen), len(FIELDS)))
    tables = Tables(np.stack([one.bits for one in each]), np.stack([one.by_name for one in each]))

    def some(begin: int) -> None:
        part = slice(begin, begin + BATCH)
        mine = read._replace(rows=read.rows[part], read=read.read[part], hands=read.hands[part])
        _compare(mine, records, chosen[part], tables, levels[part], bits[part])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(some, range(0, len(chosen), BATCH)))
    return levels, bits


@allocating
def _compare(
    read: Read, records: np.ndarray, chosen: np.ndarray, tables: Tables, levels: np.ndarray, weighed: np.ndarray
) -> None:
    sought = np.zeros(SOUGHT, np.uint64)
    before = -1
    for at in range(chosen.shape[0]):
        if chosen[at] < 0:
            continue
        row, reading, hand = read.rows[at], read.read[at], read.hands[at]
        line = read.lines[row] if reading < 0 else read.readings[reading]
        if before < 0 or read.rows[before] != row or read.read[before] != reading:
            seek_line(line, sought)
        before = at
        voter = records[chosen[at]]
        levels_of(line, voter, sought, levels[at])
        weights_of(line, voter, levels[at], tables.bits[hand], tables.by_name[hand], weighed[at])
