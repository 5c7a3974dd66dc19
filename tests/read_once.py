"""What the recogniser makes of the same pixels is the same: a process of tests asks it once, and loads it once.

To import this file is to have it so. Everything before and behind the two models runs each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

WHY = "reading scans and measuring a PDF need the extra scan"
cv2, pypdfium2, _, _ = (
    pytest.importorskip(each, reason=WHY) for each in ("cv2", "pypdfium2", "onnxruntime", "rapidocr")
)
Image, ImageDraw, ImageFilter, ImageFont = (
    pytest.importorskip(f"PIL.{each}", reason=WHY) for each in ("Image", "ImageDraw", "ImageFilter", "ImageFont")
)

from ballotworthy.scan.page_text import Finder  # noqa: E402 -- it needs the extra
from ballotworthy.scan.posteriors import Reader  # noqa: E402 -- as above


def _loads_once(kind: type) -> None:
    load, loaded = kind.__init__, {}

    def init(self: object) -> None:
        if not loaded:
            load(self)
            loaded.update(vars(self))
        vars(self).update(loaded)

    kind.__init__ = init  # type: ignore[misc]


def _answers_once(answer: Callable[..., Any]) -> Callable[..., Any]:
    answers: dict[tuple[bytes, tuple[int, ...], object], Any] = {}

    def answered(self: object, picture: np.ndarray, *more: float) -> Any:
        key = hashlib.sha256(np.ascontiguousarray(picture)).digest(), picture.shape, more
        if key not in answers:
            answers[key] = answer(self, picture, *more)
        return deepcopy(answers[key])

    return answered


_loads_once(Finder)
_loads_once(Reader)
Finder.find = _answers_once(Finder.find)  # type: ignore[method-assign]
Reader._one = _answers_once(Reader._one)  # type: ignore[method-assign]
