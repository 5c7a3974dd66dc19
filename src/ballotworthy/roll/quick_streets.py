"""Addresses straight from a column's bytes to a record's fields, as `addresses.plain_addresses` would.

`addresses.py` says what an address is. This is the same in compiled code for the usual ones, "12 N OAK ST APT 4";
whatever else may stand in an address is left, and marked, for the functions there. Why there are two says
`quick_names.py`; tests hold the two together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.files.letters import Letters
from ballotworthy.roll.quick_street_names import (
    CORNER,
    JOINT,
    LEFT,
    StreetFields,
    write_street,
)
from ballotworthy.roll.quick_units import Parts, is_own_unit, put_unit, unit_begin
from ballotworthy.roll.quick_words import BEGIN, END, PLACE, Words
from ballotworthy.roll.word_table import (
    DOT,
    HASH,
    HYPHEN,
    NINE,
    NONE,
    SPACE,
    ZERO,
    A,
    WordTable,
    Z,
    cell,
    find_word,
    put_letters,
    upper,
)

MOST_WORDS, MOST_LETTERS = 16, 120
LETTER_I, LETTER_O = 73, 79


class AddressCells(NamedTuple):
    """The columns that addresses are read from, as many rows each; `street` may hold the whole address."""

    number: Letters
    street: Letters
    unit: Letters
    before: Letters
    type: Letters
    behind: Letters
    zip: Letters


class AddressFields(NamedTuple):
    """The fields of records that addresses are written to, a row each; `unit` takes letters, a record their hash."""

    number: np.ndarray
    street: np.ndarray
    direction: np.ndarray
    type: np.ndarray
    unit: np.ndarray
    zip: np.ndarray


def no_streets() -> tuple[Words, Words]:
    """Give memory for the words of an address, and for those of its street."""
    one, two = (Words(np.empty(MOST_LETTERS * 8, np.uint8), np.empty((3, MOST_WORDS * 8), np.int64)) for _ in range(2))
    return one, two


@compiled
def read_addresses(
    cells: AddressCells, table: WordTable, words: Words, street: Words, out: AddressFields, left: np.ndarray
) -> None:
    """Write the fields of each address, or set `left`."""
    for row in range(left.shape[0]):
        left[row] = not _read_one(cells, row, table, words, street, out)


@compiled
def _read_one(cells: AddressCells, row: int, table: WordTable, words: Words, street: Words, out: AddressFields) -> bool:
    """Write the fields of one address, and tell whether that could be done."""
    zip_code = _zip(cell(cells.zip, row))
    parts = _split_all(cells, row, table, words)
    if zip_code == LEFT or parts.end < 0:
        return False
    out.zip[row] = zip_code
    count = parts.unit
    if count == 0:
        put_letters(out.street[row], words.letters, NONE[0], NONE[0])
        put_letters(out.unit[row], words.letters, NONE[0], NONE[0])
        out.number[row], out.direction[row], out.type[row] = 0, 0, 0
        return _is_nothing_else(cells, row)
    house, head = _house(words)
    if house < 0 or _is_other_form(words, head, parts.street, count, house, table.marks):
        return False
    end = unit_begin(words, head, count, parts.hashed, table.marks)
    if end <= head or (end < count and (count == parts.street or cell(cells.street, row)[-1] == DOT)):
        return False
    if not is_own_unit(words.spans, parts, table.marks, len(cell(cells.unit, row)) == 0):
        return False
    used = _put_line(words.spans, parts, head, end, street.spans)
    fields = StreetFields(out.street[row], out.direction[row:], out.type[row:])
    if write_street(Words(words.letters, street.spans), used, table, street.letters, fields) < 0:
        return False
    unit = parts.before - 1 if parts.before > count else count - 1 if end < count else LEFT
    put_unit(out.unit[row], words, unit)
    out.number[row] = house
    return True


@compiled
def _split_all(cells: AddressCells, row: int, table: WordTable, words: Words) -> Parts:
    """Split the cells of an address into words, one behind the other."""
    keys, allowed = table.keys, NONE[0] + HASH
    houses, _ = _split(cell(cells.number, row), keys, words, NONE[0], NONE[0])
    count, hashed = _split(cell(cells.street, row), keys, words, max(houses, 0), allowed)
    own, own_hashed = _split(cell(cells.unit, row), keys, words, max(count, 0), allowed)
    one, _ = _split(cell(cells.before, row), keys, words, max(own, 0), NONE[0])
    two, _ = _split(cell(cells.type, row), keys, words, max(one, 0), NONE[0])
    end, _ = _split(cell(cells.behind, row), keys, words, max(two, 0), NONE[0])
    sure = houses >= 0 and count >= 0 and own >= 0 and one >= 0 and two >= 0
    return Parts(houses, count, own, one, two, end if sure else LEFT, hashed, own_hashed)


@compiled
def _is_nothing_else(cells: AddressCells, row: int) -> bool:
    """Tell whether the cells beside number and street are empty, but for the zip code."""
    return (
        len(cell(cells.unit, row)) + len(cell(cells.before, row)) + len(cell(cells.type, row))
        + len(cell(cells.behind, row))
    ) == 0  # fmt: skip


@compiled
def _put_line(spans: np.ndarray, parts: Parts, head: int, end: int, out: np.ndarray) -> int:
    """Write the words of a street in the order in which they are spoken; gives how many they are."""
    used = NONE[0]
    for begin, stop in ((parts.before, parts.type), (head, end), (parts.type, parts.end)):
        for at in range(begin, stop):
            for part in range(3):
                out[part, used] = spans[part, at]
            used += 1
    return int(used)


@compiled
def _split(text: np.ndarray, keys: np.ndarray, words: Words, count: int, allowed: int) -> tuple[int, int]:
    """Append the words of a cell, and give their number with those before, and which of them an `allowed` # precedes.

    Gives `LEFT` for any other mark but blanks, and a dot behind a word that begins with a letter; 0 for no #.
    """
    out, spans, end = words.letters, words.spans, len(text)
    if end == 0:
        return count, 0
    if end > MOST_LETTERS or count >= MOST_WORDS * 5:
        return LEFT, LEFT
    at = spans[END, count - 1] if count else NONE[0]
    word, first, hashed = at, count, 0
    for place in range(end + 1):
        byte = upper(text[place]) if place < end else SPACE
        if ZERO <= byte <= NINE or A <= byte <= Z:
            out[at] = byte
            at += 1
            continue
        if byte == DOT and at > word and out[word] >= A and (place + 1 == end or text[place + 1] == SPACE):
            byte = SPACE
        elif byte == DOT and at == word + 1 and _is_quadrant(text, place):
            continue
        if byte != SPACE and not (byte == HASH == allowed and not hashed):
            return LEFT, LEFT
        if at > word:
            if count - first == MOST_WORDS:
                return LEFT, LEFT
            spans[BEGIN, count], spans[END, count], spans[PLACE, count] = word, at, find_word(keys, out, word, at)
            count, word = count + 1, at
        if byte == HASH:
            hashed = count
            if count == 0:
                return LEFT, LEFT
    return count, hashed


@compiled
def _is_quadrant(text: np.ndarray, place: int) -> bool:
    """Tell whether the dot at `place` is the first of N.E., N.W., S.E. or S.W."""
    end = len(text)
    if place + 1 >= end or (place + 2 < end and text[place + 2] not in (DOT, SPACE)):
        return False
    return upper(text[place - 1]) in (78, 83) and upper(text[place + 1]) in (69, 87)


@compiled
def _zip(text: np.ndarray) -> int:
    """Give the zip code of a cell with five digits, or nine with a hyphen; 0 for an empty one."""
    if len(text) not in (0, 5, 10) or (len(text) == 10 and text[5] != HYPHEN):
        return LEFT
    value = 0
    for place in range(len(text)):
        if place != 5:
            if not ZERO <= text[place] <= NINE:
                return LEFT
            if place < 5:
                value = value * 10 + int(text[place]) - ZERO
    return value


@compiled
def _house(words: Words) -> tuple[int, int]:
    """Give the house number, 0 for none, and how many words it takes."""
    letters, begin, end = words.letters, words.spans[BEGIN, 0], words.spans[END, 0]
    if letters[begin] >= A:
        return 0, 0
    if letters[end - 1] in (LETTER_I, LETTER_O):
        return LEFT, 0
    if letters[end - 1] >= A:
        end -= 1
    value = 0
    for at in range(begin, end):
        if letters[at] >= A:
            return LEFT, 0
        value = value * 10 + int(letters[at]) - ZERO
    return (value if end - begin <= 7 else LEFT), 1


@compiled
def _is_other_form(words: Words, head: int, houses: int, count: int, house: int, marks: np.ndarray) -> bool:
    """Tell whether a number stands behind words, twice or before one, or a word joins two numbers or two streets.

    A number of two digits behind the house's may be its second part, 94 47 Garden Way.
    """
    letters, spans = words.letters, words.spans
    if 0 < houses < count and spans[END, houses] - spans[BEGIN, houses] == spans[END, 0] - spans[BEGIN, 0]:
        twice = True
        for at in range(spans[END, 0] - spans[BEGIN, 0]):
            twice = twice and letters[spans[BEGIN, 0] + at] == letters[spans[BEGIN, houses] + at]
        if twice:
            return True
    if head + 1 < count and letters[spans[BEGIN, head]] <= NINE and letters[spans[BEGIN, head + 1]] <= NINE:
        return True
    if head < count and spans[END, head] - spans[BEGIN, head] == 2 and letters[spans[END, head] - 1] <= NINE:
        return True
    for each in range(head, count):
        mark = marks[spans[PLACE, each]]
        if mark & JOINT or (house == 0 and mark & CORNER) or (head == 0 and letters[spans[BEGIN, each]] <= NINE):
            return True
    return False
