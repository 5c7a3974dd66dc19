"""Lines of one voter across the whole petition, and which of them counts by the place's policy."""

from __future__ import annotations

import polars as pl

from ballotworthy.law import Rules


def mark_duplicates(lines: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Give the lines with `duplicate_of`, and the ones that do not count turned to invalid for `duplicate`.

    Takes `id`, `outcome`, `reason` and `voter_id`, in the order of filing. The probability stays that of each line by
    itself: what is left of it, since another one counts, `which_counts.py` tells. By the policies
    `first-valid` and `all-but-one` the first valid line of a voter counts; by `none` no line of a voter who
    signed more than once does.

    Raises:
        LawSilent: the place's data does not say which of several lines of a voter counts.
    """
    valid = pl.col("outcome") == "valid"
    ranked = lines.with_columns(
        pl.when(valid).then(pl.int_range(pl.len()).over("voter_id", "outcome")).alias("nth"),
        pl.when(valid).then(pl.len().over("voter_id", "outcome")).alias("times"),
        pl.when(valid).then(pl.col("id").first().over("voter_id", "outcome")).alias("first"),
    )
    later = valid & (pl.col("nth") > 0)
    refused = valid & (pl.col("times") > 1) if rules.needed("duplicates").value == "none" else later
    return ranked.with_columns(
        pl.when(later).then("first").alias("duplicate_of"),
        pl.when(refused).then(pl.lit("invalid")).otherwise("outcome").alias("outcome"),
        pl.when(refused).then(pl.lit("duplicate")).otherwise("reason").alias("reason"),
    ).drop("nth", "times", "first")


def times_signed(lines: pl.DataFrame) -> list[tuple[int, int]]:
    """Give how many voters signed twice, three times, ...: pairs of times and voters, ascending."""
    counted = lines.filter((pl.col("outcome") == "valid") | (pl.col("reason") == "duplicate"))
    times = counted.group_by("voter_id").len("times").filter(pl.col("times") > 1)
    return [(int(row[0]), int(row[1])) for row in times.group_by("times").len("voters").sort("times").iter_rows()]
