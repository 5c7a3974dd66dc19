"""Bands of a table that are no rows of the form as learned: its columns go on above or below, at another height.

The rows of a form are of one height. Where a last row is taller its signers would be in no table and nobody would know.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ballotworthy.scan.ruling import Ruled
from ballotworthy.scan.table import LEAST, Table, level_lines

HEADINGS = 1
"""Bands above the rows that a table has for its headings."""
THROUGH = 0.6
"""The share of a row's or a band's height that an upright line runs at least, and of the columns that go on."""
NEAR = 4
"""Pixels by which a line may lie off from row to row."""
ENDS = 0.02
"""The share of the table's width by which the ends of a level line may lie off its sides."""


def bands_beyond(page: Ruled, table: Table) -> int:
    """Give how many bands with the table's columns lie above its rows, its headings left out, and below them.

    0 where no line stands between its columns: nothing then tells whether they go on.
    """
    columns = _uprights(page, table, table.edges[0], table.edges[-1])
    width = table.right - table.left
    inner = columns[(columns > ENDS * width) & (columns < (1 - ENDS) * width)]
    if not inner.size:
        return 0
    ends = [
        line.y
        for line in level_lines(page)
        if abs(line.x0 - table.left) < ENDS * width and abs(line.x1 - table.right) < ENDS * width
    ]
    below = _going_on(page, table, inner, [y for y in ends if y > table.edges[-1]], table.edges[-1])
    above = _going_on(page, table, inner, [y for y in reversed(ends) if y < table.edges[0]], table.edges[0])
    return below + max(0, above - HEADINGS)


def _going_on(page: Ruled, table: Table, columns: np.ndarray, lines: Sequence[float], begin: float) -> int:
    """Give in how many bands, one behind the other, the columns go on; `lines` lie farther and farther from it."""
    found, last = 0, begin
    for y in lines:
        if abs(y - last) < LEAST / 2:  # a double line
            continue
        there = _uprights(page, table, *sorted((last, y)))
        goes_on = (np.abs(columns[:, None] - there[None]) <= NEAR).any(axis=1) if there.size else np.zeros(1)
        if goes_on.mean() < THROUGH:
            break
        found, last = found + 1, y
    return found


def _uprights(page: Ruled, table: Table, top: float, bottom: float) -> np.ndarray:
    """Give where, in pixels from the table's left, upright lines run from one level to another."""
    part = page.upright[round(top) + NEAR : round(bottom) - NEAR, table.left : table.right]
    return np.flatnonzero(part.mean(axis=0) >= THROUGH) if len(part) else np.zeros(0, np.int64)
