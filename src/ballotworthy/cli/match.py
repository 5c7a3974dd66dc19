"""`ballotworthy match`: ranked voters for each line, with the evidence and the searches made."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import numpy as np
import polars as pl
import typer

from ballotworthy.cli.options import JsonOption, LenientOption, LinesArgument, MapOption, RollOption
from ballotworthy.cli.progress import say_if_cold, shown
from ballotworthy.files.cells import check_ending, write_table
from ballotworthy.files.columns import parse_map
from ballotworthy.files.whole import whole_file
from ballotworthy.match import Matches, evidence, find, searches, weigh_pairs
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, open_roll

LATEST = dt.date(2098, 12, 31)
"""No line is dated later; which days are lawful is the check's question, not the matcher's."""


def match(
    lines: LinesArgument,
    roll: RollOption,
    out: Annotated[Path, typer.Option("-o", "--out", help="File to write, ending in .csv or .parquet.")],
    mapping: MapOption = None,
    lenient: LenientOption = False,
    as_json: JsonOption = False,
) -> None:
    """Rank the voters who may have signed each line."""
    check_ending(out)
    say_if_cold()
    petition = read_lines(lines, latest=LATEST, given=parse_map(mapping or ()), lenient=lenient)
    snapshot = open_roll(roll)
    with shown() as progress:
        matches = find(petition.frame, snapshot, progress=progress)
    ranked = candidates(petition.frame, snapshot, matches)
    with whole_file(out) as path:
        write_table(ranked, path)
    found = int((matches.records[:, 0] >= 0).sum())
    likely = int((matches.chances[:, 0] >= 0.8).sum())
    about = {"lines": petition.frame.height, "with_candidates": found, "likely": likely, "out": str(out)}
    typer.echo(
        json.dumps(about)
        if as_json
        else f"{petition.frame.height:,} lines: {likely:,} have a likely voter, "
        f"{found - likely:,} only weaker candidates. Written to {out}."
    )


def candidates(lines: pl.DataFrame, roll: Roll, matches: Matches) -> pl.DataFrame:
    """Give `sheet`, `line`, `rank`, `voter_id`, `weight`, `probability`, `evidence`, `searches`; best candidate first.

    A line that found nobody has one row with an empty `voter_id`.
    """
    ids = roll.voters.select("voter_id").collect()["voter_id"]
    looked = searches(matches.looked)
    parts = []
    for rank in range(matches.records.shape[1]):
        there = matches.records[:, rank] >= 0
        rows = np.flatnonzero(there | (rank == 0))
        levels, bits = weigh_pairs(matches, roll, rank)
        owners = roll.owners[np.maximum(matches.records[rows, rank], 0)]
        some = pl.Series(there[rows])
        part = pl.DataFrame(
            {
                "at": rows,
                "sheet": lines["sheet"][rows],
                "line": lines["line"][rows],
                "rank": rank + 1,
                "voter_id": ids[owners],
                "weight": pl.Series(matches.weights[rows, rank]).round(1),
                "probability": pl.Series(matches.chances[rows, rank]).round(4),
                "evidence": evidence(levels, bits)[rows],
                "searches": looked[rows],
            }
        )
        blank = [pl.when(some).then(name).alias(name) for name in ("voter_id", "weight", "probability", "evidence")]
        parts.append(part.with_columns(blank))
    return pl.concat(parts).sort("at", "rank").drop("at")
