"""`ballotworthy match`: ranked voters for each line, with the evidence and the searches made."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.options import JsonOption, LenientOption, LinesArgument, MapOption, RollOption
from ballotworthy.cli.progress import say_if_cold, shown
from ballotworthy.files.cells import check_ending, write_table
from ballotworthy.files.columns import parse_map
from ballotworthy.files.whole import whole_file
from ballotworthy.match import find, ranked
from ballotworthy.petition import read_lines
from ballotworthy.roll import open_roll

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
    table = ranked(petition.frame, snapshot, matches)
    with whole_file(out) as path:
        write_table(table, path)
    found = int((matches.records[:, 0] >= 0).sum())
    likely = int((matches.chances[:, 0] >= 0.8).sum())
    about = {"lines": petition.frame.height, "with_candidates": found, "likely": likely, "out": str(out)}
    typer.echo(
        json.dumps(about)
        if as_json
        else f"{petition.frame.height:,} lines: {likely:,} have a likely voter, "
        f"{found - likely:,} only weaker candidates. Written to {out}."
    )
