"""The ink that people put into the cells of a straight page: the form's own print is taken away, strokes stay whole."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2

from ballotworthy.scan.registered import SCALE
from ballotworthy.sheets.form import Cell, Form
from ballotworthy.sheets.printing import blank_form

GROW = 5
"""Pixels by which print is widened before it is taken away: a straightened page is off by one or two."""
REACH = 9.0
"""Points that a stroke may reach out of its cell and still be shown with it."""
CAPTION = 9.0
"""Points at the top of a cell that hold its caption."""
SPECK = 14
"""Pixels of the largest speck that is dust."""
FLAT = 36
"""Pixels that a stroke must run level to be one that strikes a row; letters run level for less."""
CLOSE, OPEN = 0.12, 0.4
"""The gap set behind a letter that had a box of its own, and in place of an empty box, in boxes."""
DARKER = 28
"""How much darker than the paper around it ink is, of 255."""


@dataclass(frozen=True)
class Inked:
    """A cell with its ink: a picture, white where nothing was written, and how many pixels were."""

    field: str
    picture: np.ndarray
    ink: int


def blank_print(form: Form) -> np.ndarray:
    """Give where the blank form prints something, as a mask of the straightened page."""
    document = pypdfium2.PdfDocument(blank_form(form))
    grey = document[0].render(scale=SCALE, grayscale=True).to_numpy().reshape(-1, round(form.width * SCALE))
    mask = (grey < 200).astype(np.uint8)
    return np.asarray(cv2.dilate(mask, np.ones((GROW, GROW), np.uint8)))


def ink_of(straight: np.ndarray, printed: np.ndarray, light: np.ndarray | None = None) -> np.ndarray:
    """Give the mask of ink that is not the form's own, strokes bridged where they cross its lines.

    `light` is how light the paper is at each place, shading with it; found from the page if absent.
    """
    if light is None:
        paper = cv2.medianBlur(cv2.resize(straight, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), 21)
        light = np.asarray(cv2.resize(paper, (straight.shape[1], straight.shape[0])))
    ink = (straight.astype(np.int16) < light.astype(np.int16) - DARKER).astype(np.uint8)
    ink[printed > 0] = 0
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((GROW + 4, 1), np.uint8))
    ink |= bridged & (printed > 0).astype(np.uint8)
    count, labels, facts, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = np.flatnonzero(facts[:count, cv2.CC_STAT_AREA] <= SPECK)
    ink[np.isin(labels, small)] = 0
    return np.asarray(ink)


def cells_of_row(straight: np.ndarray, ink: np.ndarray, form: Form, row: int) -> list[Inked]:
    """Give the cells of a row, from 0, in the order of the form; a stroke belongs to the cell that holds its middle."""
    return [_cut(straight, ink, form, row, cell) for cell in form.cells if cell.field]


def row_picture(straight: np.ndarray, form: Form, row: int) -> np.ndarray:
    """Give the picture of a whole row, as scanned."""
    top, bottom = (round((form.top + each * form.row) * SCALE) for each in (row, row + 1))
    return straight[top:bottom]


def struck_share(ink: np.ndarray, form: Form, row: int) -> float:
    """Give the share of a row's width over which long flat strokes run, as a line drawn through it does."""
    top, bottom = (round((form.top + each * form.row) * SCALE) for each in (row, row + 1))
    left, right = (round(each * SCALE) for each in (form.cells[0].x, form.cells[-1].x + form.cells[-1].width))
    flat = cv2.morphologyEx(ink[top:bottom, left:right], cv2.MORPH_OPEN, np.ones((1, FLAT), np.uint8))
    return float(flat.any(axis=0).mean())


def _cut(straight: np.ndarray, ink: np.ndarray, form: Form, row: int, cell: Cell) -> Inked:
    left, right = (round(each * SCALE) for each in (cell.x, cell.x + cell.width))
    base = form.top + row * form.row + cell.y
    top, bottom = (round(each * SCALE) for each in (base, base + cell.height))
    reach = round(REACH * SCALE)
    y0, y1 = max(0, top - reach), min(ink.shape[0], bottom + reach)
    x0, x1 = max(0, left - reach), min(ink.shape[1], right + reach)
    count, labels, _, middles = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(ink[y0:y1, x0:x1]), connectivity=8
    )
    inside = [
        label
        for label in range(1, count)
        if left <= middles[label][0] + x0 < right and top <= middles[label][1] + y0 < bottom
    ]
    own: np.ndarray = np.isin(labels, inside).astype(np.uint8)
    shown = cv2.dilate(own, np.ones((3, 3), np.uint8))
    picture = np.where(shown > 0, straight[y0:y1, x0:x1], 255).astype(np.uint8)
    if cell.letters:
        picture, own = closed_up(picture, own, left - x0, (right - left) / cell.letters, cell.letters)
    return Inked(cell.field, trimmed(picture, own), int(own.sum()))


def closed_up(
    picture: np.ndarray, own: np.ndarray, left: int, step: float, letters: int
) -> tuple[np.ndarray, np.ndarray]:
    """Give letters written in boxes of their own, `step` pixels apart, close; an empty box is a space."""
    count, labels, _, middles = cv2.connectedComponentsWithStats(own, connectivity=8)
    boxes = [min(letters - 1, max(0, int((middles[label][0] - left) / step))) for label in range(1, count)]
    shown, inked = [], []
    for box in range(max(boxes, default=-1) + 1):
        here: np.ndarray = np.isin(labels, [label for label, at in enumerate(boxes, 1) if at == box]).astype(np.uint8)
        columns = np.flatnonzero(here.any(axis=0))
        if len(columns):
            a, b = columns[0], columns[-1] + 1
            near = cv2.dilate(here, np.ones((3, 3), np.uint8))[:, a:b]
            shown.append(np.where(near > 0, picture[:, a:b], 255).astype(np.uint8))
            inked.append(here[:, a:b])
        gap = round(step * (CLOSE if len(columns) else OPEN))
        shown.append(np.full((len(picture), gap), 255, np.uint8))
        inked.append(np.zeros((len(picture), gap), np.uint8))
    return (np.hstack(shown), np.hstack(inked)) if shown else (picture, own)


def trimmed(picture: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Give the picture cut to its ink with a small margin, its greys stretched from black to white."""
    ys, xs = np.nonzero(own)
    if not len(xs):
        return picture[:0, :0]
    cut = picture[max(0, ys.min() - 4) : ys.max() + 5, max(0, xs.min() - 5) : xs.max() + 6]
    low, high = np.percentile(cut, (1, 70))
    stretched = (cut.astype(np.float32) - low) / max(20.0, float(high - low)) * 255
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)
