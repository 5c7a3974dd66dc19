"""Where a page has text: boxes of lines of print or writing, found by the detector of the `rapidocr` wheel."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ballotworthy.scan.posteriors import Reader, session_of

MODEL = "PP-OCRv6_det_small.onnx"
MODEL_SHA256 = "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"
LIKELY, SURE = 0.3, 0.5
"""Probability of a pixel that it belongs to text; mean probability of a box that it is one."""
WIDENED = 0.6
"""How much of its height a box is widened by, since the detector marks the middle of the letters."""
SMALLEST = 4
TRIED = 6
"""Lines of text that are read both ways up."""
TILE = 32
"""The detector takes pictures whose sides are multiples of this."""


@dataclass(frozen=True)
class TextBox:
    """One line of text: left, top, right, bottom in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box: x, y."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


class Finder:
    """The detector, loaded once."""

    def __init__(self) -> None:
        self._session = session_of(MODEL, MODEL_SHA256)
        self._input = self._session.get_inputs()[0].name

    def find(self, picture: np.ndarray, scale: float = 0.7) -> list[TextBox]:
        """Give the boxes of text on a grey picture, from top to bottom; `scale` is what it is shrunk to first."""
        height, width = (max(TILE, round(each * scale / TILE) * TILE) for each in picture.shape)
        small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 127.5 - 1
        chance = self._session.run(None, {self._input: np.repeat(small[None, None], 3, axis=1)})[0][0, 0]
        mask = (chance > LIKELY).astype(np.uint8)
        count, labels, facts, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        total = np.bincount(labels.ravel(), chance.ravel(), count)
        across, down = picture.shape[1] / width, picture.shape[0] / height
        found = []
        for label in range(1, count):
            x, y, wide, tall, area = (int(each) for each in facts[label])
            if total[label] / area < SURE or min(wide, tall) < SMALLEST:
                continue
            grown = WIDENED * min(wide, tall)
            found.append(
                TextBox(
                    max(0, round((x - grown) * across)),
                    max(0, round((y - grown) * down)),
                    min(picture.shape[1], round((x + wide + grown) * across)),
                    min(picture.shape[0], round((y + tall + grown) * down)),
                )
            )
        return sorted(found, key=lambda each: (each.y0, each.x0))


def cut(picture: np.ndarray, box: TextBox) -> np.ndarray:
    """Give the part of a picture in a box."""
    return picture[box.y0 : box.y1, box.x0 : box.x1]


def upright(picture: np.ndarray, finder: Finder, reader: Reader) -> tuple[int, list[TextBox]]:
    """Give the quarters by which an unskewed page must be turned left to be read, and its boxes of text then.

    Lines of text are longer than high, and they are read more surely the right way up.
    """
    boxes = finder.find(picture)
    wide = sum(each.x1 - each.x0 for each in boxes if each.x1 - each.x0 > 1.5 * (each.y1 - each.y0))
    tall = sum(each.y1 - each.y0 for each in boxes if each.y1 - each.y0 > 1.5 * (each.x1 - each.x0))
    longest = sorted(boxes, key=lambda each: -max(each.x1 - each.x0, each.y1 - each.y0))[:TRIED]
    legible = {}
    for turns in (0, 2) if wide >= tall else (1, 3):
        parts = [np.ascontiguousarray(np.rot90(cut(picture, each), turns)) for each in longest]
        legible[turns] = sum(each.confidence * len(each.text) for each in reader.read(parts))
    best = max(legible, key=lambda each: legible[each])
    height, width = picture.shape
    for _ in range(best):
        boxes = [TextBox(each.y0, width - each.x1, each.y1, width - each.x0) for each in boxes]
        height, width = width, height
    return best, sorted(boxes, key=lambda each: (each.y0, each.x0))
