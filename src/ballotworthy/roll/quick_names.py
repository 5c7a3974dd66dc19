"""Names straight from a column's bytes to a record's letters, as `plain.name_of_parts` and `name_of_text` would.

Why there are two: `plain.py` says what a name is and takes whatever comes, but a name takes it seven times as long,
which over ten million voters is a minute. This is the same in compiled code for names in ASCII, as nearly all are; a
name that it cannot be sure of is `LEFT`, and read there. Tests hold the two together, `plain.py` being the oracle.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.files.letters import Letters
from ballotworthy.roll.quick_words import (
    BEGIN,
    DEGREE,
    DOUBT,
    END,
    LEFT,
    MOST_LETTERS,
    PARTICLE,
    PLACE,
    SUFFIX,
    Words,
    is_suffix,
    last_begins,
    no_words,
    size_of,
    split_words,
    suffix_code,
    suffix_inside,
    without_suffix,
)
from ballotworthy.roll.word_table import COMMA, NONE, SPACE, WordTable, cell, find_word, put_letters


class NameCells(NamedTuple):
    """The columns that names are read from, as many rows each."""

    name: Letters
    first: Letters
    middle: Letters
    last: Letters
    suffix: Letters


class NameFields(NamedTuple):
    """The fields of records that names are written to: letters as uint8 (rows, width), the suffix's code (rows,)."""

    first: np.ndarray
    middle: np.ndarray
    last: np.ndarray
    suffix: np.ndarray


class Space(NamedTuple):
    """Memory for one name at a time: the words of its family, given and second names, and letters put together."""

    family: Words
    given: Words
    second: Words
    letters: np.ndarray


def no_names() -> Space:
    """Give memory for one name."""
    family, given, second = no_words(3)
    return Space(family, given, second, np.empty(MOST_LETTERS * 2 + 2, np.uint8))


@compiled
def read_names(cells: NameCells, table: WordTable, space: Space, out: NameFields, left: np.ndarray) -> None:
    """Write the fields of each person's name, or set `left`."""
    for row in range(left.shape[0]):
        row_out = NameFields(out.first[row], out.middle[row], out.last[row], out.suffix)
        if len(cell(cells.name, row)) and not len(cell(cells.last, row)):
            done = _of_text(cell(cells.name, row), table, space, row_out)
        else:
            done = _of_parts(cells, row, table, space, row_out)
        left[row] = done < 0
        out.suffix[row] = max(done, 0)


@compiled
def _of_parts(cells: NameCells, row: int, table: WordTable, space: Space, out: NameFields) -> int:
    """Do what `name_of_parts` does; gives the suffix's code, or `LEFT`."""
    family = split_words(cell(cells.last, row), NONE[0] > 0, table, space.family)
    given = split_words(cell(cells.first, row), NONE[0] > 0, table, space.given)
    second = split_words(cell(cells.middle, row), NONE[0] > 0, table, space.second)
    chosen = suffix_code(cell(cells.suffix, row), table, space.letters)
    if family < 0 or given < 0 or second < 0 or chosen < 0:
        return LEFT
    family, found = without_suffix(space.family.spans, family, NONE[0] + 1, table)
    given, early = without_suffix(space.given.spans, given, NONE[0] + 2, table)
    if given == 0 and family > 1 and not len(cell(cells.middle, row)):
        return LEFT
    letters, size = space.letters, NONE[0]
    if given > 0:
        put_letters(out.first, space.given.letters, space.given.spans[BEGIN, 0], space.given.spans[END, 0])
        size = put_family(space.given, NONE[0] + 1, given, table.marks, NONE[0], letters, NONE[0])
    else:
        put_letters(out.first, letters, NONE[0], NONE[0])
    if size:
        letters[size] = SPACE
        size += 1
    more = put_family(space.second, NONE[0], second, table.marks, NONE[0] + DEGREE, letters, size)
    put_letters(out.middle, letters, NONE[0], more if more > size else max(size - 1, 0))
    put_last(out.last, letters, put_family(space.family, NONE[0], family, table.marks, NONE[0], letters, NONE[0]))
    return chosen or found or early


