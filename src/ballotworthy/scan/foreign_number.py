"""The number of a sheet of others, printed or written in a box that form.toml names; none where it is not clear."""

from __future__ import annotations

import numpy as np

from ballotworthy.petition.pictures import BLANK, PUNCTUATION, SPACE
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.ruling import dark_on, paper_of
from ballotworthy.sheets.foreign import ForeignForm

NONE, NINE = 27, 36
"""Classes of the figures 0 and 9."""
OTHERS = 0.02
"""Probability at most, at any step, of all figures and letters but the one that is read."""
LONGEST = 6
AROUND = 6
"""Pixels of paper around the figures."""


def number_on(picture: np.ndarray, foreign: ForeignForm, reader: Reader) -> int | None:
    """Give the number that stands in the form's box of a straightened page; None for none that is clear."""
    if foreign.number is None:
        return None
    height, width = picture.shape
    left, top, right, bottom = foreign.number
    part = slice(round(top * height), round(bottom * height)), slice(round(left * width), round(right * width))
    box, paper = np.ascontiguousarray(picture[part]), np.ascontiguousarray(paper_of(picture)[part])
    rows, columns = np.nonzero(dark_on(box, paper))
    if not len(rows):
        return None
    cut = box[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    framed = np.pad(cut, AROUND, constant_values=int(np.median(paper)))
    return sure_number(reader.read([framed])[0].posteriors.astype(np.float64))


def sure_number(posteriors: np.ndarray) -> int | None:
    """Give the number that a cell shows, float (steps, classes), if figures alone are likely; None otherwise."""
    best = posteriors.argmax(axis=1)
    marks = posteriors[:, [BLANK, SPACE, PUNCTUATION]].sum(axis=1)
    figure = (best >= NONE) & (best <= NINE)
    own = np.where(figure, posteriors[np.arange(len(best)), best], 0.0)
    if (1 - marks - own > OTHERS).any():
        return None
    shown = figure & np.append(True, best[1:] != best[:-1])
    if not shown.any() or shown.sum() > LONGEST or (own[shown] < 1 - OTHERS).any():
        return None
    first, last = np.flatnonzero(shown)[[0, -1]]
    if np.isin(best[first:last], (SPACE, PUNCTUATION)).any():
        return None
    return int("".join(str(each - NONE) for each in best[shown])) or None
