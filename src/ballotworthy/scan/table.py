"""The rows of a ruled table: the lines that follow each other at one distance, and how many of them make a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ballotworthy.scan.ruling import Ruled, dark_on, paper_of

LONG = 0.3
"""The share of the page's width that a line of the table must run."""
DRAWN = 0.55
"""The share of its own length that a line must be drawn; lines of print are mostly gaps."""
UNEVEN = 4.0
"""How much of its weight a run loses for lying off even rows by a row's height, or off even ends by its length."""
LEAST, MOST = 34, 420
"""Pixels a row may be high: 0.17 to 2.1 inches."""
FEWEST = 3
EVEN = 0.15
"""The share of a row's height by which a line may lie off where even rows would have it."""
STEADY = 0.02
"""The share of the longest line's length by which most lines that are alike may differ in theirs."""
ALIKE = 0.9
"""How much of the best likeness rows must have at a distance to be alike at it."""


@dataclass(frozen=True)
class Line:
    """One level line: y, left, right, and the pixels of its length that are there."""

    y: float
    x0: int
    x1: int
    length: int


@dataclass(frozen=True)
class Table:
    """The rows of a table in pixels: its box, and the y of each row's top and of the last one's bottom."""

    left: int
    right: int
    edges: tuple[float, ...]

    @property
    def pitch(self) -> float:
        """The height of a row."""
        return (self.edges[-1] - self.edges[0]) / (len(self.edges) - 1)


def level_lines(page: Ruled) -> list[Line]:
    """Give the long level lines of a page, from top to bottom; pieces at one height are one line."""
    profile = page.level.sum(axis=1)
    strong = np.flatnonzero(profile > LONG * page.picture.shape[1] * 0.6)
    groups = np.split(strong, np.flatnonzero(np.diff(strong) > 3) + 1) if len(strong) else []
    lines = []
    for group in groups:
        part = page.level[group[0] : group[-1] + 1].any(axis=0)
        xs = np.flatnonzero(part)
        if len(xs) > max(LONG * page.picture.shape[1], DRAWN * (xs[-1] - xs[0])):
            y = float(np.average(group, weights=profile[group]))
            lines.append(Line(y, int(xs[0]), int(xs[-1]) + 1, len(xs)))
    return lines


def find_table(page: Ruled) -> Table | None:
    """Give the largest run of even rows on a page; None where there are not `FEWEST`."""
    lines = level_lines(page)
    dark = dark_on(page.picture, paper_of(page.picture))
    best: tuple[float, list[Line]] | None = None
    for first in range(len(lines)):
        for second in range(first + 1, len(lines)):
            pitch = lines[second].y - lines[first].y
            if not LEAST <= pitch <= MOST:
                continue
            run = _run(lines, lines[first], pitch)
            weight = _weight(run, dark) if len(run) > FEWEST else 0.0
            if weight > (best[0] if best else 0.0):
                best = (weight, run)
    return _with_ends(_rows(page, best[1]), lines) if best else None


def _with_ends(table: Table, lines: Sequence[Line]) -> Table:
    """Add a first and a last row that stand a little apart, as boxes with white between them do."""
    near, pitch, edges = EVEN * table.pitch, table.pitch, table.edges
    ends = [each.y for each in lines if abs(each.x0 - table.left) < near and abs(each.x1 - table.right) < near]
    if any(abs(each - edges[0] + pitch) <= near for each in ends) and edges[0] >= pitch:
        edges = (edges[0] - pitch, *edges)
    if any(abs(each - edges[-1] - pitch) <= near for each in ends):
        edges = (*edges, edges[-1] + pitch)
    return replace(table, edges=edges)


def _run(lines: Sequence[Line], first: Line, pitch: float) -> list[Line]:
    """Give the lines that follow the first at even distances, the distance kept in step with what was found."""
    run = [first]
    while True:
        near = [each for each in lines if abs(each.y - run[-1].y - pitch) <= EVEN * pitch and _over(each, first)]
        if not near:
            return run
        run.append(min(near, key=lambda each: abs(each.y - run[-1].y - pitch)))
        pitch = (run[-1].y - first.y) / (len(run) - 1)


