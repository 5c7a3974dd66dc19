"""Names of up to 16 letters with a number each: how many bear a name, or how rare it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.files.compiled import compiled

LETTERS = 16


@dataclass(frozen=True)
class NameTable:
    """A table that compiled code looks into.

    Attributes:
        keys: the letters of the name in each place as two numbers, zeros where there is none; uint64 (places, 2).
        numbers: the number of the name; uint32 (places,).
    """

    keys: np.ndarray
    numbers: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, numbers: np.ndarray) -> NameTable:
        """Make a table of names, given as `letter_keys`, each with its number."""
        return _add(_empty(len(keys)), keys, numbers.astype(np.uint32))

    @classmethod
    def counted(cls, letters: np.ndarray) -> NameTable:
        """Count how often each name stands in a field of records; empty ones do not count."""
        table = _empty(0)
        for begin in range(0, len(letters), STEP):
            keys = letter_keys(letters[begin : begin + STEP])
            table = _add(table, keys, np.ones(len(keys), np.uint32))
        return table

    def look(self, keys: np.ndarray, unseen: int) -> np.ndarray:
        """Give the number of each name, `unseen` for one that is not there, 0 for the empty one; uint8 (names,)."""
        out = np.empty(len(keys), np.uint8)
        _look(self.keys, self.numbers, keys, unseen, out)
        return out

    def has(self, keys: np.ndarray) -> np.ndarray:
        """Tell which names are there, the empty one never; bool (names,)."""
        out = np.empty(len(keys), np.bool_)
        _has(self.keys, keys, out)
        return out

    def texts(self) -> pl.Series:
        """Give the names."""
        bare = np.ascontiguousarray(self.keys[self.keys[:, 0] > 0])
        return pl.Series(bare.view(f"S{LETTERS}").ravel().astype(str), dtype=pl.String)

    def values(self) -> np.ndarray:
        """Give the number of each name, in the order of `texts`."""
        return self.numbers[self.keys[:, 0] > 0]


STEP = 250_000


def letter_keys(letters: np.ndarray) -> np.ndarray:
    """Give texts of up to 16 letters, one a row, as two numbers each; uint64 (rows, 2)."""
    wide = np.zeros((len(letters), LETTERS), np.uint8)
    wide[:, : letters.shape[1]] = letters
    return wide.view("<u8").astype(np.uint64, copy=False)


def _empty(names: int) -> NameTable:
    places = 1 << max(12, (2 * names).bit_length())
    return NameTable(np.zeros((places, 2), np.uint64), np.zeros(places, np.uint32))


def _add(table: NameTable, keys: np.ndarray, numbers: np.ndarray) -> NameTable:
    """Add names to a table, which is made larger when it is half full."""
    done = 0
    used = int(np.count_nonzero(table.keys[:, 0]))
    while True:
        done, used = _put(table.keys, table.numbers, keys, numbers, done, used)
        if done == len(keys):
            return table
        filled = table.keys[:, 0] > 0
        larger = _empty(len(table.keys))
        _put(larger.keys, larger.numbers, table.keys[filled], table.numbers[filled], 0, 0)
        table = larger


@compiled
def _place(keys: np.ndarray, one: np.uint64, two: np.uint64) -> int:
    mask = len(keys) - 1
    mixed = (one ^ (two * np.uint64(0xC2B2AE3D27D4EB4F))) * np.uint64(0x9E3779B97F4A7C15)
    place = int(mixed >> np.uint64(24)) & mask
    while keys[place, 0] != 0 and not (keys[place, 0] == one and keys[place, 1] == two):
        place = (place + 1) & mask
    return place


@compiled
def _put(
    table: np.ndarray, table_numbers: np.ndarray, keys: np.ndarray, numbers: np.ndarray, begin: int, used: int
) -> tuple[int, int]:
    """Add numbers until the table is half full; gives how many are done and how many places are used."""
    for row in range(begin, keys.shape[0]):
        one, two = keys[row, 0], keys[row, 1]
        if one == 0:
            continue
        place = _place(table, one, two)
        if table[place, 0] == 0:
            if 2 * used >= table.shape[0]:
                return row, used
            table[place, 0], table[place, 1], used = one, two, used + 1
        table_numbers[place] += numbers[row]
    return keys.shape[0], used


@compiled
def _look(table: np.ndarray, numbers: np.ndarray, keys: np.ndarray, unseen: int, out: np.ndarray) -> None:
    for row in range(keys.shape[0]):
        place = _place(table, keys[row, 0], keys[row, 1])
        found = table[place, 0] != 0
        out[row] = 0 if keys[row, 0] == 0 else numbers[place] if found else unseen


@compiled
def _has(table: np.ndarray, keys: np.ndarray, out: np.ndarray) -> None:
    for row in range(keys.shape[0]):
        out[row] = keys[row, 0] != 0 and table[_place(table, keys[row, 0], keys[row, 1]), 0] != 0
