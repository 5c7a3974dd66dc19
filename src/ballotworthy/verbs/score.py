"""Score a matching against the truth: reliability of its probabilities, precision and recall by threshold."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import require_columns
from ballotworthy.files.tables import Table, read_table
from ballotworthy.match.score import Score, score_of

KEYS = ("sheet", "line")


def score_matches(matched: str | Path, truth: str | Path) -> Score:
    """Score the table of `match`, or the lines.csv of `check`, by the voter who signed each line.

    A line without a truth is left out; of several candidates of a line the first counts.

    Args:
        matched: a table with sheet, line, voter_id and probability, and rank where a line has several rows.
        truth: a table with sheet, line and voter_id, the last empty where the signer is on no roll.

    Raises:
        FileFaults: a column is missing, a probability is none, or a line stands twice in the truth.
    """
    said, known = _read(matched, (*KEYS, "voter_id", "probability")), _read(truth, (*KEYS, "voter_id"))
    rows = said.frame.filter(pl.col("rank") == "1") if "rank" in said.frame.columns else said.frame
    chance = rows["probability"].cast(pl.Float64, strict=False)
    wrong = (chance.is_null() & rows["probability"].is_not_null()) | ~chance.fill_null(0.0).is_between(0, 1)
    if wrong.any():
        what, remedy = f"{int(wrong.sum()):,} cells are no probability", "Write numbers from 0 to 1"
        raise FileFaults(str(said.path), [Fault(None, "probability", what, remedy)])
    twice = known.frame.select(KEYS).is_duplicated()
    if twice.any():
        lines = known.lines[twice.to_numpy()].tolist()[:5]
        raise FileFaults(
            str(known.path), [Fault(line, None, "this line stands twice", "Give each line once") for line in lines]
        )
    best = rows.select(*KEYS, "voter_id").with_columns(chance.alias("probability")).unique(KEYS, keep="first")
    told = known.frame.select(*KEYS, pl.col("voter_id").alias("truth"))
    return score_of(best.join(told, on=KEYS, how="inner", maintain_order="left"))


def _read(path: str | Path, needed: tuple[str, ...]) -> Table:
    table = read_table(Path(path))
    require_columns(table.path, table.frame.columns, table.frame.columns, needed)
    return table
