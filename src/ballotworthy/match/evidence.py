"""Evidence in words: what agreed and what did not, with its weight, and which searches were made."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.match.blocks import SEARCHES
from ballotworthy.match.weigh import FIELDS, LEVELS
from ballotworthy.roll.keys import NAMES


def evidence(levels: np.ndarray, bits: np.ndarray) -> pl.Series:
    """Give, a row, "last name agrees (+9.4), first name is a nickname (+3.1)"; what cannot be compared is left out."""
    parts = []
    for field, (name, ordered) in enumerate(zip(FIELDS, LEVELS, strict=True)):
        words = pl.Series([f"{name} {level.words}" for level in ordered])
        column = words[levels[:, field]]
        weight = pl.Series(bits[:, field]).round(1)
        sign = pl.select(pl.when(weight > 0).then(pl.lit("+")).otherwise(pl.lit(""))).to_series()
        text = pl.select(pl.concat_str(column, pl.lit(" ("), sign, weight.cast(pl.String), pl.lit(")"))).to_series()
        parts.append(pl.select(pl.when(pl.Series(levels[:, field] > 0)).then(text).alias(name)).to_series())
    return pl.DataFrame(parts).select(pl.concat_str(pl.all(), separator=", ", ignore_nulls=True)).to_series()


def searches(looked: np.ndarray) -> pl.Series:
    """Give, a row, "address + last name: 2 voters; then house number + last name: 3; then sound ...: 12"."""
    texts: list[list[pl.Series]] = [[] for _ in range(SEARCHES)]
    for kind, about in enumerate(NAMES):
        count = pl.Series(looked[:, kind])
        text = pl.select(pl.when(count >= 0).then(pl.concat_str(pl.lit(f"{about.words}: "), count.cast(pl.String))))
        texts[about.search].append(text.to_series().alias(about.words))
    each = [
        pl.DataFrame(some).select(pl.concat_str(pl.all(), separator="; ", ignore_nulls=True).replace("", None))
        for some in texts
    ]
    parts = pl.DataFrame([part.to_series().alias(str(at)) for at, part in enumerate(each)])
    return parts.select(pl.concat_str(pl.all(), separator="; then ", ignore_nulls=True)).to_series()
