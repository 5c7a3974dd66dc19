"""The frame: the fixed, numbered list of all lines filed, and its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import polars as pl


def line_ids(lines: pl.DataFrame) -> pl.Series:
    """Give the id of each line, "sheet-line", as it is drawn and cited."""
    return lines.select(pl.concat_str("sheet", pl.lit("-"), "line").alias("id")).to_series()


def fingerprint(ids: Sequence[str]) -> str:
    """Give the SHA-256 of the ids, one a line, in their order; the shell's `sha256sum` of such a file agrees."""
    return hashlib.sha256("".join(f"{each}\n" for each in ids).encode()).hexdigest()
