"""Careless hands: lines of those whose lines slip far more often than the others' get an `m` of their own.

How often each level is seen between a line and its signer's record is estimated for a whole petition; one typist in
ten who slips eight times as often is judged too harshly by that average. Where the file of lines says who transcribed
each, the careless are set apart, and the levels estimated once more on their lines alone, from the petition's figures.
Where it does not, sheets are: each was keyed by one hand, of one of two kinds, and a mixture of two binomial shares of
slips is fitted by expectation-maximisation (Dempster, Laird & Rubin 1977) and taken where it fits the sheets far better
than one share does. So a sheet of ten lines is told by what all sheets show.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.match.comparisons import first_name, house_number, last_name, street
from ballotworthy.match.matches import Matches
from ballotworthy.match.pairs import compare_ranked
from ballotworthy.match.weigh import FIRST, LAST, NUMBER, STREET
from ballotworthy.roll import Roll

LEAST = 30
"""Lines of a transcriber, with a likely signer, below which nothing is said of them."""
TIMES = 2.0
"""How many times as often as the usual one a careless transcriber slips, at the least."""
BEYOND = 3.0
"""Standard deviations of chance beyond which that must lie."""
SAMPLE = 5_000
"""Lines of the sheets that are looked at first, about."""
BEGIN, ROUNDS = 4.0, 50
"""How many times as often as the average the careless are first thought to slip, and the rounds of the fit."""
BETTER = 10.0
"""By how much two kinds of sheets must fit better than one, as a log of likelihoods: by chance less than 1 in 1,000."""
SURELY = 0.9
"""Probability from which a sheet is a careless hand's."""
SLIPS = {
    LAST: (last_name.ALIKE, last_name.SLIP, last_name.SLIPS, last_name.PARTLY),
    FIRST: (first_name.ALIKE, first_name.SLIP, first_name.SLIPS, first_name.PARTLY),
    NUMBER: (house_number.SLIP,),
    STREET: (street.SLIP, street.BEGINS),
}


def careless_lines(found: Matches, transcriber: pl.Series, roll: Roll) -> np.ndarray:
    """Tell which lines were keyed by a transcriber who slips far more often than the usual one; bool (lines,)."""
    told = _slipped(found, transcriber, roll)
    told = told.filter(pl.col("lines") >= LEAST).with_columns(share=pl.col("slips") / pl.col("lines"))
    if told.height < 2:
        return np.zeros(len(transcriber), bool)
    usual = float(told["share"].median() or 0.0)  # type: ignore[arg-type]  # the median of shares is a number
    chance = (usual * (1 - usual) / pl.col("lines")).sqrt() + 1 / pl.col("lines")
    named = told.filter((pl.col("share") >= TIMES * usual) & (pl.col("share") > usual + BEYOND * chance))["who"]
    return transcriber.is_in(named.implode()).fill_null(value=False).to_numpy()


def careless_sheets(found: Matches, sheet: pl.Series, roll: Roll) -> np.ndarray:
    """Tell which lines stand on sheets keyed by a hand that slips far more often than the usual one; bool (lines,).

    Of a large petition some sheets are looked at first, and all of them only where those are of two kinds.
    """
    every = max(-(-len(sheet) // SAMPLE), 1)
    some = (sheet.rank("dense").fill_null(0) % every == 0).to_numpy()
    named = _careless(_slipped(found, sheet, roll, np.flatnonzero(some)))
    if every > 1 and len(named):
        named = _careless(_slipped(found, sheet, roll))
    return sheet.is_in(named.implode()).fill_null(value=False).to_numpy()


def _careless(told: pl.DataFrame) -> pl.Series:
    """Give the hands, told by `_slipped`, of a second kind that slips far more often; empty if there is none."""
    told = told.sort("who")
    lines, slips = told["lines"].to_numpy().astype(float), told["slips"].to_numpy().astype(float)
    nobody = told["who"].clear()
    if told.height < 2 or not 0 < slips.sum() < lines.sum():
        return nobody
    usual = slips.sum() / lines.sum()
    more, careless = min(BEGIN * usual, 0.9), 0.1
    alike = both = _log_chance(lines, slips, usual)
    theirs = np.zeros(told.height)
    for _ in range(ROUNDS):
        one = np.log(1 - careless) + _log_chance(lines, slips, usual)
        two = np.log(careless) + _log_chance(lines, slips, more)
        both = np.logaddexp(one, two)
        theirs = np.exp(two - both)
        careless = (theirs.sum() + 1) / (told.height + 2)
        usual = (((1 - theirs) * slips).sum() + 1) / (((1 - theirs) * lines).sum() + 2)
        more = ((theirs * slips).sum() + 1) / ((theirs * lines).sum() + 2)
    named = theirs >= SURELY
    if more < TIMES * usual or (both - alike).sum() < BETTER or lines[named].sum() < LEAST:
        return nobody
    return told["who"].filter(pl.Series(named))


def _slipped(found: Matches, who: pl.Series, roll: Roll, rows: np.ndarray | None = None) -> pl.DataFrame:
    """Give, of each hand `who`, the `lines` with a likely signer and how many have `slips`; of these rows, or all."""
    rows = np.arange(len(who)) if rows is None else rows
    known = rows[found.chances[rows, 0] >= 0.5]
    levels, _ = compare_ranked(found, roll, known, np.zeros(len(known), np.int64))
    slips = np.any([np.isin(levels[:, field], some) for field, some in SLIPS.items()], axis=0)
    table = pl.DataFrame({"who": who.gather(known), "slips": slips})
    return table.drop_nulls("who").group_by("who").agg(pl.len().alias("lines"), pl.col("slips").sum())


def _log_chance(lines: np.ndarray, slips: np.ndarray, share: float) -> np.ndarray:
    """Give the log of how probable so many slips are in so many lines, but for what no share changes; float64."""
    return np.asarray(slips * np.log(share) + (lines - slips) * np.log(1 - share))
