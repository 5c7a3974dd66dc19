"""What is ruled on a page: its skew, and where lines, gaps in lines and edges of shading run level and upright."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

LONG_SIDE = 2200
"""Pixels of the longer side that every page is brought to: 200 dpi of a letter page."""
SKEW = 12.0
"""Degrees up to which a page may lie askew."""
DARKER = 28
GRAIN = 3.5
"""Standard deviations of grain below the paper from which a place is ink."""
RUN = 60
"""Pixels that a line must run; a stroke of a pen runs level for less."""
PIECE = 13
"""Pixels of the pieces of a broken line; strokes of letters run level for less."""
BRIDGED = 15
"""Pixels of a gap that a broken line may have."""
STEP = 9
"""How much darker the paper must become for an edge of shading, of 255."""

RIM = 12
"""Pixels from the edge of the page within which nothing is a line: the edge of a sheet laid flat is none of a form."""


@dataclass(frozen=True)
class Ruled:
    """An unskewed page, its longer side `LONG_SIDE`, with masks (1 where there is one) of level and upright lines.

    `seen` is 255 where the page is on the picture and 0 where it goes past its edge; None where it does not.
    """

    picture: np.ndarray
    level: np.ndarray
    upright: np.ndarray
    seen: np.ndarray | None = None


def ruled(grey: np.ndarray, seen: np.ndarray | None = None) -> Ruled:
    """Give the page unskewed, with its lines; edges of shading count as lines, and the end of what is `seen` does not.

    Args:
        grey: the page.
        seen: 255 where it is on the picture, else 0; all of it if absent.
    """
    scale = LONG_SIDE / max(grey.shape)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    picture = cv2.resize(grey, (round(grey.shape[1] * scale), round(grey.shape[0] * scale)), interpolation=how)
    skew = skew_of(picture)
    picture = turned(picture, skew)
    paper = paper_of(picture)
    ink = dark_on(picture, paper)
    level = runs(ink) | _edges(paper)
    upright = runs(ink.T).T | _edges(paper.T).T
    for mask in (level, upright):
        mask[:RIM] = mask[-RIM:] = mask[:, :RIM] = mask[:, -RIM:] = 0
    if seen is not None:
        seen = turned(cv2.resize(seen, picture.shape[::-1], interpolation=cv2.INTER_NEAREST), skew)
        shown = cv2.erode(seen, np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)) > 127
        level, upright = level * shown, upright * shown
    return Ruled(picture, level, np.ascontiguousarray(upright), seen)


def quarter(page: Ruled, turns: int) -> Ruled:
    """Give a page turned left by quarters."""
    level, upright = (page.level, page.upright) if turns % 2 == 0 else (page.upright, page.level)
    picture, level, upright = (np.ascontiguousarray(np.rot90(each, turns)) for each in (page.picture, level, upright))
    seen = page.seen if page.seen is None else np.ascontiguousarray(np.rot90(page.seen, turns))
    return Ruled(picture, level, upright, seen)


def paper_of(picture: np.ndarray) -> np.ndarray:
    """Give how light the paper is at each place, shadow and shading with it, less what grain there is.

    What is darker by `DARKER` is ink: on a grainy scan that lies further below the paper than on a clean one.
    """
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    closed = cv2.medianBlur(cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), 5)
    paper = cv2.resize(closed, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    below = paper[::5, ::5].astype(np.int16) - picture[::5, ::5]
    usual = float(np.median(below))
    grain = 1.48 * float(np.median(np.abs(below - usual)))
    return np.asarray(cv2.subtract(paper, np.full_like(paper, int(np.clip(usual + GRAIN * grain - DARKER, 0, 60)))))


def dark_on(picture: np.ndarray, paper: np.ndarray) -> np.ndarray:
    """Give the mask of what is darker than the paper, print and writing."""
    return np.asarray(cv2.subtract(paper, picture) > DARKER, np.uint8)


def skew_of(picture: np.ndarray) -> float:
    """Give the degrees by which the page must be turned left to lie straight.

    Straight is where the ink gathers in the fewest rows and columns: the sum of squares of both profiles is largest.
    """
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(dark_on(small, paper_of(small)))
    if len(ys) < 100:
        return 0.0
    step = max(1, len(ys) // 60_000)
    y, x = ys[::step] - small.shape[0] / 2, xs[::step] - small.shape[1] / 2

    def gathered(angle: float) -> float:
        cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        rows = np.bincount((y * cosine - x * sine + 2 * LONG_SIDE).astype(np.int64))
        columns = np.bincount((x * cosine + y * sine + 2 * LONG_SIDE).astype(np.int64))
        return float((rows.astype(float) ** 2).sum() + (columns.astype(float) ** 2).sum())

    coarse = max(np.arange(-SKEW, SKEW + 0.1, 0.25), key=gathered)
    return float(max(np.arange(coarse - 0.3, coarse + 0.31, 0.03), key=gathered))


def turned(picture: np.ndarray, degrees: float) -> np.ndarray:
    """Give the picture turned left about its middle, as large as it was; what comes from outside is white."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255))


def runs(ink: np.ndarray, run: int = RUN) -> np.ndarray:
    """Give the mask of level lines: runs of so many pixels, small gaps bridged."""
    ink = np.ascontiguousarray(ink)
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))  # a line a little askew steps from row to row
    pieces = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, PIECE), np.uint8))
    bridged = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, BRIDGED), np.uint8))
    opened = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    tall = cv2.morphologyEx(opened, cv2.MORPH_OPEN, np.ones((16, 1), np.uint8))  # a black block is no line
    return np.asarray(cv2.subtract(opened, tall))


def _edges(paper: np.ndarray) -> np.ndarray:
    """Give the mask of level edges of shading."""
    paper = np.ascontiguousarray(paper).astype(np.int16)
    step = np.zeros(paper.shape, np.uint8)
    step[8:-8] = np.abs(paper[16:] - paper[:-16]) > STEP
    long = cv2.morphologyEx(step, cv2.MORPH_OPEN, np.ones((1, 3 * RUN), np.uint8))
    thin = np.zeros_like(long)  # the middle of each run across: where the step is
    ends = np.diff(long, axis=0, prepend=0, append=0).astype(np.int8)
    starts, stops = np.nonzero(ends.T == 1), np.nonzero(ends.T == -1)
    middles = (starts[1] + stops[1] - 1) // 2
    thin[middles, starts[0]] = 1
    return np.asarray(cv2.dilate(thin, np.ones((3, 1), np.uint8)))
