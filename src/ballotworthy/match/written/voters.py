"""The voters whom readings of a name and an address point to, by the roll's index. Compiled."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import allocating, compiled, word
from ballotworthy.roll.house_numbers import HYPHENED
from ballotworthy.roll.index import RECORD, tag_of
from ballotworthy.roll.keys import MOST, mixed, person_keys

UNDER_A_KEY = 300
"""Records of a key that is gone through no further: other keys join more facts."""
PLACES = 4096
"""Places of a table of words, several times as many as words."""
TOGETHER = 512
"""People whose keys are looked up together: what memory is slow to give for one is fetched while others wait for it."""


@allocating
def records_under(
    words: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray], probe: np.ndarray, which: np.ndarray,
    wanted: np.ndarray, starts: np.ndarray, filed: np.ndarray, records: int, most: int,
) -> np.ndarray:  # fmt: skip
    """Give the numbers of the records filed under the keys of people, some of them several times; int64.

    Args:
        words: letters of first and last names, house numbers, letters of streets.
        probe: room for one person, `packed.RECORD` (1,), all zeros.
        which: of these words each person has, -1 for none; int64 (people, 4).
        wanted: bits of the kinds of keys of each; int64 (people,).
        starts, filed: of the index.
        records: how many there are.
        most: numbers given at most.
    """
    kinds, keys = np.empty(TOGETHER * MOST, np.uint8), np.empty(TOGETHER * MOST, np.uint64)
    begins, ends = np.empty(TOGETHER * MOST, np.int64), np.empty(TOGETHER * MOST, np.int64)
    heads = np.empty(TOGETHER * MOST, np.uint32)
    shift = 64 - int(np.round(np.log2(starts.shape[0] - 1)))
    out = np.empty(most, np.int64)
    count = 0
    for first in range(0, which.shape[0], TOGETHER):
        known = 0
        for at in range(first, min(first + TOGETHER, which.shape[0])):
            _write(probe[0]["first"], words[0], which[at, 0])
            _write(probe[0]["last"], words[1], which[at, 1])
            probe[0]["number"] = words[2][which[at, 2]] if which[at, 2] >= 0 else 0
            _write(probe[0]["street"], words[3], which[at, 3])
            known = person_keys(wanted[at], probe[0], kinds, keys, known)
        for each in range(known):
            bucket = np.int64(keys[each] >> np.uint64(shift))
            begins[each], ends[each] = starts[bucket], starts[bucket + 1]
        for each in range(known):
            if ends[each] - begins[each] > UNDER_A_KEY or ends[each] > filed.shape[0]:
                ends[each] = begins[each]
            if begins[each] < ends[each]:
                heads[each] = filed[begins[each]]
        for each in range(known):
            tag = tag_of(keys[each], shift)
            for place in range(begins[each], ends[each]):
                entry = heads[each] if place == begins[each] else filed[place]
                record = np.int64(entry & RECORD)
                if entry ^ np.uint32(record) == tag and record < records and count < most:
                    out[count] = record
                    count += 1
    return out[:count]


@compiled
def _write(field: np.ndarray, words: np.ndarray, row: int) -> None:
    """Write the letters of a word into a field of a person, zeros for none."""
    for at in range(field.shape[0]):
        field[at] = words[row, at] if row >= 0 and at < words.shape[1] else np.uint8(0)


@allocating
def shown_of(
    records: np.ndarray, numbers: np.ndarray, words: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
    seen: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
) -> np.ndarray:  # fmt: skip
    """Give the bits of the words of voters, each word by itself; of one that is none of these as of the worst; float64.

    Args:
        records: of the roll.
        numbers: of those that are asked for.
        words: letters of first and last names, house numbers, letters of streets.
        seen: the bits of each.
    """
    firsts, lasts, streets = _table(words[0]), _table(words[1]), _table(words[3])
    houses = np.full(PLACES, -1, np.int32)
    for row in range(words[2].shape[0]):
        place = _place_of(np.uint64(words[2][row]), np.uint64(0))
        while houses[place] >= 0:
            place = (place + 1) & (PLACES - 1)
        houses[place] = row
    worst = (_least(seen[0]), _least(seen[1]), _least(seen[2]), _least(seen[3]))
    out = np.empty(numbers.shape[0])
    for at in range(numbers.shape[0]):
        who = records[numbers[at]]
        house = np.uint32(who["number"] if who["number"] < HYPHENED else 0)
        place, row = _place_of(np.uint64(house), np.uint64(0)), -1
        while houses[place] >= 0:
            if words[2][houses[place]] == house:
                row = houses[place]
                break
            place = (place + 1) & (PLACES - 1)
        bits = _bits(who["first"], words[0], firsts, seen[0], worst[0])
        bits += _bits(who["last"], words[1], lasts, seen[1], worst[1])
        bits += seen[2][row] if row >= 0 else worst[2]
        out[at] = bits + _bits(who["street"], words[3], streets, seen[3], worst[3])
    return out


@compiled
def _least(bits: np.ndarray) -> float:
    """Give the least of some bits, 0 of none."""
    least = bits[0] if bits.shape[0] else 0.0
    for each in bits:
        least = min(least, each)
    return float(least)


@compiled
def _place_of(one: np.uint64, two: np.uint64) -> int:
    return int(np.int64(mixed(mixed(np.uint64(1), one), two) & np.uint64(PLACES - 1)))


@compiled
def _head(letters: np.ndarray) -> np.uint64:
    return word(letters, 0)


@compiled
def _end(letters: np.ndarray) -> np.uint64:
    return word(letters, letters.shape[0] - 8)


@allocating
def _table(words: np.ndarray) -> np.ndarray:
    """Give a table of the rows of words, 8 letters wide or more, -1 where there is none; int32 (PLACES,)."""
    table = np.full(PLACES, -1, np.int32)
    for row in range(words.shape[0]):
        place = _place_of(_head(words[row]), _end(words[row]))
        while table[place] >= 0:
            place = (place + 1) & (PLACES - 1)
        table[place] = row
    return table


@compiled
def _bits(letters: np.ndarray, words: np.ndarray, table: np.ndarray, seen: np.ndarray, worst: float) -> float:
    one, two = _head(letters), _end(letters)
    place = _place_of(one, two)
    while table[place] >= 0:
        row = table[place]
        if _head(words[row]) == one and _end(words[row]) == two:
            return float(seen[row])
        place = (place + 1) & (PLACES - 1)
    return worst
