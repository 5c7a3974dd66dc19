"""The directory of a roll: records in the order of one fact at a time, for look-ups by what a clerk types.

For last names (each surname), first and middle names and streets the fact is their first three letters, and within
these the next three; for house numbers and zip codes the number. A few flat arrays, memory-mapped; a look-up reads
the lists of what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ballotworthy.files.arrays import mapped
from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.roll.house_numbers import first_part
from ballotworthy.roll.keys import second_surname

SIGNS = 40
"""Nothing, the letters, the digits, anything else."""
TRIPLES = SIGNS**3
NUMBERS = 1 << 17
"""Greater numbers stand together at the end."""
FACTS = ("last", "first", "middle", "street", "number", "zip")
LAST, FIRST, MIDDLE, STREET, NUMBER, ZIP = range(6)
LENGTHS = (TRIPLES + 2,) * 4 + (NUMBERS + 2,) * 2
"""Entries of `Directory.starts`, fact by fact."""


@dataclass(frozen=True)
class Directory:
    """Records by fact, in the order of `FACTS`.

    Attributes:
        starts: where the records of each code begin; uint32, one more than there are codes.
        ordered: record numbers, code after code, within one by the next three letters, then ascending; uint32.
            Records without the fact are left out; a record with two surnames stands in the first list twice.
    """

    starts: tuple[np.ndarray, ...]
    ordered: tuple[np.ndarray, ...]

    def with_beginning(self, fact: int, word: str, records: np.ndarray) -> np.ndarray:
        """Give those of the records whose names or streets begin with the first six letters of a word; uint32."""
        low, high = _codes_of(word[:3])
        listed = self._between(fact, low, high)
        if len(word) <= 3 or not len(listed):
            return listed
        names, first, last = records[FACTS[fact]], *_codes_of(word[3:6])
        begin = _first_from(listed, names, low, fact == LAST, first)
        return listed[begin : begin + _first_from(listed[begin:], names, low, fact == LAST, last + 1)]

    def with_numbers(self, fact: int, low: int, high: int) -> np.ndarray:
        """Give the records with a number from `low` to `high`, among others where it is 131,071 or more; uint32."""
        return self._between(fact, min(low, NUMBERS - 1), min(high, NUMBERS - 1))

    def _between(self, fact: int, low: int, high: int) -> np.ndarray:
        starts = self.starts[fact]
        return self.ordered[fact][int(starts[low]) : int(starts[high + 1])]


def build_directory(records: np.ndarray) -> Directory:
    """Put all records in order by each fact."""

    def one(fact: int) -> tuple[np.ndarray, np.ndarray]:
        if fact in (NUMBER, ZIP):
            entries = _numbered(np.ascontiguousarray(records[FACTS[fact]]))
        else:
            entries, next_letters = _named(np.ascontiguousarray(records[FACTS[fact]]), fact == LAST)
            entries = _sorted(entries, next_letters, TRIPLES)
        codes = (entries >> np.uint64(32)).astype(np.int32)
        starts = np.zeros(LENGTHS[fact], np.uint32)
        starts[1:] = np.bincount(codes, minlength=LENGTHS[fact] - 1).cumsum()
        return starts, _sorted(entries, codes, LENGTHS[fact]).astype(np.uint32)

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
        return tuple(mapped(folder / name(fact)) for fact in FACTS)

    return Directory(each(lambda fact: f"by-{fact}-starts.npy"), each(lambda fact: f"by-{fact}.npy"))


def _codes_of(letters: str) -> tuple[int, int]:
    """Give the least and the greatest code of three letters that begin with these."""
    low = high = 0
    for at in range(3):
        sign = _sign(ord(letters[at])) if at < len(letters) else -1
        low = low * SIGNS + (sign if sign >= 0 else 0)
        high = high * SIGNS + (sign if sign >= 0 else SIGNS - 1)
    return low, high


# compiled elsewhere
def _sign(letter: int) -> int:
    """Give the number of a letter among `SIGNS`."""
    if letter == 0:
        return 0
    if 65 <= letter <= 90:
        return letter - 64
    return letter - 48 + 27 if 48 <= letter <= 57 else SIGNS - 1


_compiled_sign = compiled(_sign)


@compiled
def _triple(letters: np.ndarray, begin: int) -> int:
    code = 0
    for at in range(begin, begin + 3):
        code = code * SIGNS + (_compiled_sign(letters[at]) if at < letters.shape[0] else 0)
    return code


@compiled
def _first_from(listed: np.ndarray, names: np.ndarray, code: int, surnames: bool, least: int) -> int:
    """Give where those begin, in a list of one code, whose next three letters are of such a code or a greater one.

    In a damaged list the place means nothing, but it is one.
    """
    low, high = 0, len(listed)
    while low < high:
        middle = (low + high) // 2
        name = names[min(int(listed[middle]), len(names) - 1)]
        begin = second_surname(name) if surnames and _triple(name, 0) != code else 0
        if _triple(name, begin + 3) < least:
            low = middle + 1
        else:
            high = middle
    return low


@allocating
def _named(names: np.ndarray, surnames: bool) -> tuple[np.ndarray, np.ndarray]:
    """Give entries, the code of three letters above and the record below, uint64, and codes of the next three."""
    most = len(names) * (2 if surnames else 1)
    entries, next_letters, count = np.empty(most, np.uint64), np.empty(most, np.int32), 0
    for at in range(len(names)):
        code = _triple(names[at], 0)
        second = second_surname(names[at]) if surnames else 0
        for begin in (0, second):
            own = _triple(names[at], begin)
            if own == 0 or (begin > 0 and own == code):
                continue
            entries[count] = np.uint64(own) << np.uint64(32) | np.uint64(at)
            next_letters[count] = _triple(names[at], begin + 3)
            count += 1
            if second == 0:
                break
    return entries[:count], next_letters[:count]


@allocating
def _numbered(numbers: np.ndarray) -> np.ndarray:
    """Give entries, the number above and the record below; uint64."""
    entries, count = np.empty(len(numbers), np.uint64), 0
    for at in range(len(numbers)):
        if numbers[at] > 0:
            entries[count] = np.uint64(min(first_part(numbers[at]), NUMBERS - 1)) << np.uint64(32) | np.uint64(at)
            count += 1
    return entries[:count]


@allocating
def _sorted(entries: np.ndarray, codes: np.ndarray, most: int) -> np.ndarray:
    """Give the entries in the order of their codes, those of one code in the order they had."""
    places = np.zeros(most + 1, np.int64)
    for code in codes:
        places[code + 1] += 1
    for code in range(most):
        places[code + 1] += places[code]
    ordered = np.empty_like(entries)
    for at in range(len(entries)):
        ordered[places[codes[at]]] = entries[at]
        places[codes[at]] += 1
    return ordered
