"""The ink that people put into the cells of a straight page: the form's own print is taken away, strokes stay whole."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ballotworthy.scan.registered import SCALE
from ballotworthy.sheets.form import Cell, Form

GROW = 5
"""Pixels by which print is widened before it is taken away."""
REACH = 9.0
"""Points that a stroke may reach out of its cell and still be shown with it."""
CAPTION = 9.0
"""Points at the top of a cell that hold its caption."""
SPECK = 14
"""Pixels of the largest speck that is dust."""
FLAT = 36
"""Pixels that a stroke must run level to be one that strikes a row; letters run level for less."""
BAR = 90
"""Pixels across up to which what runs level is the bar of a letter."""
BREAK = 3, 25
"""Pixels down and across of a gap that noise breaks into a stroke."""
LONG, LIGHTEST = 60, 0.35
"""The same on a coarse scan, where letters run together, and how dark it is there beside the row's darkest ink."""
REST = 6
"""Pixels of height up to which what lies at a printed line is the line's own."""
THICK = 13
"""Pixels from which what runs level is too thick for a stroke."""
CLOSE, OPEN = 0.12, 0.4
"""The gap set behind a letter that had a box of its own, and in place of an empty box, in boxes."""
SMOOTH, COARSE = (0.7, 2.0), 6.0
"""Pixels, at least and at most, over which grain is smoothed before ink is told from paper, and the grain for one."""
DARKER, FAINT = 24, 12
"""How much darker than the paper around it a stroke is in places, of 255, and how much at least everywhere."""
AROUND, CLOSELY = 7, 3
"""Pixels around a stroke that are shown with it, and where print may lie beside it."""
FAINTER, WORDS = 0.45, 45
"""How dark, beside the usual, columns of a line of writing are that belong to it; the widest gap in it, in pixels."""
PLAIN = 28
"""How much darker than the paper ink is where the scan is not coarse."""
SURE = 4
"""Pixels of a stroke that must be as dark as that."""


@dataclass(frozen=True)
class Ink:
    """What people wrote on a page.

    Attributes:
        mask: of their strokes.
        picture: of all but print, grain smoothed, where it is coarse; else the page.
        coarse: whether strokes are faint and print is taken away, so that what lies around a stroke is writing.
    """

    mask: np.ndarray
    picture: np.ndarray
    coarse: bool


@dataclass(frozen=True)
class Inked:
    """A cell with its ink: a picture, white where nothing was written, and how many pixels were."""

    field: str
    picture: np.ndarray
    ink: int


def ink_of(straight: np.ndarray, printed: np.ndarray, light: np.ndarray | None = None, *, coarse: bool = False) -> Ink:
    """Give the ink that is not the form's own, strokes bridged where they cross its lines.

    On a coarse scan of our own form a stroke counts where it is surely darker than grain and what shows through from
    the back, and goes on as far as it is somewhat darker: pens are faint in places. Of other scans, and other forms, of
    whose print something may be left, ink is what is plainly darker than the paper: what follows faint strokes there
    spoils more cells than it saves.

    Args:
        straight: the page.
        printed: the mask of print on it.
        light: how light the paper is at each place, shading with it; found from the page if absent.
        coarse: whether it was scanned at so few dots an inch.
    """
    if light is None:
        paper = cv2.medianBlur(cv2.resize(straight, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), 21)
        light = np.asarray(cv2.resize(paper, (straight.shape[1], straight.shape[0])))
    if not coarse:
        return Ink(_bridged((light.astype(np.int16) - straight > PLAIN).astype(np.uint8), printed), straight, coarse)
    rough = _grain(light.astype(np.int16) - straight)
    smooth = cv2.GaussianBlur(straight, (0, 0), float(np.clip(rough / COARSE, *SMOOTH)))
    depth = light.astype(np.int16) - smooth
    grain = _grain(depth)
    ink = _bridged((depth > max(FAINT, 2.5 * grain)).astype(np.uint8), printed)
    count, labels, facts, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sure = np.bincount(labels[depth > max(DARKER, 4.5 * grain)], minlength=count)
    near = np.bincount(labels[cv2.dilate(printed, np.ones((GROW, GROW), np.uint8)) > 0], minlength=count) > 0
    rest = near & (facts[:count, cv2.CC_STAT_HEIGHT] <= REST)  # of a line that is thicker than it was printed
    ink[((sure < SURE) | rest)[labels]] = 0
    shown = 255 - np.clip(depth, 0, 255).astype(np.uint8)
    shown[(printed > 0) & (ink == 0)] = 255
    return Ink(ink, shown, coarse)


def _bridged(dark: np.ndarray, printed: np.ndarray) -> np.ndarray:
    """Give what is dark without print and dust, strokes bridged where they cross print."""
    ink = dark.copy()
    ink[printed > 0] = 0
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((GROW + 4, 1), np.uint8))
    ink |= bridged & (printed > 0).astype(np.uint8)
    count, labels, facts, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    dust = facts[:count, cv2.CC_STAT_AREA] <= SPECK
    ink[dust[labels]] = 0
    return np.asarray(ink)


