"""Words that mean something, in a small table that compiled code looks into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from ballotworthy.files.compiled import compiled, inlined
from ballotworthy.files.letters import Letters

LONGEST = 16
NONE: np.ndarray = np.zeros(1, np.int64)
"""`NONE[0]` is 0 but no literal, for each of which Numba would compile a function that is called with it anew."""
NINE, A, Z, ZERO = 57, 65, 90, 48
SPACE, HASH, APOSTROPHE, COMMA, HYPHEN, DOT, UNDERSCORE, GRAVE = 32, 35, 39, 44, 45, 46, 95, 96


class WordTable(NamedTuple):
    """Words of at most 16 letters with what they are.

    Attributes:
        keys: the letters of the word in each place as two numbers, zeros where there is none; uint64 (places + 1, 2).
        marks: what the word is, a sum of powers of two; uint32 (places + 1,), 0 where there is none.
        codes: the numbers it stands for, such as its code in a record; uint8 (places + 1, numbers).
    """

    keys: np.ndarray
    marks: np.ndarray
    codes: np.ndarray


def word_table(words: Mapping[str, tuple[int, ...]]) -> WordTable:
    """Make a table of plain ASCII words, each with its marks and then its codes."""
    places = 1 << (len(words) * 4).bit_length()
    width = max(map(len, words.values())) - 1
    keys, marks = np.zeros((places + 1, 2), np.uint64), np.zeros(places + 1, np.uint32)
    codes = np.zeros((places + 1, width), np.uint8)
    for word, (mark, *numbers) in words.items():
        letters = np.array(list(word.encode("ascii")), np.uint8)
        place = find_word(keys, letters, 0, len(letters))
        keys[place] = np.frombuffer(word.encode("ascii").ljust(LONGEST, b"\0"), np.uint64)
        marks[place], codes[place] = mark, numbers
    return WordTable(keys, marks, codes)


@compiled
def find_word(keys: np.ndarray, letters: np.ndarray, begin: int, end: int) -> int:
    """Give the place of a word, or a place that holds none."""
    places = len(keys) - 1
    if end - begin > LONGEST:
        return places
    one, two = np.uint64(0), np.uint64(0)
    for at in range(min(end - begin, 8)):
        one |= np.uint64(letters[begin + at]) << np.uint64(8 * at)
    for at in range(8, end - begin):
        two |= np.uint64(letters[begin + at]) << np.uint64(8 * at - 64)
    place = int(((one ^ (two << np.uint64(1))) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)) & (places - 1)
    while keys[place, 0] != 0 and not (keys[place, 0] == one and keys[place, 1] == two):
        place = (place + 1) & (places - 1)
    return place


@inlined
def cell(column: Letters, row: int) -> np.ndarray:
    """Give the bytes of one cell; uint8."""
    return column.text[column.starts[row] : column.starts[row + 1]]


@compiled
def upper(byte: int) -> int:
    """Give the capital of an ASCII letter, and any other byte as it is."""
    return byte - 32 if 97 <= byte <= 122 else byte


@compiled
def is_kept(byte: int) -> bool:
    """Tell whether plain text keeps this byte: a letter or digit of ASCII."""
    return ZERO <= byte <= NINE or A <= upper(byte) <= Z


@compiled
def put_letters(out: np.ndarray, letters: np.ndarray, begin: int, end: int) -> None:
    """Write letters to a field of a record, cut or padded with zeros to its width."""
    for at in range(out.shape[0]):
        out[at] = letters[begin + at] if begin + at < end else 0
