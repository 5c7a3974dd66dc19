"""Which keys a line is looked up under: first what it says, then, in a second search, what it may have meant."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.roll.keys import NAMES, other_keys, second_surname, surname_keys

MOST_KEYS = 160
WIDER = np.array([kind.wider for kind in NAMES])


@compiled
def narrow_keys(line: np.void, kinds: np.ndarray, keys: np.ndarray) -> int:
    """Write the keys of the first search: the line as it stands, under each surname and each nickname."""
    who = line["who"]
    count = surname_keys(who, who["last"], 0, who["first"], kinds, keys, 0)
    count = other_keys(who, who["first"], kinds, keys, count)
    second = second_surname(who["last"])
    if second:
        count = surname_keys(who, who["last"], second, who["first"], kinds, keys, count)
    for at in range(line["others"]):
        count = surname_keys(who, who["last"], 0, line["other"][at], kinds, keys, count)
    return _keep(kinds, keys, count, False)


@compiled
def wider_keys(line: np.void, kinds: np.ndarray, keys: np.ndarray) -> int:
    """Write the keys of the second search: by sound, by street, by ending, with first and last name changed about.

    Also under each nickname by house number, and with the middle name as first or as last name.
    """
    who = line["who"]
    count = surname_keys(who, who["last"], 0, who["first"], kinds, keys, 0)
    count = other_keys(who, who["first"], kinds, keys, count)
    second = second_surname(who["last"])
    if second:
        count = surname_keys(who, who["last"], second, who["first"], kinds, keys, count)
    count = _keep(kinds, keys, count, True)
    count = surname_keys(who, who["first"], 0, who["last"], kinds, keys, count)
    count = other_keys(who, who["last"], kinds, keys, count)
    if who["middle"][1] != 0:
        count = surname_keys(who, who["last"], 0, who["middle"], kinds, keys, count)
        count = surname_keys(who, who["middle"], 0, who["first"], kinds, keys, count)
    for at in range(line["others"]):
        count = other_keys(who, line["other"][at], kinds, keys, count)
    return count


@compiled
def _keep(kinds: np.ndarray, keys: np.ndarray, count: int, wider: bool) -> int:
    """Keep the kinds of one search, each key once."""
    kept = 0
    for at in range(count):
        if WIDER[kinds[at]] != wider:
            continue
        known = False
        for before in range(kept):
            known = known or keys[before] == keys[at]
        if not known:
            kinds[kept], keys[kept] = kinds[at], keys[at]
            kept += 1
    return kept
