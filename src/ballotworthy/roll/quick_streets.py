"""Addresses straight from a column's bytes to a record's fields, as `addresses.plain_addresses` would.

`addresses.py` says what an address is. This is the same in compiled code for the usual ones, "12 N OAK ST APT 4";
whatever else may stand in an address is left, and marked, for the functions there. Tests hold the two together.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.roll.quick_street_names import (
    BEGIN,
    BOX,
    CORNER,
    END,
    JOINT,
    LEFT,
    OTHER_UNIT,
    PLACE,
    SURE_UNIT,
    leading_digits,
    write_street,
)  # fmt: skip
from ballotworthy.roll.word_table import (
    DOT,
    HASH,
    HYPHEN,
    NINE,
    NONE,
    SPACE,
    ZERO,
    A,
    Z,
    find_word,
    put_letters,
    upper,
)

MOST_WORDS, MOST_LETTERS = 16, 120
LETTER_I, LETTER_O = 73, 79


@allocating
def read_addresses(
    number: np.ndarray, number_at: np.ndarray, street: np.ndarray, street_at: np.ndarray,
    unit: np.ndarray, unit_at: np.ndarray, before: np.ndarray, before_at: np.ndarray,
    kind: np.ndarray, kind_at: np.ndarray, behind: np.ndarray, behind_at: np.ndarray,
    zips: np.ndarray, zips_at: np.ndarray, keys: np.ndarray, marks: np.ndarray, codes: np.ndarray,
    out_number: np.ndarray, out_street: np.ndarray, out_direction: np.ndarray, out_type: np.ndarray,
    out_unit: np.ndarray, out_zip: np.ndarray, left: np.ndarray,
) -> None:  # fmt: skip
    """Write the fields of each address, or set `left`; each column as bytes and where its cells begin.

    `out_unit` takes the letters of the unit, of which a record holds a hash.
    """
    letters = np.empty(MOST_LETTERS * 8, np.uint8)
    name = np.empty(MOST_LETTERS * 8, np.uint8)
    found = np.empty((3, MOST_WORDS * 8), np.int64)
    line = np.empty((3, MOST_WORDS * 8), np.int64)
    for row in range(left.shape[0]):
        left[row] = True
        zip_code = _zip(zips, zips_at[row], zips_at[row + 1])
        if zip_code == LEFT:
            continue
        houses, _ = _split(number, number_at[row], number_at[row + 1], keys, letters, found, NONE[0], NONE[0])
        count, hashed = _split(
            street, street_at[row], street_at[row + 1], keys, letters, found, max(houses, 0), NONE[0] + HASH
        )
        if houses < 0 or count < 0 or hashed < 0:
            continue
        if count == 0 and unit_at[row] == unit_at[row + 1] and _are_empty(before_at, kind_at, behind_at, row):
            put_letters(out_street[row], letters, NONE[0], NONE[0])
            put_letters(out_unit[row], letters, NONE[0], NONE[0])
            out_number[row], out_zip[row], out_direction[row], out_type[row] = 0, zip_code, 0, 0
            left[row] = False
        if count == 0:
            continue
        house, head = _house(letters, found)
        if house < 0:
            continue
        if _is_other_form(letters, found, head, houses, count, house, marks):
            continue
        end = _unit_begin(letters, found, head, count, hashed, marks)
        if end <= head or (end < count and (count == houses or street[street_at[row + 1] - 1] == DOT)):
            continue
        own, own_hashed = _split(unit, unit_at[row], unit_at[row + 1], keys, letters, found, count, NONE[0] + HASH)
        one, _ = _split(before, before_at[row], before_at[row + 1], keys, letters, found, max(own, 0), NONE[0])
        two, _ = _split(kind, kind_at[row], kind_at[row + 1], keys, letters, found, max(one, 0), NONE[0])
        size, _ = _split(behind, behind_at[row], behind_at[row + 1], keys, letters, found, max(two, 0), NONE[0])
        empty = unit_at[row] == unit_at[row + 1]
        if own < 0 or one < 0 or two < 0 or size < 0 or not _is_own_unit(found, count, own, own_hashed, marks, empty):
            continue
        used = NONE[0]
        for begin, stop in ((own, one), (head, end), (one, size)):
            for at in range(begin, stop):
                for part in range(3):
                    line[part, used] = found[part, at]
                used += 1
        outs = (out_street[row], out_direction[row:], out_type[row:])
        if write_street(letters, line, used, marks, codes, name, outs[0], outs[1], outs[2]) < 0:
            continue
        which = own - 1 if own > count else count - 1 if end < count else LEFT
        _put_unit(out_unit[row], letters, found, which)
        out_number[row], out_zip[row] = house, zip_code
        left[row] = False


@compiled
def _are_empty(one: np.ndarray, two: np.ndarray, three: np.ndarray, row: int) -> bool:
    return bool(one[row] == one[row + 1] and two[row] == two[row + 1] and three[row] == three[row + 1])


@compiled
def _split(
    text: np.ndarray, begin: int, end: int, keys: np.ndarray,
    out: np.ndarray, words: np.ndarray, count: int, allowed: int,
) -> tuple[int, int]:  # fmt: skip
    """Append the words of a cell, and give their number with those before, and which of them an `allowed` # precedes.

    Gives `LEFT` for any other mark but blanks, and a dot behind a word that begins with a letter; 0 for no #.
    """
    if end - begin > MOST_LETTERS or count >= MOST_WORDS * 5:
        return LEFT, LEFT
    at = words[END, count - 1] if count else NONE[0]
    word, first, hashed = at, count, 0
    for place in range(begin, end + 1):
        byte = upper(text[place]) if place < end else SPACE
        if ZERO <= byte <= NINE or A <= byte <= Z:
            out[at] = byte
            at += 1
            continue
        if byte == DOT and at > word and out[word] >= A and (place + 1 == end or text[place + 1] == SPACE):
            byte = SPACE
        elif byte == DOT and at == word + 1 and _is_quadrant(text, place, end):
            continue
        if byte != SPACE and not (byte == HASH == allowed and not hashed):
            return LEFT, LEFT
        if at > word:
            if count - first == MOST_WORDS:
                return LEFT, LEFT
            words[BEGIN, count], words[END, count], words[PLACE, count] = word, at, find_word(keys, out, word, at)
            count, word = count + 1, at
        if byte == HASH:
            hashed = count
            if count == 0:
                return LEFT, LEFT
    return count, hashed


@compiled
def _is_quadrant(text: np.ndarray, place: int, end: int) -> bool:
    """Tell whether the dot at `place` is the first of N.E., N.W., S.E. or S.W."""
    if place + 1 >= end or (place + 2 < end and text[place + 2] not in (DOT, SPACE)):
        return False
    return upper(text[place - 1]) in (78, 83) and upper(text[place + 1]) in (69, 87)


@compiled
def _zip(text: np.ndarray, begin: int, end: int) -> int:
    """Give the zip code of a cell with five digits, or nine with a hyphen; 0 for an empty one."""
    if end - begin not in (0, 5, 10) or (end - begin == 10 and text[begin + 5] != HYPHEN):
        return LEFT
    value = 0
    for place in range(begin, end):
        if place - begin != 5:
            if not ZERO <= text[place] <= NINE:
                return LEFT
            if place - begin < 5:
                value = value * 10 + int(text[place]) - ZERO
    return value


@compiled
def _house(letters: np.ndarray, words: np.ndarray) -> tuple[int, int]:
    """Give the house number, 0 for none, and how many words it takes."""
    begin, end = words[BEGIN, 0], words[END, 0]
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
def _is_other_form(
    letters: np.ndarray, words: np.ndarray, head: int, houses: int, count: int, house: int, marks: np.ndarray
) -> bool:
    """Tell whether a number stands behind words, twice or before one, or a word joins two numbers or two streets."""
    if 0 < houses < count and words[END, houses] - words[BEGIN, houses] == words[END, 0] - words[BEGIN, 0]:
        twice = True
        for at in range(words[END, 0] - words[BEGIN, 0]):
            twice = twice and letters[words[BEGIN, 0] + at] == letters[words[BEGIN, houses] + at]
        if twice:
            return True
    if head + 1 < count and letters[words[BEGIN, head]] <= NINE and letters[words[BEGIN, head + 1]] <= NINE:
        return True
    for each in range(head, count):
        mark = marks[words[PLACE, each]]
        if mark & JOINT or (house == 0 and mark & CORNER) or (head == 0 and letters[words[BEGIN, each]] <= NINE):
            return True
    return False


@compiled
def _unit_begin(letters: np.ndarray, words: np.ndarray, head: int, count: int, hashed: int, marks: np.ndarray) -> int:
    """Give where the unit begins among the words, `count` when there is none."""
    last = count - 1
    end = last if hashed else count
    if hashed and hashed != last:
        return LEFT
    begin, stop = words[BEGIN, last], words[END, last]
    if stop - begin >= 5 and leading_digits(letters, begin, stop) >= 5:
        return LEFT
    for each in range(head, count):
        mark = marks[words[PLACE, each]]
        if mark & BOX:
            return LEFT
        if mark & (SURE_UNIT | OTHER_UNIT):
            if each != last - 1 or end == each:
                return LEFT
            if mark & OTHER_UNIT and not _is_short(letters, begin, stop):
                return LEFT
            end = each
    return end


@compiled
def _is_short(letters: np.ndarray, begin: int, end: int) -> bool:
    """Tell whether a word has at most four digits, with at most one letter before and one behind, or is one letter."""
    if end - begin == 1:
        return True
    begin += letters[begin] >= A
    end -= letters[end - 1] >= A
    return 1 <= end - begin <= 4 and leading_digits(letters, begin, end) == end - begin


@compiled
def _is_own_unit(words: np.ndarray, begin: int, end: int, hashed: int, marks: np.ndarray, empty: bool) -> bool:
    """Tell whether a unit's own cell is empty, or holds one word, or a word for units and one more."""
    if end == begin:
        return empty
    is_word = (marks[words[PLACE, begin]] & (SURE_UNIT | OTHER_UNIT)) > 0
    return end - begin == 1 + is_word and (hashed == 0 or hashed == end - 1)


@compiled
def _put_unit(out: np.ndarray, letters: np.ndarray, words: np.ndarray, which: int) -> None:
    if which == LEFT:
        put_letters(out, letters, NONE[0], NONE[0])
        return
    begin, end = words[BEGIN, which], words[END, which]
    while begin < end and letters[begin] == ZERO:
        begin += 1
    put_letters(out, letters, begin, end)
