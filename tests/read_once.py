"""What the recogniser makes of the same pixels is the same: the tests ask it once, and load it once a process.

To import this file is to have it so. Everything before and behind the two models runs each time. Answers are kept in
pytest's own cache from run to run, under the text of what asks the models and the versions of what runs them;
`pytest --cache-clear` forgets them.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
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

from ballotworthy.scan import page_text, posteriors  # noqa: E402 -- they need the extra
from ballotworthy.scan.page_text import Finder  # noqa: E402 -- as above
from ballotworthy.scan.posteriors import Reader  # noqa: E402 -- as above

KEPT = Path(__file__).parents[1] / ".pytest_cache" / "read-once"


def _asks() -> bytes:
    """Give what an answer depends on beside the picture: what asks (it names the models by digest), and what runs."""
    texts = [Path(str(module.__file__)).read_bytes() for module in (page_text, posteriors)]
    versions = [version(name) for name in ("onnxruntime", "rapidocr", "opencv-python-headless", "numpy")]
    return b"".join(texts) + " ".join(versions).encode()


ASKS = _asks()


def _loads_once(kind: type) -> None:
    load, loaded = kind.__init__, {}

    def init(self: object) -> None:
        if not loaded:
            load(self)
            loaded.update(vars(self))
        vars(self).update(loaded)

    kind.__init__ = init  # type: ignore[misc]


def _answers_once(answer: Callable[..., Any]) -> Callable[..., Any]:
    answers: dict[str, Any] = {}

    def answered(self: object, picture: np.ndarray, *more: float) -> Any:
        asked = repr((answer.__qualname__, picture.shape, picture.dtype.str, more)).encode()
        key = hashlib.sha256(ASKS + asked + np.ascontiguousarray(picture).tobytes()).hexdigest()
        if key not in answers:
            answers[key] = _kept(KEPT / key[:2] / key, lambda: answer(self, picture, *more))
        return deepcopy(answers[key])

    return answered


def _kept(path: Path, answer: Callable[[], Any]) -> Any:
    """Give what is kept there, or the answer, which is then kept; another process may be asking the same."""
    if path.is_file():
        return pickle.loads(path.read_bytes())  # noqa: S301 -- written below
    given = answer()
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f"{path.name}.{os.getpid()}")
    own.write_bytes(pickle.dumps(given))
    own.replace(path)
    return given


_loads_once(Finder)
_loads_once(Reader)
Finder.find = _answers_once(Finder.find)  # type: ignore[method-assign]
Reader._one = _answers_once(Reader._one)  # type: ignore[method-assign]
