"""A page laid straight by its ruling: the rows and columns of a form found on it, whichever way up it was scanned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from ballotworthy.scan.past_edge import rows_past
from ballotworthy.scan.registered import SCALE
from ballotworthy.scan.ruling import Ruled, quarter, ruled
from ballotworthy.sheets.form import Form

SCALES = np.arange(0.80, 1.2001, 0.0025)
"""How much larger or smaller than on its form the ruling may lie on the page."""
STRETCH = 0.02
"""How far the scales down and across may differ."""
NEAR = 4
"""Pixels by which a line may lie off in the first search."""
SNAP = 14
"""Pixels within which a line is looked for once the page is nearly laid; a line of rows that are high, further."""
HIGH = 0.15
"""The share of a row's height within which its lines are looked for."""
FOUND, ENOUGH = 0.35, 0.5
"""The share of a line's length that must be there for it to be found, and the share of lines that must be."""
FAR = 0.6
"""What a line off by the whole page costs, in lines found of all; off by a twentieth it costs a thirtieth."""


Surface = Callable[[np.ndarray, np.ndarray], np.ndarray]
Terms = Callable[[Any, Any], list[Any]]


@dataclass(frozen=True)
class Laid:
    """A page as its form has it, at `SCALE`: its picture, the share of lines found, its size beside the form's.

    `share` is that of the rows' lines, `whole` that of all lines; `turns` is how many quarters it was turned left;
    `outside` the rows that lie beyond the edge of the scan, from 0, and `cut` those that it shows in part; `off` what
    it costs, as a share of lines, that the rows lie higher or lower than the form has them.
    """

    picture: np.ndarray
    share: float
    whole: float
    size: float
    turns: int
    outside: tuple[int, ...]
    off: float
    cut: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Lies:
    share: float
    scale: tuple[float, float]
    shift: tuple[float, float]


@dataclass(frozen=True)
class Fit:
    """A page turned left by so many quarters, and where the form's ruling lies on it."""

    page: Ruled
    lies: _Lies
    turns: int


def fits(grey: np.ndarray, form: Form, seen: np.ndarray | None = None) -> list[Fit]:
    """Give where the form's ruling lies on the page, of each way up in which some of it is found.

    Args:
        grey: the page.
        form: whose ruling is looked for.
        seen: 255 where the page is on the picture, else 0; all of it if absent.
    """
    page = ruled(grey, seen)
    found = []
    for turns in range(4):
        turned = quarter(page, turns)
        if (turned.picture.shape[1] > turned.picture.shape[0]) != (form.width > form.height) and _long(form):
            continue
        lies = _lies(turned, form)
        if lies is not None:
            found.append(Fit(turned, lies, turns))
    return found


def layings(ways: Sequence[Fit], form: Form, lines_off: Sequence[int] = (0,)) -> list[Laid]:
    """Give the page laid straight in each way in which enough of the form's ruling is found, the best first.

    Args:
        ways: what `fits` gave.
        form: whose ruling was looked for.
        lines_off: by how many lines up (below 0) or down each way is moved: broken lines fit nearly as well one off.
    """
    found = [_laid(each.page, form, _moved(each.lies, form, lines), each.turns) for each in ways for lines in lines_off]
    return sorted((each for each in found if each.share >= ENOUGH), key=lambda each: -each.whole)


def level_lines(form: Form) -> list[tuple[float, float, float]]:
    """Give the lines of the form's rows, from top to bottom: y, left, right, in pixels of the laid page."""
    left, right = _ends(form)
    inner = sorted({round(edge, 1) for cell in form.cells for edge in (cell.y, cell.y + cell.height)})
    lines = [(form.top + number * form.row, left, right) for number in range(form.rows + 1)]
    for edge in inner:
        if 0.1 * form.row < edge < 0.9 * form.row:
            spans = [each for each in form.cells if abs(each.y - edge) < 1 or abs(each.y + each.height - edge) < 1]
            ends = min(each.x for each in spans), max(each.x + each.width for each in spans)
            lines += [(form.top + number * form.row + edge, *ends) for number in range(form.rows)]
    return [(y * SCALE, x0 * SCALE, x1 * SCALE) for y, x0, x1 in sorted(lines)]


def upright_lines(form: Form) -> list[float]:
    """Give the upright edges of the form's cells, from left to right, in pixels of the laid page."""
    edges = sorted(edge for cell in form.cells for edge in (cell.x, cell.x + cell.width))
    kept = [edge for before, edge in zip([-9.0, *edges], edges, strict=False) if edge - before > 2]
    return [edge * SCALE for edge in kept]


