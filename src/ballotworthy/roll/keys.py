"""The keys a voter is filed under: pairs of facts that a line and its voter share unless both were miswritten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.files.compiled import compiled

NUMBER_LAST, NUMBER_FIRST, LAST_FIRST, LAST_BIRTH, NUMBER_STREET = 0, 1, 2, 3, 4
SOUND_FIRST, STREET_LAST, FIRST_BIRTH, TAIL_FIRST = 5, 6, 7, 8
KINDS = 9
MOST = 15


@dataclass(frozen=True)
class Kind:
    """What a kind of key joins, in words, and whether only the second, wider search looks there."""

    words: str
    wider: bool


NAMES = (
    Kind("house number + last name", wider=False),
    Kind("house number + first name", wider=False),
    Kind("last + first name", wider=False),
    Kind("last name + birth date", wider=False),
    Kind("house number + street", wider=False),
    Kind("sound of last name + first name", wider=True),
    Kind("street + last name", wider=True),
    Kind("first name + birth date", wider=True),
    Kind("end of last name + first name", wider=True),
)


@compiled
def mixed(value: np.uint64, more: np.uint64) -> np.uint64:
    """Stir `more` into a hash (the multiply-xorshift step of SplitMix64)."""
    value = (value ^ more) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(31))


@compiled
def text_hash(letters: np.ndarray, begin: int, end: int) -> np.uint64:
    """Hash the letters from `begin` to `end`, stopping at a zero; 0 when there are none."""
    value = np.uint64(0)
    for at in range(begin, min(end, letters.shape[0])):
        if letters[at] == 0:
            break
        value = mixed(value + np.uint64(0x9E3779B97F4A7C15), np.uint64(letters[at]))
    return value


@compiled
def sound_hash(letters: np.ndarray, begin: int, end: int) -> np.uint64:
    """Hash the first letter and the classes of the next three consonants (the classes of Soundex)."""
    codes = b"\x00\x01\x02\x03\x00\x01\x02\x00\x00\x02\x02\x04\x05\x05\x00\x01\x02\x06\x02\x03\x00\x01\x00\x02\x00\x02"
    value, kept, before = np.uint64(0), 0, 0
    for at in range(begin, min(end, letters.shape[0])):
        letter = letters[at]
        if letter < 65 or letter > 90:
            break
        code = codes[letter - 65]
        if at == begin:
            value = mixed(np.uint64(0x51), np.uint64(letter))
        elif code != 0 and code != before and kept < 3:
            value, kept = mixed(value, np.uint64(code)), kept + 1
        if letter != 72 and letter != 87:
            before = code
    return value


@compiled
def length(letters: np.ndarray) -> int:
    """Count the letters before the first zero."""
    for at in range(letters.shape[0]):
        if letters[at] == 0:
            return at
    return int(letters.shape[0])


@compiled
def _joined(kind: int, one: np.uint64, two: np.uint64) -> np.uint64:
    if one == 0 or two == 0:
        return np.uint64(0)
    return max(mixed(mixed(one, np.uint64(kind + 1)), two), np.uint64(1))


@compiled
def surname_keys(
    who: np.void,
    last: np.ndarray,
    begin: int,
    first: np.ndarray,
    kinds: np.ndarray,
    out: np.ndarray,
    count: int,
) -> int:
    """Append the keys that join one surname (the part of `last` from `begin`) with other facts."""
    size = length(last)
    end = begin
    while end < size and last[end] != 32:
        end += 1
    number = np.uint64(who["number"])
    whole, head = text_hash(last, begin, end), text_hash(last, begin, min(begin + 3, end))
    first3, first4 = text_hash(first, 0, 3), text_hash(first, 0, 4)
    birth = np.uint64(who["birth"]) if who["birth"] & 31 else np.uint64(0)
    street = text_hash(who["street"], 0, 5)
    tail = text_hash(last, max(end - 4, begin), end)
    count = _put(NUMBER_LAST, _joined(NUMBER_LAST, number, head), kinds, out, count)
    count = _put(LAST_FIRST, _joined(LAST_FIRST, whole, first4), kinds, out, count)
    count = _put(LAST_BIRTH, _joined(LAST_BIRTH, whole, birth), kinds, out, count)
    count = _put(SOUND_FIRST, _joined(SOUND_FIRST, sound_hash(last, begin, end), first3), kinds, out, count)
    count = _put(STREET_LAST, _joined(STREET_LAST, street, head), kinds, out, count)
    return _put(TAIL_FIRST, _joined(TAIL_FIRST, tail, first3), kinds, out, count)


@compiled
def other_keys(who: np.void, first: np.ndarray, kinds: np.ndarray, out: np.ndarray, count: int) -> int:
    """Append the keys that need no surname."""
    number = np.uint64(who["number"])
    birth = np.uint64(who["birth"]) if who["birth"] & 31 else np.uint64(0)
    first3, street = text_hash(first, 0, 3), text_hash(who["street"], 0, 5)
    count = _put(NUMBER_FIRST, _joined(NUMBER_FIRST, number, first3), kinds, out, count)
    count = _put(NUMBER_STREET, _joined(NUMBER_STREET, number, street), kinds, out, count)
    return _put(FIRST_BIRTH, _joined(FIRST_BIRTH, text_hash(first, 0, 4), birth), kinds, out, count)


@compiled
def _put(kind: int, key: np.uint64, kinds: np.ndarray, out: np.ndarray, count: int) -> int:
    if key == 0 or count >= out.shape[0]:
        return count
    kinds[count], out[count] = kind, key
    return count + 1


@compiled
def second_surname(last: np.ndarray) -> int:
    """Give where the second surname begins, or 0 when there is one only."""
    for at in range(1, length(last) - 1):
        if last[at] == 32:
            return at + 1
    return 0


@compiled
def voter_keys(who: np.void, kinds: np.ndarray, out: np.ndarray) -> int:
    """Write the keys a voter is filed under (at most `MOST`) and give their number."""
    count = surname_keys(who, who["last"], 0, who["first"], kinds, out, 0)
    count = other_keys(who, who["first"], kinds, out, count)
    second = second_surname(who["last"])
    if second:
        count = surname_keys(who, who["last"], second, who["first"], kinds, out, count)
    return count
