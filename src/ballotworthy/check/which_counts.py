"""Of several lines of one voter, how probably each is the one that counts.

The first valid one counts, so that a later one is refused as its repeat. Yet it counts where the first does not, since
somebody else of that name signed there or its home is not the voter's, and where it is another voter's itself. Each
line's own doubt about who signed is weighed anew, now that there are two: with the odds that a further line is somebody
else's and not the same voter's again (`again.py`; Bayes' rule). The doubt about the home, in which what was measured of
that kind of evidence stands too (`measured.py`), is taken as it is. Lines are taken to err independently.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.check.again import odds_of_another
from ballotworthy.law import Rules

MAY_COUNT = 0.2
"""Probability from which a repeat is left to a person: a line is said to be a voter's from 0.8 (`outcomes.ACCEPT`). Of
66 such second lines 29 counted."""
PERHAPS = "perhaps-repeat"
"""The reason of a line that is left so."""
DIGITS = 5
"""Decimals of a probability, as `outcomes.py` gives it."""


def which_counts(lines: pl.DataFrame, share: float, rules: Rules) -> pl.DataFrame:
    """Give the lines with the `probability` of those whose voter signed more than once; open what may well count.

    Args:
        lines: as `mark_duplicates` gives them, each with the probability that it has by itself; besides `nobody`, the
            probability that its signer is not on the roll, and `another`, that it is another voter of the roll.
        share: of further lines from a home that has one, those that are the same voter's again; above 0, to 1.
        rules: the law; where it counts no line of who signed twice, a line counts if none of the others is the voter's.

    Raises:
        LawSilent: the place's data does not say which of several lines of a voter counts.
    """
    named = (pl.col("outcome") == "valid") | (pl.col("reason") == "duplicate")
    several = named & (pl.len().over("voter_id", named) > 1)
    odds = odds_of_another(share)

    def anew(chance: pl.Expr) -> pl.Expr:
        return odds * chance / (1 - chance + odds * chance)

    said, nobody, other = pl.col("probability"), pl.col("nobody").clip(0, 0.999), anew(pl.col("another").clip(0, 0.999))
    itself = pl.min_horizontal(said, said * (1 - anew(nobody)) / (1 - nobody))
    falls = (anew(nobody) + other + (1 - said - nobody).clip(0, 1)).clip(1e-9, 1)
    every = lines.with_row_index("at").filter(several).select("at", "voter_id", itself=itself, falls=falls, other=other)
    alone = rules.needed("duplicates").value == "none"
    fallen, own = (_of_the_others(chance, alone=alone) for chance in (pl.col("falls"), 1 - pl.col("other")))
    counts = (pl.col("itself") * (fallen + pl.col("other") * own).clip(0, 1)).round(DIGITS)
    found = every.select("at", counts=counts)
    joined = lines.with_row_index("at").join(found, on="at", how="left", maintain_order="left")
    may = (pl.col("reason") == "duplicate") & (pl.col("counts") >= MAY_COUNT)
    told = pl.format("{}; perhaps a repeat of line {}, perhaps somebody else's", "evidence", "duplicate_of")
    return joined.with_columns(
        pl.when(may).then(pl.lit("unresolved")).otherwise("outcome").alias("outcome"),
        pl.when(may).then(pl.lit(PERHAPS)).otherwise("reason").alias("reason"),
        pl.when(may).then(pl.coalesce(told, "evidence")).otherwise("evidence").alias("evidence"),
        pl.when(~may).then("duplicate_of").alias("duplicate_of"),
        pl.coalesce("counts", "probability").alias("probability"),
    ).drop("at", "counts")


def another_of(chances: np.ndarray) -> np.ndarray:
    """Give how probably it was not the best one, if one of the ranked voters signed; float64 (lines,)."""
    whole = chances.sum(axis=1)
    return np.asarray(1 - np.divide(chances[:, 0], whole, out=np.ones(len(whole)), where=whole > 0))


def _of_the_others(chance: pl.Expr, *, alone: bool) -> pl.Expr:
    """Multiply the chances of a voter's lines further up, or of all other ones where the law counts none of several."""
    every = chance.product() / chance if alone else chance.cum_prod().shift(1, fill_value=1.0)
    return every.over("voter_id")
