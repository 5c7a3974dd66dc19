"""The loop: every line's candidates fetched by key, weighed field by field, and ranked. Compiled, without the GIL."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.match.blocks import MOST_KEYS, SEARCHES, keys_of_search
from ballotworthy.match.comparisons import house_number, slips, street, town
from ballotworthy.match.pair import FIELDS, levels_of, seek_line, weights_of
from ballotworthy.match.weigh import FIRST, LAST, NUMBER, STREET, TOWN, UNIT
from ballotworthy.roll.index import RECORD, tag_of
from ballotworthy.roll.keys import HOME_TOWN
from ballotworthy.roll.packed import RECORD as VOTER

RANKS = 5
LONGEST = np.array([200, 40, 150])
"""Voters under one key above which it is passed over, in each search."""
BUDGET = 600
"""Voters looked at for one line at most."""
SURE = np.array([0.999, 0.99])
"""Probability that the signer is found above which no further search is made, after the first and the second."""
TOGETHER = 256
"""Records fetched before they are weighed: so memory works on many of them at a time."""
SEEN = 2**14
NONE = -1e9
"""The weight of nothing: 2 to its power is 0."""
VOTERS, RELATIVES, TENANTS, NAMESAKES, NEIGHBOURS = range(5)


@allocating
def match_lines(
    lines: np.ndarray,
    records: np.ndarray,
    owners: np.ndarray,
    starts: np.ndarray,
    filed: np.ndarray,
    bits: np.ndarray,
    by_name: np.ndarray,
    family: np.ndarray,
    believed: np.ndarray,
    voters: int,
    rank_records: np.ndarray,
    rank_weights: np.ndarray,
    sums: np.ndarray,
    looked: np.ndarray,
) -> None:
    """Rank the voters for each line.

    Args:
        lines: `packed.LINE`, shape (lines,).
        records, owners, starts, filed: of the roll.
        bits, by_name, family: `weigh.Weights`.
        believed: `weigh.Prior` as on_roll, relative, tenant, namesake, neighbour, and what is left to 1; float64 (6,).
        voters: number of voters of the roll.
        rank_records: out, int64 (lines, RANKS): record numbers, best first, -1 where there are no more.
        rank_weights: out, float64 (lines, RANKS): weights in bits.
        sums: out, float64 (lines, 5): likelihood, over that of nobody the roll knows of, of the signer's being one of
            the voters looked at, a relative, a tenant, a namesake or a neighbour of one; each to be multiplied by its
            prior.
        looked: out, int32 (lines, kinds): voters looked at by each kind of key, -1 where none was made.

    What a damaged index points to where there is nothing is passed over.
    """
    kinds, keys, sizes = np.empty(MOST_KEYS, np.uint8), np.empty(MOST_KEYS, np.uint64), np.empty(MOST_KEYS, np.int64)
    again, skipped = np.empty_like(kinds), np.empty_like(keys)
    seen = np.zeros(SEEN, np.uint64)
    sought = np.zeros(slips.SOUGHT, np.uint32)
    fetched, numbers = np.empty(TOGETHER, VOTER), np.empty(TOGETHER, np.int64)
    levels, weighed = np.empty(FIELDS, np.uint8), np.empty(FIELDS, np.float64)
    shift = 64 - int(np.round(np.log2(starts.shape[0] - 1)))
    for at in range(lines.shape[0]):
        line = lines[at]
        rank_records[at, :] = -1
        looked[at, :] = -1
        sums[at, :] = 0.0
        seek_line(line, sought)
        left = BUDGET
        for search in range(SEARCHES):
            if search > 0:
                found = believed[0] * sums[at, VOTERS]
                others = believed[1] * sums[at, RELATIVES] + believed[2] * sums[at, TENANTS]
                others += believed[3] * sums[at, NAMESAKES] + believed[4] * sums[at, NEIGHBOURS] + believed[5]
                if found >= SURE[search - 1] * (found + others):
                    break
            count = keys_of_search(search, line, kinds, keys)
            if search == 2:
                count = _with_skipped(line, kinds, keys, again, skipped, count, starts, shift)
            _rarest_first(kinds, keys, sizes, count, starts, shift)
            held = 0
            for each in range(count):
                bucket = np.int64(keys[each] >> np.uint64(shift))
                begin, end = np.int64(starts[bucket]), np.int64(starts[bucket + 1])
                if end - begin > LONGEST[search] or end > filed.shape[0]:
                    if search == 1 and kinds[each] == HOME_TOWN and end - begin > LONGEST[2]:
                        sums[at, TENANTS] += (end - begin) * 2.0 ** _home(line, bits) / voters
                    continue
                tag, new = tag_of(keys[each], shift), 0
                for place in range(begin, end):
                    if new == left:
                        break
                    entry = filed[place]
                    record = int(entry & RECORD)
                    if entry ^ np.uint32(record) != tag or record >= records.shape[0] or _known(seen, at, record):
                        continue
                    new += 1
                    numbers[held] = record
                    held += 1
                    if held == TOGETHER:
                        _weigh(
                            line, numbers, held, records, fetched, owners, bits, by_name, family, voters, sought,
                            levels, weighed, rank_records[at], rank_weights[at], sums[at],
                        )  # fmt: skip
                        held = 0
                left -= new
                looked[at, kinds[each]] = max(looked[at, kinds[each]], 0) + new
            _weigh(
                line, numbers, held, records, fetched, owners, bits, by_name, family, voters, sought,
                levels, weighed, rank_records[at], rank_weights[at], sums[at],
            )  # fmt: skip


@compiled
def _weigh(
    line: np.void,
    numbers: np.ndarray,
    held: int,
    records: np.ndarray,
    fetched: np.ndarray,
    owners: np.ndarray,
    bits: np.ndarray,
    by_name: np.ndarray,
    family: np.ndarray,
    voters: int,
    sought: np.ndarray,
    levels: np.ndarray,
    weighed: np.ndarray,
    rank_records: np.ndarray,
    rank_weights: np.ndarray,
    sums: np.ndarray,
) -> None:
    """Fetch the records of these numbers, then weigh, add and rank each."""
    for each in range(held):
        fetched[each] = records[numbers[each]]
    renamed = records.shape[0] > voters
    for each in range(held):
        voter = fetched[each]
        levels_of(line, voter, sought, levels)
        weights_of(line, voter, levels, bits, by_name, weighed)
        weight = 0.0
        for field in range(FIELDS):
            weight += weighed[field]
        building = weighed[NUMBER] + weighed[STREET] + weighed[TOWN]
        owner = _owner(owners, voters, numbers[each])
        before = _weight_of(rank_records, rank_weights, owners, voters, owner) if renamed else NONE
        sums[VOTERS] += max(2.0**weight - 2.0**before, 0.0) / voters
        if before == NONE:
            sums[TENANTS] += 2.0 ** (building + max(weighed[UNIT], 0.0)) / voters
            sums[NAMESAKES] += 2.0 ** (weighed[LAST] + weighed[FIRST]) / voters
            sums[NEIGHBOURS] += 2.0 ** (weighed[STREET] + weighed[TOWN]) / voters
            if family[levels[LAST]]:
                sums[RELATIVES] += 2.0 ** (building + weighed[UNIT] + weighed[LAST]) / voters
        _rank(rank_records, rank_weights, owners, voters, numbers[each], owner, weight)


@compiled
def _home(line: np.void, bits: np.ndarray) -> float:
    """Give the weight of a house number, street and zip code that agree."""
    where = bits[NUMBER, house_number.AGREES] + bits[STREET, street.AGREES] + bits[TOWN, town.ZIP]
    return float(where + line["street_bits"] / 8)


@compiled
def _with_skipped(
    line: np.void,
    kinds: np.ndarray,
    keys: np.ndarray,
    again: np.ndarray,
    skipped: np.ndarray,
    count: int,
    starts: np.ndarray,
    shift: int,
) -> int:
    """Append the keys of the second search whose lists were too long to look through then."""
    for each in range(keys_of_search(1, line, again, skipped)):
        bucket = np.int64(skipped[each] >> np.uint64(shift))
        if starts[bucket + 1] - starts[bucket] > LONGEST[1] and count < MOST_KEYS:
            kinds[count], keys[count] = again[each], skipped[each]
            count += 1
    return count


@compiled
def _rarest_first(
    kinds: np.ndarray, keys: np.ndarray, sizes: np.ndarray, count: int, starts: np.ndarray, shift: int
) -> None:
    for each in range(count):
        bucket = np.int64(keys[each] >> np.uint64(shift))
        sizes[each] = np.int64(starts[bucket + 1]) - np.int64(starts[bucket])
    for each in range(1, count):
        size, key, kind = sizes[each], keys[each], kinds[each]
        place = each
        while place > 0 and sizes[place - 1] > size:
            sizes[place], keys[place], kinds[place] = sizes[place - 1], keys[place - 1], kinds[place - 1]
            place -= 1
        sizes[place], keys[place], kinds[place] = size, key, kind


@compiled
def _known(seen: np.ndarray, at: int, record: int) -> bool:
    """Tell whether a record was looked at already for this line, and remember it.

    Open addressing, never more than half full; entries of other lines count as empty.
    """
    mine = np.uint64(at + 1) << np.uint64(32)
    place = (record * 0x9E3779B1 >> 7) & (seen.shape[0] - 1)
    while seen[place] >= mine:
        if seen[place] == mine | np.uint64(record):
            return True
        place = (place + 1) & (seen.shape[0] - 1)
    seen[place] = mine | np.uint64(record)
    return False


@compiled
def _owner(owners: np.ndarray, voters: int, record: int) -> int:
    """Give the voter of a record: the first records are the voters', those behind them hold former names."""
    return record if record < voters else int(owners[record])


