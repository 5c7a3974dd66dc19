"""The loop: every line's candidates fetched by key, weighed field by field, and ranked. Compiled, without the GIL."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.blocks import MOST_KEYS, narrow_keys, wider_keys
from ballotworthy.match.comparisons import (
    birth,
    first_name,
    house_number,
    last_name,
    middle_name,
    street,
    suffix,
    town,
    unit,
)
from ballotworthy.match.comparisons.first_name import NICKNAME
from ballotworthy.match.comparisons.last_name import PART

FIELDS = 9
RANKS = 5
ADDRESS = np.array([False, False, False, False, True, True, True, True, False])
NARROW_LIST, WIDE_LIST = 400, 4_000
BUDGET = 6_000
SEEN_BITS = 14
SURE = 0.9
NONE = -1e9
"""The weight of nothing: 2 to its power is 0."""


@compiled
def levels_of(line: np.void, voter: np.void, out: np.ndarray) -> None:
    """Write the level of each field, in the order of `weigh.COMPARISONS`."""
    out[0] = last_name.level(line, voter)
    out[1] = first_name.level(line, voter)
    out[2] = middle_name.level(line, voter)
    out[3] = suffix.level(line, voter)
    out[4] = house_number.level(line, voter)
    out[5] = street.level(line, voter)
    out[6] = unit.level(line, voter)
    out[7] = town.level(line, voter)
    out[8] = birth.level(line, voter)


@compiled
def weights_of(
    line: np.void, voter: np.void, levels: np.ndarray, bits: np.ndarray, by_name: np.ndarray, out: np.ndarray
) -> None:
    """Write the weight of each field in bits; a name that is alike never weighs less than one that differs."""
    for field in range(FIELDS):
        out[field] = bits[field, levels[field]]
    if by_name[0, levels[0]]:
        rare = line["who"]["last_bits"]
        out[0] += (min(rare, voter["last_bits"]) if levels[0] == PART else rare) / 8
        out[0] = max(out[0], bits[0, last_name.DIFFERENT])
    if by_name[1, levels[1]]:
        rare = line["who"]["first_bits"] / 8
        out[1] = min(out[1] + rare, voter["first_bits"] / 8) if levels[1] == NICKNAME else out[1] + rare
        out[1] = max(out[1], bits[1, first_name.DIFFERENT])


@compiled
def match_lines(
    lines: np.ndarray,
    records: np.ndarray,
    owners: np.ndarray,
    starts: np.ndarray,
    filed: np.ndarray,
    bits: np.ndarray,
    by_name: np.ndarray,
    family: np.ndarray,
    on_roll: float,
    relative: float,
    tenant: float,
    voters: int,
    rank_records: np.ndarray,
    rank_weights: np.ndarray,
    rank_chances: np.ndarray,
    totals: np.ndarray,
    looked: np.ndarray,
) -> None:
    """Rank the voters for each line.

    Args:
        lines: `packed.LINE`, shape (lines,).
        records, owners, starts, filed: of the roll.
        bits, by_name, family: `weigh.Weights`.
        on_roll, relative, tenant: `weigh.Prior`.
        voters: number of voters of the roll.
        rank_records: out, int64 (lines, RANKS): record numbers, best first, -1 where there are no more.
        rank_weights: out, float64 (lines, RANKS): weights in bits.
        rank_chances: out, float64 (lines, RANKS): probability that this voter signed.
        totals: out, float64 (lines,): probability that the signer is on the roll at all.
        looked: out, int32 (lines, kinds): voters looked at by each kind of key, -1 where none was made.
    """
    kinds, keys = np.empty(MOST_KEYS, np.uint8), np.empty(MOST_KEYS, np.uint64)
    seen = np.full(2**SEEN_BITS, -1, np.int64)
    levels, weighed = np.empty(FIELDS, np.uint8), np.empty(FIELDS, np.float64)
    shift = 64 - int(np.round(np.log2(starts.shape[0] - 1)))
    rest = 1.0 - on_roll - relative - tenant
    renamed = records.shape[0] > voters
    for at in range(lines.shape[0]):
        line = lines[at]
        rank_records[at, :] = -1
        looked[at, :] = -1
        sums = np.zeros(2)  # of the voters who may have signed; of those who may live with somebody who did
        seen[:] = -1
        left = BUDGET
        for search in range(2):
            if search == 0:
                count = narrow_keys(line, kinds, keys)
            elif on_roll * sums[0] >= SURE * (on_roll * sums[0] + sums[1] + rest * voters):
                break
            else:
                count = _with_skipped(line, kinds, keys, starts, shift)
            _rarest_first(kinds, keys, count, starts, shift)
            longest = NARROW_LIST if search == 0 else WIDE_LIST
            for each in range(count):
                bucket = np.int64(keys[each] >> np.uint64(shift))
                begin, end = np.int64(starts[bucket]), np.int64(starts[bucket + 1])
                if end - begin > longest:
                    continue
                kind = kinds[each]
                looked[at, kind] = max(looked[at, kind], 0)
                for place in range(begin, end):
                    if left <= 0:
                        break
                    record = int(filed[place])
                    if _known(seen, record):
                        continue
                    left -= 1
                    looked[at, kind] += 1
                    voter = records[record]
                    levels_of(line, voter, levels)
                    weights_of(line, voter, levels, bits, by_name, weighed)
                    weight, address = 0.0, 0.0
                    for field in range(FIELDS):
                        weight += weighed[field]
                        if ADDRESS[field]:
                            address += weighed[field]
                    before = _weight_of(rank_records[at], rank_weights[at], owners, record) if renamed else NONE
                    sums[0] += max(2.0**weight - 2.0**before, 0.0)
                    if before == NONE:
                        sums[1] += tenant * 2.0**address
                        if family[levels[0]]:
                            sums[1] += relative * 2.0 ** (address + weighed[0])
                    _rank(rank_records[at], rank_weights[at], owners, record, weight)
        top = on_roll / voters
        whole = top * sums[0] + sums[1] / voters + rest
        totals[at] = top * sums[0] / whole
        for rank in range(RANKS):
            if rank_records[at, rank] >= 0:
                rank_chances[at, rank] = top * 2.0 ** rank_weights[at, rank] / whole


@compiled
def _with_skipped(line: np.void, kinds: np.ndarray, keys: np.ndarray, starts: np.ndarray, shift: int) -> int:
    """Write the wider keys, and of the first search those whose lists were too long to look through then."""
    count = wider_keys(line, kinds, keys)
    again, first = np.empty(MOST_KEYS, np.uint8), np.empty(MOST_KEYS, np.uint64)
    for each in range(narrow_keys(line, again, first)):
        bucket = np.int64(first[each] >> np.uint64(shift))
        if starts[bucket + 1] - starts[bucket] > NARROW_LIST and count < MOST_KEYS:
            kinds[count], keys[count] = again[each], first[each]
            count += 1
    return count


@compiled
def _rarest_first(kinds: np.ndarray, keys: np.ndarray, count: int, starts: np.ndarray, shift: int) -> None:
    sizes = np.empty(MOST_KEYS, np.int64)
    for each in range(count):
        bucket = np.int64(keys[each] >> np.uint64(shift))
        size, key, kind = np.int64(starts[bucket + 1]) - np.int64(starts[bucket]), keys[each], kinds[each]
        place = each
        while place > 0 and sizes[place - 1] > size:
            sizes[place], keys[place], kinds[place] = sizes[place - 1], keys[place - 1], kinds[place - 1]
            place -= 1
        sizes[place], keys[place], kinds[place] = size, key, kind


@compiled
def _known(seen: np.ndarray, record: int) -> bool:
    """Tell whether a record was looked at already, and remember it; open addressing, never more than half full."""
    place = (record * 0x9E3779B1 >> 7) & (seen.shape[0] - 1)
    while seen[place] >= 0:
        if seen[place] == record:
            return True
        place = (place + 1) & (seen.shape[0] - 1)
    seen[place] = record
    return False


@compiled
def _weight_of(records: np.ndarray, weights: np.ndarray, owners: np.ndarray, record: int) -> float:
    """Give the weight that the owner of a record has already by a former or the present name, or `NONE`."""
    for rank in range(RANKS):
        if records[rank] >= 0 and owners[records[rank]] == owners[record]:
            return float(weights[rank])
    return NONE


@compiled
def _rank(records: np.ndarray, weights: np.ndarray, owners: np.ndarray, record: int, weight: float) -> None:
    """Insert a record among the best, each voter once; equal weights rank by record number."""
    for rank in range(RANKS):
        if records[rank] >= 0 and owners[records[rank]] == owners[record]:
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
