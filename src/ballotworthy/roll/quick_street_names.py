"""Street names in compiled code, as `streets.street_of_text` reads them; what is not usual is left to it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.roll.quick_words import BEGIN, END, PLACE, Words
from ballotworthy.roll.street_words import ENDING, OTHER_UNITS, SURE_UNITS, direction_codes, type_codes, words
from ballotworthy.roll.word_table import NINE, NONE, ZERO, WordTable, put_letters, word_table

(TYPE, DIRECTION, SURE_UNIT, OTHER_UNIT, ROUTE, SPOKEN, ORDINAL, BOX, INNER, WAY, ALONE, LEADING, TENS, JOINT,
 CORNER, STATE, CARDINAL) = (1 << at for at in range(17))  # fmt: skip
LEFT = -1
"""For an address that is left to the functions of `addresses.py`."""


class StreetFields(NamedTuple):
    """The fields of one record that a street is written to: its letters, and the codes as uint8 (1,) each."""

    street: np.ndarray
    direction: np.ndarray
    type: np.ndarray


@cache
def street_table() -> WordTable:
    """Give the words with a meaning in addresses; codes as a type and as a direction; ordinals; roads."""
    known, types, directions = words(), type_codes(), direction_codes()
    sets = ((TYPE, known.types), (DIRECTION, known.directions), (SURE_UNIT, SURE_UNITS.split("|")),
            (OTHER_UNIT, OTHER_UNITS.split("|")), (ROUTE, known.routes), (SPOKEN, known.words),
            (ORDINAL, known.ordinals), (BOX, ("BOX", "POBOX", "BX", "POBX", "POB", "APO", "FPO", "DPO")),
            (INNER, [word for word, standard in known.types.items() if standard in ENDING]),
            (WAY, [word for word, role in known.routes.items() if role == "WAY"]), (ALONE, ("CA", "US")),
            (LEADING, known.leading), (TENS, known.tens), (JOINT, ("AND",)),
            (CORNER, ("CORNER", "COR", "INTERSECTION", "AT", "ONE")), (STATE, known.state_codes),
            (CARDINAL, known.cardinals))  # fmt: skip
    found: dict[str, tuple[int, ...]] = {}
    for mark, members in sets:
        for word in members:
            found[word] = (
                found.get(word, (0,))[0] | mark,
                types.get(known.types.get(word, ""), 0),
                directions.get(known.directions.get(word, ""), 0),
                int(known.ordinals.get(word, 0)),
                types["HWY"] if word in known.routes else 0,
            )
    return word_table(found)


@compiled
def leading_digits(letters: np.ndarray, begin: int, end: int) -> int:
    """Count the digits a word begins with."""
    at = begin
    while at < end and letters[at] <= NINE:
        at += 1
    return at - begin


@compiled
def write_street(street: Words, count: int, table: WordTable, space: np.ndarray, out: StreetFields) -> int:
    """Do what `street_of_text` does; gives `LEFT` where a road may be known by its number, or a unit stand behind."""
    letters, words, marks, codes = street.letters, street.spans, table.marks, table.codes
    begin, end, before, behind, kind = 0, count, 0, 0, np.uint8(0)
    route = _route(letters, words, count, marks)
    if route >= 0:
        put_letters(out.street, letters, words[BEGIN, route], words[END, route])
        out.direction[0], out.type[0] = 0, _route_code(words, count, marks, codes)
        return 0
    if _is_doubtful(letters, words, count, marks):
        return LEFT
    if end > 1 and marks[words[PLACE, end - 1]] & DIRECTION:
        end -= 1
        behind = int(codes[words[PLACE, end], 1])
    if marks[words[PLACE, 0]] & DIRECTION and (end > 2 or (end == 2 and not marks[words[PLACE, 1]] & TYPE)):
        begin, before = 1, int(codes[words[PLACE, 0], 1])
    if end - begin > 1 and marks[words[PLACE, end - 1]] & TYPE:
        end -= 1
        kind = codes[words[PLACE, end], 0]
        for each in range(begin + 1, end):
            if marks[words[PLACE, each]] & INNER:
                return LEFT
    else:
        if end - begin > 1 and marks[words[PLACE, begin]] & LEADING:
            return LEFT
        for each in range(begin, end):
            if end - begin > 1 and marks[words[PLACE, each]] & TYPE:
                return LEFT
    if end - begin > 1 and marks[words[PLACE, begin]] & SPOKEN:
        return LEFT
    size = NONE[0]
    for each in range(begin, end):
        ordinal = codes[words[PLACE, each], 2]
        if ordinal >= 10:
            space[size] = ZERO + ordinal // 10
            size += 1
        if ordinal:
            space[size] = ZERO + ordinal % 10
            size += 1
            continue
        for at in range(words[BEGIN, each], words[END, each]):
            space[size] = letters[at]
            size += 1
    put_letters(out.street, space, NONE[0], size)
    both = before and behind and before != behind
    out.direction[0], out.type[0] = before * 16 + behind if both else before or behind, kind
    return 0


@compiled
def _route(letters: np.ndarray, words: np.ndarray, count: int, marks: np.ndarray) -> int:
    """Give which word is the number of a road known by it ("STATE HWY 49"), or `LEFT`."""
    heads, ways, alone, number = 0, 0, 0, LEFT
    for each in range(count):
        mark = marks[words[PLACE, each]]
        begin, end = words[BEGIN, each], words[END, each]
        if mark & DIRECTION:
            continue
        if number != LEFT:
            return LEFT
        if mark & ROUTE:
            heads, ways, alone = heads + 1, ways + ((mark & WAY) > 0), alone + ((mark & ALONE) > 0)
        elif leading_digits(letters, begin, end) == end - begin:
            number = each
        else:
            return LEFT
    return number if ways or (heads == alone == 1) else LEFT


@compiled
def _route_code(words: np.ndarray, count: int, marks: np.ndarray, codes: np.ndarray) -> int:
    """Give the type's code of a road known by its number."""
    code = 0
    for each in range(count):
        if marks[words[PLACE, each]] & ROUTE:
            code = int(codes[words[PLACE, each], 3])
    return code


