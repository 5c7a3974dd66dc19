"""How well the print of a form of others, or its shading, shows in its rows, by which partly hidden rows are told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from ballotworthy.scan.common_print import BESIDE, GROWN, moved, row_ink, shift_of
from ballotworthy.scan.fitted import level_lines
from ballotworthy.scan.own_print import PARTS
from ballotworthy.scan.registered import SCALE
from ballotworthy.sheets.form import Form

LITTLE = 150
"""Pixels of print that a part of a row must have for it to say anything."""
SHADES = 24
"""Parts of a row whose shading is looked at, by twos, since a bold signature may fill one: a note of an inch and a half
fills two."""
OFF_EDGE = 0.12, 0.38
"""Shares of a row's height, off the edge between two rows, between which their paper is looked at."""
LIGHT = 80
"""The percentile of a part's greys that is its paper, however much is written there."""
SHADED, MOSTLY = 0.025, 0.6
"""How much lighter, as a logarithm, every other row is on a form told by shading, and at how many of its edges."""
FADED = 0.3
"""The share of the usual step of shading below which it is hidden: under notes it lay at 0 or less, elsewhere on
invented scans at hard noise, twelve signers a page, at 0.33 or more; set on these."""


def shown_print(straight: np.ndarray, common: np.ndarray, form: Form) -> np.ndarray:
    """Give how much of the print shows in each part of each row.

    Args:
        straight: the page, laid as the form has it.
        common: the print that rows have in common.
        form: whose page it is.

    Returns:
        float64 (rows, PARTS), from 0 to 1; infinite where the form prints too little to say.
    """
    core = cv2.erode(common, np.ones((GROWN, GROWN), np.uint8))
    shown = np.full((form.rows, PARTS), np.inf)
    edges = np.linspace(0, common.shape[1], PARTS + 1).astype(int)
    first = core.copy()
    first[: 2 * BESIDE] = 0  # above the first row there may be no line where all others have that of the row before
    for row, ink in enumerate(row_ink(straight, form)):
        right, down = shift_of(ink, core.astype(np.float32))
        meant = core if row else first
        there = np.minimum(cv2.dilate(moved(ink, right, down), np.ones((7, 3), np.uint8)), meant)
        for at in range(PARTS):
            part = np.s_[:, edges[at] : edges[at + 1]]
            if meant[part].sum() >= LITTLE:
                shown[row, at] = there[part].sum() / meant[part].sum()
    return shown


def shown_shading(straight: np.ndarray, form: Form) -> np.ndarray | None:
    """Give how plainly the paper changes at the edges of each row, where every other row is shaded.

    Both rows at an edge that is not to be seen are doubtful: what lies over it may hide either. What lies within one
    row alone, and touches no edge, is not seen.

    Returns:
        float64 (rows, 2 * SHADES - 2), the steps at the upper edge and at the lower one as logarithms, of two parts the
        plainer, below 0 where they go the wrong way; infinite above the first row and below the last. None where rows
        are not shaded by turns.
    """
    _, left, right = level_lines(form)[0]
    steps = steps_of_shading(
        straight, [(form.top + row * form.row) * SCALE for row in range(form.rows + 1)], left, right
    )
    if steps is None:
        return None
    steps = np.maximum(steps[:, 1:], steps[:, :-1])
    beyond = np.full((1, SHADES - 1), np.inf)
    return np.hstack([np.vstack([beyond, steps]), np.vstack([steps, beyond])])


def steps_of_shading(picture: np.ndarray, edges: Sequence[float], left: float, right: float) -> np.ndarray | None:
    """Give how much lighter the shaded rows' neighbours are at each edge between two rows, in parts across.

    Args:
        picture: a page, upright.
        edges: the y of each row's top and of the last one's bottom.
        left: of the rows, in pixels.
        right: the same.

    Returns:
        float64 (rows - 1, SHADES), logarithms; None where rows are not shaded by turns.
    """
    if len(edges) < 3:
        return None
    columns = np.linspace(left, right, SHADES + 1).astype(int)
    near, far = (each * (edges[-1] - edges[0]) / (len(edges) - 1) for each in OFF_EDGE)

    def paper(y0: float, y1: float) -> np.ndarray:
        strip = picture[max(0, round(y0)) : max(1, round(y1))]
        return np.array([float(np.percentile(strip[:, a:b], LIGHT)) + 1 for a, b in pairwise(columns)])

    steps = np.array([np.log(paper(y + near, y + far) / paper(y - far, y - near)) for y in edges[1:-1]])
    steps[1::2] *= -1
    steps *= np.sign(np.median(steps))
    return steps if (np.median(steps, axis=1) >= SHADED).mean() >= MOSTLY else None
