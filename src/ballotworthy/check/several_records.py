"""Of several records of one person the one in force on the day decides, whichever of them the line fits best."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from ballotworthy.check.standing import ASKED
from ballotworthy.match import Matches
from ballotworthy.match.kernel import RANKS
from ballotworthy.roll import Roll


@dataclass(frozen=True)
class Registrations:
    """Candidates by their record in force on the day.

    Attributes:
        matches: the candidates; those that are one person are one, with the likelihood of both.
        moved: whether the line fits another record of the person better than the one in force; bool (lines, RANKS).
        others: what to say of the other records of the best candidate; "" where there are none; (lines,).
    """

    matches: Matches
    moved: np.ndarray
    others: pl.Series


def in_force(matches: Matches, roll: Roll, first: pl.Series, last: pl.Series) -> Registrations:
    """Put the record in force on the day in the place of each candidate's own.

    Args:
        matches: the candidates of the lines.
        roll: whose voters they are; it names persons of several records in the column `person`, if it has any.
        first, last: the earliest and the latest day each line may have been signed on.
    """
    nothing = pl.Series("others", [""], dtype=pl.String).new_from_index(0, len(matches.records))
    unmoved = Registrations(matches, np.zeros(matches.records.shape, np.bool_), nothing)
    if "person" not in roll.voters.collect_schema().names():
        return unmoved
    pairs = _with_all_records(matches, roll, first, last)
    if pairs.is_empty():
        return unmoved
    order = {"at": False, "stands": True, "off": False, "active": True, "registration_date": True, "row": False}
    first_of = pairs.sort(*order, descending=list(order.values()), nulls_last=True).unique(
        "at", keep="first", maintain_order=True
    )
    best = first_of.filter("stands")
    records, weights = matches.records.copy(), matches.weights.copy()
    at = best["at"].to_numpy()
    records.reshape(-1)[at] = best["row"].to_numpy()
    moved = records != np.where(matches.records >= 0, roll.owners[np.maximum(matches.records, 0)], -1)
    moved &= records != matches.records
    records, weights, moved = _merged(records, weights, moved)
    told = _told(pairs, records[:, 0], roll)
    return Registrations(replace(matches, records=records, weights=weights), moved, told)


def _with_all_records(matches: Matches, roll: Roll, first: pl.Series, last: pl.Series) -> pl.DataFrame:
    """Give `at` (place among all candidates) with each record of its person, and whether that stood on the day.

    One that is cancelled on a day that is not known may have stood, where no other did.
    """
    flat = matches.records.reshape(-1)
    there = np.flatnonzero(flat >= 0)
    own = pl.DataFrame({"at": there, "own": roll.owners[flat[there]].astype(np.int64)})
    names = roll.voters.collect_schema().names()
    wanted = [name for name in ASKED if name in names]
    several = (
        roll.voters.select("person", *wanted)
        .with_row_index("row")
        .with_columns(pl.col("row").cast(pl.Int64))
        .filter(pl.col("person").is_not_null())
        .collect()
    )
    if "registration_date" not in several.columns:
        several = several.with_columns(pl.lit(None, pl.Date).alias("registration_date"))
    since = pl.col("status_date") if "status_date" in several.columns else pl.lit(None, pl.Date)
    mine = own.join(several.select(pl.col("row").alias("own"), "person"), on="own", how="inner")
    days = pl.DataFrame({"line": np.arange(len(first)), "day": first, "late_day": last})
    pairs = mine.join(several, on="person", how="inner").with_columns((pl.col("at") // RANKS).alias("line"))
    pairs = pairs.join(days, on="line", how="left", maintain_order="left")
    off = pl.col("status") == "cancelled"
    cancelled = off & (since.fill_null(roll.taken_on) <= pl.col("day"))
    late = (pl.col("registration_date") > pl.col("late_day")).fill_null(value=False)
    stands = ~cancelled & ~late & (pl.col("status") != "pending")
    return pairs.with_columns(stands.alias("stands"), off.alias("off"), (pl.col("status") == "active").alias("active"))


def _merged(records: np.ndarray, weights: np.ndarray, moved: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make candidates of one record one, with the likelihood of all, and put the likeliest first again."""
    for rank in range(1, RANKS):
        for before in range(rank):
            both = (records[:, rank] >= 0) & (records[:, rank] == records[:, before])
            weights[both, before] = np.logaddexp2(weights[both, before], weights[both, rank])
            records[both, rank] = -1
    order = np.argsort(np.where(records >= 0, -weights, np.inf), axis=1, kind="stable")
    one, two, three = (np.take_along_axis(each, order, axis=1) for each in (records, weights, moved))
    return one, two, three


def _told(pairs: pl.DataFrame, best: np.ndarray, roll: Roll) -> pl.Series:
    """Say, for each line whose best candidate has other records, which they are and what they say."""
    rows = np.where(best >= 0, roll.owners[np.maximum(best, 0)], -1).astype(np.int64)
    own = pl.DataFrame({"line": np.arange(len(best)), "chosen": rows})
    others = own.join(pairs, on="line", how="inner").filter(pl.col("row") != pl.col("chosen"))
    same = others.join(
        pairs.select("person", pl.col("row").alias("chosen")).unique(), on=["person", "chosen"], how="semi"
    )
    words = pl.concat_str(pl.col("voter_id"), pl.lit(" ("), pl.col("status"), pl.lit(")"))
    listed = (
        same.unique(["line", "row"], maintain_order=True)
        .group_by("line", maintain_order=True)
        .agg(words.alias("others"))
        .with_columns(
            pl.concat_str(pl.lit("also on the roll as "), pl.col("others").list.join(", "), pl.lit("; ")).alias("told")
        )
    )
    return own.join(listed, on="line", how="left", maintain_order="left")["told"].fill_null("")
