"""Other orders of names in one cell straight from the column's bytes, as `orders.orders_of_text` would give them.

A name in ASCII is read in compiled code; another is left, and marked, for that function. Why there are two says
`quick_names.py`; tests hold them together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from ballotworthy.files.compiled import compiled
from ballotworthy.files.letters import Letters, letters_of
from ballotworthy.roll.orders import FAMILY_FIRST, FAMILY_FIRST_GIVEN_LAST, INITIAL_LAST, ORDERS, orders_of_text
from ballotworthy.roll.packed import RECORD
from ballotworthy.roll.quick_names import NameFields, put_family, put_given, put_last, put_parts
from ballotworthy.roll.quick_words import (
    BEGIN,
    END,
    LEFT,
    MOST_LETTERS,
    PARTICLE,
    Words,
    last_begins,
    no_words,
    size_of,
    split_words,
    suffix_inside,
    without_suffix,
)
from ballotworthy.roll.word_table import COMMA, NONE, SPACE, WordTable, cell, find_word, put_letters

WIDTHS = {name: RECORD[name].shape[0] for name in ("first", "middle", "last")}


class Orders(NamedTuple):
    """The other orders of names, a row a name.

    Attributes:
        there: whether the name may stand in this order; bool (names, ORDERS).
        first, middle, last: letters as a record holds them; uint8 (names, ORDERS, width).
        before: letters of the word before the last name, zeros where it is none or an initial; uint8 (names, 16).
    """

    there: np.ndarray
    first: np.ndarray
    middle: np.ndarray
    last: np.ndarray
    before: np.ndarray


def no_orders(names: int) -> Orders:
    """Give that no name has another order."""
    first, middle, last = (np.zeros((names, ORDERS, width), np.uint8) for width in WIDTHS.values())
    before = np.zeros((names, WIDTHS["last"]), np.uint8)
    return Orders(np.zeros((names, ORDERS), np.bool_), first, middle, last, before)


def read_orders(texts: pl.Series, table: WordTable) -> Orders:
    """Give the other orders of names."""
    found, left = no_orders(len(texts)), np.zeros(len(texts), np.bool_)
    own, given = no_words(2)
    _read(letters_of(texts), table, own, given, found, left)
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


@compiled
def _read(cells: Letters, table: WordTable, own: Words, given: Words, found: Orders, left: np.ndarray) -> None:
    for row in range(left.shape[0]):
        out = Orders(found.there[row], found.first[row], found.middle[row], found.last[row], found.before[row])
        left[row] = _orders(cell(cells, row), table, own, given, out) < 0


@compiled
def _orders(text: np.ndarray, table: WordTable, own: Words, given: Words, out: Orders) -> int:
    """Do what `orders_of_text` does; gives 0, or `LEFT`."""
    for place in range(len(text)):
        if text[place] == COMMA:
            return 0
    marks, space = table.marks, given.letters
    count = split_words(text, NONE[0] == 0, table, own)
    if count < 0:
        return LEFT
    count, _ = without_suffix(own.spans, count, NONE[0] + 2, table)
    if _particle_in_word(own, count, table) or suffix_inside(own.spans, count, marks):
        return LEFT
    if count > 2 and size_of(own.spans, count - 1) == 1 and size_of(own.spans, NONE[0]) > 1:
        cut = last_begins(own.spans, count - 1, marks)
        size = put_parts(own, cut, table.keys, given.spans)
        if size < 0:
            return LEFT
        _put_order(INITIAL_LAST, Words(own.letters, given.spans), size, marks, space, out)
        put_last(out.last[INITIAL_LAST], space, put_family(own, cut, count - 1, marks, NONE[0], space, NONE[0]))
        return 0
    if count < 2:
        return 0
    parts = Words(own.letters, given.spans)
    size = put_parts(own, last_begins(own.spans, count, marks), table.keys, given.spans)
    if size < 0:
        return LEFT
    _put_before(out.before, space, put_family(parts, NONE[0] + 1, size, marks, NONE[0], space, NONE[0]))
    size = put_parts(Words(own.letters, own.spans[:, 1:]), count - 1, table.keys, given.spans)
    if size < 0:
        return LEFT
    if size_of(given.spans, NONE[0]) > 1:
        _put_order(FAMILY_FIRST, parts, size, marks, space, out)
        family = put_family(own, NONE[0], NONE[0] + 1, marks, NONE[0], space, NONE[0])
        put_last(out.last[FAMILY_FIRST], space, family)
    if size > 1 and size_of(given.spans, size - 1) > 1:
        at = FAMILY_FIRST_GIVEN_LAST
        out.there[at] = True
        put_last(out.last[at], space, put_family(own, NONE[0], NONE[0] + 1, marks, NONE[0], space, NONE[0]))
        put_letters(out.first[at], own.letters, given.spans[BEGIN, size - 1], given.spans[END, size - 1])
        middle = put_family(parts, NONE[0], size - 1, marks, NONE[0], space, NONE[0])
        put_letters(out.middle[at], space, NONE[0], middle)
    return 0


@compiled
def _put_order(order: int, given: Words, size: int, marks: np.ndarray, space: np.ndarray, out: Orders) -> None:
    """Write the given names of an order, which is there."""
    out.there[order] = True
    put_given(given, NONE[0], size, marks, space, NameFields(out.first[order], out.middle[order], space, space))


@compiled
def _particle_in_word(words: Words, count: int, table: WordTable) -> bool:
    """Tell whether a part of a word with a hyphen is a particle, ST-ANN: the long way joins it to the next."""
    for each in range(count):
        begin = words.spans[BEGIN, each]
        for at in range(words.spans[BEGIN, each], words.spans[END, each]):
            if words.letters[at] == SPACE:
                if table.marks[find_word(table.keys, words.letters, begin, at)] & PARTICLE:
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
