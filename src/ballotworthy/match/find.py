"""Candidates for every line: lines packed, the kernel run on all cores, the result the same on any number of them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ballotworthy.files.progress import Progress, silent
from ballotworthy.match.estimate import SAMPLE, estimate, sample_of, with_strangers
from ballotworthy.match.kernel import RANKS, SURE, VOTERS, match_lines
from ballotworthy.match.matches import Matches
from ballotworthy.match.merged import Other, merge
from ballotworthy.match.readings import Lines, pack_lines
from ballotworthy.match.tables import Believed, Found, Voters
from ballotworthy.match.transcribers import careless_lines, careless_sheets
from ballotworthy.match.weigh import Beliefs, weights
from ballotworthy.petition.pictures import Pictures
from ballotworthy.roll import Roll
from ballotworthy.roll.keys import KINDS

if TYPE_CHECKING:
    from ballotworthy.match.written.lines import Sources

BATCH = 5_000
APART = 2
"""How many times the lines of the sample there must be for it to be packed apart, ahead of the others."""


def find(
    lines: pl.DataFrame,
    roll: Roll,
    *,
    beliefs: Beliefs | None = None,
    pictures: Pictures | None = None,
    progress: Progress = silent,
) -> Matches:
    """Find the voters who may have signed each line.

    Args:
        lines: the columns of `petition.lines.FIELDS` that there are.
        roll: an open snapshot.
        beliefs: what the probabilities rest on; estimated from these lines where none are given, and once more for
            careless transcribers, or for sheets of careless hands where nothing is told of transcribers.
        pictures: what was seen in the cells of the lines, where they were read from scans.
        progress: called as lines are done.
    """
    if pictures is not None:
        from ballotworthy.match.written.lines import sources_of  # typed lines need none of it compiled
        from ballotworthy.match.written.wards import with_wards

        sources = sources_of(lines, pictures, roll)
        found = _found(lines, roll, beliefs, sources, progress)
        return with_wards(found, lines, pictures, roll)
    return _found(lines, roll, beliefs, None, progress)


def _found(
    lines: pl.DataFrame, roll: Roll, beliefs: Beliefs | None, sources: Sources | None, progress: Progress
) -> Matches:
    if beliefs is None and sources is None and lines.height > APART * SAMPLE:
        packed, estimated = _packed_and_believed(lines, roll)
    else:
        typed = packed = pack_lines(lines, roll)
        if sources is not None:
            from ballotworthy.match.written.lines import with_pictures

            packed = with_pictures(typed, sources, progress)
        estimated = beliefs or believed(packed.some(sample_of(len(packed.main))), roll)
    found = find_packed(packed, roll, estimated, progress=progress)
    if not beliefs:
        found = _apart(found, packed, _careless(found, lines, roll), roll)
    return found if sources is None else _beside(found, typed, sources, roll, progress)


def _beside(found: Matches, typed: Lines, sources: Sources, roll: Roll, progress: Progress) -> Matches:
    """Find the voters of doubtful lines once more, by what the lines beside them say too; the rest stays as it is."""
    from ballotworthy.match.written.beside import beside_of
    from ballotworthy.match.written.lines import with_pictures_beside

    some, rows = with_pictures_beside(typed, sources, beside_of(found, sources.ids, sources.rows, roll), progress)
    careless = np.zeros(len(rows), np.bool_) if found.careless is None else found.careless[rows]
    for levels, mine in ((found.beliefs.levels, ~careless), (found.careless_levels, careless)):
        if mine.any():
            again = find_packed(some.some(np.flatnonzero(mine)), roll, replace(found.beliefs, levels=levels))
            found = _put(found, again, rows[mine])
    return found


def _packed_and_believed(lines: pl.DataFrame, roll: Roll) -> tuple[Lines, Beliefs]:
    """Pack many lines while what to believe is estimated on some of them: one core is idle in much of either.

    A line is packed by itself, so the sample is the same whether it is packed alone or taken out of the whole.
    """
    some = lines[sample_of(lines.height)]
    with ThreadPoolExecutor(1) as beside:
        estimated = beside.submit(lambda: believed(pack_lines(some, roll), roll))
        return pack_lines(lines, roll), estimated.result()


def believed(lines: Lines, roll: Roll, stated: Beliefs | None = None) -> Beliefs:
    """Estimate what to believe on these lines, found by what is stated and how often strangers agree on this roll."""
    return estimate(find_packed(lines, roll, with_strangers(stated or Beliefs(), roll)), roll)


def _careless(found: Matches, lines: pl.DataFrame, roll: Roll) -> np.ndarray:
    """Tell which lines careless hands keyed, by transcribers where they are told, else by sheets; bool (lines,)."""
    if "transcriber" in lines.columns:
        return careless_lines(found, lines["transcriber"], roll)
    if "sheet" in lines.columns:
        return careless_sheets(found, lines["sheet"], roll)
    return np.zeros(lines.height, bool)


def _apart(found: Matches, packed: Lines, careless: np.ndarray, roll: Roll) -> Matches:
    """Match the lines of careless hands once more, by levels of their own; the rest stays as it is."""
    if not careless.any():
        return found
    rows = np.flatnonzero(careless)
    some = packed.some(rows)
    fresh = estimate(find_packed(some.some(sample_of(len(some.main))), roll, found.beliefs), roll)
    again = find_packed(some, roll, replace(fresh, prior=found.beliefs.prior))
    return replace(_put(found, again, rows), careless=careless, careless_levels=fresh.levels)


def _put(found: Matches, again: Matches, rows: np.ndarray) -> Matches:
    """Give what was found with some lines, by row, as they were found again."""
    kept = {name: getattr(found, name).copy() for name in ("lines", "records", "weights", "sums", "looked", "read")}
    for name, each in kept.items():
        each[rows] = getattr(again, name)
    kept["read"][rows] = np.where(again.read >= 0, again.read + len(found.readings), -1)
    kept["readings"], kept["of"] = np.r_[found.readings, again.readings], np.r_[found.of, rows[again.of]]
    if found.unread is not None and again.unread is not None:
        kept["unread"] = found.unread.copy()
        kept["unread"][rows] = again.unread
    return replace(found, **kept)


def find_packed(lines: Lines, roll: Roll, beliefs: Beliefs, *, progress: Progress = silent) -> Matches:
    """Find the voters who may have signed each line, in other readings where the usual one leaves a doubt."""
    found = _empty(len(lines.main), beliefs)
    progress("match", 0, len(lines.main))
    starts = np.searchsorted(lines.spelled_of, np.arange(len(lines.main) + 1))
    _match(lines.main, lines.spelled, starts, roll, beliefs, found, progress)
    shares = beliefs.prior.shares()
    likely = found.sums * shares[:-1]
    doubtful = likely[:, VOTERS] < SURE[-1] * (likely.sum(axis=1) + shares[-1])
    more, of, again = lines.other(doubtful | lines.written)
    others = _empty(len(more), beliefs)
    _match(more, lines.spelled[:0], np.zeros(len(more) + 1, np.int64), roll, beliefs, others)
    read = merge(found, others, Other(of, again, lines.written), voters_of(roll))
    found.sums[:, VOTERS] += lines.unread  # of what was not looked for: as likely as of anybody that a voter wrote it
    return Matches(lines.main, more, of, read, *found, roll.size, beliefs, written=lines.written, unread=lines.unread)


def _empty(count: int, beliefs: Beliefs) -> Found:
    """Give `records`, `weights`, `sums` and `looked`, as in `Matches`, for nothing found."""
    return Found(
        np.full((count, RANKS), -1, np.int64),
        np.zeros((count, RANKS)),
        np.zeros((count, len(beliefs.prior.shares()) - 1)),
        np.full((count, KINDS), -1, np.int32),
    )


def voters_of(roll: Roll) -> Voters:
    """Give a roll as the kernel takes it."""
    starts = roll.index.starts
    shift = 64 - round(np.log2(starts.shape[0] - 1))
    return Voters(roll.records, roll.owners, starts, roll.index.filed, roll.size, shift)


def _match(
    packed: np.ndarray, spelled: np.ndarray, starts: np.ndarray, roll: Roll, beliefs: Beliefs, found: Found,
    progress: Progress = silent,
) -> None:  # fmt: skip
    """Run the kernel on packed lines, on all cores; `found` is written to."""
    table, shares = weights(beliefs.levels), beliefs.prior.shares()
    voters, believed = voters_of(roll), Believed(table.bits, table.by_name, table.family, shares)
    count = len(packed)

    def one(begin: int) -> int:
        part = slice(begin, min(begin + BATCH, count))
        near = starts[begin : part.stop + 1]
        match_lines(packed[part], spelled, near, voters, believed, Found(*(each[part] for each in found)))
        return part.stop - part.start

    done = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for finished in as_completed([pool.submit(one, begin) for begin in range(0, count, BATCH)]):
            done += finished.result()
            progress("match", done, count)
