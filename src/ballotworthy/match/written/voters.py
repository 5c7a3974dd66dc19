"""The voters whom readings of a name and an address point to, by the roll's index. Compiled."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import allocating
from ballotworthy.roll.index import RECORD, tag_of
from ballotworthy.roll.keys import MOST, person_keys

UNDER_A_KEY = 300
"""Records of a key that is gone through no further: other keys join more facts."""


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
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    shift = 64 - int(np.round(np.log2(starts.shape[0] - 1)))
    out = np.empty(most, np.int64)
    count = 0
    for at in range(probes.shape[0]):
        for each in range(person_keys(wanted[at], probes[at], kinds, keys, 0)):
            bucket = np.int64(keys[each] >> np.uint64(shift))
            begin, end = np.int64(starts[bucket]), np.int64(starts[bucket + 1])
            if end - begin > UNDER_A_KEY or end > filed.shape[0]:
                continue
            tag = tag_of(keys[each], shift)
            for place in range(begin, end):
                record = np.int64(filed[place] & RECORD)
                if filed[place] ^ np.uint32(record) == tag and record < records and count < most:
                    out[count] = record
                    count += 1
    return out[:count]
