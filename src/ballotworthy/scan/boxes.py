"""The boxes of a row, cut along its lines: what stands in every row at one place is a line, the rest is writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from ballotworthy.scan.page_text import TextBox
from ballotworthy.scan.ruling import Ruled, dark_on, paper_of, runs
from ballotworthy.scan.table import Table

THERE = 0.5
"""The share of rows in which a place must be ruled to be a line of the form."""
WHOLE = 0.75
"""The share of a region's height or width that a line must run to cut it."""
CLEARER = 0.1
"""By how much less of its length than the best line a line may be there to cut before others are tried in the parts:
pieces of upright lines that stand nearly one under the other are no line."""
UNEVEN = 11
"""Pixels by which a line within the rows is widened, since it seldom stands at one height in all of them."""
EDGE = 12
"""Pixels from the edge of a region within which a line is that edge."""
NARROW = 8
GAP = 70
"""Pixels of the gap between two lines to write on."""
SHORT = 32
"""Pixels that an upright line must run where it stands in most rows: boxes for letters are low."""
LOW = 30
"""Pixels below which a strip is too low to be written in: it holds a caption, or the white between two boxes."""
OFF_RIGHT = 0.02
"""The share of the table's width by which columns found by the middles of their headings may miss its right edge."""
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
    dark = dark_on(page.picture, paper_of(page.picture))
    upright = folded(page.upright | runs(dark.T, SHORT).T, table)
    level = folded(cv2.dilate(page.level, np.ones((UNEVEN, 1), np.uint8)), table)
    tall, wide = round(table.pitch), table.right - table.left
    inner = upright[EDGE : EDGE + tall] >= THERE
    lines = level[EDGE : EDGE + tall] >= THERE
    regions = _cut(Region(0, 0, wide, tall), inner, lines)
    if len(regions) == 1:
        regions = _by_gaps(level[EDGE + tall - 8 : EDGE + tall + 8].max(axis=0), tall)
    regions = [part for each in regions for part in _by_labels(each, level[EDGE + each.y1 - 6 : EDGE + each.y1 + 1])]
    if len(regions) == 1 and (centred := _centred(headings, table)):
        return [Region(a, 0, b, tall) for a, b in pairwise(centred)], True
    if len(regions) == 1:
        starts = sorted({max(0, each.x0 - table.left - NARROW) for each in headings})
        kept = [each for before, each in zip([-100, *starts], starts, strict=False) if each - before > 40]
        edges = [0, *kept[1:], wide] if len(kept) > 1 else [0, wide]
        return [Region(a, 0, b, tall) for a, b in pairwise(edges)], True
    return _letters(regions), False


def _centred(headings: Sequence[TextBox], table: Table) -> list[int]:
    """Give the edges of columns whose headings stand in their middle; nothing where the last is not the table's own.

    From the left edge on, each column is twice as wide as its heading's middle lies in it, so the right edge is the
    proof.
    """
    spans: list[tuple[int, int]] = []
    for start, end in sorted((each.x0 - table.left, each.x1 - table.left) for each in headings):
        if spans and start < spans[-1][1]:  # a heading of several lines
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    wide = table.right - table.left
    edges = [0.0]
    for start, end in spans:
        edges.append(start + end - edges[-1])
    within = all(a < start and end < b for (start, end), (a, b) in zip(spans, pairwise(edges), strict=True))
    if len(spans) < 2 or not within or abs(edges[-1] - wide) > OFF_RIGHT * wide:
        return []
    return [round(each) for each in edges[:-1]] + [wide]


def _cut(region: Region, upright: np.ndarray, level: np.ndarray) -> list[Region]:
    """Cut a region by the upright lines that run through it or by the level ones, and what comes of it again."""
    part = np.s_[region.y0 : region.y1, region.x0 : region.x1]
    across, down = (_near(each).mean(axis=0) for each in (upright[part], level[part].T))
    beside, below = _middles(across >= WHOLE, region.x1 - region.x0), _middles(down >= WHOLE, region.y1 - region.y0)
    best = max([*across[beside], *down[below]], default=0.0)
    beside = [each for each in beside if across[each] >= best - CLEARER]
    if beside:
        edges = [region.x0, *(region.x0 + each for each in beside), region.x1]
        parts = [Region(a, region.y0, b, region.y1) for a, b in pairwise(edges)]
    else:
        edges = [region.y0, *(region.y0 + each for each in below), region.y1]
        parts = [Region(region.x0, a, region.x1, b) for a, b in pairwise(edges)]
    return [each for one in parts for each in _cut(one, upright, level)] if len(parts) > 1 else parts


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


def _by_labels(region: Region, bottom: np.ndarray) -> list[Region]:
    """Cut a region by the pieces of the line below it, each written on behind its label ("Name: ___ Date: ___")."""
    drawn = np.flatnonzero(bottom[:, region.x0 : region.x1].max(axis=0) >= THERE)
    pieces = np.split(drawn, np.flatnonzero(np.diff(drawn) > GAP) + 1) if len(drawn) else []
    ends = [int(each[-1]) + 1 for each in pieces if each[-1] - each[0] > GAP]
    if len(ends) < 2:
        return [region]
    edges = [region.x0, *(region.x0 + each for each in ends[:-1]), region.x1]
    return [replace(region, x0=a, x1=b) for a, b in pairwise(edges)]


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
            count = end - at
            if joined and _ends_in_one(joined[-1], first, width):  # the first box, with what lies before it
                first, count = replace(first, x0=joined.pop().x1 - width), count + 1
            joined.append(Region(first.x0, first.y0, regions[end - 1].x1, first.y1, count))
            at = end
        else:
            joined.append(first)
            at += 1
    return joined


def _ends_in_one(one: Region, first: Region, width: int) -> bool:
    wide = one.x1 - one.x0
    return (one.y0, one.y1, one.x1) == (first.y0, first.y1, first.x0) and width <= wide <= width + EDGE + 5


def _follows(one: Region, other: Region, width: int) -> bool:
    return one.y0 == other.y0 and one.y1 == other.y1 and abs(other.x1 - other.x0 - width) <= 5 and one.x1 == other.x0
