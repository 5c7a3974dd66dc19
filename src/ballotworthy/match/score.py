"""Matching scored against the truth: how right the probabilities are, and what each threshold finds and takes wrongly.

A line is taken where its best candidate's probability is at least the threshold. Precision is the share of taken lines
whose candidate is the signer, recall the share of signers on the roll who are found: the field's usual pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

EDGES = (0.0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 1.0)
"""Ends of the bands of probability in which what is said is held against what is true."""
PRECISIONS = (0.95, 0.99, 0.995, 0.999)
POINTS = 200


@dataclass(frozen=True)
class Band:
    """Lines whose probability lies from `low` to below `high`: how many, what was said of them, what is true."""

    low: float
    high: float
    lines: int
    said: float
    true: float


@dataclass(frozen=True)
class Point:
    """A threshold, with the precision and the recall of taking every line at or above it."""

    threshold: float
    precision: float
    recall: float


@dataclass(frozen=True)
class Curve:
    """Precision and recall of taking every line at or above a threshold.

    Attributes:
        threshold, precision, recall: one value for each different score, the highest first; float64.
    """

    threshold: np.ndarray
    precision: np.ndarray
    recall: np.ndarray

    def recall_at(self, precision: float) -> float:
        """Give the greatest recall of a threshold that keeps this precision; 0 where none does."""
        return float(self.recall[self.precision >= precision].max(initial=0.0))


def curve_of(score: np.ndarray, right: np.ndarray, signers: int) -> Curve:
    """Give the curve of lines that have a candidate; lines of equal score stand or fall together.

    Args:
        score: how sure each line's best candidate is, higher is surer; float64 (lines,).
        right: whether it is the signer; bool (lines,).
        signers: how many signers there are to find, whether or not they have a candidate.
    """
    order = np.argsort(-score, kind="stable")
    score, right = score[order], right[order]
    last = np.r_[score[1:] != score[:-1], True] if len(score) else np.zeros(0, bool)
    found, taken = np.cumsum(right)[last], np.flatnonzero(last) + 1
    return Curve(score[last], found / taken, found / max(signers, 1))


@dataclass(frozen=True)
class Score:
    """How good a matching is.

    Attributes:
        lines: with a known truth.
        on_roll: of these, lines whose signer is on the roll.
        first: signers whose own record is the best candidate, whatever its probability.
        bands: reliability.
        curve: precision and recall by threshold, the highest first, at most `POINTS`.
        recall_at: the greatest recall of a threshold that keeps each precision; 0 where none does.
    """

    lines: int
    on_roll: int
    first: int
    bands: Sequence[Band]
    curve: Sequence[Point]
    recall_at: Sequence[tuple[float, float]]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `score --json` prints it."""
        return {
            "lines": self.lines,
            "on_roll": self.on_roll,
            "first": self.first,
            "reliability": [asdict(band) for band in self.bands],
            "curve": [asdict(point) for point in self.curve],
            "recall_at": [{"precision": precision, "recall": recall} for precision, recall in self.recall_at],
        }


def score_of(best: pl.DataFrame) -> Score:
    """Score best candidates.

    Args:
        best: one row a line: `voter_id` (null for nobody), `probability` (null for none), `truth` (null for a signer
            who is on no roll).
    """
    chance = best["probability"].fill_null(0.0).to_numpy()
    right = (best["voter_id"] == best["truth"]).fill_null(value=False).to_numpy()
    there = best["voter_id"].is_not_null().to_numpy()
    on_roll = int(best["truth"].is_not_null().sum())
    bands = [_band(low, high, chance[there], right[there]) for low, high in pairwise(EDGES)]
    curve = curve_of(chance[there], right[there], on_roll)
    recall_at = [(wanted, curve.recall_at(wanted)) for wanted in PRECISIONS]
    columns = (curve.threshold.tolist(), curve.precision.tolist(), curve.recall.tolist())
    points = [Point(*each) for each in zip(*columns, strict=True)]
    step = max(1, -(-len(points) // POINTS))
    kept = [band for band in bands if band.lines]
    return Score(best.height, on_roll, int(right.sum()), kept, points[::step], recall_at)


def _band(low: float, high: float, chance: np.ndarray, right: np.ndarray) -> Band:
    within = (chance >= low) & ((chance < high) | (high == EDGES[-1]) & (chance <= high))
    lines = int(within.sum())
    if not lines:
        return Band(low, high, 0, 0.0, 0.0)
    return Band(low, high, lines, float(chance[within].mean()), float(right[within].mean()))
