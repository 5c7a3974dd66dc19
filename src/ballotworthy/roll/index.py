"""The index of a roll: for the hash of a key, the voters filed under it; two flat arrays that are memory-mapped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from ballotworthy.errors import InputError
from ballotworthy.files.compiled import compiled
from ballotworthy.roll.keys import MOST, voter_keys

RECORD_BITS = 28
"""An entry holds the record's number in so many bits, above them four bits of the key as a tag."""
RECORD = np.uint32((1 << RECORD_BITS) - 1)
TAG_BITS = 4
PARTS = 2


@dataclass(frozen=True)
class Index:
    """Voters by key.

    Attributes:
        starts: where each bucket begins in `filed`; uint32, 2**bits + 1 entries. A key's bucket is its
            highest bits; strangers who share a bucket are told apart by the tag, all but one in 16.
        filed: tag and record number, bucket after bucket, records ascending within one; uint32.
    """

    starts: np.ndarray
    filed: np.ndarray


def build_index(records: np.ndarray) -> Index:
    """File all records under their keys.

    Raises:
        InputError: there are more records than an entry can number.
    """
    if len(records) > RECORD:
        raise InputError(f"a roll holds at most {int(RECORD):,} voters. Build one for each region of the voter file.")
    bits = max(4, int(np.ceil(np.log2(max(len(records), 1) * 8))))
    starts = np.zeros(2**bits + 1, np.uint32)
    edges = np.linspace(0, 2**bits, PARTS + 1).astype(np.int64)
    with ThreadPoolExecutor(PARTS) as pool:
        list(pool.map(lambda part: _count(records, 64 - bits, part[0], part[1], starts), pairwise(edges)))
        np.cumsum(starts, out=starts)
        filed = np.empty(int(starts[-1]), np.uint32)
        list(pool.map(lambda part: _file(records, 64 - bits, part[0], part[1], starts, filed), pairwise(edges)))
    return Index(starts, filed)


def save_index(index: Index, folder: Path) -> None:
    """Write the two arrays as `.npy` files."""
    np.save(folder / "starts.npy", index.starts)
    np.save(folder / "filed.npy", index.filed)


def open_index(folder: Path) -> Index:
    """Map the two arrays into memory; nothing is read until it is looked at."""
    return Index(np.load(folder / "starts.npy", mmap_mode="r"), np.load(folder / "filed.npy", mmap_mode="r"))


@compiled
def tag_of(key: np.uint64, shift: int) -> np.uint32:
    """Give the four bits of a key behind those of its bucket, where an entry holds them."""
    return np.uint32((key >> np.uint64(shift - TAG_BITS)) << np.uint64(RECORD_BITS) & np.uint64(0xF0000000))


@compiled
def _count(records: np.ndarray, shift: int, low: int, high: int, starts: np.ndarray) -> None:
    """Count, one place late, the entries of the buckets from `low` to `high`."""
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    for at in range(records.shape[0]):
        for each in range(voter_keys(records[at], kinds, keys)):
            bucket = np.int64(keys[each] >> np.uint64(shift))
            if low <= bucket < high:
                starts[bucket + 1] += np.uint32(1)


@compiled
def _file(records: np.ndarray, shift: int, low: int, high: int, starts: np.ndarray, filed: np.ndarray) -> None:
    """Fill the buckets from `low` to `high`, each from its beginning."""
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    places = starts[low:high].copy()
    for at in range(records.shape[0]):
        for each in range(voter_keys(records[at], kinds, keys)):
            bucket = np.int64(keys[each] >> np.uint64(shift))
            if low <= bucket < high:
                filed[places[bucket - low]] = tag_of(keys[each], shift) | np.uint32(at)
                places[bucket - low] += np.uint32(1)
