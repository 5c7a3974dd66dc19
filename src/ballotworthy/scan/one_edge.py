"""A sheet of ours with one edge past the picture: laid by the two marks of the edge across and the form's own print.

Two marks on one side say little of how the page narrows away from them. So the print of the rows is looked for, first
beside the marks, where they put it to a hair, and then step by step farther from them, each step laid by all before it.
A step is far shorter than a row is high, so no row can be taken for the next; where print is not found, none is laid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import cv2
import numpy as np

from ballotworthy.scan.past_edge import CUT, GONE, told_of_edge
from ballotworthy.scan.registered import DPI, SCALE, CutOff, Edge, Straight
from ballotworthy.scan.rows import Row, RowState
from ballotworthy.sheets.form import MARK, Form

PARTS = 8
"""Parts of a row that are looked for each by itself."""
REACH = 10
"""Pixels at 200 dpi by which print may lie off where the steps before put it; the lowest row is 67 high."""
LIKE, ENOUGH = 0.3, 0.7
"""How alike print and picture must be, and in what share of the parts that are on the picture."""
NEAR, LEAST = 3.0, 2
"""Pixels at 200 dpi by which a part may lie off in the end, and steps at least."""
BESIDE, UNLIKE = 3, 0.9
"""Pixels at 200 dpi around the best place, outside of which none may be nearly as like, or a part tells nothing."""
SILENT = 1
"""Steps one behind the other that may tell nothing, where a farther one then tells: beyond, print would be guessed."""
MARKS = 8
"""Corners of two marks."""
SOFT = 1.2
"""Pixels by which print is blurred, as a picture's is."""
OVER = (
    "the picture goes on where its missing marks should be: they are torn off, or another sheet lies over it, and "
    "nobody can tell whose rows those are that are seen. All come out as covered. Scan each sheet by itself, whole"
)
UNKNOWN = (
    "of the form's own print too little was found to tell where its rows stand: they come out as unreadable. Scan the "
    "whole sheet flat, or read it by eye"
)


@dataclass(frozen=True)
class Part:
    """A part of a row's print: how far from the marks it comes, and its box in pixels of the laid page."""

    step: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Off:
    """How alike a part's print is to the picture, its middle on the form, and where that lies; in pixels, laid."""

    like: float
    middle: tuple[float, float]
    lies: tuple[float, float]


@dataclass(frozen=True)
class Laid:
    """A page laid so, or not (`page` None), the rows, from 0, that are past the edge, and those seen in part.

    `hidden` says that the edge is no picture's: all rows are then `cut`.
    """

    page: Straight | None
    gone: Sequence[int]
    cut: Sequence[int]
    hidden: bool = False

    def remarks(self) -> list[str]:
        """Give what is to be told of its rows."""
        if self.page is None:
            return [UNKNOWN]
        return [OVER] if self.hidden else list(told_of_edge(self.gone, self.cut))

    def told_of(self, rows: Sequence[Row]) -> list[Row]:
        """Give the rows read on it, those that are not seen unreadable, those seen in part covered."""
        states: dict[int, RowState] = dict.fromkeys(self.cut, "covered")
        states |= dict.fromkeys(self.gone, "unreadable")
        return [replace(row, state=states[at]) if at in states else row for at, row in enumerate(rows)]


def laid_by_print(grey: np.ndarray, found: CutOff, blank: np.ndarray, form: Form) -> Laid:
    """Lay a page of which the marks of one edge were found; `blank` is the form's print, as `blank_print` gives it."""
    matrix = _grown(grey, found, blank, form)
    every = range(form.rows)
    if matrix is None:
        return Laid(None, every, ())
    size = (round(form.width * SCALE), round(form.height * SCALE))
    picture = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255)
    on = cv2.warpPerspective(np.ones_like(grey), matrix, size, flags=cv2.INTER_NEAREST, borderValue=0)
    left, right = (round(each * SCALE) for each in (form.cells[0].x, form.cells[-1].x + form.cells[-1].width))
    past = [float(1 - on[top:bottom, left:right].mean()) for top, bottom in _tops(form)]
    gone = [row for row in every if past[row] > GONE]
    dpi = DPI / float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    page = Straight(found.sheet, 1, picture, dpi, (), found.measure)
    if _goes_on(grey, matrix, found.lacks, form):
        return Laid(page, (), every, hidden=True)
    return Laid(page, gone, [row for row in every if CUT < past[row] <= GONE])


def unread_rows(form: Form) -> list[Row]:
    """Give the rows of a page that could not be laid, each unreadable and its picture white."""
    size = (round(form.row * SCALE), round(form.width * SCALE))
    white = np.full(size, 255, np.uint8)
    return [Row(number + 1, "unreadable", perhaps_struck=False, readings={}, pictures={}, picture=white)
            for number in range(form.rows)]  # fmt: skip


