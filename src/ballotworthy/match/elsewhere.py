"""One answer from several regions: whoever signed is a voter of one of them, or of none.

At home the roll's own beliefs hold. Of the signers whom nobody at home explains, `ELSEWHERE` is believed to be on
the roll of another region, or a relative, a tenant or a namesake of a voter there, in the proportions of home, and any
voter there is as probable as any other. With h the shares believed at home, and N_r voters in region r of N in all
regions but the home, a line looked for in r has the shares

    ELSEWHERE x rest x h / sum of h x N_r / N,

and Bayes' rule is that of `weigh`, summed over the regions. A line without a home has the stated shares, divided
among all regions by their voters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.match.batch import SUMS
from ballotworthy.match.evidence import searches
from ballotworthy.match.kernel import RANKS
from ballotworthy.match.weigh import Beliefs, Prior
from ballotworthy.roll.keys import KINDS

ELSEWHERE = 0.25


@dataclass(frozen=True)
class Region:
    """What is known of a region: the beliefs estimated on the lines at home there, and its number of voters."""

    beliefs: Beliefs
    size: int


def everywhere(
    away: pl.DataFrame,
    at_home: pl.DataFrame,
    elsewhere: Iterable[pl.DataFrame],
    regions: Mapping[str, Region],
) -> pl.DataFrame:
    """Give the best voters of all regions for lines that were looked for in all of them.

    Args:
        away: `at`, `sheet`, `line` and `home` of the lines, in their order.
        at_home: what `match_batch` found for those of them that have a home.
        elsewhere: what `match_batch` found for them in each other region, batch by batch.
        regions: by name.

    Gives the columns of `ranked`, `at`, the `region` of each voter and the `chance` before it is rounded.
    """
    numbers = away["at"].to_numpy()
    believed, a_voter, whole = _shares(away["home"], regions)
    looked, made = np.zeros((away.height, KINDS), np.int64), np.zeros((away.height, KINDS), np.bool_)
    rows = np.searchsorted(numbers, at_home["at"].to_numpy())
    parts = [_taken(at_home, believed[rows], rows, whole)]
    for found in elsewhere:
        rows = np.searchsorted(numbers, found["at"].to_numpy())
        parts.append(_taken(found, a_voter[rows] * regions[found["region"][0]].size, rows, whole))
        counts = found["looked"].to_numpy()
        first = found["rank"].to_numpy() == 1
        looked[rows[first]] += np.maximum(counts[first], 0)
        made[rows[first]] |= counts[first] >= 0
    both = pl.concat(parts)
    chances = both["likelihood"].to_numpy() / whole[np.searchsorted(numbers, both["at"].to_numpy())]
    best = (
        both.with_columns(pl.Series("chance", chances))
        .join(away.select("at", "home"), on="at", maintain_order="left")
        .sort("at", -pl.col("chance"), pl.col("region") != pl.col("home"), "region", "rank", nulls_last=True)
        .with_columns(pl.int_range(1, pl.len() + 1).over("at").alias("rank"))
        .filter(pl.col("rank") <= RANKS)
        .select("at", "rank", "region", "voter_id", "weight", "chance", "evidence")
    )
    return (
        away.with_columns(_searched(away, at_home, np.where(made, looked, -1), len(regions)))
        .drop("home")
        .join(best, on="at", how="left", maintain_order="left_right")
        .with_columns(pl.col("rank").fill_null(1), pl.col("chance").round(4).alias("probability"))
    )


def _shares(home: pl.Series, regions: Mapping[str, Region]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the shares believed at home and those of one voter elsewhere, both (lines, SUMS), and what is left."""
    total = sum(region.size for region in regions.values())
    names = [None, *regions]
    at_home, a_voter, rest = np.zeros((len(names), SUMS)), np.zeros((len(names), SUMS)), np.zeros(len(names))
    for at, name in enumerate(names):
        shares = (regions[name].beliefs.prior if name is not None else Prior()).shares()
        others = total - (regions[name].size if name is not None else 0)
        left = shares[-1] * ELSEWHERE if name is not None else shares[:-1].sum()
        if name is not None:
            at_home[at] = shares[:-1]
        if others:
            a_voter[at] = left * shares[:-1] / shares[:-1].sum() / others
        rest[at] = 1 - at_home[at].sum() - (left if others else 0)
    which = home.replace_strict(dict(zip(names, range(len(names)), strict=True)), return_dtype=pl.Int64).to_numpy()
    return at_home[which], a_voter[which], rest[which]


def _taken(found: pl.DataFrame, share: np.ndarray, rows: np.ndarray, whole: np.ndarray) -> pl.DataFrame:
    """Add what a region holds of each line to `whole`; give its voters, `likelihood` times the share of each."""
    first = found["rank"].to_numpy() == 1
    whole[rows[first]] += (found["sums"].to_numpy()[first] * share[first]).sum(axis=1)
    likely = pl.Series("likelihood", found["likelihood"].to_numpy() * share[:, 0])
    return found.with_columns(likely).filter(pl.col("voter_id").is_not_null())


def _searched(away: pl.DataFrame, at_home: pl.DataFrame, looked: np.ndarray, regions: int) -> pl.Series:
    """Give the searches at home, then all those in the other regions taken together."""
    before = at_home.filter(pl.col("rank") == 1).select("at", "searches")
    told = away.select("at", "home").join(before, on="at", how="left", maintain_order="left")
    told = told.with_columns(searches(looked).alias("after"))
    nowhere, others = pl.lit(f"in {regions} regions: "), pl.lit(f"; then in {regions - 1} other regions: ")
    words = pl.when(pl.col("home").is_null()).then(nowhere).otherwise(others)
    text = pl.concat_str(pl.col("searches").fill_null(""), words, "after")
    return told.select(pl.when(pl.col("after") == "").then("searches").otherwise(text).alias("searches")).to_series()