def _moved(fit: _Lies, form: Form, lines: int) -> _Lies:
    apart = float(np.median(np.diff(sorted({y for y, _, _ in level_lines(form)}))))
    return replace(fit, shift=(fit.shift[0], fit.shift[1] + lines * apart * fit.scale[1]))


def _long(form: Form) -> bool:
    return max(form.width, form.height) / min(form.width, form.height) > 1.15


def _ends(form: Form) -> tuple[float, float]:
    return min(cell.x for cell in form.cells), max(cell.x + cell.width for cell in form.cells)


def _lies(page: Ruled, form: Form) -> _Lies | None:
    """Find scale and shift, first down and then across, by which most lines of the form lie on lines of the page."""
    lines = level_lines(form)
    width = lines[0][2] - lines[0][1]
    down = _widened(page.level.sum(axis=1) / width)
    tops = np.array(sorted({y for y, _, _ in lines}))
    best = _search(down, tops, SCALES, page.picture.shape[0])
    if best is None:
        return None
    scale, shift, share = best
    y0, y1 = (int(np.clip(scale * y + shift, 0, page.picture.shape[0])) for y in (tops[0], tops[-1]))
    if y1 - y0 < 50:
        return None
    across = _widened(_upright_profile(page, y0, y1))
    near = SCALES[np.abs(SCALES - scale) <= STRETCH]
    beside = _search(across, np.array(upright_lines(form)), near, page.picture.shape[1])
    if beside is None:
        return None
    return _Lies(share, (beside[0], scale), (beside[1], shift))


def _upright_profile(page: Ruled, y0: int, y1: int) -> np.ndarray:
    """Give, for each x, how much of the height is an upright line, or an end of level lines."""
    part = page.level[y0 - 4 if y0 > 4 else 0 : y1 + 4]
    ends = np.abs(np.diff(part.astype(np.int16), axis=1, prepend=0)).sum(axis=0)
    kernel = np.ones(5)
    rows = max(1.0, part.any(axis=1).sum() / 2)
    return np.asarray(page.upright[y0:y1].sum(axis=0) / (y1 - y0) + np.convolve(ends, kernel, "same") / (2 * rows))


def _widened(profile: np.ndarray) -> np.ndarray:
    """Give a profile from 0 to 1 in which a line counts for its near places too."""
    clipped = np.clip(profile / (2 * FOUND), 0, 1).astype(np.float32)
    return np.asarray(cv2.dilate(clipped.reshape(-1, 1), np.ones((2 * NEAR + 1, 1), np.uint8)).ravel())


