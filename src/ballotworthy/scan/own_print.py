"""Where our own form's print lies on a straightened page: the blank form, moved to where each part of it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import pypdfium2

from ballotworthy.scan.registered import SCALE
from ballotworthy.sheets.form import Form
from ballotworthy.sheets.printing import blank_form

OFF = 7
"""Pixels by which a part of a straightened page may lie off."""
PARTS = 6
"""Parts of a row that are moved each by itself: paper lies unevenly."""
COARSE_DPI = 140
"""Dots an inch below which strokes are followed where they are faint; above, that loses more signers than it finds."""
GROWN, BLURRED = 5, 9
"""Pixels by which print is widened, at 200 dpi and at 100 or fewer."""


def blank_print(form: Form) -> np.ndarray:
    """Give where the blank form prints something, as a mask of the straightened page."""
    document = pypdfium2.PdfDocument(blank_form(form))
    grey = document[0].render(scale=SCALE, grayscale=True).to_numpy().reshape(-1, round(form.width * SCALE))
    return np.asarray(grey < 200, np.uint8)


@dataclass(frozen=True)
class Printed:
    """The form's print on a page: its mask, widened, and how much darker than the paper it is in each part of a row.

    `darker` is a share of the paper's light, so that a shadow changes it little; float64 (rows, PARTS), infinite where
    the form prints nothing.
    """

    mask: np.ndarray
    darker: np.ndarray


def print_on(straight: np.ndarray, blank: np.ndarray, form: Form, dpi: float) -> Printed:
    """Find the print on a page that was scanned at `dpi`, each part of its rows where it lies."""
    printed, darker = blank.copy(), np.full((form.rows, PARTS), np.inf)
    dark = np.pad(255 - straight, OFF, mode="edge").astype(np.float32)
    tops = [round((form.top + row * form.row) * SCALE) for row in range(form.rows + 1)]
    edges = np.linspace(0, blank.shape[1], PARTS + 1).astype(int)
    printed[tops[0] - OFF : tops[-1] + OFF] = 0
    for row, (top, bottom) in enumerate(pairwise(tops)):
        for at, (left, right) in enumerate(pairwise(edges)):
            y0, y1 = max(0, top - OFF), min(len(blank), bottom + OFF)
            x0, x1 = max(0, left - OFF), min(blank.shape[1], right + OFF)
            part = blank[y0:y1, x0:x1]
            if part.any():
                around = dark[y0 : y1 + 2 * OFF, x0 : x1 + 2 * OFF]
                found = cv2.matchTemplate(around, (part - part.mean()).astype(np.float32), cv2.TM_CCORR)
                paper = 255 - float(np.median(around))
                darker[row, at] = found.max() / (part.sum() * (1 - part.mean())) / max(paper, 1.0)
                down, across = (int(each) - OFF for each in np.unravel_index(int(found.argmax()), found.shape))
                matrix = np.array([[1, 0, across], [0, 1, down]], np.float32)
                printed[y0:y1, x0:x1] |= cv2.warpAffine(part, matrix, part.shape[::-1], flags=cv2.INTER_NEAREST)
    wide = int(np.clip(round(GROWN + (BLURRED - GROWN) * (200 - dpi) / 100), GROWN, BLURRED))
    return Printed(np.asarray(cv2.dilate(printed, np.ones((wide, wide), np.uint8))), darker)
