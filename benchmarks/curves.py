"""What a list of best candidates is worth: recall at given precisions, by the one threshold that serves each best."""

from __future__ import annotations

import polars as pl

from ballotworthy.match.score import curve_of

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
    curve = curve_of(score[there], right[there], int(truth.is_not_null().sum()))
    return [curve.recall_at(precision) for precision in precisions]
