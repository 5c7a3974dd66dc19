"""How well the print of a form of others shows in each part of its rows, by which partly hidden rows are told."""

from __future__ import annotations

import cv2
import numpy as np

from ballotworthy.scan.common_print import BESIDE, GROWN, moved, row_ink, shift_of
from ballotworthy.scan.own_print import PARTS
from ballotworthy.sheets.form import Form

LITTLE = 150
"""Pixels of print that a part of a row must have for it to say anything."""


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
