"""How far apart two short texts are, in half slips: look-alike letters count half, everything else whole.

The distance is the optimal string alignment distance (Damerau 1964) with one change: putting one letter for
another that looks or sounds alike costs one half.
"""

from __future__ import annotations

import numpy as np
from numba import njit

ALIKE = ("O0", "Q0", "D0", "I1", "L1", "I7", "17", "S5", "Z2", "B8", "G6", "UV", "VW", "MN", "NR", "CE", "EA", "AO",
         "IJ", "IL", "HN", "KX", "PR", "TF", "YV", "CG", "49", "38", "MW", "BP", "SZ", "CK", "IY", "IE")  # fmt: skip


def _alike_table() -> np.ndarray:
    table = np.zeros((128, 128), np.bool_)
    for one, two in ALIKE:
        table[ord(one), ord(two)] = table[ord(two), ord(one)] = True
    return table


TABLE = _alike_table()


@njit(cache=True)  # type: ignore[untyped-decorator]
def same(one: np.ndarray, two: np.ndarray) -> bool:
    """Tell whether two zero-padded texts of one width are equal."""
    for at in range(one.shape[0]):
        if one[at] != two[at]:
            return False
    return True


@njit(cache=True)  # type: ignore[untyped-decorator]
def half_slips(one: np.ndarray, begin: int, end: int, two: np.ndarray, start: int, stop: int, limit: int) -> int:
    """Give the distance of `one[begin:end]` and `two[start:stop]` in halves, or `limit + 1` if it is more."""
    rows, columns = end - begin, stop - start
    if abs(rows - columns) * 2 > limit:
        return limit + 1
    before2 = np.empty(20, np.int64)
    before = np.empty(20, np.int64)
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
            now[column] = best
            least = min(least, best)
        if least > limit:
            return limit + 1
        before2, before, now = before, now, before2
    return min(before[columns], limit + 1)
