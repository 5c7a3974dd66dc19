"""One cell's probabilities made ready to be weighed, and texts as the labels that they are weighed by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.petition.pictures import BLANK, CLASSES, OTHER, PUNCTUATION, SPACE, class_of

GAP = CLASSES
"""A label that stands for whatever is written between two words, a middle initial for instance, at a price a step."""
FLOOR = 1e-3
"""Probability at least of any class at any step, shared among ten: a stroke that nobody expected costs 13 bits."""
MARK = 0.5
"""Price of a full stop, comma or hyphen that the text does not have."""
SKIPS = np.full(CLASSES + 1, 0.02)
"""Price of a label that is not in the picture: a letter left out, or not seen, costs 5.6 bits."""
SKIPS[SPACE], SKIPS[PUNCTUATION], SKIPS[GAP] = 0.6, 0.5, 1.0
WIDTH = 40
"""Labels of the longest text."""
FLATTER, NO_LETTER, LEAST = 0.6, 0.1, 1e-9
"""Power by which a recogniser's probabilities are made less sure; what "no letter" counts beside letters, since it is
said wherever the recogniser is at a loss; and the least probability that it tells. Fitted on drawn hands at hard noise:
of some 600 voters taken at random the right name lost 2.9 bits before and 1.4 so, the right address 4.4 and 2.7."""


@dataclass(frozen=True)
class Seen:
    """A cell as it is weighed.

    Attributes:
        steps: each step over its likeliest class, GAP last; float64 (steps, CLASSES + 1).
        ink: which steps show a letter rather than nothing; bool (steps,).
    """

    steps: np.ndarray
    ink: np.ndarray

    def with_gap(self, price: float) -> np.ndarray:
        """Give the steps with the price of a step of ink that GAP passes over."""
        steps = self.steps.copy()
        steps[:, GAP] = np.where(self.ink, price, 1.0)
        return steps

    def tail(self, price: float) -> np.ndarray:
        """Give what it costs to leave the steps from each one on unexplained; float64 (steps + 1,)."""
        each = np.where(self.ink, price, 1.0)
        return np.append(np.cumprod(each[::-1])[::-1], 1.0)


LOOKS = (("0", "OQD"), ("1", "ILJ"), ("2", "Z"), ("3", "B"), ("4", "AH"), ("5", "S"), ("6", "GB"), ("7", "TY"),
         ("8", "B"), ("9", "G"))  # fmt: skip
"""Figures and the letters that look like them."""
ALIKE = [(class_of(figure), class_of(letter)) for figure, others in LOOKS for letter in others]
ANY = 0.03
"""What a sign that is on no roll counts of any letter or figure."""


def alike(posteriors: np.ndarray, letters: float, figures: float) -> np.ndarray:
    """Give a cell's probabilities with what letters that look like a figure count of it, and figures of such letters.

    A recogniser does not know that no figure stands in a name. The sums of steps are no longer 1.
    """
    own = np.asarray(posteriors, np.float64)
    steps = own.copy()
    for figure, letter in ALIKE:
        steps[:, figure] += letters * own[:, letter]
        steps[:, letter] += figures * own[:, figure]
    steps[:, 1:SPACE] += ANY * own[:, OTHER][:, None]
    return steps


def flatter(steps: np.ndarray) -> np.ndarray:
    """Give a cell's probabilities as sure as they were found to be right; the sums of steps are no longer 1."""
    kept = np.maximum(np.asarray(steps, np.float64), LEAST) ** FLATTER
    kept[:, BLANK] *= NO_LETTER
    return np.asarray(kept)


def seen_of(posteriors: np.ndarray, mark: float = MARK) -> Seen:
    """Make a cell's probabilities ready; float (steps, CLASSES); `mark` is the price of a mark the text lacks."""
    steps = np.asarray(posteriors, np.float64)
    steps = (1 - FLOOR) * steps / np.maximum(steps.sum(axis=1, keepdims=True), 1e-9) + FLOOR / 10
    ink = ~np.isin(steps.argmax(axis=1), (BLANK, SPACE))
    steps[:, BLANK] = np.maximum(steps[:, BLANK], mark * steps[:, PUNCTUATION])
    steps[:, SPACE] = np.maximum(steps[:, SPACE], mark * steps[:, PUNCTUATION])
    steps /= steps.max(axis=1, keepdims=True)
    return Seen(np.hstack([steps, np.zeros((len(steps), 1))]), ink)


_LABEL = np.zeros(256, np.uint8)
for _at in range(26):
    _LABEL[ord("A") + _at] = 1 + _at
for _at in range(10):
    _LABEL[ord("0") + _at] = 27 + _at
_LABEL[ord(" ")] = SPACE
_LABEL[ord("/")] = PUNCTUATION
_LABEL[1] = GAP


def labels_of(letters: np.ndarray) -> np.ndarray:
    """Give the labels of plain texts, bytes with zeros behind; byte 1 stands for GAP. uint8 (texts, WIDTH)."""
    labels = np.zeros((len(letters), WIDTH), np.uint8)
    width = min(letters.shape[1], WIDTH)
    labels[:, :width] = _LABEL[letters[:, :width]]
    return labels


def joined(*parts: np.ndarray | bytes) -> np.ndarray:
    """Join fields of letters, row by row, with bytes that are the same in all; uint8 (texts, WIDTH)."""
    rows = max(len(part) for part in parts if isinstance(part, np.ndarray))
    out = np.zeros((rows, WIDTH), np.uint8)
    at = np.zeros(rows, np.int64)
    for part in parts:
        field = np.frombuffer(part, np.uint8).copy()[None] if isinstance(part, bytes) else part
        _append(np.ascontiguousarray(field), out, at)
    return out


@compiled
def _append(field: np.ndarray, out: np.ndarray, at: np.ndarray) -> None:
    """Write the letters of a field, of one row for all or of one for each, behind what stands in `out` up to `at`."""
    for row in range(out.shape[0]):
        of = row if field.shape[0] > 1 else 0
        for column in range(field.shape[1]):
            letter = field[of, column]
            if letter != 0 and at[row] < WIDTH:
                out[row, at[row]] = letter
                at[row] += 1
