"""The first page of a form with the places marked that the law would object to."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pypdfium2

from ballotworthy.scan.form_type import Objection
from ballotworthy.scan.picture_form import Source

SCALE = 150 / 72
MARGIN = 3
RED = (0, 0, 220)


def marked_page(source: Source, objections: Sequence[Objection]) -> bytes:
    """Give a PNG of the first page; each place is framed and bears the number of its objection, from 1."""
    document = pypdfium2.PdfDocument(source.pdf)
    shown = np.ascontiguousarray(document[0].render(scale=SCALE).to_numpy()[:, :, :3])
    document.close()
    for number, each in enumerate(objections, 1):
        if each.page != 1 or each.box is None:
            continue
        left, top, right, bottom = (round(side * SCALE) for side in each.box)
        cv2.rectangle(shown, (left - MARGIN, top - MARGIN), (right + MARGIN, bottom + MARGIN), RED, 2)
        cv2.putText(shown, str(number), (max(0, left - 34), bottom), 0, 0.8, RED, 2)
    return cv2.imencode(".png", shown)[1].tobytes()
