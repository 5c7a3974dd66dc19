"""What of a line leaves it open: doubts of the line, of its voter on the roll, of its county, and of its day.

Each is for a person; the line keeps a chance to count until one has looked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.check.other_county import Counties
from ballotworthy.check.roll_doubts import roll_doubts
from ballotworthy.check.signers import FOR_A_PERSON
from ballotworthy.check.standing import hangs_on_day
from ballotworthy.petition import Petition

HANGS = (
    "the line tells no day of the time for gathering signatures, and by the roll this voter counts on some days of it "
    "and not on others; "
)


@dataclass(frozen=True)
class LeftOpen:
    """What leaves each line open; (lines,).

    Attributes:
        why: `unclear`, or what stands beside the name; "" where nothing leaves it open.
        left: at most how probably it counts.
        names: whether its voter can be named all the same.
        told: the doubts in words.
        undated: whether its voter is cancelled since a day that the roll does not tell.
    """

    why: np.ndarray
    left: np.ndarray
    names: np.ndarray
    told: pl.Series
    undated: np.ndarray


def left_open(
    petition: Petition,
    voters: pl.DataFrame,
    days: tuple[pl.Series, pl.Series],
    taken_on: dt.date,
    likely: np.ndarray,
    against: np.ndarray,
    marks: np.ndarray,
    nameless: pl.Series,
    counties: Counties,
) -> LeftOpen:
    """Give what leaves each line open.

    Args:
        petition: the lines.
        voters: the candidates, RANKS rows a line, as `standing.off_the_roll` takes them.
        days: the earliest and the latest day of signing; (lines,).
        taken_on: the day of the roll.
        likely: of which lines the best voter probably signed; bool (lines,).
        against: what stands against that voter, "" for nothing.
        marks: what stands beside the name.
        nameless: what is said of lines on which nobody is named.
        counties: what the counties say.
    """
    by_roll = roll_doubts(voters, days, taken_on, likely & (against == ""))
    hangs = hangs_on_day(petition, voters, days, taken_on)
    of_day = np.where(hangs & likely & (by_roll.open == "").to_numpy() & (petition.pictures is None), HANGS, "")
    hangs &= petition.pictures is not None
    of_line = petition.frame["doubt"] + nameless + counties.doubt
    doubts = of_line + by_roll.open + pl.Series(of_day, dtype=pl.String)
    unclear = ((doubts != "").to_numpy() | hangs) & (marks == "")
    why = np.where(unclear, "unclear", marks)
    agree = unclear & ~hangs & (doubts == counties.doubt).to_numpy()
    left = np.where(why == "", 1.0, np.where(agree, counties.agree, FOR_A_PERSON))
    names = (why == "") | ((of_line == "").to_numpy() & (marks == "") & ~hangs)
    return LeftOpen(why, np.minimum(left, by_roll.left), names, doubts + by_roll.noted, by_roll.undated)