def _grain(depth: np.ndarray) -> float:
    return 1.48 * float(np.median(np.abs(depth[::4, ::4])))


def cells_of_row(ink: Ink, form: Form, row: int) -> list[Inked]:
    """Give the cells of a row, from 0, in the order of the form; a stroke belongs to the cell that holds its middle."""
    return [_cut(ink, form, row, cell) for cell in form.cells if cell.field]


def row_picture(straight: np.ndarray, form: Form, row: int) -> np.ndarray:
    """Give the picture of a whole row, as scanned."""
    top, bottom = (round((form.top + each * form.row) * SCALE) for each in (row, row + 1))
    return straight[top:bottom]


def struck_share(ink: Ink, form: Form, row: int) -> float:
    """Give the share of a row's width over which long flat strokes run, as a line drawn through it does."""
    top, bottom = (round((form.top + each * form.row) * SCALE) for each in (row, row + 1))
    left, right = (round(each * SCALE) for each in (form.cells[0].x, form.cells[-1].x + form.cells[-1].width))
    inked, depth = ink.mask[top:bottom, left:right], 255 - ink.picture[top:bottom, left:right]
    if not ink.coarse:
        level = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((1, FLAT), np.uint8))
        joined = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones(BREAK, np.uint8))
        count, labels, facts, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        bars = facts[:count, cv2.CC_STAT_WIDTH] < BAR  # of capitals, which run level for more where rows are high
        return float((level & ~bars[labels]).any(axis=0).mean())
    usual = float(np.percentile(depth[inked > 0], 90)) if inked.any() else 0.0
    dark: np.ndarray = inked & (depth > max(DARKER, LIGHTEST * usual)).astype(np.uint8)
    flat = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, LONG), np.uint8))
    thick = cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((THICK, 1), np.uint8))  # writing run together is no stroke
    return float(cv2.subtract(flat, cv2.dilate(thick, np.ones((3, 3), np.uint8))).any(axis=0).mean())


def _cut(ink: Ink, form: Form, row: int, cell: Cell) -> Inked:
    left, right = (round(each * SCALE) for each in (cell.x, cell.x + cell.width))
    base = form.top + row * form.row + cell.y
    top, bottom = (round(each * SCALE) for each in (base, base + cell.height))
    reach = round(REACH * SCALE)
    y0, y1 = max(0, top - reach), min(ink.mask.shape[0], bottom + reach)
    x0, x1 = max(0, left - reach), min(ink.mask.shape[1], right + reach)
    part = np.ascontiguousarray(ink.mask[y0:y1, x0:x1])
    count, labels, _, middles = cv2.connectedComponentsWithStats(part, connectivity=8)
    inside = [
        label
        for label in range(1, count)
        if left <= middles[label][0] + x0 < right and top <= middles[label][1] + y0 < bottom
    ]
    own: np.ndarray = np.isin(labels, inside).astype(np.uint8)
    seen, band = ink.picture[y0:y1, x0:x1], np.zeros_like(own)
    if ink.coarse:
        others = cv2.dilate(part - own, np.ones((5, 5), np.uint8))
        seen = np.where(others > 0, 255, seen).astype(np.uint8)
        band = _band(own, seen, left - x0, right - x0)
    around = AROUND if ink.coarse else CLOSELY
    shown = cv2.dilate(own, np.ones((around, around), np.uint8)) | band
    picture = np.where(shown > 0, seen, 255).astype(np.uint8)
    if cell.letters:
        picture, own = closed_up(picture, own, left - x0, (right - left) / cell.letters, cell.letters)
        return Inked(cell.field, trimmed(picture, own), int(own.sum()))
    return Inked(cell.field, trimmed(picture, own | band), int(own.sum()))


def _band(own: np.ndarray, seen: np.ndarray, left: int, right: int) -> np.ndarray:
    """Give the mask of the line of writing that strokes belong to; it goes on where the pen is faint."""
    band = np.zeros_like(own)
    ys, xs = np.nonzero(own)
    if not len(xs):
        return band
    top, bottom = np.percentile(ys, (2, 98)).astype(int)
    dark = cv2.blur((255 - seen[top : bottom + 1]).mean(axis=0, dtype=np.float32).reshape(1, -1), (25, 1))[0]
    paper = float(np.percentile(dark[max(0, left) : right], 10))
    there = dark - paper >= FAINTER * (np.median(dark[np.unique(xs)]) - paper)
    there[: max(0, left)] = there[right:] = False
    there[xs.min() : xs.max() + 1] = True
    joined = cv2.morphologyEx(there.astype(np.uint8).reshape(1, -1), cv2.MORPH_CLOSE, np.ones((1, WORDS), np.uint8))[0]
    _, parts = cv2.connectedComponents(joined.reshape(1, -1))
    line = np.flatnonzero(parts[0] == parts[0][xs.min()])
    band[top : bottom + 1, line[0] : line[-1] + 1] = 1
    return band


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