def _goes_on(grey: np.ndarray, matrix: np.ndarray, lacks: Edge, form: Form) -> bool:
    """Tell whether the picture holds the places of both marks that were not found, and the white around them."""
    height, width = grey.shape[:2]
    marks = np.array(form.corners()) + MARK / 2
    along = 1 if lacks in ("upper", "lower") else 0
    ordered = marks[np.argsort(marks[:, along])]
    middles = ordered[:2] if lacks in ("upper", "left") else ordered[2:]
    ends = np.concatenate([middles + np.array([x, y]) for x in (-MARK, MARK) for y in (-MARK, MARK)]) * SCALE
    where = cv2.perspectiveTransform(ends[None].astype(np.float64), np.linalg.inv(matrix))[0]
    return bool((where >= 0).all() and (where <= [width, height]).all())


def _tops(form: Form) -> Iterator[tuple[int, int]]:
    return pairwise(round((form.top + number * form.row) * SCALE) for number in range(form.rows + 1))


def _parts(found: CutOff, blank: np.ndarray, form: Form) -> list[Part]:
    """Give the parts of all rows in the order in which they lie from the marks."""
    edges = [round(each) for each in np.linspace(0, blank.shape[1], PARTS + 1)]
    parts = []
    for row, (top, bottom) in enumerate(_tops(form)):
        for at, (left, right) in enumerate(pairwise(edges)):
            across, down = {"right": (at, 0), "left": (PARTS - 1 - at, 0), "upper": (0, form.rows - 1 - row)}.get(
                found.lacks, (0, row)
            )
            parts.append(Part(across + down, (left, top, right, bottom)))
    return sorted(parts, key=lambda each: each.step)


def _grown(grey: np.ndarray, found: CutOff, blank: np.ndarray, form: Form) -> np.ndarray | None:
    """Give the homography from the picture to the laid page; None where print does not bear it out."""
    seen, meant, matrix = found.seen, (found.meant * SCALE).astype(np.float32), np.eye(3)
    steps = silent = 0
    for _, parts in groupby(_parts(found, blank, form), key=lambda each: each.step):
        laid = _fitted(seen, meant)
        if laid is None:
            return None
        matrix = laid
        around = [(part, _around(grey, matrix, part)) for part in parts]
        if all(picture is None for _, picture in around):
            break
        offs = (_off(picture, blank, part) for part, picture in around if picture is not None)
        there = [each for each in offs if each is not None]
        good = [each for each in there if each.like >= LIKE]
        silent = 0 if good else silent + 1
        if silent > SILENT or len(good) < ENOUGH * len(there):
            return None
        if not good:
            continue
        lie = np.array([each.lies for each in good], np.float32)
        seen = np.vstack([seen, cv2.perspectiveTransform(lie[None], np.linalg.inv(matrix))[0]]).astype(np.float32)
        meant = np.vstack([meant, np.array([each.middle for each in good], np.float32)])
        steps += 1
    laid = _fitted(seen, meant)
    if laid is None or steps < LEAST or silent:
        return None
    left = np.abs(cv2.perspectiveTransform(seen[None], laid)[0] - meant).max(axis=1)
    return laid if float((left <= NEAR).mean()) >= ENOUGH else None


def _fitted(seen: np.ndarray, meant: np.ndarray) -> np.ndarray | None:
    """Give the homography that most agree on; of the marks alone, all of them."""
    alone = len(seen) <= MARKS
    matrix: np.ndarray | None = cv2.findHomography(seen, meant, 0 if alone else cv2.RANSAC, NEAR)[0]
    return matrix


def _around(grey: np.ndarray, matrix: np.ndarray, part: Part) -> np.ndarray | None:
    """Give the picture where a part lies by a matrix, and around it; None where it is not whole on the picture."""
    left, top, right, bottom = part.box
    shift = np.array([[1, 0, REACH - left], [0, 1, REACH - top], [0, 0, 1]], np.float64) @ matrix
    size = (right - left + 2 * REACH, bottom - top + 2 * REACH)
    if not cv2.warpPerspective(np.ones_like(grey), shift, size, flags=cv2.INTER_NEAREST, borderValue=0).all():
        return None
    return cv2.warpPerspective(grey, shift, size, flags=cv2.INTER_LINEAR, borderValue=255)


def _off(around: np.ndarray, blank: np.ndarray, part: Part) -> Off | None:
    """Give where a part's print lies in the picture around it; None where it fits as well elsewhere, or is none."""
    left, top, right, bottom = part.box
    printed = cv2.GaussianBlur(blank[top:bottom, left:right].astype(np.float32), (0, 0), SOFT)
    if not printed.any():
        return None
    like = cv2.matchTemplate(255 - around.astype(np.float32), printed, cv2.TM_CCOEFF_NORMED)
    down, across = (int(each) - REACH for each in np.unravel_index(int(like.argmax()), like.shape))
    if _elsewhere(like, down + REACH, across + REACH) > UNLIKE * like.max():
        return None
    middle = ((left + right) / 2, (top + bottom) / 2)
    return Off(float(like.max()), middle, (middle[0] + across, middle[1] + down))


def _elsewhere(like: np.ndarray, down: int, across: int) -> float:
    """Give how alike the best place is that is not the one found: level lines alone fit anywhere along them."""
    others = like.copy()
    others[max(0, down - BESIDE) : down + BESIDE + 1, max(0, across - BESIDE) : across + BESIDE + 1] = -1
    return float(others.max())