@compiled
def _of_text(text: np.ndarray, table: WordTable, space: Space, out: NameFields) -> int:
    """Do what `name_of_text` does; gives the suffix's code, or `LEFT`."""
    comma = 0
    while comma < len(text) and text[comma] != COMMA:
        comma += 1
    given = 0
    if comma < len(text):
        given = split_words(text[comma + 1 :], NONE[0] > 0, table, space.given)
        family = split_words(text[:comma], NONE[0] > 0, table, space.family)
        if given < 0 or family < 0:
            return LEFT
        if given > 0 and is_suffix(space.given.spans, given, family, table.marks):
            given = 0
    if given > 0:
        return _of_two(family, given, table, space, out)
    own = space.family.spans
    count = split_words(text, NONE[0] == 0, table, space.family)
    if count < 0:
        return LEFT
    count, chosen = without_suffix(own, count, NONE[0] + 2, table)
    if suffix_inside(own, count, table.marks):
        return LEFT
    if count > 1 and size_of(own, count - 1) == 1 and size_of(own, NONE[0]) > 1:
        _put_first_last(own, count)
    cut = last_begins(own, count, table.marks)
    given = put_parts(space.family, cut, table.keys, space.given.spans)
    if given < 0:
        return LEFT
    letters = space.letters
    put_last(out.last, letters, put_family(space.family, cut, count, table.marks, NONE[0], letters, NONE[0]))
    put_given(Words(space.family.letters, space.given.spans), NONE[0], given, table.marks, letters, out)
    return chosen


@compiled
def _of_two(family: int, given: int, table: WordTable, space: Space, out: NameFields) -> int:
    """Write a name whose words before and behind a comma are split; gives the suffix's code."""
    family, chosen = without_suffix(space.family.spans, family, NONE[0] + 1, table)
    given, other = without_suffix(space.given.spans, given, NONE[0] + 2, table)
    head, leading = NONE[0], space.given.spans[PLACE, 0]
    if given > 1 and table.marks[leading] & SUFFIX and not table.marks[leading] & DOUBT:
        head, other = NONE[0] + 1, table.codes[leading, 0]
    size = put_family(space.family, NONE[0], family, table.marks, NONE[0], space.letters, NONE[0])
    put_last(out.last, space.letters, size)
    put_given(space.given, head, given, table.marks, space.letters, out)
    return chosen or other


@compiled
def _put_first_last(spans: np.ndarray, count: int) -> None:
    """Move the first word behind the others: "SMITH JOHN A" has its last name in front."""
    for part in range(3):
        head = spans[part, 0]
        for at in range(count - 1):
            spans[part, at] = spans[part, at + 1]
        spans[part, count - 1] = head


@compiled
def put_family(words: Words, begin: int, end: int, marks: np.ndarray, skipped: int, out: np.ndarray, size: int) -> int:
    """Write the words from `begin` to `end`, but those marked `skipped`, particles joined; gives the new size."""
    glued = True
    for each in range(begin, end):
        if marks[words.spans[PLACE, each]] & skipped:
            continue
        if not glued:
            out[size] = SPACE
            size += 1
        for at in range(words.spans[BEGIN, each], words.spans[END, each]):
            out[size] = words.letters[at]
            size += 1
        glued = (marks[words.spans[PLACE, each]] & PARTICLE) > 0
    return size


@compiled
def put_parts(words: Words, count: int, keys: np.ndarray, out: np.ndarray) -> int:
    """Write the spans of the first words anew, those with a hyphen as two; gives their number, or `LEFT`."""
    parts = 0
    for each in range(count):
        begin = words.spans[BEGIN, each]
        for at in range(words.spans[BEGIN, each], words.spans[END, each] + 1):
            if at == words.spans[END, each] or words.letters[at] == SPACE:
                if parts == out.shape[1]:
                    return LEFT
                out[BEGIN, parts], out[END, parts] = begin, at
                out[PLACE, parts] = find_word(keys, words.letters, begin, at)
                parts, begin = parts + 1, at + 1
    return parts


@compiled
def put_given(words: Words, begin: int, end: int, marks: np.ndarray, space: np.ndarray, out: NameFields) -> None:
    """Write the first of the given names from `begin` to `end`, and the others as the middle name."""
    if begin == end:
        put_letters(out.first, space, NONE[0], NONE[0])
        put_letters(out.middle, space, NONE[0], NONE[0])
        return
    put_letters(out.first, words.letters, words.spans[BEGIN, begin], words.spans[END, begin])
    put_letters(out.middle, space, NONE[0], put_family(words, begin + 1, end, marks, NONE[0], space, NONE[0]))


@compiled
def put_last(out: np.ndarray, letters: np.ndarray, size: int) -> None:
    """Write the last name; of two that are too long together the first is cut to eight letters."""
    gap = 0
    while gap < size and letters[gap] != SPACE:
        gap += 1
    if size > out.shape[0] and 8 < gap < size:
        for at in range(gap, size):
            letters[8 + at - gap] = letters[at]
        size -= gap - 8
    put_letters(out, letters, NONE[0], size)
