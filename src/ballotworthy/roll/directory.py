"""The directory of a roll: records in the order of one fact at a time, for look-ups by what a clerk types.

For last names (each surname), first names and streets the fact is their first three letters, for house numbers
and zip codes the number. A few flat arrays, memory-mapped; a look-up reads the shortest list that it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.roll.keys import second_surname

SIGNS = 40
"""Nothing, the letters, the digits, anything else."""
TRIPLES = SIGNS**3
NUMBERS = 1 << 17
"""Greater numbers stand together at the end."""
FACTS = ("last", "first", "street", "number", "zip")
LAST, FIRST, STREET, NUMBER, ZIP = range(5)
LENGTHS = (TRIPLES + 2,) * 3 + (NUMBERS + 2,) * 2
"""Entries of `Directory.starts`, fact by fact."""


@dataclass(frozen=True)
class Directory:
    """Records by fact, in the order of `FACTS`.

    Attributes:
        starts: where the records of each code begin; uint32, one more than there are codes.
        ordered: record numbers, code after code, ascending within one; uint32. Records without the fact are left
            out; a record with two surnames stands in the first list twice.
    """

    starts: tuple[np.ndarray, ...]
    ordered: tuple[np.ndarray, ...]

    def with_beginning(self, fact: int, letters: str) -> np.ndarray:
        """Give the records whose names or streets begin with the first three of these letters; uint32."""
        low = high = 0
        for at in range(3):
            sign = _sign(ord(letters[at])) if at < len(letters) else -1
            low = low * SIGNS + (sign if sign >= 0 else 0)
            high = high * SIGNS + (sign if sign >= 0 else SIGNS - 1)
        return self._between(fact, low, high)

    def with_numbers(self, fact: int, low: int, high: int) -> np.ndarray:
        """Give the records with a number from `low` to `high`, among others where it is 131,071 or more; uint32."""
        return self._between(fact, min(low, NUMBERS - 1), min(high, NUMBERS - 1))

    def _between(self, fact: int, low: int, high: int) -> np.ndarray:
        starts = self.starts[fact]
        return self.ordered[fact][int(starts[low]) : int(starts[high + 1])]


def build_directory(records: np.ndarray) -> Directory:
    """Put all records in order by each fact."""

    def one(fact: int) -> tuple[np.ndarray, np.ndarray]:
        codes, more = _codes(records, fact)
        counts = np.zeros(LENGTHS[fact], np.int64)
        _count(codes, more, counts)
        starts = np.cumsum(counts)
        ordered = np.empty(int(starts[-1]), np.uint32)
        _order(codes, more, starts.copy(), ordered)
        return starts.astype(np.uint32), ordered

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(one, range(len(FACTS))))
    return Directory(tuple(starts for starts, _ in both), tuple(ordered for _, ordered in both))


def save_directory(directory: Directory, folder: Path) -> None:
    """Write two `.npy` files for each fact."""
    for at, fact in enumerate(FACTS):
        np.save(folder / f"by-{fact}-starts.npy", directory.starts[at])
        np.save(folder / f"by-{fact}.npy", directory.ordered[at])


def open_directory(folder: Path) -> Directory:
    """Map the arrays into memory; nothing is read until it is looked at."""

    def each(name: Callable[[str], str]) -> tuple[np.ndarray, ...]:
        return tuple(np.load(folder / name(fact), mmap_mode="r") for fact in FACTS)

    return Directory(each(lambda fact: f"by-{fact}-starts.npy"), each(lambda fact: f"by-{fact}.npy"))


def _codes(records: np.ndarray, fact: int) -> tuple[np.ndarray, np.ndarray]:
    codes, more = np.zeros(len(records), np.int32), np.zeros(len(records) if fact == LAST else 0, np.int32)
    if fact >= NUMBER:
        np.minimum(records[FACTS[fact]], NUMBERS - 1, out=codes, casting="unsafe")
    else:
        _triples(np.ascontiguousarray(records[FACTS[fact]]), codes, more)
    return codes, more


@compiled
def _sign(letter: int) -> int:
    if letter == 0:
        return 0
    if 65 <= letter <= 90:
        return letter - 64
    return letter - 48 + 27 if 48 <= letter <= 57 else SIGNS - 1


@compiled
def _triple(letters: np.ndarray, begin: int) -> int:
    code = 0
    for at in range(begin, begin + 3):
        code = code * SIGNS + (_sign(letters[at]) if at < letters.shape[0] else 0)
    return code


@compiled
def _triples(names: np.ndarray, codes: np.ndarray, more: np.ndarray) -> None:
    for at in range(names.shape[0]):
        codes[at] = _triple(names[at], 0)
        if more.shape[0]:
            second = second_surname(names[at])
            more[at] = _triple(names[at], second) if second else 0


@compiled
def _count(codes: np.ndarray, more: np.ndarray, counts: np.ndarray) -> None:
    """Count the records of each code, one place late; code 0 is none."""
    for at in range(codes.shape[0]):
        if codes[at] > 0:
            counts[codes[at] + 1] += 1
        if more.shape[0] and more[at] > 0 and more[at] != codes[at]:
            counts[more[at] + 1] += 1


@compiled
def _order(codes: np.ndarray, more: np.ndarray, places: np.ndarray, ordered: np.ndarray) -> None:
    """Write the records code by code, each from its place on."""
    for at in range(codes.shape[0]):
        if codes[at] > 0:
            ordered[places[codes[at]]] = at
            places[codes[at]] += 1
        if more.shape[0] and more[at] > 0 and more[at] != codes[at]:
            ordered[places[more[at]]] = at
            places[more[at]] += 1
