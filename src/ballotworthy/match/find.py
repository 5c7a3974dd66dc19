"""Candidates for every line: lines packed, the kernel run on all cores, the result the same on any number of them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.files.progress import Progress, silent
from ballotworthy.match.kernel import RANKS, match_lines
from ballotworthy.match.nicknames import pack_other_names
from ballotworthy.match.weigh import Prior, weights
from ballotworthy.roll import Roll
from ballotworthy.roll.keys import KINDS
from ballotworthy.roll.packed import LINE, pack
from ballotworthy.roll.people import plain_people

BATCH = 5_000


@dataclass(frozen=True)
class Matches:
    """Ranked voters for each line.

    Attributes:
        lines: the packed lines; `packed.LINE` (lines,).
        records: record numbers of the roll, best first, -1 where there are no more; int64 (lines, RANKS).
        weights: their weights in bits; float64 (lines, RANKS).
        chances: probability that this voter signed; float64 (lines, RANKS), 0 where there is none.
        on_roll: probability that the signer is on the roll at all; float64 (lines,).
        looked: voters looked at by each kind of key, -1 where that search was not made; int32 (lines, KINDS).
    """

    lines: np.ndarray
    records: np.ndarray
    weights: np.ndarray
    chances: np.ndarray
    on_roll: np.ndarray
    looked: np.ndarray


def find(lines: pl.DataFrame, roll: Roll, *, prior: Prior | None = None, progress: Progress = silent) -> Matches:
    """Find the voters who may have signed each line.

    Args:
        lines: the columns of `petition.lines.FIELDS` that there are.
        roll: an open snapshot.
        prior: what is believed before looking.
        progress: called as lines are done.
    """
    packed = pack_lines(lines, roll)
    believed = (prior or Prior()).shares()
    count = len(packed)
    records = np.full((count, RANKS), -1, np.int64)
    bits, sums = np.zeros((count, RANKS)), np.zeros((count, 3))
    looked = np.full((count, KINDS), -1, np.int32)
    table = weights()

    def one(begin: int) -> int:
        part = slice(begin, min(begin + BATCH, count))
        match_lines(
            packed[part], roll.records, roll.owners, roll.index.starts, roll.index.filed,
            table.bits, table.by_name, table.family, believed, roll.size,
            records[part], bits[part], sums[part], looked[part],
        )  # fmt: skip
        return part.stop - part.start

    done = 0
    progress("match", 0, count)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for finished in as_completed([pool.submit(one, begin) for begin in range(0, count, BATCH)]):
            done += finished.result()
            progress("match", done, count)
    found = sums[:, 0] * believed[0]
    whole = sums @ believed[:3] + believed[3]
    there = np.where(records >= 0, 2.0**bits, 0.0) * (believed[0] / roll.size)
    return Matches(packed, records, bits, there / whole[:, None], found / whole, looked)


def pack_lines(lines: pl.DataFrame, roll: Roll) -> np.ndarray:
    """Pack lines as the kernel wants them, names weighed by how rare they are on this roll; `packed.LINE` (lines,)."""
    people = plain_people(lines)
    packed = np.zeros(people.height, LINE)
    packed["who"] = pack(people, roll.frequencies)
    packed["other"], packed["others"] = pack_other_names(people["first"])
    return packed
