"""Other orders of names in one cell straight from the column's bytes, as `orders.orders_of_text` would give them.

A name in ASCII is read in compiled code; another is left, and marked, for that function. Tests hold the two together.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.roll.orders import FAMILY_FIRST, FAMILY_FIRST_GIVEN_LAST, INITIAL_LAST, ORDERS, orders_of_text
from ballotworthy.roll.packed import RECORD
from ballotworthy.roll.quick_names import (
    DOUBT,
    LEFT,
    MOST_LETTERS,
    MOST_WORDS,
    PARTICLE,
    SUFFIX,
    last_begins,
    put_family,
    put_given,
    put_last,
    put_parts,
    split_words,
    without_suffix,
)
from ballotworthy.roll.word_table import COMMA, NONE, SPACE, WordTable, find_word, put_letters

WIDTHS = {name: RECORD[name].shape[0] for name in ("first", "middle", "last")}


class Orders:
    """The other orders of names, a row a name.

    Attributes:
        there: whether the name may stand in this order; bool (names, ORDERS).
        first, middle, last: letters as a record holds them; uint8 (names, ORDERS, width).
        before: letters of the word before the last name, zeros where it is none or an initial; uint8 (names, 16).
    """

    def __init__(self, names: int) -> None:
        self.there = np.zeros((names, ORDERS), np.bool_)
        self.first = np.zeros((names, ORDERS, WIDTHS["first"]), np.uint8)
        self.middle = np.zeros((names, ORDERS, WIDTHS["middle"]), np.uint8)
        self.last = np.zeros((names, ORDERS, WIDTHS["last"]), np.uint8)
        self.before = np.zeros((names, WIDTHS["last"]), np.uint8)


def read_orders(texts: pl.Series, text: np.ndarray, starts: np.ndarray, table: WordTable) -> Orders:
    """Give the other orders of names, given as texts and as bytes with where each begins."""
    found, left = Orders(len(texts)), np.zeros(len(texts), np.bool_)
    _read(
        text, starts, table.keys, table.marks, table.codes,
        found.there, found.first, found.middle, found.last, found.before, left,
    )  # fmt: skip
    for row in np.flatnonzero(left):
        orders = orders_of_text(texts[int(row)])
        for order, name in orders.names.items():
            found.there[row, order] = True
            for part, letters in (("first", found.first), ("middle", found.middle)):
                _put_text(letters[row, order], getattr(name, part))
            _put_both(found.last[row, order], name.last)
        _put_text(found.before[row], orders.before)
    return found


def _put_text(out: np.ndarray, text: str) -> None:
    out[: len(text)] = list(text.encode("ascii"))[: len(out)]


def _put_both(out: np.ndarray, last: str) -> None:
    letters = np.frombuffer(last.encode("ascii").ljust(MOST_LETTERS * 2, b"\0"), np.uint8).copy()
    put_last(out, letters, len(last))


@allocating
def _read(
    text: np.ndarray, starts: np.ndarray, keys: np.ndarray, marks: np.ndarray, codes: np.ndarray,
    there: np.ndarray, first: np.ndarray, middle: np.ndarray, last: np.ndarray, before: np.ndarray, left: np.ndarray,
) -> None:  # fmt: skip
    buffers = np.empty((2, MOST_LETTERS * 2 + 2), np.uint8)
    words = np.empty((2, 3, MOST_WORDS * 2), np.int64)
    for row in range(left.shape[0]):
        left[row] = _orders(
            text, starts[row], starts[row + 1], keys, marks, codes, buffers, words,
            there[row], first[row], middle[row], last[row], before[row],
        ) < 0  # fmt: skip


@compiled
def _orders(
    text: np.ndarray, begin: int, end: int, keys: np.ndarray, marks: np.ndarray, codes: np.ndarray,
    buffers: np.ndarray, words: np.ndarray,
    there: np.ndarray, first: np.ndarray, middle: np.ndarray, last: np.ndarray, before: np.ndarray,
) -> int:  # fmt: skip
    """Do what `orders_of_text` does; gives 0, or `LEFT`."""
    for place in range(begin, end):
        if text[place] == COMMA:
            return 0
    letters, own, given, out = buffers[0], words[0], words[1], buffers[1]
    count = split_words(text, begin, end, NONE[0] == 0, keys, marks, letters, own)
    if count < 0:
        return LEFT
    count, _ = without_suffix(own, count, NONE[0] + 2, marks, codes)
    if _particle_in_word(letters, own, count, keys, marks):
        return LEFT
    for at in range(1, count - 1):
        if marks[own[2, at]] & SUFFIX and not marks[own[2, at]] & DOUBT:
            return LEFT
    if count > 2 and own[1, count - 1] - own[0, count - 1] == 1 and own[1, 0] - own[0, 0] > 1:
        cut = last_begins(own, count - 1, marks)
        size = put_parts(letters, own, cut, keys, given)
        if size < 0:
            return LEFT
        there[INITIAL_LAST] = True
        put_given(letters, given, NONE[0], size, marks, out, first[INITIAL_LAST], middle[INITIAL_LAST])
        put_last(last[INITIAL_LAST], out, put_family(letters, own, cut, count - 1, marks, NONE[0], out, NONE[0]))
        return 0
    if count < 2:
        return 0
    size = put_parts(letters, own, last_begins(own, count, marks), keys, given)
    if size < 0:
        return LEFT
    _put_before(before, out, put_family(letters, given, NONE[0] + 1, size, marks, NONE[0], out, NONE[0]))
    size = put_parts(letters, own[:, 1:], count - 1, keys, given)
    if size < 0:
        return LEFT
    if given[1, 0] - given[0, 0] > 1:
        there[FAMILY_FIRST] = True
        put_last(last[FAMILY_FIRST], out, put_family(letters, own, NONE[0], NONE[0] + 1, marks, NONE[0], out, NONE[0]))
        put_given(letters, given, NONE[0], size, marks, out, first[FAMILY_FIRST], middle[FAMILY_FIRST])
    if size > 1 and given[1, size - 1] - given[0, size - 1] > 1:
        at = FAMILY_FIRST_GIVEN_LAST
        there[at] = True
        put_last(last[at], out, put_family(letters, own, NONE[0], NONE[0] + 1, marks, NONE[0], out, NONE[0]))
        put_letters(first[at], letters, given[0, size - 1], given[1, size - 1])
        put_letters(
            middle[at], out, NONE[0], put_family(letters, given, NONE[0], size - 1, marks, NONE[0], out, NONE[0])
        )
    return 0


@compiled
def _particle_in_word(letters: np.ndarray, words: np.ndarray, count: int, keys: np.ndarray, marks: np.ndarray) -> bool:
    """Tell whether a part of a word with a hyphen is a particle, ST-ANN: the long way joins it to the next."""
    for each in range(count):
        begin = words[0, each]
        for at in range(words[0, each], words[1, each]):
            if letters[at] == SPACE:
                if marks[find_word(keys, letters, begin, at)] & PARTICLE:
                    return True
                begin = at + 1
    return False


@compiled
def _put_before(out: np.ndarray, letters: np.ndarray, size: int) -> None:
    """Write the last word of a middle name, unless it is an initial."""
    begin = size
    while begin > 0 and letters[begin - 1] != SPACE:
        begin -= 1
    put_letters(out, letters, begin, size if size - begin > 1 else begin)
