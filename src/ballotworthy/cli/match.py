"""`ballotworthy match`: ranked voters for each line, with the evidence and the searches made."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import polars as pl
import typer

from ballotworthy.cli.options import DatesOption, JsonOption, LenientOption, LinesArgument, MapOption
from ballotworthy.cli.progress import say_if_cold, shown
from ballotworthy.errors import InputError
from ballotworthy.files.cells import check_ending, write_table
from ballotworthy.files.columns import columns_told, parse_map
from ballotworthy.files.progress import Progress
from ballotworthy.files.whole import whole_file
from ballotworthy.match import Beliefs, find, ranked
from ballotworthy.match.batch import Engine, ThisMachine
from ballotworthy.match.regions import match_regions, match_roll, regions_in
from ballotworthy.match.snapshots import LIKELY, deciding, ranked_in
from ballotworthy.match.spark import spark_engine
from ballotworthy.match.told import read_beliefs, told
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, open_roll

LATEST = dt.date(2098, 12, 31)
"""No line is dated later; which days are lawful is the check's question, not the matcher's."""


Engines = Literal["local", "spark"]


def match(
    lines: LinesArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help="File to write, ending in .csv or .parquet.")],
    roll: Annotated[
        list[Path] | None,
        typer.Option(
            "--roll",
            help="A snapshot made by `roll build`; or give --rolls. Given more than once, for snapshots of one "
            "register taken on different days, each line is decided by the one that fits its day.",
            show_default=False,
        ),
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
    beliefs: Annotated[
        Path | None,
        typer.Option(
            "--beliefs",
            metavar="FILE",
            help="What the probabilities rest on, as --beliefs-out wrote it; estimated from these lines otherwise.",
            show_default=False,
        ),
    ] = None,
    beliefs_out: Annotated[
        Path | None,
        typer.Option(
            "--beliefs-out", metavar="FILE", help="Where to write what they rested on, as JSON.", show_default=False
        ),
    ] = None,
    mapping: MapOption = None,
    lenient: LenientOption = False,
    dates: DatesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank the voters who may have signed each line."""
    check_ending(out)
    if bool(roll) == bool(rolls):
        raise InputError("give either --roll, a snapshot, or --rolls, a folder of one snapshot a region.")
    whole = bool(roll) and engine == "local"
    if not whole and (beliefs or beliefs_out or len(roll or ()) > 1):
        raise InputError("several --roll, --beliefs and --beliefs-out go with the local engine and without --rolls.")
    if beliefs_out and len(roll or ()) > 1:
        raise InputError("beliefs are estimated for each snapshot: ask for --beliefs-out with one --roll at a time.")
    regions = regions_in(rolls) if rolls else {}
    say_if_cold()
    petition = read_lines(lines, latest=LATEST, given=parse_map(mapping or ()), lenient=lenient, order=dates)
    rested: Beliefs | None = None
    with shown() as progress:
        if roll and whole:
            given = read_beliefs(beliefs) if beliefs else None
            table, likely, rested = _whole(
                petition.frame, [open_roll(each, whole=True) for each in roll], given, progress
            )
        else:
            with _engine(engine, master) as runs:
                if roll:
                    found = match_roll(petition.frame, roll[0], runs, progress=progress)
                else:
                    found = match_regions(petition.frame, regions, runs, progress=progress)
            table, likely = found.drop("chance"), int((found.filter(pl.col("rank") == 1)["chance"] >= LIKELY).sum())
    with whole_file(out) as path:
        write_table(_with_above(table, petition.frame).rechunk(), path)
    if beliefs_out and rested:
        with whole_file(beliefs_out) as path:
            path.write_text(json.dumps(told(rested), indent=2) + "\n", "utf-8")
    with_candidates = table.filter(pl.col("rank") == 1)["voter_id"].count()
    about = {"lines": petition.frame.height, "with_candidates": with_candidates, "likely": likely, "out": str(out)}
    about |= {"columns": {"read": dict(sorted(petition.columns.items())), "unused": list(petition.unused)}}
    about |= {"remarks": list(petition.remarks)}
    about |= {"beliefs": rested.source, "on_roll": rested.prior.on_roll} if rested else {}
    if as_json:
        typer.echo(json.dumps(about))
        return
    typer.echo(
        f"{petition.frame.height:,} lines: {likely:,} have a likely voter, "
        f"{with_candidates - likely:,} only weaker candidates. Written to {out}."
    )
    for words in (*columns_told(petition.columns, petition.unused), *petition.remarks):
        typer.echo(words)


def _whole(
    lines: pl.DataFrame, rolls: Sequence[Roll], beliefs: Beliefs | None, progress: Progress
) -> tuple[pl.DataFrame, int, Beliefs]:
    """Give the table, how many lines have a likely voter, and what the probabilities rested on in the first roll."""
    found = [find(lines, roll, beliefs=beliefs, progress=progress) for roll in rolls]
    if len(rolls) == 1:
        likely = int((found[0].chances[:, 0] >= LIKELY).sum())
        return ranked(lines, rolls[0], found[0]), likely, found[0].beliefs
    chosen = deciding(rolls, found, lines["signed_on"] if "signed_on" in lines.columns else None)
    chances = np.stack([each.chances[:, 0] for each in found], axis=1)[np.arange(lines.height), chosen]
    return ranked_in(lines, rolls, found, chosen), int((chances >= LIKELY).sum()), found[0].beliefs


def _with_above(table: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Put before the evidence what was taken from the line above for a ditto mark, and what could not be."""
    said = lines.select("sheet", "line", pl.concat_str("doubt", "above").alias("said")).filter(pl.col("said") != "")
    if not said.height:
        return table
    joined = table.join(said, on=["sheet", "line"], how="left", maintain_order="left")
    evidence = pl.concat_str(pl.col("said").fill_null(""), pl.col("evidence").fill_null(""))
    return joined.with_columns(evidence.alias("evidence")).drop("said")


def _engine(engine: Engines, master: str) -> AbstractContextManager[Engine]:
    return spark_engine(master) if engine == "spark" else nullcontext(ThisMachine())
