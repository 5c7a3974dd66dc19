"""Candidates for every line: lines packed, the kernel run on all cores, the result the same on any number of them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace

import numpy as np
import polars as pl

from ballotworthy.files.progress import Progress, silent
from ballotworthy.match.estimate import estimate, sample_of
from ballotworthy.match.kernel import RANKS, match_lines
from ballotworthy.match.matches import Matches
from ballotworthy.match.nicknames import pack_other_names
from ballotworthy.match.transcribers import careless_lines
from ballotworthy.match.weigh import Beliefs, weights
from ballotworthy.roll import Roll
from ballotworthy.roll.keys import KINDS
from ballotworthy.roll.packed import LINE
from ballotworthy.roll.records import pack_people

BATCH = 5_000


def find(lines: pl.DataFrame, roll: Roll, *, beliefs: Beliefs | None = None, progress: Progress = silent) -> Matches:
    """Find the voters who may have signed each line.

    Args:
        lines: the columns of `petition.lines.FIELDS` that there are.
        roll: an open snapshot.
        beliefs: what the probabilities rest on; estimated from these lines where none are given, and where the lines
            say who transcribed them once more for the careless.
        progress: called as lines are done.
    """
    packed = pack_lines(lines, roll)
    if beliefs is None:
        some = packed[sample_of(len(packed))]
        beliefs = estimate(find_packed(some, roll, Beliefs()), roll)
        found = find_packed(packed, roll, beliefs, progress=progress)
        return _apart(found, lines["transcriber"], roll) if "transcriber" in lines.columns else found
    return find_packed(packed, roll, beliefs, progress=progress)


def _apart(found: Matches, transcriber: pl.Series, roll: Roll) -> Matches:
    """Match the lines of careless transcribers once more, by levels of their own; the rest stays as it is."""
    careless = careless_lines(found, transcriber, roll)
    if not careless.any():
        return found
    some = found.lines[careless]
    fresh = estimate(find_packed(some[sample_of(len(some))], roll, found.beliefs), roll)
    again = find_packed(some, roll, replace(fresh, prior=found.beliefs.prior))
    for name in ("records", "weights", "sums", "looked"):
        getattr(found, name)[careless] = getattr(again, name)
    return replace(found, careless=careless, careless_levels=fresh.levels)


def find_packed(packed: np.ndarray, roll: Roll, beliefs: Beliefs, *, progress: Progress = silent) -> Matches:
    """Find the voters who may have signed each packed line; `packed.LINE` (lines,)."""
    count = len(packed)
    table, shares = weights(beliefs.levels), beliefs.prior.shares()
    found = Matches(
        packed,
        np.full((count, RANKS), -1, np.int64),
        np.zeros((count, RANKS)),
        np.zeros((count, len(shares) - 1)),
        np.full((count, KINDS), -1, np.int32),
        roll.size,
        beliefs,
    )

    def one(begin: int) -> int:
        part = slice(begin, min(begin + BATCH, count))
        match_lines(
            packed[part], roll.records, roll.owners, roll.index.starts, roll.index.filed,
            table.bits, table.by_name, table.family, shares, roll.size,
            found.records[part], found.weights[part], found.sums[part], found.looked[part],
        )  # fmt: skip
        return part.stop - part.start

    done = 0
    progress("match", 0, count)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for finished in as_completed([pool.submit(one, begin) for begin in range(0, count, BATCH)]):
            done += finished.result()
            progress("match", done, count)
    return found


def pack_lines(lines: pl.DataFrame, roll: Roll) -> np.ndarray:
    """Pack lines as the kernel wants them, names weighed by how rare they are on this roll; `packed.LINE` (lines,)."""
    packed = np.zeros(lines.height, LINE)
    packed["who"] = pack_people(lines, roll.frequencies, roll.towns)
    packed["street_bits"] = roll.frequencies.street_bits(packed["who"])
    packed["other"], packed["others"] = pack_other_names(packed["who"]["first"])
    return packed
