"""The words of a name in one cell, in compiled code: split, marked with what they are, suffix and particles known.

`plain.py` says what a word of a name is. This is the same for names in ASCII; what it cannot be sure of is `LEFT`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.roll.plain import DEGREES, DOUBTFUL, PARTICLES, SHORT, SUFFIXES, TITLES, VIETNAMESE
from ballotworthy.roll.word_table import (
    APOSTROPHE,
    DOT,
    GRAVE,
    HYPHEN,
    NINE,
    NONE,
    SPACE,
    UNDERSCORE,
    ZERO,
    A,
    WordTable,
    Z,
    find_word,
    is_kept,
    upper,
    word_table,
)

TITLE, DEGREE, SUFFIX, DOUBT, PARTICLE, NO_PARTICLE_BEFORE, MC, MAC, LONE_O, WRITTEN_SHORT = (
    1 << at for at in range(10)
)
MOST_WORDS, MOST_LETTERS = 14, 160
BEGIN, END, PLACE = 0, 1, 2
LEFT = -1
"""For a name that is left to the functions of `plain.py`."""


class Words(NamedTuple):
    """Words of one cell, in memory that is used again for the next.

    Attributes:
        letters: their letters, capital; uint8 (MOST_LETTERS * 2 + 2,).
        spans: where each begins and ends in `letters`, and its place in the table; int64 (3, MOST_WORDS * 2).
    """

    letters: np.ndarray
    spans: np.ndarray


@cache
def name_words(suffix_codes: tuple[tuple[str, int], ...]) -> WordTable:
    """Give the words with a meaning in names; the code is that of the suffix in a record."""
    codes = dict(suffix_codes)
    words: dict[str, tuple[int, ...]] = {}
    sets = ((TITLE, TITLES), (DEGREE, DEGREES), (SUFFIX, SUFFIXES.keys()), (DOUBT, DOUBTFUL), (PARTICLE, PARTICLES),
            (NO_PARTICLE_BEFORE, VIETNAMESE), (MC, {"MC"}), (MAC, {"MAC"}), (LONE_O, {"O"}),
            (WRITTEN_SHORT, SHORT))  # fmt: skip
    for mark, members in sets:
        for word in members:
            words[word] = (words.get(word, (0, 0))[0] | mark, codes.get(SUFFIXES.get(word, ""), 0))
    return word_table(words)


def no_words(cells: int) -> tuple[Words, ...]:
    """Give memory for the words of so many cells."""
    shapes = (MOST_LETTERS * 2 + 2, MOST_WORDS * 2)
    return tuple(Words(np.empty(shapes[0], np.uint8), np.empty((3, shapes[1]), np.int64)) for _ in range(cells))


@compiled
def _joins_within(marks: np.ndarray, spans: np.ndarray, count: int) -> bool:
    """Tell whether a word that joins the next, as Mac or a lone O, stands between the first and the last."""
    for each in range(1, count - 1):
        if marks[spans[PLACE, each]] & (MAC | LONE_O):
            return True
    return False


@compiled
def _kept_behind(text: np.ndarray, place: int) -> int:
    """Give how many of the next two signs are kept, up to the first that is not."""
    if place + 1 >= len(text) or not is_kept(text[place + 1]):
        return 0
    return 2 if place + 2 < len(text) and is_kept(text[place + 2]) else 1


@compiled
def split_words(text: np.ndarray, whole: bool, table: WordTable, out: Words) -> int:
    """Write the plain words of a cell to `out`; gives how many they are, or `LEFT`.

    Titles are left out, "Mc Donald" is one word; in a `whole` name a word with a hyphen is one too, with a space.
    """
    end = len(text)
    if end == 0:
        return 0
    if end > MOST_LETTERS:
        return LEFT
    keys, marks, letters, spans = table.keys, table.marks, out.letters, out.spans
    heads = MC if whole else MC | MAC | LONE_O
    count, at, word, piece = NONE[0], NONE[0], NONE[0], NONE[0]
    hyphen, other = False, False
    for place in range(end + 1):
        byte = upper(text[place]) if place < end else SPACE
        if byte >= 128:
            return LEFT
        if ZERO <= byte <= NINE or A <= byte <= Z:
            letters[at] = byte
            at += 1
            continue
        behind = _kept_behind(text, place) if byte == DOT else 2
        if behind == 1:
            return LEFT
        if behind == 0 or byte in (APOSTROPHE, GRAVE):
            continue
        between = 0 < place < end - 1 and is_kept(text[place - 1]) and is_kept(text[place + 1])
        if whole and byte == HYPHEN and between:
            if marks[find_word(keys, letters, piece, at)] & WRITTEN_SHORT:
                return LEFT
            letters[at] = SPACE
            at, hyphen = at + 1, True
            piece = at
            continue
        blank = byte == SPACE or 9 <= byte <= 13 or 28 <= byte <= 31
        other |= not blank
        if (whole and byte == UNDERSCORE) or (whole and hyphen and other):
            return LEFT
        if blank:
            hyphen, other = False, False
        if at == word:
            continue
        which = find_word(keys, letters, word, at)
        known = marks[which] | marks[find_word(keys, letters, piece, at)] if piece > word else marks[which]
        if known & WRITTEN_SHORT:
            return LEFT
        if marks[which] & TITLE:
            at = word
        elif count and marks[spans[PLACE, count - 1]] & heads and at - word > 1:
            spans[END, count - 1] = at
            spans[PLACE, count - 1] = find_word(keys, letters, spans[BEGIN, count - 1], at)
        elif count == MOST_WORDS:
            return LEFT
        else:
            spans[BEGIN, count], spans[END, count], spans[PLACE, count] = word, at, which
            count += 1
        word = piece = at
    return LEFT if whole and _joins_within(marks, spans, count) else int(count)


@compiled
def suffix_code(text: np.ndarray, table: WordTable, space: np.ndarray) -> int:
    """Do what `plain_suffix` does; gives the suffix's code, 0 for none, or `LEFT`."""
    if len(text) == 0:
        return 0
    if len(text) > MOST_LETTERS:
        return LEFT
    size = NONE[0]
    for place in range(len(text)):
        byte = upper(text[place])
        if byte >= 128:
            return LEFT
        if is_kept(byte):
            space[size] = byte
            size += 1
    return int(table.codes[find_word(table.keys, space, NONE[0], size), 0])


