"""Streaks that a dirty scanner draws: thin lines from edge to edge, where no form prints any."""

from __future__ import annotations

import cv2
import numpy as np

TALL = 1100
"""Pixels that a page is brought to along a streak."""
BESIDE = 4
"""Pixels to either side of a streak where there is paper."""
DARKER = 10
"""How much darker or lighter than what is beside it a streak is, of 255."""
RUNS, ENDS = 0.85, 0.8
"""The share of the page that a streak runs, and of each end of it, where forms have their margins."""
MARGIN, EDGE = 0.03, 0.015
"""The share of the page that counts as its end; and beside which edge of a scan is only the edge."""
WIDEST = 6


def streaks_of(grey: np.ndarray) -> list[str]:
    """Give what is to be told of each streak of a page: which way it runs and where."""
    told = []
    for across, picture in ((True, grey), (False, np.ascontiguousarray(grey.T))):
        for place in _places(picture):
            edge = "left edge" if across else "top"
            told.append(
                f"a streak runs through the whole page, {place:.0%} of its {'width' if across else 'height'} from the "
                f"{edge}, as a dirty scanner draws it; what is written under it may be misread. Clean the glass and "
                "scan it again"
            )
    return told


def _places(picture: np.ndarray) -> list[float]:
    """Give where streaks run down a picture, as shares of its width."""
    tall = min(1.0, TALL / picture.shape[0])
    small = cv2.resize(
        picture, (picture.shape[1], max(1, round(picture.shape[0] * tall))), interpolation=cv2.INTER_AREA
    )
    height, width = small.shape
    margin, edge = max(1, round(MARGIN * height)), max(1, round(EDGE * width))
    if width < 16 * BESIDE or height < 10 * margin:
        return []
    smooth = cv2.blur(small, (1, 5)).astype(np.int16)
    beside = [np.abs(smooth - np.roll(smooth, way, axis=1)) for way in (BESIDE, -BESIDE)]
    marked = np.minimum(*beside) > DARKER
    there = marked.mean(axis=0) >= RUNS
    there &= (marked[:margin].mean(axis=0) >= ENDS) & (marked[-margin:].mean(axis=0) >= ENDS)
    there[:edge] = there[-edge:] = False
    found = np.flatnonzero(there)
    groups = np.split(found, np.flatnonzero(np.diff(found) > WIDEST) + 1) if len(found) else []
    return [float(each.mean()) / width for each in groups if each[-1] - each[0] <= 3 * WIDEST]
