"""The room that a form leaves for the elections official, as wide as it is ruled on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pypdfium2

from ballotworthy.scan.drawn_type import Box
from ballotworthy.scan.form_type import Found, Objection, Unmeasured
from ballotworthy.scan.form_words import around
from ballotworthy.scan.picture_form import Source
from ballotworthy.scan.reading_order import Placed, words_of
from ballotworthy.scan.seen_type import luminance_of, without_text

OFFICE = re.compile(r"official|office|clerk|registrar", re.IGNORECASE)
CAPTION = 40
"""Letters and spaces up to which a line may be the caption of a box."""
SCALE = 3.0
DARK = 0.6
"""The luminance under which a rule is drawn; paper is 1."""
TALL = 12.0
"""Points that a line must run down the page to be a side of a box."""
ALLOWED = 1.0
"""Points by which a box may measure narrow: the width of its rules."""


def official_space(rule: Mapping[str, Any], source: Source, lines: Sequence[Sequence[Placed]]) -> Iterator[Found]:
    """Give the spaces for the official that are narrower than the law asks for; or that none could be measured."""
    captions = [
        line
        for line in lines
        if not line[0].letter.quarter and len(words_of(line)) <= CAPTION and OFFICE.search(words_of(line))
    ]
    widths = []
    for page in sorted({line[0].letter.page for line in captions}):
        bare = _without_text(source, page)
        widths += [each for line in captions if line[0].letter.page == page and (each := _width(bare, line))]
    if not widths:
        inches = f"{rule['least'] / 72:g}"
        said = f"whether a space {inches} inch wide is left blank after each name for the elections official: "
        yield Unmeasured(said + "no box here is marked as his", rule["section"])
        return
    narrow, page, box = min(widths)
    if narrow < rule["least"] - ALLOWED:
        said = f"the space for the elections official is {narrow / 72:.2f} inches wide, where {rule['least'] / 72:g} "
        yield Objection(said + "inch at least is asked for", rule["section"], page, box)


def _width(bare: np.ndarray, line: Sequence[Placed]) -> tuple[float, int, Box] | None:
    """Give how wide the box is ruled in which a caption stands, in points, None where it is not ruled on both sides."""
    page, box = line[0].letter.page, around([each.letter for each in line])
    top, bottom = round((box[1] - 1) * SCALE), round((box[1] - 1 + TALL) * SCALE)
    ruled = np.asarray((bare[max(0, top) : bottom] < DARK).all(axis=0))
    middle = round((box[0] + box[2]) / 2 * SCALE)
    left, right = np.flatnonzero(ruled[:middle]), np.flatnonzero(ruled[middle:])
    if not len(left) or not len(right):
        return None
    return float(middle + right[0] - left[-1]) / SCALE, page, box


def _without_text(source: Source, page: int) -> np.ndarray:
    """Give the luminance of a page that has its rules and no text."""
    document = pypdfium2.PdfDocument(source.pdf)
    sheet = document[page - 1]
    without_text(sheet)
    drawn = luminance_of(sheet, SCALE)
    document.close()
    return drawn
