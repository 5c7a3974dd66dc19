"""What the roll leaves open of the voter who signed: when a cancellation was, what a remark means, who is of age.

Each is for a person, who can ask the register; taken either way, the line would be counted by a guess.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.check.standing import OF_AGE, day_column, registered_anew
from ballotworthy.match.kernel import RANKS

UNDATED = "the registration is cancelled on the roll, which does not tell since when; "
LEAP = f"born on 29 February, the signer came of age on 28 February or on 1 March {OF_AGE} years later; "
ANEW = "the roll registered this voter anew after the day of signing, and first before it; "
BLANK = "the roll has no day of registration for this voter; "
SELDOM = 0.10
"""Probability that a registration cancelled nobody knows when stood on the day of signing; a judgement: registers keep
such voters for years, and signatures are gathered in months."""


@dataclass(frozen=True)
class RollDoubts:
    """Of each line's best voter, in words, "" for nothing.

    Attributes:
        open: why a person must look.
        noted: what is only said.
        left: at most how probably the line counts; float64 (lines,).
        undated: whether the voter is cancelled on the roll, which does not tell since when; bool (lines,).
    """

    open: pl.Series
    noted: pl.Series
    left: np.ndarray
    undated: np.ndarray


def roll_doubts(
    voters: pl.DataFrame, days: tuple[pl.Series, pl.Series], taken_on: dt.date, asked: np.ndarray
) -> RollDoubts:
    """Give what the roll leaves open.

    A voter who stands on the roll without a day of registration is only noted: most such days were lost long ago.

    Args:
        voters: the candidates, RANKS rows a line, as `standing.off_the_roll` takes them.
        days: the earliest and the latest day of signing; (lines,).
        taken_on: the day of the roll; who signed on it or later signed as it says.
        asked: of which lines the best voter is likely and nothing is said against them; bool (lines,).
    """
    first, last = days
    best = voters.gather_every(RANKS)
    before = first < taken_on
    empty = day_column(best, "registration_date").is_null() & ("registration_date" in best.columns)
    cancelled = best["status"] == "cancelled"
    undated = before & cancelled & day_column(best, "status_date").is_null()
    born = day_column(best, "birth_date")
    leap = (born.dt.month() == 2) & (born.dt.day() == 29) & (born.dt.offset_by(f"{OF_AGE}y") == last)
    own = best["doubt"] if "doubt" in best.columns else pl.Series([""]).new_from_index(0, best.height)
    anew = pl.Series(registered_anew(best, last))
    doubts = (undated, UNDATED), (leap, LEAP), (anew, ANEW)
    one, two, three = (_said(asked, holds, words) for holds, words in doubts)
    marked = pl.select(pl.when(pl.Series(asked)).then(own.fill_null("")).otherwise(pl.lit(""))).to_series()
    left = np.where((one != "").to_numpy(), SELDOM, 1.0)
    told = _said(asked, before & empty, BLANK)
    return RollDoubts(one + two + three + marked, told, left, (one != "").to_numpy())


def _said(asked: np.ndarray, holds: pl.Series, words: str) -> pl.Series:
    return pl.Series(np.where(asked & holds.fill_null(value=False).to_numpy(), words, ""), dtype=pl.String)
