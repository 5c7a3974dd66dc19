"""The evidence of a line as it is told: what was searched, who comes near, what the same person wrote before."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.check.standing import GROUNDS, UNNAMED
from ballotworthy.match import Matches, searches
from ballotworthy.match.kernel import RANKS
from ballotworthy.petition import Petition, line_ids


def words_of(
    petition: Petition,
    matches: Matches,
    chances: np.ndarray,
    reason: np.ndarray,
    standing: np.ndarray,
    best: pl.Series,
) -> pl.Series:
    """Give the evidence, after what the machine could not decide or did not find.

    Args:
        petition: the lines.
        matches: the voters of each.
        chances: of each candidate; float64 (lines, RANKS).
        reason: of each line.
        standing: why its voter was no registered voter on the day, or "".
        best: how the best voter of each compares with it, in words.
    """
    near = (chances > chances[:, :1] / 4).sum(axis=1)
    more = np.where(near == RANKS, " or more", "")
    ambiguous = pl.Series(
        [f"ambiguous between {n}{m} voters: " if n > 1 else "" for n, m in zip(near, more, strict=True)]
    )
    looked = searches(matches.looked)
    unnamed = np.where(reason == UNNAMED, standing, "")
    why = pl.Series([f"not a registered voter on the day ({GROUNDS[one]}): " if one else "" for one in unnamed])
    again = _again(matches, petition.frame, reason)
    columns = {"reason": reason, "best": best, "ambiguous": ambiguous, "looked": looked, "again": again, "why": why}
    table = pl.DataFrame(columns)
    return table.select(
        pl.when(pl.col("reason").is_in(["blank", "struck"]))
        .then(pl.lit(""))
        .when(pl.col("why") != "")
        .then(pl.concat_str("why", "best"))
        .when(pl.col("reason") == "not-registered")
        .then(pl.concat_str("again", pl.lit("searched "), "looked", pl.lit("; nearest: "), "best"))
        .when(pl.col("reason") == "ambiguous")
        .then(pl.concat_str("ambiguous", "best"))
        .otherwise("best")
        .alias("evidence")
    ).to_series()


def _again(matches: Matches, frame: pl.DataFrame, reason: np.ndarray) -> pl.Series:
    """Give, for a line of somebody who is on no roll, which earlier such line has the same name and address, or ""."""
    who = matches.lines["who"]
    rows = np.flatnonzero((reason == "not-registered") & (who["last"][:, 0] != 0) & (who["street"][:, 0] != 0))
    number = np.ascontiguousarray(who["number"][rows]).view(np.uint8).reshape(-1, 4)
    facts = np.hstack([who["last"][rows], who["first"][rows], who["street"][rows], number])
    _, first, place = np.unique(facts, axis=0, return_index=True, return_inverse=True)
    earlier = rows[first[place.ravel()]] if len(rows) else rows
    ids = line_ids(frame)
    texts = np.full(frame.height, "", dtype=object)
    later = earlier != rows
    texts[rows[later]] = [f"the same name and address as line {one}; " for one in ids[earlier[later]]]
    return pl.Series(texts.tolist(), dtype=pl.String)
