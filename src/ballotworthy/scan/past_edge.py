"""Rows of a laid page that go past the edge of the scan or photograph: what lies there is not blank, it is not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np

from ballotworthy.files.quantities import in_runs
from ballotworthy.scan.registered import SCALE
from ballotworthy.sheets.form import Form

GONE, CUT = 0.9, 0.02
"""The share of a row that goes past the edge of the picture, from which on it is not seen, or seen in part."""


def told_of_edge(gone: Sequence[int], cut: Sequence[int]) -> Iterator[str]:
    """Tell of rows, from 0, that lie past the edge, and of those that are seen in part."""
    if gone:
        yield f"{len(gone)} of its rows lie beyond the edge of the scan"
    if cut:
        yield (
            f"a part of its row {in_runs([row + 1 for row in cut])} lies past the edge of the picture: what is "
            "seen was read. Photograph the whole sheet again"
        )


def rows_past(
    seen: np.ndarray, map_x: np.ndarray, map_y: np.ndarray, form: Form, ends: tuple[float, float]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the rows, from 0, that lie past the edge, and those that are seen in part.

    Args:
        seen: 255 where the page is on the picture, else 0.
        map_x, map_y: from where on it each pixel of the laid page comes.
        form: the form.
        ends: left and right of its rows, in points.
    """
    laid = cv2.remap(seen, map_x, map_y, cv2.INTER_NEAREST, borderValue=0)
    left, right = (round(each * SCALE) for each in ends)
    tops = [round((form.top + number * form.row) * SCALE) for number in range(form.rows + 1)]
    past = [float((laid[top:bottom, left:right] < 128).mean()) for top, bottom in pairwise(tops)]
    height, middle = len(seen), laid.shape[1] // 2
    above, below = ([map_y[_at(form, row, part, len(laid)), middle] for row in range(form.rows)] for part in (0.1, 0.9))
    gone = [past[row] > GONE or above[row] < 0 or below[row] >= height for row in range(form.rows)]
    cut = tuple(row for row in range(form.rows) if past[row] > CUT and not gone[row])
    return tuple(row for row in range(form.rows) if gone[row]), cut


def _at(form: Form, number: int, part: float, height: int) -> int:
    return min(height - 1, max(0, round((form.top + (number + part) * form.row) * SCALE)))
