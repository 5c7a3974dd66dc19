"""How rare a name is: the roll's own counts, steadied by the census where the roll is small.

The information of a name is -log2 of its share. The share is (count + A x census share) / (voters + A) with
A = 2,000 pseudo-voters, so that in a village of ten "Smith" is still a common name; a name nobody bears gets
a share that a roll of this size could just have missed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import polars as pl

PSEUDO_VOTERS = 2_000
EIGHTHS = 8
UNSEEN = {"last": 16, "first": 10}


@dataclass(frozen=True)
class Frequencies:
    """Information of names on one roll, in eighths of a bit, by the letters that fit a record.

    Attributes:
        last, first: columns `name` and `bits` (whole numbers).
        unseen: bits of a name that neither the roll nor the census has.
    """

    last: pl.DataFrame
    first: pl.DataFrame
    unseen: int

    def last_bits(self, names: pl.Series) -> np.ndarray:
        """Give the information of each last name, 0 for an empty one; eighths of a bit."""
        return self._look(names, self.last, UNSEEN["last"])

    def first_bits(self, names: pl.Series) -> np.ndarray:
        """Give the information of each first name, 0 for an empty one; eighths of a bit."""
        return self._look(names, self.first, UNSEEN["first"])

    def _look(self, names: pl.Series, table: pl.DataFrame, width: int) -> np.ndarray:
        cut = names.str.slice(0, width)
        bits = cut.replace_strict(table["name"], table["bits"], default=self.unseen, return_dtype=pl.UInt8)
        return np.where((cut == "").to_numpy(), 0, bits.to_numpy())


def count_names(people: pl.DataFrame) -> Frequencies:
    """Measure the names of a roll given in plain form."""
    voters = people.height
    unseen = min(255, round(EIGHTHS * math.log2(2 * (voters + 10 * PSEUDO_VOTERS))))
    return Frequencies(
        _table(people["last"], "last", voters, unseen),
        _table(people["first"], "first", voters, unseen),
        unseen,
    )


def save_frequencies(frequencies: Frequencies, path: Path) -> None:
    """Write both tables to one Parquet file."""
    rows = [
        frequencies.last.with_columns(pl.lit("last").alias("part")),
        frequencies.first.with_columns(pl.lit("first").alias("part")),
        pl.DataFrame(
            {"name": [""], "bits": [frequencies.unseen], "part": ["unseen"]},
            schema_overrides={"bits": pl.UInt8},
        ),
    ]
    pl.concat(rows).write_parquet(path)


def open_frequencies(path: Path) -> Frequencies:
    """Read what `save_frequencies` wrote."""
    rows = pl.read_parquet(path)
    last, first = (rows.filter(pl.col("part") == part).select("name", "bits") for part in ("last", "first"))
    return Frequencies(last, first, int(rows.filter(pl.col("part") == "unseen")["bits"].item()))


def _table(column: pl.Series, part: str, voters: int, unseen: int) -> pl.DataFrame:
    counted = column.str.slice(0, UNSEEN[part]).alias("name").value_counts(name="count").filter(pl.col("name") != "")
    both = counted.join(census(part), on="name", how="full", coalesce=True).fill_null(0)
    share = (pl.col("count") + PSEUDO_VOTERS * pl.col("share")) / (voters + PSEUDO_VOTERS)
    bits = (-share.log(2) * EIGHTHS).round().clip(0, unseen).cast(pl.UInt8)
    return both.select("name", bits.alias("bits")).sort("name")


@cache
def census(part: str) -> pl.DataFrame:
    """Give `name` and `share` of the US census of 1990, from the `names` package; `part` is last or first."""
    sources = ["dist.all.last"] if part == "last" else ["dist.male.first", "dist.female.first"]
    text = "".join(files("names").joinpath(source).read_text("ascii") for source in sources)
    rows = [
        (line[:14].split()[0][: UNSEEN[part]], float(line.split()[1]) / 100 / len(sources))
        for line in text.splitlines()
        if line
    ]
    table = pl.DataFrame(rows, schema={"name": pl.String, "share": pl.Float64}, orient="row")
    return table.group_by("name").agg(pl.col("share").sum()).sort("name")
