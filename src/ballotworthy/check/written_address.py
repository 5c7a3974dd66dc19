"""Addresses as they stand on lines and on the roll: packed ones keep neither blanks nor classes of roads."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.roll import Roll

PARTS = ("address", "house_number", "pre_direction", "street_name", "street_type", "post_direction")


def written(frame: pl.DataFrame) -> pl.Series:
    """Give the address of each row in capitals, without points and hyphens, one blank between words; "" for none."""
    parts = [pl.col(name).cast(pl.String) for name in PARTS if name in frame.columns]
    if not parts:
        return pl.Series("address", [""], dtype=pl.String).new_from_index(0, frame.height)
    return plainly(frame.select(pl.concat_str(parts, separator=" ", ignore_nulls=True).alias("address")).to_series())


def written_by_roll(roll: Roll, records: np.ndarray) -> pl.Series:
    """Give the address that the roll has of the voters of these records, in the same form."""
    rows = pl.Series(roll.owners[records])
    known = [name for name in PARTS if name in roll.voters.collect_schema().names()]
    return written(roll.voters.select(pl.col(known).gather(rows)).collect())


def plainly(addresses: pl.Series) -> pl.Series:
    """Give addresses in capitals, without points and hyphens, one blank between words."""
    return addresses.fill_null("").str.to_uppercase().str.replace_all(r"[.,#-]", " ").str.replace_all(r"\s+", " ")
