"""The boxes of a row, cut along its lines: what stands in every row at one place is a line, the rest is writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from ballotworthy.scan.page_text import TextBox
from ballotworthy.scan.ruling import Ruled
from ballotworthy.scan.table import Table

THERE = 0.5
"""The share of rows in which a place must be ruled to be a line of the form."""
WHOLE = 0.75
"""The share of a region's height or width that a line must run to cut it."""
UNEVEN = 11
"""Pixels by which a line within the rows is widened, since it seldom stands at one height in all of them."""
EDGE = 12
"""Pixels from the edge of a region within which a line is that edge."""
NARROW = 8
GAP = 70
"""Pixels of the gap between two lines to write on."""
LETTERS = 5
"""So many boxes of one width in a row, none wider than high, are boxes for letters."""


@dataclass(frozen=True)
class Region:
    """A box of a row, in pixels from the table's left and the row's top."""

    x0: int
    y0: int
    x1: int
    y1: int
    letters: int = 0


def folded(mask: np.ndarray, table: Table) -> np.ndarray:
    """Give the share of rows in which a place is marked, a pixel or two off its place allowed."""
    tall = round(table.pitch)
    padded = np.pad(mask[:, table.left : table.right], ((EDGE, tall + EDGE), (0, 0)))
    rows = [padded[round(y) : round(y) + tall + 2 * EDGE] for y in table.edges[:-1]]
    return np.asarray(np.mean(rows, axis=0))


def boxes_of(page: Ruled, table: Table, headings: Sequence[TextBox]) -> tuple[list[Region], bool]:
    """Give the boxes of a row, from left to right and down; and whether headings alone say where they are."""
    upright = folded(page.upright, table)
    level = folded(cv2.dilate(page.level, np.ones((UNEVEN, 1), np.uint8)), table)
    tall, wide = round(table.pitch), table.right - table.left
    inner = upright[EDGE : EDGE + tall] >= THERE
    lines = level[EDGE : EDGE + tall] >= THERE
    regions = _cut(Region(0, 0, wide, tall), inner, lines)
    if len(regions) == 1:
        regions = _by_gaps(level[EDGE + tall - 8 : EDGE + tall + 8].max(axis=0), tall)
    if len(regions) == 1:
        starts = sorted({max(0, each.x0 - table.left - NARROW) for each in headings})
        kept = [each for before, each in zip([-100, *starts], starts, strict=False) if each - before > 40]
        edges = [0, *kept[1:], wide] if len(kept) > 1 else [0, wide]
        return [Region(a, 0, b, tall) for a, b in pairwise(edges)], True
    return _letters(regions), False


def _cut(region: Region, upright: np.ndarray, level: np.ndarray) -> list[Region]:
    """Cut a region by the upright lines that run through it, else by the level ones, and what comes of it again."""
    part = upright[region.y0 : region.y1, region.x0 : region.x1]
    cuts = _middles(_near(part).mean(axis=0) >= WHOLE, region.x1 - region.x0)
    if cuts:
        edges = [region.x0, *(region.x0 + each for each in cuts), region.x1]
        return [each for a, b in pairwise(edges) for each in _cut(Region(a, region.y0, b, region.y1), upright, level)]
    part = level[region.y0 : region.y1, region.x0 : region.x1]
    cuts = _middles(_near(part.T).mean(axis=0) >= WHOLE, region.y1 - region.y0)
    if cuts:
        edges = [region.y0, *(region.y0 + each for each in cuts), region.y1]
        return [each for a, b in pairwise(edges) for each in _cut(Region(region.x0, a, region.x1, b), upright, level)]
    return [region]


def _near(part: np.ndarray) -> np.ndarray:
    """Give the mask with each place counted for its neighbours beside, since a line may stand a pixel askew."""
    wide = np.pad(part, ((0, 0), (2, 2)))
    return np.asarray(np.any([wide[:, at : at + part.shape[1]] for at in range(5)], axis=0))


def _middles(marked: np.ndarray, length: int) -> list[int]:
    places = np.flatnonzero(marked)
    groups = np.split(places, np.flatnonzero(np.diff(places) > 3) + 1) if len(places) else []
    middles = [int((each[0] + each[-1]) / 2) for each in groups]
    return [each for each in middles if EDGE <= each <= length - EDGE]


def _by_gaps(bottom: np.ndarray, tall: int) -> list[Region]:
    """Cut a row by the gaps in the line to write on."""
    drawn = np.flatnonzero(bottom >= THERE)
    if not len(drawn):
        return [Region(0, 0, len(bottom), tall)]
    pieces = np.split(drawn, np.flatnonzero(np.diff(drawn) > NARROW) + 1)
    kept = [(int(each[0]), int(each[-1]) + 1) for each in pieces if each[-1] - each[0] > 24]
    if len(kept) < 2 or max(b[0] - a[1] for a, b in pairwise(kept)) > GAP:
        return [Region(0, 0, len(bottom), tall)]
    return [Region(a, 0, b, tall) for a, b in kept]


def _letters(regions: Sequence[Region]) -> list[Region]:
    """Join boxes for one letter each into one region that knows how many there are."""
    joined: list[Region] = []
    at = 0
    while at < len(regions):
        first = regions[at]
        width = first.x1 - first.x0
        end = at + 1
        while end < len(regions) and _follows(regions[end - 1], regions[end], width):
            end += 1
        if end - at >= LETTERS and width < 1.1 * (first.y1 - first.y0):
            joined.append(Region(first.x0, first.y0, regions[end - 1].x1, first.y1, end - at))
            at = end
        else:
            joined.append(first)
            at += 1
    return joined


def _follows(one: Region, other: Region, width: int) -> bool:
    return one.y0 == other.y0 and one.y1 == other.y1 and abs(other.x1 - other.x0 - width) <= 5 and one.x1 == other.x0
