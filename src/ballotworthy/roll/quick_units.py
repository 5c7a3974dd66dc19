"""The unit of an address, "APT 4" or "# 4", in compiled code; what is not usual is left to `addresses.py`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.roll.quick_street_names import BOX, LEFT, OTHER_UNIT, SURE_UNIT, leading_digits
from ballotworthy.roll.quick_words import BEGIN, END, PLACE, Words
from ballotworthy.roll.word_table import NONE, ZERO, A, put_letters

FLOOR, FLR = (70, 76, 79, 79, 82), (70, 76, 82)
ENDINGS = ((83, 84), (78, 68), (82, 68), (84, 72))
"""The letters of FLOOR, of FLR, and of what makes a number an ordinal: ST, ND, RD, TH."""


class Parts(NamedTuple):
    """Where the words of each cell begin among those of an address; the house number's own cell begins at 0.

    Attributes:
        street, unit, before, type, behind: where those of this cell begin.
        end: where the last ones end, or `LEFT`.
        hashed, unit_hashed: which word of the street, and of the unit, a # precedes; 0 for none.
    """

    street: int
    unit: int
    before: int
    type: int
    behind: int
    end: int
    hashed: int
    unit_hashed: int


@compiled
def unit_begin(words: Words, head: int, count: int, hashed: int, marks: np.ndarray) -> int:
    """Give where the unit begins among the words, `count` when there is none."""
    letters, spans = words.letters, words.spans
    last = count - 1
    end = last if hashed else count
    if hashed and hashed != last:
        return LEFT
    begin, stop = spans[BEGIN, last], spans[END, last]
    if stop - begin >= 5 and leading_digits(letters, begin, stop) >= 5:
        return LEFT
    for each in range(head, count):
        mark = marks[spans[PLACE, each]]
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
def is_own_unit(spans: np.ndarray, parts: Parts, marks: np.ndarray, empty: bool) -> bool:
    """Tell whether a unit's own cell is empty, or holds one word, or a word for units and one more."""
    begin, end = parts.unit, parts.before
    if end == begin:
        return empty
    is_word = (marks[spans[PLACE, begin]] & (SURE_UNIT | OTHER_UNIT)) > 0
    return end - begin == 1 + is_word and (parts.unit_hashed == 0 or parts.unit_hashed == end - 1)


@compiled
def put_unit(out: np.ndarray, words: Words, which: int) -> None:
    """Write the letters of a unit without zeros in front, a floor's number alone; nothing where `which` is `LEFT`."""
    if which == LEFT:
        put_letters(out, words.letters, NONE[0], NONE[0])
        return
    begin, end = words.spans[BEGIN, which], words.spans[END, which]
    while begin < end and words.letters[begin] == ZERO:
        begin += 1
    put_letters(out, words.letters, begin, _without_floor(words.letters, begin, end))


@compiled
def _without_floor(letters: np.ndarray, begin: int, end: int) -> int:
    """Give where a unit ends, what makes its one or two digits a floor left away: 1F, 1FL, 1FLR, 1STFLOOR."""
    number = begin + leading_digits(letters, begin, end)
    if not 1 <= number - begin <= 2:
        return end
    word = number
    for one, two in ENDINGS:
        if number + 2 < end and letters[number] == one and letters[number + 1] == two:
            word = number + 2
    size = end - word
    if size not in (1, 2, 3, 5):
        return end
    for at in range(size):
        if letters[word + at] != (FLR[at] if size == 3 else FLOOR[at]):
            return end
    return number
