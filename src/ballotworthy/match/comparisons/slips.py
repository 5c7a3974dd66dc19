"""How far apart two short texts are, in half slips: look-alike letters count half, everything else whole.

The distance is the optimal string alignment distance (Damerau 1964) with one change: putting one letter for
another that looks or sounds alike costs one half, and so does one letter for the two it is made of (m for rn).
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled

ALIKE = ("O0", "Q0", "D0", "I1", "L1", "I7", "17", "S5", "Z2", "B8", "G6", "UV", "VW", "MN", "NR", "CE", "EA", "AO",
         "IJ", "IL", "HN", "KX", "PR", "TF", "YV", "CG", "49", "38", "MW", "BP", "SZ", "CK", "IY", "IE")  # fmt: skip

PAIRS = ("MRN", "MNN", "DCL", "DOL", "WVV", "UII", "BLO", "HLI", "KIC")


def _pair_table() -> np.ndarray:
    """For each letter the two that look like it together, as one number; 0 where there are none."""
    table = np.zeros((128, 2), np.int64)
    for letters in PAIRS:
        one, two, three = letters.encode()
        row = table[one]
        row[0 if row[0] == 0 else 1] = two * 128 + three
    return table


def _alike_table() -> np.ndarray:
    table = np.zeros((128, 128), np.bool_)
    for pair in ALIKE:
        one, two = pair.encode()
        table[one, two] = table[two, one] = True
    return table


TABLE = _alike_table()
TWO_AS_ONE = _pair_table()


@compiled
def same(one: np.ndarray, two: np.ndarray) -> bool:
    """Tell whether two zero-padded texts of one width are equal."""
    for at in range(one.shape[0]):
        if one[at] != two[at]:
            return False
    return True


@compiled
def half_slips(one: np.ndarray, begin: int, end: int, two: np.ndarray, start: int, stop: int, limit: int) -> int:
    """Give the distance of `one[begin:end]` and `two[start:stop]` in halves, or `limit + 1` if it is more."""
    rows, columns = end - begin, stop - start
    if abs(rows - columns) > limit:
        return limit + 1
    before2 = np.empty(20, np.int64)
    before = np.empty(20, np.int64)
    least2 = 0
    now = np.empty(20, np.int64)
    for column in range(columns + 1):
        before[column] = 2 * column
    for row in range(1, rows + 1):
        now[0] = 2 * row
        least = now[0]
        for column in range(1, columns + 1):
            a, b = one[begin + row - 1], two[start + column - 1]
            cost = 0 if a == b else (1 if TABLE[a & 127, b & 127] else 2)
            best = min(before[column - 1] + cost, before[column] + 2, now[column - 1] + 2)
            if (
                row > 1 and column > 1 and a != b
                and a == two[start + column - 2] and b == one[begin + row - 2]
            ):  # fmt: skip
                best = min(best, before2[column - 2] + 2)
            if row > 1 and _made_of(b, one[begin + row - 2], a):
                best = min(best, before2[column - 1] + 1)
            if column > 1 and _made_of(a, two[start + column - 2], b):
                best = min(best, before[column - 2] + 1)
            now[column] = best
            least = min(least, best)
        if least > limit and least2 >= limit:  # a pair reaches from two rows before for one half
            return limit + 1
        least2 = least
        before2, before, now = before, now, before2
    return int(min(before[columns], limit + 1))


@compiled
def _made_of(letter: int, first: int, second: int) -> bool:
    pair = (first & 127) * 128 + (second & 127)
    return pair != 0 and (TWO_AS_ONE[letter & 127, 0] == pair or TWO_AS_ONE[letter & 127, 1] == pair)
