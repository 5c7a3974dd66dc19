"""Tables out: CSV whose cells no spreadsheet takes for a formula, or Parquet, by the file's ending."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from ballotworthy.errors import InputError

FORMULA = r"^[=+\-@\t\r]"


def neutral(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the frame with an apostrophe before every text cell that begins like a formula (= + - @ tab)."""
    text = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA)).then(pl.concat_str(pl.lit("'"), name)).otherwise(name).alias(name)
        for name in text
    )


def check_ending(path: Path) -> None:
    """Refuse an output that is neither CSV nor Parquet, before any work is done.

    Raises:
        InputError: the ending is neither `.csv` nor `.parquet`.
    """
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise InputError(f"{path} ends in {path.suffix or 'nothing'}; name a file that ends in .csv or .parquet.")


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write `frame` as CSV (neutralised) or Parquet (as it is), by the ending of `path`.

    Raises:
        InputError: the ending is neither `.csv` nor `.parquet`.
    """
    check_ending(path)
    if path.suffix.lower() == ".csv":
        safe = neutral(frame)
        safe.rename({name: f"'{name}" for name in safe.columns if re.match(FORMULA, name)}).write_csv(path)
    else:
        frame.write_parquet(path)