@compiled
def _weight_of(records: np.ndarray, weights: np.ndarray, owners: np.ndarray, voters: int, owner: int) -> float:
    """Give the weight that a voter has already by a former or the present name, or `NONE`."""
    for rank in range(RANKS):
        if records[rank] >= 0 and _owner(owners, voters, records[rank]) == owner:
            return float(weights[rank])
    return NONE


@compiled
def _rank(
    records: np.ndarray, weights: np.ndarray, owners: np.ndarray, voters: int, record: int, owner: int, weight: float
) -> None:
    """Insert a record among the best, each voter once; equal weights rank by record number."""
    if records[RANKS - 1] >= 0 and weight < weights[RANKS - 1]:
        return
    for rank in range(RANKS):
        if records[rank] >= 0 and _owner(owners, voters, records[rank]) == owner:
            if weights[rank] >= weight:
                return
            for later in range(rank, RANKS - 1):
                records[later], weights[later] = records[later + 1], weights[later + 1]
            records[RANKS - 1] = -1
            break
    for rank in range(RANKS):
        if records[rank] < 0 or weight > weights[rank] or (weight == weights[rank] and record < records[rank]):
            for later in range(RANKS - 1, rank, -1):
                records[later], weights[later] = records[later - 1], weights[later - 1]
            records[rank], weights[rank] = record, weight
            return
