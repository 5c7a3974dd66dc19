"""Many pieces of one text at once, by compiled code: numbered, as strings, as whole numbers."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.files.compiled import compiled

BACKSLASH, ZERO, SPACE = 92, 48, 32
FIGURES = 12
"""Figures of the largest whole number that is read."""


def interned(data: bytes, begins: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give for each piece of data a number, the same for the same bytes, and where each number stands first."""
    size = len(begins)
    table = np.full(1 << max((2 * size).bit_length(), 4), -1, np.int64)
    codes, firsts = np.empty(size, np.int64), np.empty(size, np.int64)
    view = np.frombuffer(data, np.uint8)
    found = _interned(view, np.ascontiguousarray(begins), np.ascontiguousarray(ends), table, codes, firsts)
    return codes, firsts[:found]


def strings(data: bytes, begins: np.ndarray, ends: np.ndarray, *, escaped: bool) -> pl.Series:
    """Give pieces as strings without blanks around, null where nothing is left.

    Args:
        data: UTF-8; no piece holds a zero.
        begins, ends: of the pieces.
        escaped: whether a backslash in them stands for the sign behind it.

    Raises:
        UnicodeDecodeError: a piece is not UTF-8.
    """
    if not len(begins):
        return pl.Series([], dtype=pl.String())
    out = np.empty(int((ends - begins).sum()) + len(begins), np.uint8)
    length, empty = _joined(np.frombuffer(data, np.uint8), begins, ends, escaped, out)
    text = out[: length - 1].tobytes().decode()
    found = pl.Series([text]).str.split("\0").explode()
    if not text.isascii():
        found = found.str.strip_chars()
        empty = True
    return found.set(found == "", None) if empty else found


def whole_numbers(data: bytes, begins: np.ndarray, ends: np.ndarray) -> np.ndarray | None:
    """Give pieces as int64; None where one is not made of 1 to 12 figures."""
    out = np.empty(len(begins), np.int64)
    return out if _numbers(np.frombuffer(data, np.uint8), begins, ends, out) else None


@compiled
def _interned(
    data: np.ndarray, begins: np.ndarray, ends: np.ndarray, table: np.ndarray, codes: np.ndarray, firsts: np.ndarray
) -> int:
    mask, count = table.shape[0] - 1, 0
    for at in range(begins.shape[0]):
        begin, end = begins[at], ends[at]
        hashed = np.uint64(14695981039346656037)
        place = begin
        while place + 8 <= end:
            hashed = (hashed ^ _eight(data, place)) * np.uint64(1099511628211)
            hashed ^= hashed >> np.uint64(32)
            place += 8
        while place < end:
            hashed = (hashed ^ np.uint64(data[place])) * np.uint64(1099511628211)
            place += 1
        slot = np.int64((hashed ^ (hashed >> np.uint64(29))) & np.uint64(mask))
        while True:
            code = table[slot]
            if code < 0:
                table[slot], firsts[count], codes[at] = count, at, count
                count += 1
                break
            if _same(data, begin, end, begins[firsts[code]], ends[firsts[code]]):
                codes[at] = code
                break
            slot = (slot + 1) & mask
    return count


@compiled
def _same(data: np.ndarray, begin: int, end: int, other: int, stop: int) -> bool:
    if end - begin != stop - other:
        return False
    while begin + 8 <= end:
        if _eight(data, begin) != _eight(data, other):
            return False
        begin, other = begin + 8, other + 8
    while begin < end:
        if data[begin] != data[other]:
            return False
        begin, other = begin + 1, other + 1
    return True


@compiled
def _eight(data: np.ndarray, at: int) -> np.uint64:
    """Give eight bytes as a number: the compiler makes one load of it."""
    low = np.uint64(data[at]) | np.uint64(data[at + 1]) << np.uint64(8) | np.uint64(data[at + 2]) << np.uint64(16)
    low |= np.uint64(data[at + 3]) << np.uint64(24) | np.uint64(data[at + 4]) << np.uint64(32)
    high = np.uint64(data[at + 5]) << np.uint64(40) | np.uint64(data[at + 6]) << np.uint64(48)
    return low | high | np.uint64(data[at + 7]) << np.uint64(56)


@compiled
def _joined(data: np.ndarray, begins: np.ndarray, ends: np.ndarray, escaped: bool, out: np.ndarray) -> tuple[int, bool]:
    """Write pieces one behind the other, a zero behind each; give the length, and whether one is empty."""
    to, empty = 0, False
    for at in range(begins.shape[0]):
        place, end, first = begins[at], ends[at], to
        while place < end and data[place] in (SPACE, 9, 10, 13):
            place += 1
        while end > place and data[end - 1] in (SPACE, 9, 10, 13):
            end -= 1
        while place < end:
            if escaped and data[place] == BACKSLASH:
                place += 1
            out[to] = data[place]
            place, to = place + 1, to + 1
        empty |= to == first
        out[to] = 0
        to += 1
    return to, empty


@compiled
def _numbers(data: np.ndarray, begins: np.ndarray, ends: np.ndarray, out: np.ndarray) -> bool:
    for at in range(begins.shape[0]):
        if not 0 < ends[at] - begins[at] <= FIGURES:
            return False
        number = 0
        for place in range(begins[at], ends[at]):
            figure = int(data[place]) - ZERO
            if not 0 <= figure <= 9:
                return False
            number = 10 * number + figure
        out[at] = number
    return True
