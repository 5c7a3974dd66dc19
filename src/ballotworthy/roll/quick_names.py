"""Names straight from a column's bytes to a record's letters, as `plain.name_of_parts` and `name_of_text` would.

`plain.py` says what a name is. This is the same in compiled code for names in ASCII, as nearly all are; a name that
it cannot be sure of is left, and marked, for the functions there. Tests hold the two together.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.roll.plain import DEGREES, DOUBTFUL, PARTICLES, SHORT, SUFFIXES, TITLES, VIETNAMESE
from ballotworthy.roll.word_table import (
    APOSTROPHE,
    COMMA,
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
    put_letters,
    upper,
    word_table,
)

TITLE, DEGREE, SUFFIX, DOUBT, PARTICLE, NO_PARTICLE_BEFORE, MC, MAC, LONE_O, WRITTEN_SHORT = (
    1 << at for at in range(10)
)
MOST_WORDS, MOST_LETTERS = 14, 160
LEFT = -1
"""For a name that is left to the functions of `plain.py`."""


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


@allocating
def read_names(
    name: np.ndarray, name_at: np.ndarray, first: np.ndarray, first_at: np.ndarray,
    middle: np.ndarray, middle_at: np.ndarray, last: np.ndarray, last_at: np.ndarray,
    suffix: np.ndarray, suffix_at: np.ndarray,
    keys: np.ndarray, marks: np.ndarray, codes: np.ndarray,
    out_first: np.ndarray, out_middle: np.ndarray, out_last: np.ndarray, out_suffix: np.ndarray, left: np.ndarray,
) -> None:  # fmt: skip
    """Write the fields of each person's name, or set `left`; each column as bytes and where its cells begin."""
    buffers = np.empty((5, MOST_LETTERS * 2 + 2), np.uint8)
    words = np.empty((5, 3, MOST_WORDS * 2), np.int64)
    for row in range(left.shape[0]):
        if name_at[row + 1] > name_at[row] and last_at[row + 1] == last_at[row]:
            done = _of_text(
                name, name_at[row], name_at[row + 1], keys, marks, codes, buffers, words,
                out_first[row], out_middle[row], out_last[row],
            )  # fmt: skip
        else:
            done = _of_parts(
                first, first_at[row], first_at[row + 1], middle, middle_at[row], middle_at[row + 1],
                last, last_at[row], last_at[row + 1], suffix, suffix_at[row], suffix_at[row + 1],
                keys, marks, codes, buffers, words, out_first[row], out_middle[row], out_last[row],
            )  # fmt: skip
        left[row] = done < 0
        out_suffix[row] = max(done, 0)


@compiled
def _of_parts(
    first: np.ndarray, first_begin: int, first_end: int, middle: np.ndarray, middle_begin: int, middle_end: int,
    last: np.ndarray, last_begin: int, last_end: int, suffix: np.ndarray, suffix_begin: int, suffix_end: int,
    keys: np.ndarray, marks: np.ndarray, codes: np.ndarray, buffers: np.ndarray, words: np.ndarray,
    out_first: np.ndarray, out_middle: np.ndarray, out_last: np.ndarray,
) -> int:  # fmt: skip
    """Do what `name_of_parts` does; gives the suffix's code, or `LEFT`."""
    family = split_words(last, last_begin, last_end, NONE[0] > 0, keys, marks, buffers[0], words[0])
    given = split_words(first, first_begin, first_end, NONE[0] > 0, keys, marks, buffers[1], words[1])
    second = split_words(middle, middle_begin, middle_end, NONE[0] > 0, keys, marks, buffers[2], words[2])
    chosen = _suffix_code(suffix, suffix_begin, suffix_end, keys, codes, buffers[3])
    if family < 0 or given < 0 or second < 0 or chosen < 0:
        return LEFT
    family, found = without_suffix(words[0], family, NONE[0] + 1, marks, codes)
    given, early = without_suffix(words[1], given, NONE[0] + 2, marks, codes)
    if given == 0 and family > 1 and middle_begin == middle_end:
        return LEFT
    out = buffers[4]
    size = NONE[0]
    if given > 0:
        put_letters(out_first, buffers[1], words[1, 0, 0], words[1, 1, 0])
        size = put_family(buffers[1], words[1], NONE[0] + 1, given, marks, NONE[0], out, NONE[0])
    else:
        put_letters(out_first, out, NONE[0], NONE[0])
    if size:
        out[size] = SPACE
        size += 1
    more = put_family(buffers[2], words[2], NONE[0], second, marks, NONE[0] + DEGREE, out, size)
    put_letters(out_middle, out, NONE[0], more if more > size else max(size - 1, 0))
    put_last(out_last, out, put_family(buffers[0], words[0], NONE[0], family, marks, NONE[0], out, NONE[0]))
    return chosen or found or early


