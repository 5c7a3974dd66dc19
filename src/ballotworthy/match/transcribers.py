"""Careless transcribers: those whose lines slip far more often than the others' get an `m` of their own.

How often each level is seen between a line and its signer's record is estimated for a whole petition; one typist in
ten who slips eight times as often is judged too harshly by that average. Where the file of lines says who transcribed
each, the careless are set apart, and the levels estimated once more on their lines alone, from the petition's figures.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.match.comparisons import first_name, house_number, last_name, street
from ballotworthy.match.matches import Matches
from ballotworthy.match.pairs import weigh_pairs
from ballotworthy.match.weigh import FIRST, LAST, NUMBER, STREET
from ballotworthy.roll import Roll

LEAST = 30
"""Lines of a transcriber, with a likely signer, below which nothing is said of them."""
TIMES = 2.0
"""How many times as often as the usual one a careless transcriber slips, at the least."""
BEYOND = 3.0
"""Standard deviations of chance beyond which that must lie."""
SLIPS = {
    LAST: (last_name.ALIKE, last_name.SLIP, last_name.SLIPS, last_name.PARTLY),
    FIRST: (first_name.ALIKE, first_name.SLIP, first_name.SLIPS, first_name.PARTLY),
    NUMBER: (house_number.SLIP,),
    STREET: (street.SLIP, street.BEGINS),
}


def careless_lines(found: Matches, transcriber: pl.Series, roll: Roll) -> np.ndarray:
    """Tell which lines were keyed by a transcriber who slips far more often than the usual one; bool (lines,)."""
    levels, _ = weigh_pairs(found, roll, 0)
    slips = np.any([np.isin(levels[:, field], some) for field, some in SLIPS.items()], axis=0)
    table = pl.DataFrame({"who": transcriber, "slips": slips, "known": found.chances[:, 0] >= 0.5})
    told = table.filter("known").drop_nulls("who").group_by("who").agg(pl.len().alias("lines"), pl.col("slips").sum())
    told = told.filter(pl.col("lines") >= LEAST).with_columns(share=pl.col("slips") / pl.col("lines"))
    if told.height < 2:
        return np.zeros(len(levels), bool)
    usual = float(told["share"].median() or 0.0)  # type: ignore[arg-type]  # the median of shares is a number
    chance = (usual * (1 - usual) / pl.col("lines")).sqrt() + 1 / pl.col("lines")
    named = told.filter((pl.col("share") >= TIMES * usual) & (pl.col("share") > usual + BEYOND * chance))["who"]
    return transcriber.is_in(named.implode()).fill_null(value=False).to_numpy()
