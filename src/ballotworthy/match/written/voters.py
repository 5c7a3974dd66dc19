"""The voters whom readings of a name and an address point to, by the roll's index. Compiled."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import allocating
from ballotworthy.roll.index import RECORD, tag_of
from ballotworthy.roll.keys import MOST, person_keys

UNDER_A_KEY = 300
"""Records of a key that is gone through no further: other keys join more facts."""
TOGETHER = 512
"""People whose keys are looked up together: what memory is slow to give for one is fetched while others wait for it."""


@allocating
def records_under(
    probes: np.ndarray, wanted: np.ndarray, starts: np.ndarray, filed: np.ndarray, records: int, most: int
) -> np.ndarray:
    """Give the numbers of the records filed under the keys of people, some of them several times; int64.

    Args:
        probes: people as they may stand on the roll, `packed.RECORD` (people,).
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
    for first in range(0, probes.shape[0], TOGETHER):
        known = 0
        for at in range(first, min(first + TOGETHER, probes.shape[0])):
            known = person_keys(wanted[at], probes[at], kinds, keys, known)
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
