"""A sheet photographed with a corner past the edge of the picture: laid flat by its four edges, as far as it is seen.

Where the picture ends the outline of the sheet has a side that is none of the sheet's; the four others are lengthened
until they meet outside. Of a sheet whose whole edge is outside it cannot be told how long it is: it is not laid.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from ballotworthy.scan.photographed import (
    LEAST,
    LIGHTER,
    MOST,
    SMALL,
    STRAIGHT,
    in_small,
    light_outlines,
    outlined_sheet,
    with_the_clock,
)

FULL = 0.98
"""The share of the outline's sides that must be paper: of five sides more must be sure than of four."""
RIM = 6.0
"""Pixels, of `SMALL`, from the edge of the picture within which a side of the outline is where the picture ends."""
SHORTEST = 0.15
"""The share of the picture's longer side that must be seen of each edge of the sheet."""
BEYOND = 0.35
"""How far outside the picture, as a share of its longer side, two edges may meet."""


def laid_flat_cut(grey: np.ndarray, ratio: float) -> tuple[np.ndarray, np.ndarray] | None:
    """Give the sheet laid flat, and where it is seen (255, else 0); None where no such sheet lies on a darker ground.

    A whole outline that is larger is the sheet's; a smaller one is that of its lit part.

    Args:
        grey: the photograph.
        ratio: the longer side of the sheet beside its shorter one.
    """
    cut, whole = _corners(grey), outlined_sheet(grey)
    if cut is None or (whole is not None and whole[0] >= cut[0]):
        return None
    _, corners = cut
    sides = [float(np.linalg.norm(b - a)) for a, b in pairwise([*corners, corners[0]])]
    width, height = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    long = max(width, height)
    size = (round(long), round(long / ratio)) if width > height else (round(long / ratio), round(long))
    meant = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, meant)
    paper = float(np.median(grey[grey > np.median(grey)])) if grey.size else 255.0
    flat = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=paper)
    seen = cv2.warpPerspective(np.full_like(grey, 255), matrix, size, flags=cv2.INTER_NEAREST, borderValue=0)
    return np.asarray(flat), np.asarray(seen)


def _corners(grey: np.ndarray) -> tuple[float, np.ndarray] | None:
    """Give the share of the picture that is the sheet, and its corners from the top left on with the clock.

    None where there is none.
    """
    scale, small = in_small(grey)
    best: tuple[float, list[np.ndarray]] | None = None
    for outline, around in light_outlines(small, STRAIGHT / 2):
        area = float(cv2.contourArea(around))
        if not 5 <= len(around) <= 6 or not LEAST <= area / small.size <= MOST:
            continue
        if cv2.contourArea(outline) < FULL * area or (best and area <= best[0]):
            continue
        four = _four(around.astype(np.float64), outline.reshape(-1, 2).astype(np.float64), small)
        if four is not None:
            best = area, four
    if best is None:
        return None
    return best[0] / small.size, with_the_clock(np.array(best[1]) / scale)


def _four(around: np.ndarray, outline: np.ndarray, small: np.ndarray) -> list[np.ndarray] | None:
    """Give where the four edges of the sheet meet; None where the outline does not have just four besides the cut."""
    height, width = small.shape
    sides = list(pairwise([*around, around[0]]))
    edges = [each for each in sides if not _at_the_end(*each, width, height)]
    if len(edges) != 4 or len(edges) == len(sides):
        return None
    if any(np.linalg.norm(b - a) < SHORTEST * SMALL or not _stands_out(a, b, around, small) for a, b in edges):
        return None
    lines = [_line(a, b, outline) for a, b in edges]
    met = [_meet(one, other) for one, other in pairwise([*lines, lines[0]])]
    if any(each is None for each in met):
        return None
    corners = [each for each in met if each is not None]
    far = BEYOND * SMALL
    inside = all(-far <= x <= width + far and -far <= y <= height + far for x, y in corners)
    return corners if inside and cv2.isContourConvex(np.asarray(corners, np.float32)) else None


def _at_the_end(a: np.ndarray, b: np.ndarray, width: int, height: int) -> bool:
    """Tell whether a side runs along the edge of the picture."""
    ends = ((a[0], b[0], 0), (a[0], b[0], width - 1), (a[1], b[1], 0), (a[1], b[1], height - 1))
    return any(abs(one - end) <= RIM and abs(other - end) <= RIM for one, other, end in ends)


def _stands_out(a: np.ndarray, b: np.ndarray, around: np.ndarray, small: np.ndarray) -> bool:
    """Tell whether the ground lies along an edge, darker than the sheet."""
    out = (a + b) / 2 - around.mean(axis=0)
    along = np.array([b[1] - a[1], a[0] - b[0]])
    along = along / np.linalg.norm(along) * (1 if along @ out > 0 else -1)
    places = [a + (b - a) * part for part in np.linspace(0.15, 0.85, 15)]
    height, width = small.shape
    differ = []
    for place in places:
        x0, y0, x1, y1 = (round(float(each)) for off in (-8, 8) for each in place + off * along)
        if 0 <= x1 < width and 0 <= y1 < height:
            differ.append(float(small[y0, x0]) - float(small[y1, x1]))
    return len(differ) >= 5 and float(np.median(differ)) >= LIGHTER


def _line(a: np.ndarray, b: np.ndarray, outline: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give a point and the direction of an edge, through what of the outline lies by it."""
    way = (b - a) / np.linalg.norm(b - a)
    from_a = outline - a
    along, off = from_a @ way, np.abs(from_a[:, 0] * way[1] - from_a[:, 1] * way[0])
    length = float(np.linalg.norm(b - a))
    near = outline[(off < 4) & (along > 0.03 * length) & (along < 0.97 * length)]
    if len(near) < 10:
        return a, way
    vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    return np.array([x, y], np.float64), np.array([vx, vy], np.float64)


def _meet(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> np.ndarray | None:
    """Give where two lines meet; None where they run nearly alike."""
    (p, v), (q, w) = one, other
    cross = v[0] * w[1] - v[1] * w[0]
    if abs(cross) < 0.2:
        return None
    return np.asarray(p + v * ((q - p)[0] * w[1] - (q - p)[1] * w[0]) / cross)
