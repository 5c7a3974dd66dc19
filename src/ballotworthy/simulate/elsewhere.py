"""An address that is not a voter's own: where movers went, and where strangers live."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.simulate.draws import Ints

ADDRESS = (
    "house_number",
    "pre_direction",
    "street_name",
    "street_type",
    "post_direction",
    "unit",
    "city",
    "zip",
)
BUILDING = ("house_number", "street_name", "zip")
NEW = 0.5
"""The share of addresses at which no voter lives."""


def elsewhere(rng: np.random.Generator, homes: pl.DataFrame, county: Ints, avoid: Ints) -> pl.DataFrame:
    """Give an address in each of the counties, on one of its streets, but not in the building to avoid.

    Args:
        rng: the stream to draw from.
        homes: all homes, counties ascending, with the county's position in `county_code`.
        county: the county of each address wanted.
        avoid: the home, as a row of `homes`, whose building each must not be.
    """
    codes = homes["county_code"].to_numpy()
    first, end = np.searchsorted(codes, county), np.searchsorted(codes, county, side="right")
    building = homes.select(pl.struct(BUILDING).rank("dense")).to_series().to_numpy()
    at = one_within(rng, first, end)
    for _ in range(20):
        same = np.flatnonzero(building[at] == building[avoid])
        at[same] = one_within(rng, first[same], end[same])

    # Where a county has hardly any other building, a number far up the street serves.
    same_building = building[at] == building[avoid]
    new = same_building | (rng.random(len(county)) < NEW)
    step = np.where(same_building, 2_000, rng.integers(1, 40, len(county)))
    place = homes[at].with_columns(
        number=(pl.col("house_number").cast(pl.Int64) + pl.Series(step)).cast(pl.String), new=pl.Series(new)
    )
    known = homes.select(pl.col("house_number").alias("number"), *BUILDING[1:]).unique()
    built = place.join(known.with_columns(built=True), on=known.columns, how="left", maintain_order="left")
    free = pl.col("new") & pl.col("built").is_null()
    return built.with_columns(
        house_number=pl.when(free).then("number").otherwise("house_number"),
        unit=pl.when(free).then(pl.lit("")).otherwise("unit"),
    ).select(ADDRESS)


def one_within(rng: np.random.Generator, first: Ints, end: Ints) -> Ints:
    """Give a position of each range, `first` included and `end` not."""
    return first + (rng.random(len(first)) * (end - first)).astype(np.int64)
