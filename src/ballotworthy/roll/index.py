"""The index of a roll: for the hash of a key, the voters filed under it; two flat arrays that are memory-mapped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from ballotworthy.errors import InputError
from ballotworthy.files.arrays import mapped
from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.roll.keys import MOST, voter_keys

RECORD_BITS = 28
"""An entry holds the record's number in so many bits, above them four bits of the key as a tag."""
RECORD = np.uint32((1 << RECORD_BITS) - 1)
TAG_BITS = 4
HEAP_BITS = 8
"""Entries are first spread over so many heaps (a power of 2), so that each is sorted within the processor's cache."""
THREADS = 2


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
    bits = max(HEAP_BITS, int(np.ceil(np.log2(max(len(records), 1) * 8))))
    spans = list(pairwise(len(records) * at // THREADS for at in range(THREADS + 1)))
    sizes = np.zeros((len(spans), 2**HEAP_BITS), np.int64)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda at: _count(records, *spans[at], sizes[at]), range(len(spans))))
        ends = np.cumsum(sizes.T.ravel())  # heap by heap, in it the parts in their order
        places = (ends - sizes.T.ravel()).reshape(-1, len(spans))
        heaped = np.empty(int(ends[-1]), np.uint64)
        list(pool.map(lambda at: _spread(records, *spans[at], places[:, at].copy(), heaped), range(len(spans))))
        starts, filed = np.zeros(2**bits + 1, np.uint32), np.empty(len(heaped), np.uint32)
        begins = np.append(places[:, 0], len(heaped))
        list(pool.map(lambda heap: _sort(heaped, begins, heap, bits, starts, filed), range(2**HEAP_BITS)))
    starts[-1] = len(filed)
    return Index(starts, filed)


def save_index(index: Index, folder: Path) -> None:
    """Write the two arrays as `.npy` files."""
    np.save(folder / "starts.npy", index.starts)
    np.save(folder / "filed.npy", index.filed)


def open_index(folder: Path) -> Index:
    """Map the two arrays into memory; nothing is read until it is looked at."""
    return Index(mapped(folder / "starts.npy"), mapped(folder / "filed.npy"))


@compiled
def tag_of(key: np.uint64, shift: int) -> np.uint32:
    """Give the four bits of a key behind those of its bucket, where an entry holds them."""
    return np.uint32((key >> np.uint64(shift - TAG_BITS)) << np.uint64(RECORD_BITS) & np.uint64(0xF0000000))


@allocating
def _count(records: np.ndarray, begin: int, end: int, sizes: np.ndarray) -> None:
    """Count the keys of some records by heap, the keys' highest bits."""
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    for at in range(begin, end):
        for each in range(voter_keys(records[at], kinds, keys)):
            sizes[np.int64(keys[each] >> np.uint64(64 - HEAP_BITS))] += 1


@allocating
def _spread(records: np.ndarray, begin: int, end: int, places: np.ndarray, heaped: np.ndarray) -> None:
    """Write each key of some records, without its heap's bits but with the record's number, to its heap."""
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    for at in range(begin, end):
        for each in range(voter_keys(records[at], kinds, keys)):
            heap = np.int64(keys[each] >> np.uint64(64 - HEAP_BITS))
            rest = keys[each] << np.uint64(HEAP_BITS) & ~np.uint64(RECORD)
            heaped[places[heap]] = rest | np.uint64(at)
            places[heap] += 1


@allocating
def _sort(heaped: np.ndarray, begins: np.ndarray, heap: int, bits: int, starts: np.ndarray, filed: np.ndarray) -> None:
    """File one heap: a counting sort by bucket, which keeps the records of a bucket in their order."""
    buckets = 1 << (bits - HEAP_BITS)
    first, shift = heap * buckets, np.uint64(64 - bits + HEAP_BITS)
    places = np.zeros(buckets + 1, np.int64)
    for at in range(begins[heap], begins[heap + 1]):
        places[np.int64(_bucket(heaped[at], shift)) + 1] += 1
    places[0] = begins[heap]
    for bucket in range(buckets):
        places[bucket + 1] += places[bucket]
        starts[first + bucket] = places[bucket]
    for at in range(begins[heap], begins[heap + 1]):
        bucket = int(_bucket(heaped[at], shift))
        tag = (heaped[at] >> (shift - np.uint64(TAG_BITS))) << np.uint64(RECORD_BITS) & np.uint64(0xF0000000)
        filed[places[bucket]] = np.uint32(tag) | np.uint32(heaped[at] & np.uint64(RECORD))
        places[bucket] += 1


@compiled
def _bucket(entry: np.uint64, shift: np.uint64) -> np.uint64:
    return entry >> shift if shift < 64 else np.uint64(0)
