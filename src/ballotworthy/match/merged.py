"""What a line's other readings found, put beside what its usual one did: each voter once, as it fits best."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.kernel import NAMESAKES, RELATIVES, VOTERS
from ballotworthy.match.tables import Found, Voters


class Other(NamedTuple):
    """Which lines other readings are of.

    Attributes:
        of: the line of each.
        again: whether each repeats the name of one before it, whose namesakes count already.
        written: whether a line was read from pictures: its readings are many, and a voter counts in the best alone.
    """

    of: np.ndarray
    again: np.ndarray
    written: np.ndarray


def merge(main: Found, more: Found, other: Other, roll: Voters) -> np.ndarray:
    """Put what other readings found beside what the usual reading of their lines did, in place.

    Args:
        main: of the lines in their usual reading.
        more: of the other readings.
        other: which lines they are of.
        roll: the voters.

    Gives which reading each ranked voter fits, -1 for the usual one; int32 (lines, RANKS).
    """
    read = np.full(main.records.shape, -1, np.int32)
    _merge(main, more, other, roll, read)
    return read


@compiled
def _merge(main: Found, more: Found, other: Other, roll: Voters, read: np.ndarray) -> None:
    for each in range(other.of.shape[0]):
        line = other.of[each]
        _take_voters(line, each, main, more, other.written[line], roll, read)
        for what in range(main.sums.shape[1]):
            here, there = main.sums[line, what], more.sums[each, what]
            if what in (VOTERS, RELATIVES) or (what == NAMESAKES and not other.again[each]):
                main.sums[line, what] = max(here + there, 0.0)
            else:
                main.sums[line, what] = max(here, there)
        for kind in range(main.looked.shape[1]):
            main.looked[line, kind] = max(main.looked[line, kind], more.looked[each, kind])


@compiled
def _take_voters(line: int, each: int, main: Found, more: Found, written: bool, roll: Voters, read: np.ndarray) -> None:
    """Put the voters of one reading among those of its line."""
    for rank in range(more.records.shape[1]):
        record, weight = more.records[each, rank], more.weights[each, rank]
        if record >= 0:
            if written:
                before = _weight(main.records[line], main.weights[line], roll.owners, record)
                main.sums[line, VOTERS] -= 2.0 ** min(before, weight) / roll.voters
            _put(main.records[line], main.weights[line], read[line], roll.owners, record, weight, each)


@compiled
def _weight(records: np.ndarray, weights: np.ndarray, owners: np.ndarray, record: int) -> float:
    """Give the weight that the voter of a record has among the ranked ones, or one that counts for nothing."""
    for rank in range(records.shape[0]):
        if records[rank] >= 0 and owners[records[rank]] == owners[record]:
            return float(weights[rank])
    return -1e9


@compiled
def _put(
    records: np.ndarray,
    weights: np.ndarray,
    read: np.ndarray,
    owners: np.ndarray,
    record: int,
    weight: float,
    reading: int,
) -> None:
    """Put a voter among the best of a line, each voter once, by the reading that fits best."""
    last = records.shape[0] - 1
    place = last
    for rank in range(last + 1):
        if records[rank] >= 0 and owners[records[rank]] == owners[record]:
            if weights[rank] >= weight:
                return
            place = rank
            break
    if records[place] >= 0 and weights[place] >= weight:
        return
    while place > 0 and (records[place - 1] < 0 or weights[place - 1] < weight):
        records[place], weights[place], read[place] = records[place - 1], weights[place - 1], read[place - 1]
        place -= 1
    records[place], weights[place], read[place] = record, weight, reading