@compiled
def _is_doubtful(letters: np.ndarray, words: np.ndarray, count: int, marks: np.ndarray) -> bool:
    """Cut "42ND" to "42", and tell whether a word mixes digits and letters, or may be a unit, or a road's number."""
    numbered, route, short = False, False, False
    for each in range(count):
        begin, end, mark = words[BEGIN, each], words[END, each], marks[words[PLACE, each]]
        digits = leading_digits(letters, begin, end)
        numbered |= digits > 0 or (mark & (ORDINAL | CARDINAL)) > 0
        route |= (mark & (ROUTE | STATE)) > 0
        short |= end - begin <= 2 and not mark & (ROUTE | TYPE | DIRECTION)
        if mark & TENS:
            return True
        if digits == 0:
            for at in range(begin, end):
                if letters[at] <= NINE:
                    return True
        elif end - begin == digits + 2 and _is_ordinal(letters[end - 2], letters[end - 1]):
            words[END, each] = end - 2
        elif end - begin > digits:
            return True
    last = count - 1
    mark = marks[words[PLACE, last]]
    single = words[END, last] - words[BEGIN, last] == 1 and not mark & DIRECTION
    behind = single or letters[words[BEGIN, last]] <= NINE or (mark & ORDINAL) > 0
    return (route and (numbered or short)) or (count > 1 and behind)


@compiled
def _is_ordinal(one: int, two: int) -> bool:
    """Tell whether two letters are ST, ND, RD or TH."""
    return (
        (one == 83 and two == 84) or (one == 78 and two == 68) or (one == 82 and two == 68) or (one == 84 and two == 72)
    )
