"""What a list of best candidates is worth: recall at given precisions, by the one threshold that serves each best."""

from __future__ import annotations

import numpy as np
import polars as pl

PRECISIONS = (0.95, 0.98, 0.99, 0.995, 0.999)


def recalls(best: pl.DataFrame, truth: pl.Series, precisions: tuple[float, ...] = PRECISIONS) -> list[float]:
    """Give for each precision the largest share of signers found by a threshold that keeps it.

    Args:
        best: one row a line, in the order of `truth`: `voter` (null for nobody) and `score` (higher is surer).
        truth: the voter who signed each line, null for a signer who is on no roll.
        precisions: shares of taken lines that must be right; a stranger taken for a voter is a wrong one.

    Lines of equal score stand or fall together. The share is of lines whose signer is on the roll.
    """
    right = (best["voter"] == truth).fill_null(value=False).to_numpy()
    score = best["score"].to_numpy().astype(float)
    there = best["voter"].is_not_null().to_numpy()
    right, score = right[there], score[there]
    order = np.argsort(-score, kind="stable")
    right, score = right[order], score[order]
    last = np.r_[score[1:] != score[:-1], True] if len(score) else np.zeros(0, bool)
    found, taken = np.cumsum(right)[last], np.flatnonzero(last) + 1
    signers = truth.is_not_null().sum()
    return [float(found[found >= precision * taken].max(initial=0)) / max(signers, 1) for precision in precisions]
