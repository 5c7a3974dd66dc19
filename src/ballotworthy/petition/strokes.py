"""Lines that a spreadsheet shows struck through or hidden: the former are for a person, and both are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from ballotworthy.files.quantities import in_runs
from ballotworthy.files.row_looks import row_looks
from ballotworthy.files.tables import Table

STRUCK = "struck"
UNSURE = "unclear"
"""What stands under `struck` for a line that looks so: a stroke may correct one cell, or void the line."""


def with_strokes(table: Table, columns: Mapping[str, str], path: Path) -> tuple[Table, dict[str, str], tuple[str, ...]]:
    """Give the lines, and the headings by field, with `unclear` under `struck` where a row is struck through.

    What the file itself says under `struck` stays. The sentences tell which rows look so, and which are hidden.
    """
    looks, known = row_looks(path), dict(columns)
    rows = pl.Series(table.lines)
    told = tuple(_told(rows, looks.struck, looks.hidden, seen=looks.seen))
    marked = rows.is_in(list(looks.struck))
    if not marked.any():
        return table, known, told
    heading = known.setdefault(STRUCK, STRUCK)
    own = pl.col(heading) if heading in table.frame.columns else pl.lit(None, pl.String)
    cells = pl.coalesce(own, pl.when(pl.lit(marked)).then(pl.lit(UNSURE))).alias(heading)
    return replace(table, frame=table.frame.with_columns(cells)), known, told


def _told(rows: pl.Series, struck: Sequence[int], hidden: Sequence[int], *, seen: bool) -> Iterator[str]:
    there = set(rows)
    if lines := there.intersection(struck):
        yield (
            f"In the spreadsheet something is struck through in row {in_runs(lines)}: a person must see whether the "
            "line is. Write yes or no in a column struck."
        )
    if lines := there.intersection(hidden):
        yield f"The spreadsheet hides row {in_runs(lines)}, which was read as the others were."
    if not seen:
        yield (
            "Of a spreadsheet of this kind nobody sees here which rows are struck through or hidden. Where that says "
            "something, write it in a column struck."
        )
