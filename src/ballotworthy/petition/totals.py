"""Rows of a lines file that only add up others, which are no lines: a Total beside figures, "2 signatures"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from ballotworthy.files.tables import Table

COUNTED = r"(?:lines|signatures?|sigs?|signers|names|rows|entries|filed|count)"
PAGE = r"(?:page|sheet|section|petition)"
TOTAL = rf"(?i)^(?:grand |sub-?)?totals?(?: {COUNTED})?\s*:?$"
SUM = (
    rf"(?i)^(?:(?:(?:grand |{PAGE} )totals?|sub[ -]?totals?|totals? (?:{COUNTED}|(?:(?:for|of|on|this|per) )*{PAGE}))"
    rf"(?: {COUNTED})?\s*[:=]?\s*[\d,.]*|totals?\s*[:=]?\s*[\d,.]+"
    rf"|[\d,.]+ (?:valid )?{COUNTED}(?: (?:on|in) (?:this )?{PAGE})?)$"
)
"""A total that is nobody's name, though its row has a sheet and a line; a bare Total beside them may be one."""


def without_totals(table: Table, columns: Mapping[str, str], *, as_kept: bool = False) -> tuple[Table, int]:
    """Leave out rows that add up others: words such as Total beside figures, and nothing else but a sheet and a line.

    A bare Total with both may be a name. Lines that a record has are kept `as_kept` before: none that has both is left
    out.
    """
    texts = pl.all().str.contains(f"{TOTAL}|{SUM}").fill_null(value=False)
    says = table.frame.select(pl.any_horizontal(texts)).to_series()
    if not says.any():
        return table, 0
    only = pl.all_horizontal(pl.all().is_null() | texts | pl.all().str.contains(r"^[\d,.\s]+$"))
    known = [columns[field] for field in ("sheet", "line") if field in columns]
    figures = (pl.col(heading).str.contains(r"^\d+$").fill_null(value=False) for heading in known)
    numbered = pl.all_horizontal(figures) if len(known) == 2 else pl.lit(value=False)
    if not as_kept:
        sums = pl.any_horizontal(pl.all().str.contains(SUM).fill_null(value=False))
        numbered &= ~sums
    kept = ~table.frame.select(only & ~numbered).to_series() | ~says
    return replace(table, frame=table.frame.filter(kept), lines=table.lines[kept.to_numpy()]), int((~kept).sum())
