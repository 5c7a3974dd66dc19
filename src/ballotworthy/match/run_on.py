"""Names in one cell whose blank was lost: "AndrewHolson" is Andrew Holson, "MacDonald" one name."""

from __future__ import annotations

import polars as pl

RUN_ON = r"^\s*([A-Z][a-z]{2,})([A-Z][a-z]+(?:['-][A-Za-z]+)?)\s*$"
ONE_NAME = r"^\s*(?:Mac|Fitz|Van|Von|Vander|Den|Ter|Des|Del|Dela|Della|San|Saint|Las|Los|Ben|Abu|Bint)[A-Z]"
"""Beginnings of surnames that many write with a capital behind them."""


def apart(lines: pl.DataFrame) -> pl.DataFrame:
    """Give the lines with a blank between two names that stand in one word of the cell `name`."""
    if "name" not in lines.columns:
        return lines
    one = pl.col("name").str.contains(RUN_ON) & ~pl.col("name").str.contains(ONE_NAME)
    return lines.with_columns(pl.when(one).then(pl.col("name").str.replace(RUN_ON, "$1 $2")).otherwise("name"))
