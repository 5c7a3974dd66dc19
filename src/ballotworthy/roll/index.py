"""The index of a roll: for the hash of a key, the voters filed under it; two flat arrays that are memory-mapped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.roll.keys import MOST, voter_keys


@dataclass(frozen=True)
class Index:
    """Voters by key.

    Attributes:
        starts: where each bucket begins in `filed`; uint32, 2**bits + 1 entries. A key's bucket is its
            highest bits, so a bucket may hold a stranger's key too, whom the comparison then refuses.
        filed: record numbers, bucket after bucket, ascending within one; uint32.
    """

    starts: np.ndarray
    filed: np.ndarray


def build_index(records: np.ndarray) -> Index:
    """File all records under their keys."""
    bits = max(4, int(np.ceil(np.log2(max(len(records), 1) * 8))))
    starts = np.zeros(2**bits + 1, np.uint32)
    _count(records, 64 - bits, starts)
    np.cumsum(starts, out=starts)
    filed = np.empty(int(starts[-1]), np.uint32)
    _file(records, 64 - bits, starts, filed)
    return Index(starts, filed)


def save_index(index: Index, folder: Path) -> None:
    """Write the two arrays as `.npy` files."""
    np.save(folder / "starts.npy", index.starts)
    np.save(folder / "filed.npy", index.filed)


def open_index(folder: Path) -> Index:
    """Map the two arrays into memory; nothing is read until it is looked at."""
    return Index(np.load(folder / "starts.npy", mmap_mode="r"), np.load(folder / "filed.npy", mmap_mode="r"))


@compiled
def _count(records: np.ndarray, shift: int, starts: np.ndarray) -> None:
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    for at in range(records.shape[0]):
        for each in range(voter_keys(records[at], kinds, keys)):
            starts[np.int64(keys[each] >> np.uint64(shift)) + 1] += np.uint32(1)


@compiled
def _file(records: np.ndarray, shift: int, starts: np.ndarray, filed: np.ndarray) -> None:
    """Fill from the back, so that each bucket ascends and `starts` ends where it must be."""
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    ends = starts[1:].copy()
    for back in range(records.shape[0]):
        at = records.shape[0] - 1 - back
        for each in range(voter_keys(records[at], kinds, keys)):
            bucket = np.int64(keys[each] >> np.uint64(shift))
            ends[bucket] -= np.uint32(1)
            filed[ends[bucket]] = np.uint32(at)
