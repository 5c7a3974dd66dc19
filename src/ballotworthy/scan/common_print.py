"""What is the same in every row of a form is print: captions, ruling, the lines between boxes."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ballotworthy.scan.fitted import level_lines, upright_lines
from ballotworthy.scan.registered import SCALE
from ballotworthy.scan.ruling import dark_on, paper_of, runs
from ballotworthy.sheets.form import Form

COMMON = 0.7
"""The share of rows in which a place must be dark to be print."""
BARE = 0.5
"""The share of the rows with the least ink in which it must be dark as well."""
GROWN = 5
OFF = 3
"""Pixels that a row may lie off the others."""
BESIDE = 5
"""Pixels above and below a row that are looked at with it, so that its lines are whole."""
ALONG = 7
"""Pixels that a ruled line may lie off where it should."""


def row_ink(straight: np.ndarray, form: Form) -> list[np.ndarray]:
    """Give the mask of all that is dark in each row of a laid page, print with it; all of one shape."""
    dark = dark_on(straight, paper_of(straight))
    height = round(form.row * SCALE) + 2 * BESIDE
    tops = [_top(form, row) for row in range(form.rows)]
    padded = np.pad(dark, ((2 * BESIDE, height), (0, 0)))
    return [padded[top + 2 * BESIDE : top + 2 * BESIDE + height] for top in tops]


def common_print(rows: Sequence[np.ndarray]) -> np.ndarray:
    """Give the mask of what is dark in nearly every row, and also in most of those with the least ink.

    Rows that nobody signed show the print alone; where all are signed, writing is seldom dark at one place in so many.
    """
    mean = np.asarray(np.mean(rows, axis=0), np.float32)
    laid = [_moved(each, *shift_of(each, mean)) for each in rows]
    least = sorted(laid, key=lambda each: int(each.sum()))[: max(3, len(laid) // 4)]
    share = np.mean(laid, axis=0)
    bare = np.mean([cv2.dilate(each, np.ones((3, 3), np.uint8)) for each in least], axis=0)
    core = ((share >= COMMON) & (bare > BARE)).astype(np.uint8)
    return np.asarray(cv2.dilate(core, np.ones((GROWN, GROWN), np.uint8)))


def shift_of(row: np.ndarray, mean: np.ndarray) -> tuple[int, int]:
    """Give how far right and down a row must be moved, up to `OFF` pixels, to lie on the mean of all."""
    inside = row.astype(np.float32)[OFF:-OFF, OFF:-OFF]
    found = cv2.matchTemplate(mean.astype(np.float32), inside, cv2.TM_CCORR)
    y, x = np.unravel_index(int(found.argmax()), found.shape)
    return int(x) - OFF, int(y) - OFF


def _moved(row: np.ndarray, right: int, down: int) -> np.ndarray:
    matrix = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return np.asarray(cv2.warpAffine(row, matrix, (row.shape[1], row.shape[0]), flags=cv2.INTER_NEAREST))


def page_print(straight: np.ndarray, common: np.ndarray, form: Form) -> np.ndarray:
    """Give the mask of the form's print on one laid page: the print of its rows, its ruled lines, all outside them."""
    printed = np.ones(straight.shape, np.uint8)
    top, bottom = _top(form, 0) + 2 * BESIDE, _top(form, form.rows) - 2 * BESIDE
    printed[max(0, top) : max(0, bottom)] = 0
    for row, ink in enumerate(row_ink(straight, form)):
        start = _top(form, row)
        a, b = max(0, start), min(len(straight), start + len(common))
        if b > a:
            right, down = shift_of(ink, common.astype(np.float32))
            printed[a:b] |= _moved(common, -right, -down)[a - start : b - start]
    dark = dark_on(straight, paper_of(straight))
    level, upright = runs(dark), runs(dark.T).T
    near_level, near_upright = np.zeros_like(printed), np.zeros_like(printed)
    for y, x0, x1 in level_lines(form):
        near_level[max(0, round(y) - ALONG) : round(y) + ALONG + 1, max(0, round(x0) - ALONG) : round(x1) + ALONG] = 1
    for x in upright_lines(form):
        near_upright[:, max(0, round(x) - ALONG) : round(x) + ALONG + 1] = 1
    return np.asarray(printed | (level & near_level) | (upright & near_upright))


def _top(form: Form, row: int) -> int:
    return round((form.top + row * form.row) * SCALE) - BESIDE
