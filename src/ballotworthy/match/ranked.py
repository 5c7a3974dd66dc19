"""The candidates as a table for people: a row a candidate, best first, with the evidence and the searches made."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from ballotworthy.match.evidence import evidence, further_told, moved_told, searches, witness_told
from ballotworthy.match.further.weighed import Weighed
from ballotworthy.match.matches import Matches
from ballotworthy.match.moved import WORDS, bits_of_move
from ballotworthy.match.pairs import compare_ranked
from ballotworthy.match.witness import witnessed
from ballotworthy.roll import Roll

ROWS = 62_500
"""Lines that one thread tells of at a time; the result does not depend on it."""


def ranked(lines: pl.DataFrame, roll: Roll, matches: Matches, further: Sequence[Weighed] = ()) -> pl.DataFrame:
    """Give `sheet`, `line`, `rank`, `voter_id`, `weight`, `probability`, `evidence`, `searches`; best candidate first.

    A line that found nobody has one row with an empty `voter_id`. What comparisons from outside found stands behind the
    evidence of ours.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        begins = range(0, max(lines.height, 1), ROWS)
        return pl.concat(pool.map(lambda begin: _some(lines, roll, matches, further, begin), begins))


def _some(lines: pl.DataFrame, roll: Roll, matches: Matches, further: Sequence[Weighed], begin: int) -> pl.DataFrame:
    """Give what `ranked` gives, of `ROWS` lines."""
    there = matches.records[begin : begin + ROWS] >= 0
    there[:, 0] = True
    rows, ranks = (np.ascontiguousarray(each) for each in np.nonzero(there))  # a layout of their own is compiled anew
    searched = searches(matches.looked[begin : begin + ROWS])[rows]
    rows += begin
    records = matches.records[rows, ranks]
    found = records >= 0
    owners = np.where(found, roll.owners[np.maximum(records, 0)], 0)
    table = pl.DataFrame(
        {
            "sheet": lines["sheet"][rows],
            "line": lines["line"][rows],
            "rank": ranks + 1,
            "voter_id": roll.ids_of(owners),
            "weight": pl.Series(matches.weights[rows, ranks]).round(1),
            "probability": pl.Series(matches.chances[rows, ranks]).round(4),
            "evidence": _told(matches, (rows, ranks), compare_ranked(matches, roll, rows, ranks), further),
            "searches": searched,
        }
    )
    some = pl.Series(found)
    blank = [pl.when(some).then(name).alias(name) for name in ("voter_id", "weight", "probability", "evidence")]
    return table.with_columns(blank)


def _told(
    matches: Matches, at: tuple[np.ndarray, np.ndarray], compared: tuple[np.ndarray, np.ndarray],
    further: Sequence[Weighed],
) -> pl.Series:  # fmt: skip
    """Give the evidence of pairs `at` these rows and ranks, `compared` to levels and bits."""
    added = sum((each.bits[at] for each in further), np.zeros(len(at[0])))
    seen = witnessed(matches.witness, at[0], matches.records[at])
    moved = moved_told(WORDS, bits_of_move(matches.weights[at] - added - seen, compared[1]))
    others = [
        further_told(each.further.name, [level.words for level in each.further.levels], each.levels[at], each.weights)
        for each in further
    ]
    if matches.witness is not None:
        others.append(witness_told(f"{matches.witness.name} {matches.witness.words}", seen))
    return evidence(*compared, moved, *others)
