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
SURELY, FEW = 0.9, 8
"""That share where the form says that no print is, or where rows are fewer than this."""
LINED = 0.5
"""The share of rows in which a level line must run at one place to be one to write on."""
BARE = 0.5
"""The share of the rows with the least ink in which it must be dark as well."""
GROWN = 5
OFF = 3
"""Pixels that a row may lie off the others."""
BESIDE = 5
"""Pixels above and below a row that are looked at with it, so that its lines are whole."""
ALONG = 7
"""Pixels that a ruled line may lie off where it should."""


SHORTEST = 24
"""Pixels that a line between boxes for letters must run at least."""


def row_ink(straight: np.ndarray, form: Form) -> list[np.ndarray]:
    """Give the mask of all that is dark in each row of a laid page, print with it; all of one shape."""
    dark = dark_on(straight, paper_of(straight))
    height = round(form.row * SCALE) + 2 * BESIDE
    tops = [_top(form, row) for row in range(form.rows)]
    padded = np.pad(dark, ((2 * BESIDE, height), (0, 0)))
    return [padded[top + 2 * BESIDE : top + 2 * BESIDE + height] for top in tops]


def common_print(rows: Sequence[np.ndarray], form: Form) -> np.ndarray:
    """Give the mask of what is dark in nearly every row and in most of those with the least ink, and of lines in half.

    Rows that nobody signed show the print alone; where all are signed, writing is seldom dark at one place in so many.
    """
    mean = np.asarray(np.mean(rows, axis=0), np.float32)
    laid = [moved(each, *shift_of(each, mean)) for each in rows]
    least = sorted(laid, key=lambda each: int(each.sum()))[: max(3, len(laid) // 4)]
    share = np.mean(laid, axis=0)
    bare = np.mean([cv2.dilate(each, np.ones((3, 3), np.uint8)) for each in least], axis=0)
    needed = np.full(share.shape, SURELY if len(rows) < FEW or _told(form) else COMMON)
    if len(rows) < FEW and _told(form):
        needed[:] = 2.0  # nowhere but where print is known to be
    needed[_where_print_is(form, share.shape) > 0] = COMMON
    lines = np.mean([cv2.dilate(runs(each), np.ones((3, 1), np.uint8)) for each in laid], axis=0)
    core = (((share >= needed) & (bare > BARE)) | ((lines >= LINED) & (share >= LINED))).astype(np.uint8)
    return np.asarray(cv2.dilate(core, np.ones((GROWN, GROWN), np.uint8)))


def _told(form: Form) -> bool:
    """Tell whether the form says of each cell what is printed in it."""
    return all(cell.caption is not None for cell in form.cells)


def _where_print_is(form: Form, shape: tuple[int, ...]) -> np.ndarray:
    """Give the mask of a row where the form says that print is: its captions, and near the edges of its cells."""
    mask = np.zeros(shape, np.uint8)
    for cell in form.cells:
        at = [round(each * SCALE) for each in (cell.x, cell.y, cell.x + cell.width, cell.y + cell.height)]
        cv2.rectangle(mask, (at[0], at[1] + BESIDE), (at[2], at[3] + BESIDE), 1, 2 * ALONG)
        for letter in range(1, cell.letters):
            x = round((cell.x + letter * cell.width / cell.letters) * SCALE)
            cv2.line(mask, (x, at[1]), (x, at[3] + BESIDE), 1, 2 * ALONG)
        if cell.caption:
            x0, y0, x1, y1 = (round(each * SCALE) for each in cell.caption)
            mask[max(0, y0 + BESIDE - 3) : y1 + BESIDE + 3, max(0, x0 - 3) : x1 + 3] = 1
    return mask


def shift_of(row: np.ndarray, mean: np.ndarray) -> tuple[int, int]:
    """Give how far right and down a row must be moved, up to `OFF` pixels, to lie on the mean of all."""
    inside = row.astype(np.float32)[OFF:-OFF, OFF:-OFF]
    found = cv2.matchTemplate(mean.astype(np.float32), inside, cv2.TM_CCORR)
    y, x = np.unravel_index(int(found.argmax()), found.shape)
    return int(x) - OFF, int(y) - OFF


def moved(row: np.ndarray, right: int, down: int) -> np.ndarray:
    """Give the mask of a row moved by so many pixels."""
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
            printed[a:b] |= moved(common, -right, -down)[a - start : b - start]
    dark = dark_on(straight, paper_of(straight))
    level, upright = runs(dark), runs(dark.T).T
    near_level, near_upright = np.zeros_like(printed), np.zeros_like(printed)
    for y, x0, x1 in level_lines(form):
        near_level[max(0, round(y) - ALONG) : round(y) + ALONG + 1, max(0, round(x0) - ALONG) : round(x1) + ALONG] = 1
    for x in upright_lines(form):
        near_upright[:, max(0, round(x) - ALONG) : round(x) + ALONG + 1] = 1
    return np.asarray(printed | (level & near_level) | (upright & near_upright) | _between_letters(dark, form))


def _between_letters(dark: np.ndarray, form: Form) -> np.ndarray:
    """Give the mask of the upright lines between boxes for letters, which are lower than others and may lie off."""
    found = np.zeros_like(dark)
    for cell in form.cells:
        if not cell.letters:
            continue
        near = np.zeros_like(dark)
        for row in range(form.rows):
            y = form.top + row * form.row + cell.y
            top, bottom = (max(0, round(each * SCALE)) for each in (y, y + cell.height))
            for letter in range(cell.letters + 1):
                x = round((cell.x + letter * cell.width / cell.letters) * SCALE)
                near[top:bottom, max(0, x - ALONG) : x + ALONG + 1] = 1
        lines = runs(dark.T, max(SHORTEST, round(0.6 * cell.height * SCALE))).T
        found |= cv2.dilate(lines & near, np.ones((3, 3), np.uint8))
    return found


def _top(form: Form, row: int) -> int:
    return round((form.top + row * form.row) * SCALE) - BESIDE