@compiled
def _of_text(
    name: np.ndarray, begin: int, end: int,
    keys: np.ndarray, marks: np.ndarray, codes: np.ndarray, buffers: np.ndarray, words: np.ndarray,
    out_first: np.ndarray, out_middle: np.ndarray, out_last: np.ndarray,
) -> int:  # fmt: skip
    """Do what `name_of_text` does; gives the suffix's code, or `LEFT`."""
    comma = begin
    while comma < end and name[comma] != COMMA:
        comma += 1
    given = 0
    if comma < end:
        given = split_words(name, comma + 1, end, NONE[0] > 0, keys, marks, buffers[1], words[1])
        family = split_words(name, begin, comma, NONE[0] > 0, keys, marks, buffers[0], words[0])
        if given < 0 or family < 0:
            return LEFT
        if given > 0 and _is_suffix(words[1], given, family, marks):
            given = 0
    if given > 0:
        family, chosen = without_suffix(words[0], family, NONE[0] + 1, marks, codes)
        given, other = without_suffix(words[1], given, NONE[0] + 2, marks, codes)
        head = NONE[0]
        if given > 1 and marks[words[1, 2, 0]] & SUFFIX and not marks[words[1, 2, 0]] & DOUBT:
            head, other = NONE[0] + 1, codes[words[1, 2, 0], 0]
        size = put_family(buffers[0], words[0], NONE[0], family, marks, NONE[0], buffers[4], NONE[0])
        put_last(out_last, buffers[4], size)
        put_given(buffers[1], words[1], head, given, marks, buffers[4], out_first, out_middle)
        return chosen or other
    count = split_words(name, begin, end, NONE[0] == 0, keys, marks, buffers[0], words[0])
    if count < 0:
        return LEFT
    count, chosen = without_suffix(words[0], count, NONE[0] + 2, marks, codes)
    own = words[0]
    for at in range(1, count - 1):
        if marks[own[2, at]] & SUFFIX and not marks[own[2, at]] & DOUBT:
            return LEFT
    if count > 1 and own[1, count - 1] - own[0, count - 1] == 1 and own[1, 0] - own[0, 0] > 1:
        for part in range(3):
            head = own[part, 0]
            for at in range(count - 1):
                own[part, at] = own[part, at + 1]
            own[part, count - 1] = head
    cut = last_begins(own, count, marks)
    given = put_parts(buffers[0], own, cut, keys, words[1])
    if given < 0:
        return LEFT
    put_last(out_last, buffers[4], put_family(buffers[0], own, cut, count, marks, NONE[0], buffers[4], NONE[0]))
    put_given(buffers[0], words[1], NONE[0], given, marks, buffers[4], out_first, out_middle)
    return chosen


@compiled
def last_begins(words: np.ndarray, count: int, marks: np.ndarray) -> int:
    """Give where the last name begins."""
    cut = max(count - 1, 0)
    while (
        cut > 1
        and marks[words[2, cut - 1]] & PARTICLE
        and not marks[words[2, cut - 1]] & LONE_O
        and not marks[words[2, cut]] & NO_PARTICLE_BEFORE
    ):
        cut -= 1
    return cut


@compiled
def split_words(
    text: np.ndarray, begin: int, end: int, whole: bool,
    keys: np.ndarray, marks: np.ndarray, out: np.ndarray, words: np.ndarray,
) -> int:  # fmt: skip
    """Write the plain words of a cell to `out`, and where each begins, ends and stands in the table to `words`.

    Titles are left out, "Mc Donald" is one word; in a `whole` name a word with a hyphen is one too, with a space.
    """
    if end - begin > MOST_LETTERS:
        return LEFT
    heads = MC if whole else MC | MAC | LONE_O
    count, at, word, piece = NONE[0], NONE[0], NONE[0], NONE[0]
    hyphen, other = False, False
    for place in range(begin, end + 1):
        byte = upper(text[place]) if place < end else SPACE
        if byte >= 128:
            return LEFT
        if ZERO <= byte <= NINE or A <= byte <= Z:
            out[at] = byte
            at += 1
            continue
        if byte in (APOSTROPHE, GRAVE):
            continue
        between = place > begin and place + 1 < end and is_kept(text[place - 1]) and is_kept(text[place + 1])
        if byte == DOT and not (place + 2 < end and is_kept(text[place + 1]) and is_kept(text[place + 2])):
            if place + 1 < end and is_kept(text[place + 1]):
                return LEFT
            continue
        if whole and byte == HYPHEN and between:
            if marks[find_word(keys, out, piece, at)] & WRITTEN_SHORT:
                return LEFT
            out[at] = SPACE
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
        which = find_word(keys, out, word, at)
        if (marks[which] | marks[find_word(keys, out, piece, at)] if piece > word else marks[which]) & WRITTEN_SHORT:
            return LEFT
        if marks[which] & TITLE:
            at = word
        elif count and marks[words[2, count - 1]] & heads and at - word > 1:
            words[1, count - 1], words[2, count - 1] = at, find_word(keys, out, words[0, count - 1], at)
        elif count == MOST_WORDS:
            return LEFT
        else:
            words[0, count], words[1, count], words[2, count] = word, at, which
            count += 1
        word = piece = at
    if whole:
        for each in range(1, count - 1):
            if marks[words[2, each]] & (MAC | LONE_O):
                return LEFT
    return int(count)


