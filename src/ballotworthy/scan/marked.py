"""The pages of a form with the places marked that the law would object to."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pypdfium2

from ballotworthy.scan.form_type import Objection
from ballotworthy.scan.picture_form import Source

SCALE = 150 / 72
LARGEST = 20_000_000
"""Pixels of all pages together, for which they are drawn smaller."""
MARGIN = 3
RED = (0, 0, 220)
PAPER = 255


def marked_pages(source: Source, objections: Sequence[Objection]) -> bytes:
    """Give a PNG of the pages with a place to be marked, one under the other; of the first where there is none.

    Each place is framed and bears the number of its objection, from 1; each page but the first of all bears its own.
    """
    numbers = sorted({each.page for each in objections if each.page and each.box}) or [1]
    document = pypdfium2.PdfDocument(source.pdf)
    area = sum(width * height for width, height in (document[each - 1].get_size() for each in numbers))
    scale = min(SCALE, float((LARGEST / max(1.0, area)) ** 0.5))
    shown = [_marked(document[each - 1], each, objections, scale) for each in numbers]
    document.close()
    wide = max(each.shape[1] for each in shown)
    whole = np.vstack(
        [np.pad(each, ((0, 0), (0, wide - each.shape[1]), (0, 0)), constant_values=PAPER) for each in shown]
    )
    return cv2.imencode(".png", whole)[1].tobytes()


def _marked(page: pypdfium2.PdfPage, number: int, objections: Sequence[Objection], scale: float) -> np.ndarray:
    shown = np.ascontiguousarray(page.render(scale=scale).to_numpy()[:, :, :3])
    for mark, each in enumerate(objections, 1):
        if each.page != number or each.box is None:
            continue
        left, top, right, bottom = (round(side * scale) for side in each.box)
        cv2.rectangle(shown, (left - MARGIN, top - MARGIN), (right + MARGIN, bottom + MARGIN), RED, 2)
        cv2.putText(shown, str(mark), (max(0, left - 34), bottom), 0, 0.8, RED, 2)
    if number > 1:
        cv2.putText(shown, f"page {number}", (8, 24), 0, 0.8, RED, 2)
    return shown
