"""What the recogniser sees in a picture, whole: the probability of every letter at every step, folded to 40 classes.

The model is PP-OCRv6 small as the `rapidocr` wheel carries it, asked through ONNX Runtime; nothing is downloaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from ballotworthy.errors import InputError
from ballotworthy.petition.pictures import BLANK, CLASSES, OTHER, class_of

MODEL = "PP-OCRv6_rec_small.onnx"
MODEL_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
HEIGHT, NARROWEST = 48, 320
LIGHTER, WIDER = 0.4, 1.5
"""Of a coarse scan, whose strokes run together: the share of its darkness that is kept, and how much it is stretched
across. Tried on drawn hands: of 1,001 voters the right name lost 3.8 bits before and 2.3 so, the right address 6.0 and
5.5; on scans of 150 dpi and more hardly anything changes, so those are shown as they are."""


@dataclass(frozen=True)
class Reading:
    """One cell as read: the best text, the mean probability of its letters, and steps x 40 probabilities (float16)."""

    text: str
    confidence: float
    posteriors: np.ndarray


def session_of(name: str, sha256: str) -> onnxruntime.InferenceSession:
    """Load a model that the `rapidocr` wheel carries, to run in one thread.

    Raises:
        InputError: the wheel is not installed, or its model is not the one that was tried.
    """
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise InputError('the recogniser is not installed. Install it: pip install "ballotworthy[scan]"')
    model = (Path(spec.origin).parent / "models" / name).read_bytes()
    if hashlib.sha256(model).hexdigest() != sha256:
        raise InputError(f"the recogniser {name} is not the one that was tried. Install rapidocr 3.10.0.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Reader:
    """The recogniser, loaded once; one thread, so that a process a core can be run."""

    def __init__(self) -> None:
        self._session = session_of(MODEL, MODEL_SHA256)
        letters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._symbols = ["", *letters, " "]
        classes = np.array([BLANK, *(class_of(each) for each in self._symbols[1:])])
        self._known = np.flatnonzero(classes != OTHER)  # some hundreds of the 18,710 symbols
        self._fold = np.eye(CLASSES, dtype=np.float32)[classes[self._known]]
        self._input = self._session.get_inputs()[0].name

    def read(self, pictures: Sequence[np.ndarray], *, coarse: bool = False) -> list[Reading]:
        """Give the reading of each grey picture (height x width); one without pixels reads as nothing.

        Args:
            pictures: of lines of writing.
            coarse: whether they were scanned at few dots an inch.
        """
        return [
            self._one(_lighter(each) if coarse else each, WIDER if coarse else 1.0)
            if each.size
            else Reading("", 0.0, np.zeros((0, CLASSES), np.float16))
            for each in pictures
        ]

    def _one(self, picture: np.ndarray, wider: float) -> Reading:
        width = max(16, round(wider * HEIGHT * picture.shape[1] / picture.shape[0]))
        how = cv2.INTER_CUBIC if len(picture) < HEIGHT else cv2.INTER_AREA
        scaled = cv2.resize(picture, (width, HEIGHT), interpolation=how).astype(np.float32) / 127.5 - 1
        batch = np.zeros((1, 3, HEIGHT, max(NARROWEST, width)), np.float32)
        batch[0, :, :, :width] = scaled
        steps = self._session.run(None, {self._input: batch})[0][0]
        kept = steps[: max(2, -(-width * len(steps) // batch.shape[3]))]
        best = kept.argmax(1)
        shown = (best != BLANK) & np.r_[True, best[1:] != best[:-1]]
        text = "".join(self._symbols[each] for each in best[shown]).strip()
        sure = float(kept.max(1)[shown].mean()) if shown.any() else 0.0
        folded = kept[:, self._known] @ self._fold
        folded[:, OTHER] = np.clip(1 - folded.sum(axis=1), 0, 1)
        return Reading(text, sure, folded.astype(np.float16))


def _lighter(picture: np.ndarray) -> np.ndarray:
    return (255 - LIGHTER * (255 - picture.astype(np.float32))).astype(np.uint8)
