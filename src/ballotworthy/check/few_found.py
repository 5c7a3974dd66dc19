"""A roll that hardly any signer is on: told, since the roll or a column is rather wrong than the petition."""

from __future__ import annotations

import polars as pl

from ballotworthy.files.quantities import quantity
from ballotworthy.law.reasons import UNWRITTEN

LINES = 20
"""Lines with a name below which a share says too little."""
FEW = 0.25
"""Share of them that find a voter below which it is told; a judgement."""


def few_found_notes(lines: pl.DataFrame) -> list[str]:
    """Tell how few lines find a voter, where it is hardly any; `lines` as `Check.lines` holds them."""
    named = lines.filter(~pl.col("reason").is_in(UNWRITTEN))
    found = int(named["voter_id"].is_not_null().sum())
    if named.height < LINES or found >= FEW * named.height:
        return []
    return [
        f"Only {found:,} of {quantity(named.height, 'line')} with a name find a voter on this roll. So few tell rather "
        "of another place's roll, or of columns that were not read as meant, than of the petition."
    ]
