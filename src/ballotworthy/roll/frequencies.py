"""How rare a name is: the roll's own counts, steadied by the census where the roll is small.

The information of a name is -log2 of its share. The share is (count + A x census share) / (voters + A) with
A = 2,000 pseudo-voters, so that in a village of ten "Smith" is still a common name; a name nobody bears gets
a share that a roll of this size could just have missed.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.roll.name_table import NameTable, letter_keys

PSEUDO_VOTERS = 2_000
EIGHTHS = 8
STREETS = 2_000
"""Streets that a small roll is thought to have beside its own, all alike; what the census is for names."""
WIDTH = {"last": 16, "first": 10, "street": 10}
"""Letters of a name that a record holds."""


@dataclass(frozen=True)
class Frequencies:
    """Information of names on one roll, in eighths of a bit, by the letters that fit a record.

    Attributes:
        last, first, street: columns `name` and `bits` (whole numbers).
        unseen: bits of a name that neither the roll nor the census has.
    """

    last: pl.DataFrame
    first: pl.DataFrame
    street: pl.DataFrame
    unseen: int

    def last_bits(self, names: pl.Series) -> np.ndarray:
        """Give the information of each last name, 0 for an empty one; eighths of a bit."""
        return self._lasts.look(_keys(both_surnames(names), WIDTH["last"]), self.unseen)

    def first_bits(self, names: pl.Series) -> np.ndarray:
        """Give the information of each first name, 0 for an empty one; eighths of a bit."""
        return self._firsts.look(_keys(names, WIDTH["first"]), self.unseen)

    def street_bits(self, records: np.ndarray) -> np.ndarray:
        """Give the information of the street's name of each record, 0 for an empty one; eighths of a bit."""
        return self._streets.look(letter_keys(records["street"]), self.unseen)

    def weigh(self, records: np.ndarray) -> None:
        """Write `last_bits` and `first_bits` of records by the letters of their names."""
        records["last_bits"] = self._lasts.look(letter_keys(records["last"]), self.unseen)
        records["first_bits"] = self._firsts.look(letter_keys(records["first"]), self.unseen)

    @cached_property
    def _lasts(self) -> NameTable:
        return NameTable.of(_keys(self.last["name"], WIDTH["last"]), self.last["bits"].to_numpy())

    @cached_property
    def _firsts(self) -> NameTable:
        return NameTable.of(_keys(self.first["name"], WIDTH["first"]), self.first["bits"].to_numpy())

    @cached_property
    def _streets(self) -> NameTable:
        return NameTable.of(_keys(self.street["name"], WIDTH["street"]), self.street["bits"].to_numpy())


def both_surnames(last: pl.Series) -> pl.Series:
    """Cut the first of two long surnames to eight letters, so that the second fits the record too."""
    long = (last.str.len_chars() > WIDTH["last"]) & last.str.contains(" ", literal=True)
    return pl.select(pl.when(long).then(last.str.replace(r"^(\w{1,8})\w* ", "$1 ")).otherwise(last)).to_series()


def count_names(records: np.ndarray) -> Frequencies:
    """Measure the names of a roll by the letters that its records hold; any array with the three fields will do."""
    voters = len(records)
    unseen = min(255, round(EIGHTHS * math.log2(2 * (voters + 10 * PSEUDO_VOTERS))))

    def table(part: str) -> pl.DataFrame:
        return _table(NameTable.counted(records[part]), part, voters, unseen)

    with ThreadPoolExecutor(2) as pool:
        last, first, street = pool.map(table, ("last", "first", "street"))
    return Frequencies(last, first, street, unseen)


def save_frequencies(frequencies: Frequencies, path: Path) -> None:
    """Write the tables to one Parquet file."""
    rows = [
        frequencies.last.with_columns(pl.lit("last").alias("part")),
        frequencies.first.with_columns(pl.lit("first").alias("part")),
        frequencies.street.with_columns(pl.lit("street").alias("part")),
        pl.DataFrame(
            {"name": [""], "bits": [frequencies.unseen], "part": ["unseen"]},
            schema_overrides={"bits": pl.UInt8},
        ),
    ]
    pl.concat(rows).write_parquet(path)


def open_frequencies(path: Path) -> Frequencies:
    """Read what `save_frequencies` wrote."""
    rows = pl.read_parquet(path)
    last, first, street = (
        rows.filter(pl.col("part") == part).select("name", "bits") for part in ("last", "first", "street")
    )
    return Frequencies(last, first, street, int(rows.filter(pl.col("part") == "unseen")["bits"].item()))


def _keys(names: pl.Series, width: int) -> np.ndarray:
    cut = np.array(names.to_list(), f"S{width}") if len(names) else np.empty(0, f"S{width}")
    return letter_keys(cut.view(np.uint8).reshape(-1, width))


def _table(names: NameTable, part: str, voters: int, unseen: int) -> pl.DataFrame:
    counted = pl.DataFrame({"name": names.texts(), "count": names.values()})
    if part == "street":
        both = counted.with_columns(share=pl.lit(1 / STREETS))
    else:
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
        (line[:14].split()[0][: WIDTH[part]], float(line.split()[1]) / 100 / len(sources))
        for line in text.splitlines()
        if line
    ]
    table = pl.DataFrame(rows, schema={"name": pl.String, "share": pl.Float64}, orient="row")
    return table.group_by("name").agg(pl.col("share").sum()).sort("name")
