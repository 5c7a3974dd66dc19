"""How rare a name is: the roll's own counts, steadied by the census where the roll is small.

The information of a name is -log2 of its share. The share is (count + A x census share) / (voters + A) with
A = 2,000 pseudo-voters, so that in a village of ten "Smith" is still a common name. A name that neither the roll nor
the census has is as frequent as the names seen once suggest: of those that the census does not have, with n1 borne by
one voter and n2 by two, unseen names are borne by (n1 + 1) / (voters + A) of all people (Good, "The population
frequencies of species", Biometrika 40, 1953), and there are about n1 (n1 - 1) / (2 (n2 + 1)) of them, but not fewer
than n1 or a hundred (Chao, "Nonparametric estimation of the number of classes", Scand. J. Statistics 11, 1984).
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
PARTS = ("last", "first", "street")
WIDTH = {"last": 16, "first": 10, "street": 10}
"""Letters of a name that a record holds."""


@dataclass(frozen=True)
class Frequencies:
    """Information of names on one roll, in eighths of a bit, by the letters that fit a record.

    Attributes:
        last, first, street: columns `name` and `bits` (whole numbers).
        unseen: bits of a last name, a first name and a street that neither the roll nor the census has.
    """

    last: pl.DataFrame
    first: pl.DataFrame
    street: pl.DataFrame
    unseen: tuple[int, int, int]

    def last_bits(self, names: pl.Series) -> np.ndarray:
        """Give the information of each last name, 0 for an empty one; eighths of a bit."""
        return self._lasts.look(_keys(both_surnames(names), WIDTH["last"]), self.unseen[0])

    def first_bits(self, names: pl.Series) -> np.ndarray:
        """Give the information of each first name, 0 for an empty one; eighths of a bit."""
        return self._firsts.look(_keys(names, WIDTH["first"]), self.unseen[1])

    def street_bits(self, records: np.ndarray) -> np.ndarray:
        """Give the information of the street's name of each record, 0 for an empty one; eighths of a bit."""
        return self._streets.look(letter_keys(records["street"]), self.unseen[2])

    def weigh(self, records: np.ndarray) -> None:
        """Write `last_bits` and `first_bits` of records by the letters of their names."""
        records["last_bits"] = self._lasts.look(letter_keys(records["last"]), self.unseen[0])
        records["first_bits"] = self._firsts.look(letter_keys(records["first"]), self.unseen[1])

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

    def table(part: str) -> tuple[pl.DataFrame, int]:
        return _table(NameTable.counted(records[part]), part, voters)

    with ThreadPoolExecutor(2) as pool:
        last, first, street = pool.map(table, PARTS)
    return Frequencies(last[0], first[0], street[0], (last[1], first[1], street[1]))


def save_frequencies(frequencies: Frequencies, path: Path) -> None:
    """Write the tables to one Parquet file."""
    tables = (frequencies.last, frequencies.first, frequencies.street)
    rows = [table.with_columns(pl.lit(part).alias("part")) for part, table in zip(PARTS, tables, strict=True)]
    unseen = pl.Series("bits", frequencies.unseen, pl.UInt8)
    parts = [f"unseen {part}" for part in PARTS]
    pl.concat([*rows, pl.DataFrame({"name": [""] * len(parts), "bits": unseen, "part": parts})]).write_parquet(path)


def open_frequencies(path: Path) -> Frequencies:
    """Read what `save_frequencies` wrote."""
    rows = pl.read_parquet(path)
    last, first, street = (rows.filter(pl.col("part") == part).select("name", "bits") for part in PARTS)
    unseen = (int(rows.filter(pl.col("part") == f"unseen {part}")["bits"].item()) for part in PARTS)
    return Frequencies(last, first, street, (next(unseen), next(unseen), next(unseen)))


def _keys(names: pl.Series, width: int) -> np.ndarray:
    cut = np.array(names.to_list(), f"S{width}") if len(names) else np.empty(0, f"S{width}")
    return letter_keys(cut.view(np.uint8).reshape(-1, width))


def _table(names: NameTable, part: str, voters: int) -> tuple[pl.DataFrame, int]:
    """Give the bits of each name, and those of a name that is not there."""
    counted = pl.DataFrame({"name": names.texts(), "count": names.values()})
    if part == "street":
        both = counted.with_columns(share=pl.lit(1 / STREETS))
        unseen = 1 / (2 * (voters + 10 * PSEUDO_VOTERS))
    else:
        both = counted.join(census(part), on="name", how="full", coalesce=True).fill_null(0)
        strange = both.filter(pl.col("share") == 0)["count"]
        once, twice = int((strange == 1).sum()), int((strange == 2).sum())
        others = max(once * (once - 1) / (2 * (twice + 1)), once, 100)
        unseen = (once + 1) / (voters + PSEUDO_VOTERS) / others
    share = (pl.col("count") + PSEUDO_VOTERS * pl.col("share")) / (voters + PSEUDO_VOTERS)
    least = min(255, round(-EIGHTHS * math.log2(unseen)))
    bits = (-share.log(2) * EIGHTHS).round().clip(0, least).cast(pl.UInt8)
    return both.select("name", bits.alias("bits")).sort("name"), least


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
