"""The usual form of a day, YYYY-MM-DD, read in compiled code; a file of voters has tens of millions of them."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled

NO_DAY = -(2**31)
ZERO, HYPHEN = 48, 45


@compiled
def read_usual(text: np.ndarray, starts: np.ndarray, out: np.ndarray) -> None:
    """Write the days from 1970-01-01 to each cell that is a day in this form, `NO_DAY` for all others.

    `text` and `starts` as in `Letters`; `out` int32, one a cell.
    """
    for row in range(out.shape[0]):
        at, out[row] = starts[row], NO_DAY
        if starts[row + 1] - at != 10 or text[at + 4] != HYPHEN or text[at + 7] != HYPHEN:
            continue
        value, digits = 0, True
        for place in range(10):
            if place not in (4, 7):
                digit = int(text[at + place]) - ZERO
                digits = digits and 0 <= digit <= 9
                value = value * 10 + digit
        year, month, day = value // 10000, value // 100 % 100, value % 100
        if digits and year > 0 and 1 <= month <= 12 and 1 <= day <= _length(year, month):
            out[row] = _since_1970(year, month, day)


@compiled
def _length(year: int, month: int) -> int:
    if month == 2:
        return 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


@compiled
def _since_1970(year: int, month: int, day: int) -> int:
    """Count days as if years began in March, so that the leap day is a year's last."""
    moved, months = year - (month <= 2), (month + 9) % 12
    return 365 * moved + moved // 4 - moved // 100 + moved // 400 + (153 * months + 2) // 5 + day - 719_469
