"""Which signers can be told at all: those whom no other voter of the roll fits as well, judged without any weights.

Another voter fits a line as well when, in every part that stands on the line, he is at least as near to it as the
signer's own record: letters by Levenshtein distance, an initial fitting every name it begins, and units, suffixes and
middle names as agreeing, absent or contradicting. So one of two namesakes in one house is not identifiable, nor a line
that leaves out what tells them apart; a miswritten line is, as long as nobody else is as near in everything.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from rapidfuzz.distance import Levenshtein

EXACT = ("first", "last", "number", "street", "zip", "birth")
KINDS = ("unit", "suffix", "middle")


def identifiable(lines: pl.DataFrame, voters: pl.DataFrame, signer: np.ndarray) -> np.ndarray:
    """Tell for each line whether its signer is identifiable; False where the signer is on no roll.

    Args:
        lines, voters: texts of `EXACT` and `KINDS`, "" where nothing stands.
        signer: row in `voters` of each line's signer, -1 for none.
    """
    known = np.flatnonzero(signer >= 0)
    line, own = lines[known], voters[signer[known]]
    far = {name: _distances(line[name], own[name]) for name in EXACT}
    apart = {name: _contradictions(name, line[name], own[name]) for name in KINDS}
    fixed = np.column_stack([((line[name] == own[name]) & (line[name] != "")).to_numpy() for name in EXACT])
    fixed[:, 0] &= (line["first"].str.len_chars() > 1).to_numpy()
    told = np.ones(len(known), bool)
    pattern = fixed @ (1 << np.arange(len(EXACT)))
    rows = voters.with_columns(pl.Series("voter", np.arange(voters.height)))
    for each in np.unique(pattern):
        some = np.flatnonzero(pattern == each)
        keys = [name for at, name in enumerate(EXACT) if each >> at & 1]
        for part in np.array_split(some, max(1, len(some) // (20_000 if len(keys) > 1 else 20))):
            mine = line[part].with_columns(pl.Series("at", part), pl.Series("own", signer[known][part]))
            pairs = (
                mine.join(rows, on=keys, suffix="_of_voter")
                if keys
                else mine.join(rows, how="cross", suffix="_of_voter")
            ).filter(pl.col("voter") != pl.col("own"))
            at = pairs["at"].to_numpy()
            as_near = np.ones(len(at), bool)
            for name in EXACT:
                if name not in keys and as_near.any():
                    left = np.flatnonzero(as_near)
                    some_pairs = pairs[left]
                    as_near[left] = _distances(some_pairs[name], some_pairs[f"{name}_of_voter"]) <= far[name][at[left]]
            for name in KINDS:
                theirs = _contradictions(name, pairs[name], pairs[f"{name}_of_voter"])
                as_near &= theirs <= apart[name][at]
            told[at[as_near]] = False
    answer = np.zeros(lines.height, bool)
    answer[known] = told
    return answer


def _distances(written: pl.Series, known: pl.Series) -> np.ndarray:
    """Give the letters to change, 0 where nothing is written and where an initial fits."""
    return np.array([_distance(one, two) for one, two in zip(written, known, strict=True)], np.int64)


def _distance(written: str, known: str) -> int:
    fits = not written or (len(written) == 1 and written.isalpha() and known.startswith(written))
    return 0 if fits else Levenshtein.distance(written, known)


def _contradictions(name: str, written: pl.Series, known: pl.Series) -> np.ndarray:
    """Give 0 where both agree or nothing is written, 1 where the roll has nothing, 2 where they differ."""
    one, two = (written.str.slice(0, 1), known.str.slice(0, 1)) if name == "middle" else (written, known)
    same = ((one == two) | (one == "")).to_numpy()
    return np.where(same, 0, np.where((two == "").to_numpy(), 1, 2))
