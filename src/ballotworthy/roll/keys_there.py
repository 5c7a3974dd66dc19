"""Which of some keys, such as those of streets, a roll has: all records looked through once, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ballotworthy.roll.name_table import STEP, NameTable


def keys_there(records: np.ndarray, asked: np.ndarray, keys_of: Callable[[np.ndarray], np.ndarray]) -> NameTable:
    """Give those of the keys asked for, uint64 (keys, 2), that some record has; `keys_of` gives the keys of records."""
    wanted = _table(asked)

    def among(begin: int) -> np.ndarray:
        keys = keys_of(records[begin : begin + STEP])
        return np.asarray(keys[wanted.has(keys)])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(among, range(0, len(records), STEP)))
    return _table(np.concatenate([asked[:0], *found]))


def _table(keys: np.ndarray) -> NameTable:
    return NameTable.of(keys, np.ones(len(keys), np.uint32))