def _weight(run: Sequence[Line], dark: np.ndarray) -> float:
    """Give what speaks for lines being those of rows: their length, less if uneven, more if rows are alike."""
    gaps = np.diff([each.y for each in run])
    uneven = float(np.abs(gaps - gaps.mean()).mean() / gaps.mean())
    starts, ends = np.array([each.x0 for each in run]), np.array([each.x1 for each in run])
    ragged = np.abs(starts - np.median(starts)).mean() + np.abs(ends - np.median(ends)).mean()
    apart = uneven + float(ragged) / float(np.median(ends - starts))
    tall = int(gaps.min()) - 16
    strips = [dark[round(each.y) + 8 :][:tall, run[0].x0 : run[0].x1] for each in run[:-1]]
    alike = _likeness(strips, 1) if tall > 8 else 0.0
    return sum(each.length for each in run) * (1 - UNEVEN * apart) * (1 + alike / 2)  # lines within count as rows


def _over(one: Line, other: Line) -> bool:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > 0.5 * max(one.x1 - one.x0, other.x1 - other.x0)


def _rows(page: Ruled, run: Sequence[Line]) -> Table:
    """Join parts that are not alike but repeat together, such as a name above a signature, into rows."""
    left, right = (int(np.median([getattr(each, side) for each in run])) for side in ("x0", "x1"))
    left, right = min(left, *(each.x0 for each in run[::2])), max(right, *(each.x1 for each in run[::2]))
    dark = dark_on(page.picture, paper_of(page.picture))
    tall = round((run[-1].y - run[0].y) / (len(run) - 1)) - 16
    strips = [
        np.vstack([dark[round(each.y) + 8 :][:tall, left:right], _covered(page, each, left, right)])
        for each in run[:-1]
    ]
    together = _by_length(run)
    if together == 1 and len(strips) >= 6:
        like = {step: _likeness(strips, step) for step in (1, 2, 3)}
        together = next(step for step in (1, 2, 3) if like[step] >= ALIKE * max(like.values()))
    lengths = [np.mean([each.length for each in run[start::together]]) for start in range(together)]
    start = int(np.argmax([each + (20 if not at else 0) for at, each in enumerate(lengths)]))
    edges = [each.y for each in run[start::together]]
    return Table(left, right, tuple(edges))


def _by_length(run: Sequence[Line]) -> int:
    """Give after how many lines one as long comes again: the line between two parts of a row may end early."""
    spans = np.array([each.x1 - each.x0 for each in run])
    for step in (2, 3):
        kinds = [spans[start::step] for start in range(step)]
        steady = max(float(np.median(np.abs(each - np.median(each)))) for each in kinds) < STEADY * spans.max()
        shorter = float(np.median(kinds[0])) - max(float(np.median(each)) for each in kinds[1:])
        if steady and len(run) > 2 * step and shorter > 2 * STEADY * spans.max():
            return step
    return 1


def _covered(page: Ruled, line: Line, left: int, right: int) -> np.ndarray:
    """Give where a line is drawn, eight pixels high, so that it weighs against what stands in the row."""
    near = np.asarray(page.level[max(0, round(line.y) - 4) : round(line.y) + 5, left:right].any(axis=0))
    return np.repeat(near[None].astype(np.uint8), 8, axis=0)


def _likeness(strips: Sequence[np.ndarray], step: int) -> float:
    """Give the ink that strips a step apart have in common, beside what they have."""
    shared = 0.0
    for one, other in zip(strips, strips[step:], strict=False):
        near = cv2.dilate(np.ascontiguousarray(other), np.ones((5, 5), np.uint8))
        shared += float((one & near).sum()) / max(1.0, float(one.sum()))
    return shared / (len(strips) - step)