def _search(
    profile: np.ndarray, places: np.ndarray, scales: np.ndarray, length: int
) -> tuple[float, float, float] | None:
    """Give scale, shift and share of places found, for the fit with most of them and the least moved page."""
    margin = length // 2
    padded = np.pad(profile, margin)
    best: tuple[float, float, float, float] | None = None
    for scale in scales:
        at = np.rint(places * scale).astype(np.int64)
        shifts = np.arange(-at[0] - margin // 4, length + margin // 4 - at[-1])
        if len(shifts) < 1:
            shifts = np.arange(-margin, margin)
        starts = at[:, None] + shifts[None] + margin
        score = padded[np.clip(starts, 0, len(padded) - 1)].mean(axis=0)
        meant = (1 - scale) * length / 2  # the page's middle stays where it is
        cost = FAR * np.abs(shifts - meant) / length + 0.3 * abs(scale - 1)
        index = int(np.argmax(score - cost))
        total = float(score[index] - cost[index])
        if best is None or total > best[0]:
            best = (total, float(scale), float(shifts[index]), float(score[index]))
    return best[1:] if best else None


def _laid(page: Ruled, form: Form, fit: _Lies, turns: int) -> Laid:
    """Lay the page by its fit, each line drawn to where it is on the page, as smoothly as paper lies."""
    size = round(form.width * SCALE), round(form.height * SCALE)
    (sx, sy), (tx, ty) = fit.scale, fit.shift
    lines = level_lines(form)
    reach = max(SNAP, round(HIGH * form.row * SCALE))
    downs = [each for y, x0, x1 in lines for each in _seen_level(page, y, x0, x1, fit, reach)]
    top, bottom = lines[0][0], lines[-1][0]
    acrosses = [each for x in upright_lines(form) for each in _seen_upright(page, x, top, bottom, fit)]
    dy, share = _smooth([(x, y, off) for x, y, off in downs], lambda x, y: [1, x, y, x * y, x * x], size)
    dx, beside = _smooth([(x, y, off) for x, y, off in acrosses], lambda x, y: [1, x, y, x * y, y * y], size)
    x, y = np.arange(size[0], dtype=np.float32)[None], np.arange(size[1], dtype=np.float32)[:, None]
    map_x = (sx * x + tx + dx(x, y)).astype(np.float32)
    map_y = (sy * y + ty + dy(x, y)).astype(np.float32)
    map_y += _uneven(downs, dy, size[1])[:, None]
    picture = cv2.remap(page.picture, map_x, map_y, cv2.INTER_LINEAR, borderValue=255)
    expected = 3 * len(lines), 3 * len(upright_lines(form))
    height = page.picture.shape[0]
    whole = (share + beside) / sum(expected)
    off = FAR * abs(ty - (1 - sy) * height / 2) / height
    seen = np.full_like(page.picture, 255) if page.seen is None else page.seen
    outside, cut = rows_past(seen, map_x, map_y, form, _ends(form))
    return Laid(picture, share / expected[0], whole, sy, turns, outside, off, cut)


def _uneven(seen: Sequence[tuple[float, float, float]], smooth: Surface, height: int) -> np.ndarray:
    """Give how far each line lies off the smooth page, since rows are seldom drawn all of one height; even between."""
    lines = sorted({y for _, y, _ in seen})
    if not lines:
        return np.zeros(height, np.float32)
    off = [
        float(np.median([found - smooth(np.array([x]), np.array([y]))[0] for x, y, found in seen if y == line]))
        for line in lines
    ]
    return np.interp(np.arange(height), lines, off).astype(np.float32)


def _seen_level(
    page: Ruled, y: float, x0: float, x1: float, fit: _Lies, reach: int
) -> list[tuple[float, float, float]]:
    """Give x, y on the form and how far down the line lies from where the fit has it, in three parts of its length."""
    found = []
    for part in range(3):
        a, b = x0 + (x1 - x0) * part / 3, x0 + (x1 - x0) * (part + 1) / 3
        start, end = (fit.scale[0] * each + fit.shift[0] for each in (a, b))
        off = _nearest(page.level, fit.scale[1] * y + fit.shift[1], start, end, reach)
        if off is not None:
            found.append(((a + b) / 2, y, off))
    return found


def _seen_upright(page: Ruled, x: float, y0: float, y1: float, fit: _Lies) -> list[tuple[float, float, float]]:
    found = []
    for part in range(3):
        a, b = y0 + (y1 - y0) * part / 3, y0 + (y1 - y0) * (part + 1) / 3
        start, end = (fit.scale[1] * each + fit.shift[1] for each in (a, b))
        off = _nearest(page.upright.T, fit.scale[0] * x + fit.shift[0], start, end, SNAP)
        if off is not None:
            found.append((x, (a + b) / 2, off))
    return found


def _nearest(mask: np.ndarray, at: float, start: float, end: float, reach: int) -> float | None:
    """Give how far from `at` the line lies that runs along most of start to end; None where none does."""
    a, b = max(0, round(start)), min(mask.shape[1], round(end))
    low, high = max(0, round(at) - reach), min(mask.shape[0], round(at) + reach + 1)
    if b - a < 20 or high - low < 3:
        return None
    profile = mask[low:high, a:b].mean(axis=1)
    if profile.max() < FOUND:
        return None
    strong = np.flatnonzero(profile >= 0.7 * profile.max())
    groups = np.split(strong, np.flatnonzero(np.diff(strong) > 2) + 1)
    middles = [low + float(np.average(each, weights=profile[each])) - at for each in groups]
    return min(middles, key=abs)


def _smooth(seen: Sequence[tuple[float, float, float]], terms: Terms, size: tuple[int, int]) -> tuple[Surface, int]:
    """Give a smooth surface through how far lines lie off, those that lie far from it left out; and how many kept."""
    if len(seen) < 4:
        return (lambda x, y: np.zeros_like(x + y)), len(seen)
    points = np.array(seen)
    x, y = points[:, 0] / size[0], points[:, 1] / size[1]
    matrix = np.stack([np.broadcast_to(each, x.shape) for each in terms(x, y)], axis=1)
    if len(seen) < 12:
        matrix[:, 1:] = 0  # too few to say more than how far
    weight = np.ones(len(points))
    solved = np.zeros(matrix.shape[1])
    ridge = np.eye(matrix.shape[1]) * 0.05
    for _ in range(4):
        heavy = matrix * weight[:, None]
        solved = np.linalg.solve(heavy.T @ matrix + ridge, heavy.T @ points[:, 2])
        weight = 1 / (1 + (np.abs(matrix @ solved - points[:, 2]) / 2) ** 2)
    kept = int((np.abs(matrix @ solved - points[:, 2]) < NEAR).sum())

    def surface(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        parts = terms(x / size[0], y / size[1])
        return np.asarray(sum(float(each) * part for each, part in zip(solved, parts, strict=True)) + np.zeros_like(x))

    return surface, kept