@compiled
def _suffix_code(text: np.ndarray, begin: int, end: int, keys: np.ndarray, codes: np.ndarray, out: np.ndarray) -> int:
    """Do what `plain_suffix` does; gives the suffix's code, 0 for none, or `LEFT`."""
    if end - begin > MOST_LETTERS:
        return LEFT
    size = NONE[0]
    for place in range(begin, end):
        byte = upper(text[place])
        if byte >= 128:
            return LEFT
        if is_kept(byte):
            out[size] = byte
            size += 1
    return int(codes[find_word(keys, out, NONE[0], size), 0])


@compiled
def without_suffix(words: np.ndarray, count: int, least: int, marks: np.ndarray, codes: np.ndarray) -> tuple[int, int]:
    """Give how many words are left without suffix and degrees at the end, and the suffix's code."""
    suffix = 0
    while count > 1 and marks[words[2, count - 1]] & (SUFFIX | DEGREE):
        which = words[2, count - 1]
        if marks[which] & DOUBT and count <= least:
            break
        if marks[which] & SUFFIX:
            suffix = int(codes[which, 0])
        count -= 1
    return count, suffix


@compiled
def _is_suffix(words: np.ndarray, count: int, before: int, marks: np.ndarray) -> bool:
    doubtful = True
    for at in range(count):
        which = marks[words[2, at]]
        if not which & (SUFFIX | DEGREE):
            return False
        doubtful &= (which & DOUBT) > 0
    return before > 1 or not doubtful


@compiled
def put_family(
    letters: np.ndarray, words: np.ndarray, begin: int, end: int, marks: np.ndarray, skipped: int,
    out: np.ndarray, size: int,
) -> int:  # fmt: skip
    """Write the words from `begin` to `end`, but those marked `skipped`, particles joined; gives the new size."""
    glued = True
    for each in range(begin, end):
        if marks[words[2, each]] & skipped:
            continue
        if not glued:
            out[size] = SPACE
            size += 1
        for at in range(words[0, each], words[1, each]):
            out[size] = letters[at]
            size += 1
        glued = (marks[words[2, each]] & PARTICLE) > 0
    return size


@compiled
def put_parts(letters: np.ndarray, words: np.ndarray, count: int, keys: np.ndarray, out: np.ndarray) -> int:
    """Write the words anew, those with a hyphen as two; gives their number, or `LEFT` when there are too many."""
    parts = 0
    for each in range(count):
        begin = words[0, each]
        for at in range(words[0, each], words[1, each] + 1):
            if at == words[1, each] or letters[at] == SPACE:
                if parts == out.shape[1]:
                    return LEFT
                out[0, parts], out[1, parts], out[2, parts] = begin, at, find_word(keys, letters, begin, at)
                parts, begin = parts + 1, at + 1
    return parts


@compiled
def put_given(
    letters: np.ndarray, words: np.ndarray, begin: int, end: int, marks: np.ndarray,
    space: np.ndarray, out_first: np.ndarray, out_middle: np.ndarray,
) -> None:  # fmt: skip
    """Write the first of the given names from `begin` to `end`, and the others as the middle name."""
    if begin == end:
        put_letters(out_first, space, NONE[0], NONE[0])
        put_letters(out_middle, space, NONE[0], NONE[0])
        return
    put_letters(out_first, letters, words[0, begin], words[1, begin])
    put_letters(out_middle, space, NONE[0], put_family(letters, words, begin + 1, end, marks, NONE[0], space, NONE[0]))


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
