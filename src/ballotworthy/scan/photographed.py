"""A sheet photographed on a darker ground: its four edges are found, and it is laid flat as a scanner would have it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np

SMALL = 700
"""Pixels of the longer side at which the outline of the sheet is looked for."""
LEAST, MOST = 0.2, 0.97
"""The share of the picture that a sheet on a ground takes: one that takes more was scanned."""
FULL = 0.96
"""The share of the four-sided outline that must be paper: less is torn, bent, or no sheet."""
STRAIGHT = 0.02
"""The share of an outline's length by which it may be off its four sides."""
LIGHTER = 25
"""How much lighter, of 255, a sheet is than the ground along each of its sides."""


def laid_flat(grey: np.ndarray, ratio: float | None = None) -> np.ndarray | None:
    """Give the sheet on a photograph cut out and laid flat; None where no whole sheet lies on a darker ground.

    Args:
        grey: the photograph.
        ratio: the longer side of the sheet beside its shorter one; by the lengths of its edges if absent.
    """
    outlined = outlined_sheet(grey)
    if outlined is None:
        return None
    _, corners = outlined
    sides = [float(np.linalg.norm(b - a)) for a, b in pairwise([*corners, corners[0]])]
    width, height = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    if ratio is not None:
        long = max(width, height)
        width, height = (long, long / ratio) if width > height else (long / ratio, long)
    size = round(width), round(height)
    meant = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, meant)
    return np.asarray(cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))


def outlined_sheet(grey: np.ndarray) -> tuple[float, np.ndarray] | None:
    """Give the share of the picture that the sheet takes, and its corners; None where there is none.

    The corners are from the top left on with the clock; float32 (4, 2).

    A shadow makes paper in one place as dark as the ground in another, so several limits are tried; the largest
    outline is taken, since the lit part of a sheet stands out from the part in a shadow too.
    """
    scale, small = in_small(grey)
    best: tuple[float, np.ndarray] | None = None
    for outline, four in light_outlines(small, STRAIGHT):
        if len(four) != 4 or not LEAST <= cv2.contourArea(four) / small.size <= MOST:
            continue
        area = cv2.contourArea(four)
        if cv2.contourArea(outline) < FULL * area or (best and area <= best[0]):
            continue
        if _stands_out(small, four):
            best = (area, four)
    if best is None:
        return None
    return best[0] / small.size, with_the_clock(best[1].astype(np.float32) / scale)


def in_small(grey: np.ndarray) -> tuple[float, np.ndarray]:
    """Give a picture blurred and made as small as `SMALL` says, and by how much."""
    scale = SMALL / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return scale, np.asarray(cv2.GaussianBlur(small, (5, 5), 0))


def light_outlines(small: np.ndarray, straight: float) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give the largest light outline by each of several limits, and the corners of its hull, off by so much at most."""
    for limit in range(30, 220, 10):
        light = cv2.morphologyEx((small > limit).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
        outlines = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
        if outlines:
            outline = max(outlines, key=cv2.contourArea)
            hull = cv2.convexHull(outline)
            yield outline, cv2.approxPolyDP(hull, straight * cv2.arcLength(hull, True), True).reshape(-1, 2)


def with_the_clock(corners: np.ndarray) -> np.ndarray:
    """Give four corners from the top left on with the clock; float32 (4, 2)."""
    middle = corners.mean(axis=0)
    turned = sorted(corners, key=lambda each: float(np.arctan2(*(each - middle)[::-1])))
    first = int(np.argmin([each.sum() for each in turned]))
    return np.asarray([*turned[first:], *turned[:first]], np.float32)


def _stands_out(small: np.ndarray, four: np.ndarray) -> bool:
    """Tell whether the ground lies on all four sides of a sheet, darker than it."""
    middle = four.mean(axis=0)
    for a, b in pairwise([*four, four[0]]):
        out = (a + b) / 2 - middle
        out = out / np.linalg.norm(out)
        along = [a + (b - a) * part for part in np.linspace(0.15, 0.85, 15)]
        inside, outside = ([_at(small, each + off * out) for each in along] for off in (-8, 8))
        if any(each is None for each in outside):
            return False
        if np.median([one - other for one, other in zip(inside, outside, strict=True)]) < LIGHTER:  # type: ignore[operator]
            return False
    return True


def _at(small: np.ndarray, place: np.ndarray) -> float | None:
    x, y = (round(float(each)) for each in place)
    return float(small[y, x]) if 0 <= y < small.shape[0] and 0 <= x < small.shape[1] else None
