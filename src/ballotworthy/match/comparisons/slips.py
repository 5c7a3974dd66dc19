"""How far apart two short texts are, in half slips: look-alike letters count half, everything else whole.

The distance is the optimal string alignment distance (Damerau 1964) with one change: putting one letter for
another that looks or sounds alike costs one half, and so does one letter for the two it is made of (m for rn).

It is counted bit-parallel, as agrep does (Wu & Manber 1992): bit i of register k tells whether the letters read
so far can be made of the first i letters of the text sought with k halves or fewer. The text sought is laid out
once as tables of bits; every other text is then read letter by letter, and given up when no bit is left. The registers
of a short text stand side by side in one number of 64 bits, and move on together.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled, word

ALIKE = ("O0", "Q0", "D0", "I1", "L1", "I7", "17", "S5", "Z2", "B8", "G6", "UV", "VW", "MN", "NR", "CE", "EA", "AO",
         "IJ", "IL", "HN", "KX", "PR", "TF", "YV", "CG", "49", "38", "MW", "BP", "SZ", "CK", "IY", "IE")  # fmt: skip

PAIRS = ("MRN", "MNN", "DCL", "DOL", "WVV", "UII", "BLO", "HLI", "KIC")
MOST = 4
"""Halves up to which a distance is told; whatever is more is `MOST + 1`."""
SIGNS = 64
"""Capitals, digits and the blank differ in their last six bits."""
SAME, LIKE, TWO = range(3)
SOUGHT = (4, 3, SIGNS)
"""Shape of the tables of one line, uint64: a text sought; same letter, look-alike, made of two; sign."""
LAST, FIRST, STREET, SPARE = range(4)
"""The texts sought for one line, and room for one more."""
SHORT, WIDE = 10, 12
"""Letters of a short text at most, and the bits of each of its registers."""
COPIES = np.uint64(sum(1 << WIDE * k for k in range(MOST + 1)))
"""The first bit of each register; a short text's bits stand in its tables once for each."""
BEGIN = np.uint64(sum(((2 << k // 2) - 1) << WIDE * k for k in range(MOST + 1)))
"""The registers before a letter is read: two halves leave a letter out."""
ONE, TWICE = np.uint64(1), np.uint64(2)
HALF, WHOLE, SKIP = np.uint64(WIDE), np.uint64(2 * WIDE), np.uint64(2 * WIDE + 1)
"""By how many bits half a slip and a whole one move, and a letter left out."""
NO_SIGN = 0
"""What no letter is: its place in `TWO` tells whether a text is laid out as a short one."""


def _look_alikes() -> np.ndarray:
    """For each sign those that look like it, 0 where there are no more; uint8 (SIGNS, most)."""
    rows: list[list[int]] = [[] for _ in range(SIGNS)]
    for one, two in (pair.encode() for pair in ALIKE):
        rows[one & 63].append(two & 63)
        rows[two & 63].append(one & 63)
    most = max(map(len, rows))
    return np.array([row + [0] * (most - len(row)) for row in rows], np.uint8)


def _made_of() -> np.ndarray:
    """For each two signs the one they look like together, 0 where there is none; uint8 (SIGNS, SIGNS)."""
    table = np.zeros((SIGNS, SIGNS), np.uint8)
    for one, two, three in (pair.encode() for pair in PAIRS):
        table[two & 63, three & 63] = one & 63
    return table


LOOK_ALIKES = _look_alikes()
MADE_OF = _made_of()


@compiled
def same(one: np.ndarray, two: np.ndarray) -> bool:
    """Tell whether two zero-padded texts of one width are equal; all letters are looked at, as in `length`."""
    width = one.shape[0]
    if 8 <= width <= 16:
        return bool(word(one, 0) == word(two, 0) and word(one, width - 8) == word(two, width - 8))
    other = 0
    for at in range(one.shape[0]):
        other |= one[at] ^ two[at]
    return other == 0


@compiled
def seek(letters: np.ndarray, begin: int, end: int, sought: np.ndarray) -> None:
    """Lay out `letters[begin:end]` (at most 16) as the text sought; `sought` is uint64 (3, SIGNS)."""
    sought[:] = 0
    short = end - begin <= SHORT
    sought[TWO, NO_SIGN] = short
    first = COPIES if short else ONE
    for at in range(begin, end):
        sign, bit = letters[at] & 63, first << np.uint64(at - begin)
        sought[SAME, sign] |= bit
        for each in range(LOOK_ALIKES.shape[1]):
            alike = LOOK_ALIKES[sign, each]
            if alike == 0:
                break
            sought[LIKE, alike] |= bit
        if at + 1 < end:
            whole = MADE_OF[sign, letters[at + 1] & 63]
            if whole:
                sought[TWO, whole] |= bit


@compiled
def half_slips(sought: np.ndarray, size: int, letters: np.ndarray, start: int, stop: int) -> int:
    """Give the distance of the first `size` letters sought to `letters[start:stop]` in halves, at most `MOST + 1`."""
    if abs(size - (stop - start)) > MOST:
        return MOST + 1
    if sought[TWO, NO_SIGN]:
        return _of_short(sought, size, letters, start, stop)
    return _of_long(sought, size, letters, start, stop)


@compiled
def _of_short(sought: np.ndarray, size: int, letters: np.ndarray, start: int, stop: int) -> int:
    """Count with all registers in one number; what runs over the end of one is taken off before it reaches the next."""
    room = COPIES * np.uint64((2 << size) - 1)
    here, past, equal = BEGIN, np.uint64(0), np.uint64(0)
    before = 0
    for at in range(start, stop):
        sign = letters[at] & 63
        swapped = equal >> ONE
        equal, merged = sought[SAME, sign], sought[SAME, MADE_OF[before, sign]]
        swapped &= equal
        halves = (here & sought[LIKE, sign] | past & merged) << ONE | (here & sought[TWO, sign]) << TWICE
        wholes = here | here << ONE | (past & swapped) << TWICE
        fresh = ((here & equal) << ONE | halves << HALF | wholes << WHOLE) & room
        fresh |= fresh << SKIP & room
        fresh |= fresh << SKIP & room
        here, past = fresh, here
        before = sign
        if here | past == 0:
            return MOST + 1
    ends = here >> np.uint64(size) & COPIES
    for k in range(MOST + 1):
        if ends >> np.uint64(WIDE * k) & ONE:
            return k
    return MOST + 1


@compiled
def _of_long(sought: np.ndarray, size: int, letters: np.ndarray, start: int, stop: int) -> int:
    """Count with a number for each register."""
    room = np.uint32((2 << size) - 1)
    one, two = np.uint32(1), np.uint32(2)
    here0, here1, here2, here3, here4 = one, one, np.uint32(3), np.uint32(3), np.uint32(7)
    past0 = past1 = past2 = past3 = np.uint32(0)
    before = 0
    for at in range(start, stop):
        sign = letters[at] & 63
        equal, like = np.uint32(sought[SAME, sign]), np.uint32(sought[LIKE, sign])
        split, merged = np.uint32(sought[TWO, sign]), np.uint32(sought[SAME, MADE_OF[before, sign]])
        swapped = equal & (np.uint32(sought[SAME, before]) >> one)
        next0 = (here0 & equal) << one
        next1 = next0 | (here1 & equal) << one | (here0 & like | past0 & merged) << one | (here0 & split) << two
        next2 = next1 | (here2 & equal) << one | (here1 & like | past1 & merged) << one | (here1 & split) << two
        next2 |= here0 | (here0 | next0) << one | (past0 & swapped) << two
        next3 = next2 | (here3 & equal) << one | (here2 & like | past2 & merged) << one | (here2 & split) << two
        next3 |= here1 | (here1 | next1) << one | (past1 & swapped) << two
        next4 = next3 | (here4 & equal) << one | (here3 & like | past3 & merged) << one | (here3 & split) << two
        next4 |= here2 | (here2 | next2) << one | (past2 & swapped) << two
        past0, past1, past2, past3 = here0, here1, here2, here3
        here0, here1, here2, here3, here4 = next0 & room, next1 & room, next2 & room, next3 & room, next4 & room
        before = sign
        if here4 | past3 == 0:
            return MOST + 1
    last = one << np.uint32(size)
    return (
        MOST
        + 1
        - (
            int(here0 & last != 0)
            + int(here1 & last != 0)
            + int(here2 & last != 0)
            + int(here3 & last != 0)
            + int(here4 & last != 0)
        )
    )
