"""Which keys a line is looked up under, in the first three searches; the fourth takes all keys of other spellings.

The first looks where nobody but the voter's household is filed. The second looks for each pair of facts that the
line has. The third looks for what it may have meant: by sound, by ending, by street, with names changed about.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.roll.keys import LAST_FIRST, NAMES, SOUND_FIRST, TAIL_FIRST, other_keys, person_keys, surname_keys

SEARCHES = 3
MOST_KEYS = 160
WANTED = np.array([sum(1 << kind for kind, about in enumerate(NAMES) if about.search == at) for at in range(SEARCHES)])


@compiled
def keys_of_search(search: int, line: np.void, kinds: np.ndarray, keys: np.ndarray) -> int:
    """Write the keys of one search (0, 1 or 2), each once, and give their number."""
    who = line["who"]
    count = person_keys(WANTED[search], who, kinds, keys, 0)
    if search < 2 and line["before"][0] != 0:
        count = surname_keys(WANTED[search], who, line["before"], 0, who["first"], kinds, keys, count)
    if search == 1:
        for at in range(line["others"]):
            count = surname_keys(1 << LAST_FIRST, who, who["last"], 0, line["other"][at], kinds, keys, count)
    elif search == 2:
        anywhere = WANTED[1] | WANTED[2]
        count = surname_keys(anywhere, who, who["first"], 0, who["last"], kinds, keys, count)
        count = other_keys(anywhere, who, who["last"], kinds, keys, count)
        if who["middle"][1] != 0:
            count = surname_keys(anywhere, who, who["last"], 0, who["middle"], kinds, keys, count)
            count = surname_keys(anywhere, who, who["middle"], 0, who["first"], kinds, keys, count)
        for at in range(line["others"]):
            other = line["other"][at]
            count = surname_keys(1 << SOUND_FIRST | 1 << TAIL_FIRST, who, who["last"], 0, other, kinds, keys, count)
            count = other_keys(anywhere, who, other, kinds, keys, count)
    return _once(kinds, keys, count)


@compiled
def _once(kinds: np.ndarray, keys: np.ndarray, count: int) -> int:
    kept = 0
    for at in range(count):
        known = False
        for before in range(kept):
            known = known or keys[before] == keys[at]
        if not known:
            kinds[kept], keys[kept] = kinds[at], keys[at]
            kept += 1
    return kept
