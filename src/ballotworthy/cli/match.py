"""`ballotworthy match`: ranked voters for each line, with the evidence and the searches made."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Literal

import polars as pl
import typer

from ballotworthy.cli.options import JsonOption, LenientOption, LinesArgument, MapOption
from ballotworthy.cli.progress import say_if_cold, shown
from ballotworthy.errors import InputError
from ballotworthy.files.cells import check_ending, write_table
from ballotworthy.files.columns import parse_map
from ballotworthy.files.progress import Progress
from ballotworthy.files.whole import whole_file
from ballotworthy.match import find, ranked
from ballotworthy.match.batch import Engine, ThisMachine
from ballotworthy.match.regions import match_regions, match_roll, regions_in
from ballotworthy.match.spark import spark_engine
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, open_roll

LATEST = dt.date(2098, 12, 31)
"""No line is dated later; which days are lawful is the check's question, not the matcher's."""
LIKELY = 0.8


Engines = Literal["local", "spark"]


def match(
    lines: LinesArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help="File to write, ending in .csv or .parquet.")],
    roll: Annotated[
        Path | None,
        typer.Option("--roll", help="A snapshot made by `roll build`; or give --rolls.", show_default=False),
    ] = None,
    rolls: Annotated[
        Path | None,
        typer.Option(
            "--rolls",
            metavar="FOLDER",
            help="A folder of snapshots, one a region, each named after its region: Kern.roll. A line is looked for in "
            "the region that its county names, then in all others.",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        Engines, typer.Option("--engine", help="What runs it: this machine, or a Spark cluster.")
    ] = "local",
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="The Spark cluster, such as spark://HOST:7077.")
    ] = "local[*]",
    mapping: MapOption = None,
    lenient: LenientOption = False,
    as_json: JsonOption = False,
) -> None:
    """Rank the voters who may have signed each line."""
    check_ending(out)
    if (roll is None) == (rolls is None):
        raise InputError("give either --roll, one snapshot, or --rolls, a folder of one snapshot a region.")
    regions = regions_in(rolls) if rolls else {}
    say_if_cold()
    petition = read_lines(lines, latest=LATEST, given=parse_map(mapping or ()), lenient=lenient)
    with shown() as progress:
        if roll and engine == "local":
            table, likely = _whole(petition.frame, open_roll(roll), progress)
        else:
            with _engine(engine, master) as runs:
                if roll:
                    found = match_roll(petition.frame, roll, runs, progress=progress)
                else:
                    found = match_regions(petition.frame, regions, runs, progress=progress)
            table, likely = found.drop("chance"), int((found.filter(pl.col("rank") == 1)["chance"] >= LIKELY).sum())
    with whole_file(out) as path:
        write_table(table.rechunk(), path)
    with_candidates = table.filter(pl.col("rank") == 1)["voter_id"].count()
    about = {"lines": petition.frame.height, "with_candidates": with_candidates, "likely": likely, "out": str(out)}
    typer.echo(
        json.dumps(about)
        if as_json
        else f"{petition.frame.height:,} lines: {likely:,} have a likely voter, "
        f"{with_candidates - likely:,} only weaker candidates. Written to {out}."
    )


def _whole(lines: pl.DataFrame, roll: Roll, progress: Progress) -> tuple[pl.DataFrame, int]:
    matches = find(lines, roll, progress=progress)
    return ranked(lines, roll, matches), int((matches.chances[:, 0] >= LIKELY).sum())


def _engine(engine: Engines, master: str) -> AbstractContextManager[Engine]:
    return spark_engine(master) if engine == "spark" else nullcontext(ThisMachine())