@compiled
def without_suffix(spans: np.ndarray, count: int, least: int, table: WordTable) -> tuple[int, int]:
    """Give how many words are left without suffix and degrees at the end, and the suffix's code."""
    suffix = 0
    while count > 1 and table.marks[spans[PLACE, count - 1]] & (SUFFIX | DEGREE):
        which = spans[PLACE, count - 1]
        if table.marks[which] & DOUBT and count <= least:
            break
        if table.marks[which] & SUFFIX:
            suffix = int(table.codes[which, 0])
        count -= 1
    return count, suffix


@compiled
def is_suffix(spans: np.ndarray, count: int, before: int, marks: np.ndarray) -> bool:
    """Tell whether words behind a comma are suffixes and degrees alone, `before` words standing before it."""
    doubtful = True
    for at in range(count):
        which = marks[spans[PLACE, at]]
        if not which & (SUFFIX | DEGREE):
            return False
        doubtful &= (which & DOUBT) > 0
    return before > 1 or not doubtful


@compiled
def suffix_inside(spans: np.ndarray, count: int, marks: np.ndarray) -> bool:
    """Tell whether a word that is a suffix beyond doubt stands between the first and the last."""
    for at in range(1, count - 1):
        if marks[spans[PLACE, at]] & SUFFIX and not marks[spans[PLACE, at]] & DOUBT:
            return True
    return False


@compiled
def last_begins(spans: np.ndarray, count: int, marks: np.ndarray) -> int:
    """Give where the last name begins."""
    cut = max(count - 1, 0)
    while (
        cut > 1
        and marks[spans[PLACE, cut - 1]] & PARTICLE
        and not marks[spans[PLACE, cut - 1]] & LONE_O
        and not marks[spans[PLACE, cut]] & NO_PARTICLE_BEFORE
    ):
        cut -= 1
    return cut


@compiled
def size_of(spans: np.ndarray, which: int) -> int:
    """Give how many letters a word has."""
    return int(spans[END, which] - spans[BEGIN, which])
