"""The keys a voter is filed under: facts that a line and its voter share unless one of them was miswritten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.files.compiled import compiled, word
from ballotworthy.roll.house_numbers import first_part

HOME_LAST, HOME_FIRST = 0, 1
NUMBER_NAME, STREET_NAME, HOME_TOWN, LAST_FIRST, NAME_TOWN, LAST_BIRTH = 2, 3, 4, 5, 6, 7
NUMBER_LAST, NUMBER_FIRST, NUMBER_STREET, STREET_LAST, FIRST_BIRTH, SOUND_FIRST, TAIL_FIRST = 8, 9, 10, 11, 12, 13, 14
BIRTH_TOWN, BIRTH_CITY, STREET_TOWN = 15, 16, 17
KINDS = 18
MOST = 28
"""Keys of one voter at most: all kinds, and those with a surname again for a second one."""
ALL = (1 << KINDS) - 1
EACH, LOW_BITS, HIGH_BITS = (np.uint64(byte * 0x0101010101010101) for byte in (0x01, 0x7F, 0x80))
"""One byte, eight times: to work on eight letters at once."""


@dataclass(frozen=True)
class Kind:
    """What a kind of key joins.

    Attributes:
        words: the same in words.
        search: in which search it is looked under first: 0, 1 or 2.
        longest: voters under one key above which the third search passes it over: what longer lists found on ten
            million voters stands in docs/why/matching.md.
    """

    words: str
    search: int
    longest: int = 150


NAMES = (
    Kind("address + last name", 0),
    Kind("address + first name", 0),
    Kind("house number + name", 1),
    Kind("street + name", 1, 63),
    Kind("address + zip code", 1),
    Kind("last + first name", 1),
    Kind("last + first name + zip code", 1),
    Kind("last name + birth date", 1),
    Kind("house number + last name", 2, 31),
    Kind("house number + first name", 2, 31),
    Kind("house number + street", 2, 31),
    Kind("street + last name", 2, 15),
    Kind("first name + birth date", 2),
    Kind("sound of last name + first name", 2, 31),
    Kind("end of last name + first name", 2, 31),
    Kind("birth date + zip code", 2),
    Kind("birth date + city", 2),
    Kind("street + zip code", 2, 63),
)


@compiled
def mixed(value: np.uint64, more: np.uint64) -> np.uint64:
    """Stir `more` into a hash (the multiply-xorshift step of SplitMix64)."""
    value = (value ^ more) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(31))


@compiled
def letters_of(letters: np.ndarray, begin: int, end: int) -> np.uint64:
    """Give up to eight letters from `begin` to `end` as one number, stopping at a zero; 0 when there are none."""
    value = np.uint64(0)
    for at in range(begin, min(end, begin + 8, letters.shape[0])):
        if letters[at] == 0:
            break
        value = value << np.uint64(8) | np.uint64(letters[at])
    return value


@compiled
def sound_of(letters: np.ndarray, begin: int, end: int) -> np.uint64:
    """Give the first letter and the classes of the next three consonants (the classes of Soundex) as one number."""
    codes = b"\x00\x01\x02\x03\x00\x01\x02\x00\x00\x02\x02\x04\x05\x05\x00\x01\x02\x06\x02\x03\x00\x01\x00\x02\x00\x02"
    value, kept, before = np.uint64(0), 0, 0
    for at in range(begin, min(end, letters.shape[0])):
        letter = letters[at]
        if letter < 65 or letter > 90:
            break
        code = codes[letter - 65]
        if at == begin:
            value = np.uint64(letter)
        elif code != 0 and code != before and kept < 3:
            value, kept = value << np.uint64(8) | np.uint64(code), kept + 1
        if letter != 72 and letter != 87:
            before = code
    return value


@compiled
def length(letters: np.ndarray) -> int:
    """Count the letters of a zero-padded text: all of them are looked at, eight at a time where they are as many."""
    width = letters.shape[0]
    if 8 < width <= 16:
        behind = word(letters, width - 8) >> np.uint64(8 * (16 - width))
        return int(np.int64(_letters_in(word(letters, 0)) + _letters_in(behind)))
    count = 0
    for at in range(letters.shape[0]):
        count += letters[at] != 0
    return count


@compiled
def _letters_in(eight: np.uint64) -> np.uint64:
    """Count the bytes of a number that are not zero: the highest bit of each tells, and they are added up."""
    told = ((eight & LOW_BITS) + LOW_BITS | eight) & HIGH_BITS
    return (told >> np.uint64(7)) * EACH >> np.uint64(56)


@compiled
def _has_blank(eight: np.uint64) -> bool:
    """Tell whether a byte of a number is a blank: taken off each, it leaves a zero, which the highest bits show."""
    left = eight ^ EACH * np.uint64(32)
    return bool((left - EACH) & ~left & HIGH_BITS != 0)


@compiled
def _put(
    kind: int, one: np.uint64, two: np.uint64, three: np.uint64, kinds: np.ndarray, out: np.ndarray, count: int
) -> int:
    """Append the key that joins three facts, unless one is missing or there is no room."""
    if one == 0 or two == 0 or three == 0 or count >= out.shape[0]:
        return count
    kinds[count] = kind
    out[count] = mixed(mixed(mixed(np.uint64(kind + 1), one), two), three)
    return count + 1


@compiled
def surname_keys(
    wanted: int,
    who: np.void,
    last: np.ndarray,
    begin: int,
    first: np.ndarray,
    kinds: np.ndarray,
    out: np.ndarray,
    count: int,
) -> int:
    """Append the keys, of the kinds whose bit is set in `wanted`, that join one surname with other facts.

    The surname is the part of `last` from `begin`; `first` stands for the first name.
    """
    end, none = begin, np.uint64(1)
    size = length(last)
    while end < size and last[end] != 32:
        end += 1
    number, street = np.uint64(first_part(who["number"])), letters_of(who["street"], 0, 5)
    head, whole = letters_of(last, begin, min(begin + 3, end)), letters_of(last, begin, end)
    if end > begin + 8:
        whole = mixed(whole, letters_of(last, begin + 8, end))
    first1, first3, first4 = letters_of(first, 0, 1), letters_of(first, 0, 3), letters_of(first, 0, 4)
    if wanted & 1 << HOME_LAST:
        count = _put(HOME_LAST, number, street, head, kinds, out, count)
    if wanted & 1 << NUMBER_NAME:
        count = _put(NUMBER_NAME, number, head, first1, kinds, out, count)
    if wanted & 1 << STREET_NAME:
        count = _put(STREET_NAME, street, head, first1, kinds, out, count)
    if wanted & 1 << NUMBER_LAST:
        count = _put(NUMBER_LAST, number, head, none, kinds, out, count)
    if wanted & 1 << LAST_FIRST:
        count = _put(LAST_FIRST, whole, first4, none, kinds, out, count)
    if wanted & 1 << NAME_TOWN:
        count = _put(NAME_TOWN, whole, first4, np.uint64(who["zip"]), kinds, out, count)
    if wanted & 1 << LAST_BIRTH:
        count = _put(LAST_BIRTH, whole, _birth(who), none, kinds, out, count)
    if wanted & 1 << SOUND_FIRST:
        count = _put(SOUND_FIRST, sound_of(last, begin, end), first3, none, kinds, out, count)
    if wanted & 1 << STREET_LAST:
        count = _put(STREET_LAST, street, head, none, kinds, out, count)
    if wanted & 1 << TAIL_FIRST:
        count = _put(TAIL_FIRST, letters_of(last, max(end - 4, begin), end), first3, none, kinds, out, count)
    return count


@compiled
def other_keys(wanted: int, who: np.void, first: np.ndarray, kinds: np.ndarray, out: np.ndarray, count: int) -> int:
    """Append the keys, of the kinds whose bit is set in `wanted`, that need no surname."""
    number, street, none = np.uint64(first_part(who["number"])), letters_of(who["street"], 0, 5), np.uint64(1)
    first3 = letters_of(first, 0, 3)
    if wanted & 1 << HOME_FIRST:
        count = _put(HOME_FIRST, number, street, first3, kinds, out, count)
    if wanted & 1 << HOME_TOWN:
        count = _put(HOME_TOWN, number, street, np.uint64(who["zip"]), kinds, out, count)
    if wanted & 1 << NUMBER_FIRST:
        count = _put(NUMBER_FIRST, number, first3, none, kinds, out, count)
    if wanted & 1 << NUMBER_STREET:
        count = _put(NUMBER_STREET, number, street, none, kinds, out, count)
    if wanted & 1 << FIRST_BIRTH:
        count = _put(FIRST_BIRTH, letters_of(first, 0, 4), _birth(who), none, kinds, out, count)
    if wanted & 1 << BIRTH_TOWN:
        count = _put(BIRTH_TOWN, _birth(who), np.uint64(who["zip"]), none, kinds, out, count)
    if wanted & 1 << BIRTH_CITY:
        count = _put(BIRTH_CITY, _birth(who), np.uint64(who["city"]), none, kinds, out, count)
    if wanted & 1 << STREET_TOWN:
        count = _put(STREET_TOWN, street, np.uint64(who["zip"]), none, kinds, out, count)
    return count


@compiled
def _birth(who: np.void) -> np.uint64:
    """Give the birth date where it is whole, or 0."""
    return np.uint64(who["birth"]) if who["birth"] & 31 else np.uint64(0)


@compiled
def second_surname(last: np.ndarray) -> int:
    """Give where the second surname begins, or 0 when there is one only."""
    width = last.shape[0]
    if not 8 <= width <= 16 or _has_blank(word(last, 0)) or _has_blank(word(last, width - 8)):
        for at in range(1, length(last) - 1):
            if last[at] == 32:
                return at + 1
    return 0


@compiled
def person_keys(wanted: int, who: np.void, kinds: np.ndarray, out: np.ndarray, count: int) -> int:
    """Append the keys of the kinds wanted for a person as written, under each surname."""
    count = surname_keys(wanted, who, who["last"], 0, who["first"], kinds, out, count)
    second = second_surname(who["last"])
    if second:
        count = surname_keys(wanted, who, who["last"], second, who["first"], kinds, out, count)
    return other_keys(wanted, who, who["first"], kinds, out, count)


@compiled
def voter_keys(who: np.void, kinds: np.ndarray, out: np.ndarray) -> int:
    """Write the keys a voter is filed under (at most `MOST`) and give their number."""
    return person_keys(ALL, who, kinds, out, 0)
