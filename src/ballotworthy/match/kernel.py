"""The loop: every line's candidates fetched by key, weighed field by field, and ranked. Compiled, without the GIL."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import allocating, compiled, fetch_early, inlined
from ballotworthy.match.blocks import MOST_KEYS, SEARCHES, keys_of_search
from ballotworthy.match.comparisons import house_number, slips, street, town
from ballotworthy.match.pair import FIELDS, levels_of, seek_line, weights_of
from ballotworthy.match.tables import Believed, Found, Space, Voters
from ballotworthy.match.weigh import FIRST, LAST, NUMBER, STREET, TOWN, UNIT
from ballotworthy.roll.index import RECORD, tag_of
from ballotworthy.roll.keys import ALL, HOME_TOWN, KINDS, NAMES, person_keys
from ballotworthy.roll.packed import RECORD as VOTER

RANKS = 5
LONGEST = np.array([[200] * KINDS, [40] * KINDS, [kind.longest for kind in NAMES]])
"""Voters under one key above which it is passed over, in each search; int64 (searches, kinds)."""
BUDGET = 600
"""Voters looked at for one line at most."""
SURE = np.array([0.999, 0.99])
"""Probability that the signer is found above which no further search is made, after the first and the second."""
TOGETHER = 256
"""Records fetched before they are weighed: so memory works on many of them at a time."""
AHEAD, FEW = 32, 2
"""Lines of which the first search is prepared together, and voters of each of its keys."""
FAR, NEXT = 200, 16
"""Entries of a list that are brought near before it is looked through, and how many come together."""
SEEN = 2**11
"""Room to remember more than `BUDGET` records, twice; small, so that it stays at hand."""
NONE = -1e9
"""The weight of nothing."""
VOTERS, RELATIVES, TENANTS, NAMESAKES, NEIGHBOURS = range(5)


@allocating
def match_lines(
    lines: np.ndarray, spelled: np.ndarray, starts: np.ndarray, roll: Voters, believed: Believed, found: Found
) -> None:
    """Rank the voters for each line, `packed.LINE`; `found` is written to.

    The other spellings of line i are `spelled[starts[i]:starts[i + 1]]`, `packed.RECORD`.

    What a damaged index points to where there is nothing is passed over.
    """
    kinds, keys, sizes = np.empty(MOST_KEYS, np.uint8), np.empty(MOST_KEYS, np.uint64), np.empty(MOST_KEYS, np.int64)
    again, skipped = np.empty_like(kinds), np.empty_like(keys)
    seen, sought = np.zeros(SEEN, np.uint64), np.zeros(slips.SOUGHT, np.uint64)
    numbers, fetched = np.empty(TOGETHER, np.int64), np.empty(TOGETHER, VOTER)
    levels, weighed = np.empty(FIELDS, np.uint8), np.empty(FIELDS, np.float64)
    space = Space(kinds, keys, sizes, again, skipped, seen, sought, numbers, fetched, levels, weighed)
    for at in range(lines.shape[0]):
        if at % AHEAD == 0:
            _fetch_first(lines[at : at + AHEAD], roll, space)
        row = Found(found.records[at], found.weights[at], found.sums[at], found.looked[at])
        _match(lines[at], at, spelled[starts[at] : starts[at + 1]], roll, believed, space, row)


@compiled
def _fetch_first(lines: np.ndarray, roll: Voters, space: Space) -> None:
    """Have what the first search of some lines looks at brought near, all at a time: none waits for it alone."""
    count = 0
    for at in range(lines.shape[0]):
        count += keys_of_search(0, lines[at], space.kinds[count:], space.keys[count:])
    for each in range(count):
        fetch_early(roll.starts, space.keys[each] >> np.uint64(roll.shift))
    for each in range(count):
        fetch_early(roll.filed, _begin(space.keys[each], roll))
    for each in range(count):
        begin = _begin(space.keys[each], roll)
        for place in range(begin, min(begin + FEW, roll.filed.shape[0])):
            fetch_early(roll.records, np.int64(roll.filed[place] & RECORD))


@compiled
def _match(
    line: np.void, at: int, spelled: np.ndarray, roll: Voters, believed: Believed, space: Space, row: Found
) -> None:
    """Search for the voters of one line, search by search, until one leaves hardly a doubt."""
    row.records[:] = -1
    row.looked[:] = -1
    row.sums[:] = 0.0
    seek_line(line, space.sought)
    left = BUDGET
    for search in range(SEARCHES):
        if search > 0 and _surely_found(row.sums, believed.shares, SURE[search - 1]):
            break
        count = keys_of_search(search, line, space.kinds, space.keys)
        if search == 2:
            count = _with_skipped(line, space, count, roll)
        _rarest_first(space, count, roll)
        held = 0
        for each in range(count):
            if space.sizes[each] <= LONGEST[search, space.kinds[each]] and _is_whole(space.keys[each], roll):
                left, held = _look_through(line, at, each, left, held, roll, believed, space, row)
            elif search == 1 and space.kinds[each] == HOME_TOWN and space.sizes[each] > LONGEST[2, HOME_TOWN]:
                row.sums[TENANTS] += space.sizes[each] * 2.0 ** _home(line, believed.bits) / roll.voters
        _weigh(line, held, roll, believed, space, row)
    if spelled.shape[0] and not _surely_found(row.sums, believed.shares, SURE[-1]):
        _match_spelled(line, at, spelled, left, roll, believed, space, row)


@compiled
def _match_spelled(
    line: np.void, at: int, spelled: np.ndarray, left: int, roll: Voters, believed: Believed, space: Space, row: Found
) -> None:
    """Look a line up under its other spellings too, in all keys; who is found is compared with it as written."""
    for one in range(spelled.shape[0]):
        count = person_keys(ALL, spelled[one], space.kinds, space.keys, 0)
        _rarest_first(space, count, roll)
        held = 0
        for each in range(count):
            if space.sizes[each] <= LONGEST[-1, space.kinds[each]] and _is_whole(space.keys[each], roll):
                left, held = _look_through(line, at, each, left, held, roll, believed, space, row)
        _weigh(line, held, roll, believed, space, row)


@compiled
def _surely_found(sums: np.ndarray, shares: np.ndarray, sure: float) -> bool:
    """Tell whether the signer is a voter looked at with a probability of `sure` at least."""
    found = shares[0] * sums[VOTERS]
    others = shares[1] * sums[RELATIVES] + shares[2] * sums[TENANTS]
    others += shares[3] * sums[NAMESAKES] + shares[4] * sums[NEIGHBOURS] + shares[5]
    return bool(found >= sure * (found + others))


@inlined
def _look_through(
    line: np.void,
    at: int,
    each: int,
    left: int,
    held: int,
    roll: Voters,
    believed: Believed,
    space: Space,
    row: Found,
) -> tuple[int, int]:
    """Hold the records under a key that were not looked at yet, weighing when there are enough.

    Gives how many may still be looked at for this line, and how many are held.
    """
    key, kind, new = space.keys[each], space.kinds[each], 0
    bucket, tag = np.int64(key >> np.uint64(roll.shift)), tag_of(key, roll.shift)
    for place in range(np.int64(roll.starts[bucket]), np.int64(roll.starts[bucket + 1])):
        if new == left:
            break
        entry = roll.filed[place]
        record = np.int64(entry & RECORD)
        if entry ^ np.uint32(record) != tag or record >= roll.records.shape[0] or _known(space.seen, at, int(record)):
            continue
        new += 1
        fetch_early(roll.records, record)
        space.numbers[held] = record
        held += 1
        if held == TOGETHER:
            _weigh(line, held, roll, believed, space, row)
            held = 0
    row.looked[kind] = max(row.looked[kind], 0) + new
    return left - new, held


@compiled
def _weigh(line: np.void, held: int, roll: Voters, believed: Believed, space: Space, row: Found) -> None:
    """Fetch the records held, then weigh, add and rank each."""
    for each in range(held):
        space.fetched[each] = roll.records[space.numbers[each]]
    renamed = roll.records.shape[0] > roll.voters
    levels, weighed, sums, voters = space.levels, space.weighed, row.sums, roll.voters
    for each in range(held):
        voter, number = space.fetched[each], space.numbers[each]
        levels_of(line, voter, space.sought, levels)
        weights_of(line, voter, levels, believed.bits, believed.by_name, weighed)
        weight = 0.0
        for field in range(FIELDS):
            weight += weighed[field]
        building = weighed[NUMBER] + weighed[STREET] + weighed[TOWN]
        owner = _owner(roll.owners, voters, number)
        before = _weight_of(row.records, row.weights, roll.owners, voters, owner) if renamed else NONE
        if before == NONE:
            sums[VOTERS] += 2.0**weight / voters
            sums[TENANTS] += 2.0 ** (building + max(weighed[UNIT], 0.0)) / voters
            sums[NAMESAKES] += 2.0 ** (weighed[LAST] + weighed[FIRST]) / voters
            sums[NEIGHBOURS] += 2.0 ** (weighed[STREET] + weighed[TOWN]) / voters
            if believed.family[levels[LAST]]:
                sums[RELATIVES] += 2.0 ** (building + weighed[UNIT] + weighed[LAST]) / voters
        else:
            sums[VOTERS] += max(2.0**weight - 2.0**before, 0.0) / voters
        _rank(row.records, row.weights, roll.owners, voters, number, owner, weight)


@compiled
def _home(line: np.void, bits: np.ndarray) -> float:
    """Give the weight of a house number, street and zip code that agree."""
    where = bits[NUMBER, house_number.AGREES] + bits[STREET, street.AGREES] + bits[TOWN, town.ZIP]
    return float(where + line["street_bits"] / 8)


@compiled
def _with_skipped(line: np.void, space: Space, count: int, roll: Voters) -> int:
    """Append the keys of the second search whose lists were too long to look through then."""
    for each in range(keys_of_search(1, line, space.again, space.skipped)):
        if _size(space.skipped[each], roll) > LONGEST[1, space.again[each]] and count < MOST_KEYS:
            space.kinds[count], space.keys[count] = space.again[each], space.skipped[each]
            count += 1
    return count


@inlined
def _is_whole(key: np.uint64, roll: Voters) -> bool:
    """Tell whether a key's bucket lies within the index, as it does unless that is damaged."""
    return bool(roll.starts[np.int64(key >> np.uint64(roll.shift)) + 1] <= roll.filed.shape[0])


@inlined
def _begin(key: np.uint64, roll: Voters) -> int:
    """Give where a key's bucket begins in the index."""
    return int(roll.starts[np.int64(key >> np.uint64(roll.shift))])


@inlined
def _size(key: np.uint64, roll: Voters) -> int:
    """Give the number of entries in a key's bucket."""
    bucket = np.int64(key >> np.uint64(roll.shift))
    return int(roll.starts[bucket + 1]) - int(roll.starts[bucket])


@compiled
def _rarest_first(space: Space, count: int, roll: Voters) -> None:
    """Sort the keys of a search by the voters under each, and have what is filed under them brought near."""
    sizes, keys, kinds = space.sizes, space.keys, space.kinds
    for each in range(count):
        fetch_early(roll.starts, keys[each] >> np.uint64(roll.shift))
    for each in range(count):
        sizes[each] = _size(keys[each], roll)
        begin = _begin(keys[each], roll)
        for place in range(begin, begin + min(max(sizes[each], 1), FAR), NEXT):
            fetch_early(roll.filed, place)
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
