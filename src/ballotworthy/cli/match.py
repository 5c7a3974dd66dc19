"""`ballotworthy match`: ranked voters for each line, with the evidence and the searches made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.options import ChartsOption, DatesOption, JsonOption, LenientOption, LinesArgument, MapOption
from ballotworthy.cli.printed import print_whole
from ballotworthy.cli.progress import compile_if_cold, shown
from ballotworthy.errors import InputError
from ballotworthy.files.choices import Engines
from ballotworthy.files.columns import columns_told, parse_map
from ballotworthy.files.quantities import quantity
from ballotworthy.safe_text import safe_json

if TYPE_CHECKING:
    from ballotworthy.verbs.match import Matched


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
    comparison: Annotated[
        list[Path] | None,
        typer.Option(
            "--comparison",
            metavar="FILE",
            help="A comparison on a further column, declared in TOML (phone.toml); repeatable. Slower than ours.",
            show_default=False,
        ),
    ] = None,
    comparison_roll: Annotated[
        Path | None,
        typer.Option(
            "--comparison-roll",
            metavar="FILE",
            help="Where the voters' further columns stand, by voter id: the voter file itself, or another table.",
            show_default=False,
        ),
    ] = None,
    charts: ChartsOption = None,
    mapping: MapOption = None,
    lenient: LenientOption = False,
    dates: DatesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank the voters who may have signed each line."""
    from ballotworthy.files.cells import check_ending
    from ballotworthy.petition.given_lines import Lines
    from ballotworthy.verbs.match import match_lines

    check_ending(out)
    if charts:
        from ballotworthy.report.charts_page import refuse_other_folder  # loads what draws

        refuse_other_folder(charts)
    if beliefs_out and (rolls or engine != "local"):
        raise InputError("several --roll, --beliefs and --beliefs-out go with the local engine and without --rolls.")
    if beliefs_out and len(roll or ()) > 1:
        raise InputError("beliefs are estimated for each snapshot: ask for --beliefs-out with one --roll at a time.")
    compile_if_cold()
    given = Lines(lines, parse_map(mapping or ()), lenient, dates)
    with shown() as progress:
        done = match_lines(
            given, roll, rolls=rolls, engine=engine, master=master, beliefs=beliefs, comparisons=comparison or (),
            comparison_roll=comparison_roll, progress=progress,
        )  # fmt: skip
    done.write(out, beliefs_out)
    if charts:
        done.write_charts(charts)
    if as_json:
        print_whole(safe_json(json.dumps(_told(done, out))))
        return
    typer.echo(
        f"{quantity(done.lines, 'line')}: {done.likely:,} have a likely voter, "
        f"{done.with_candidates - done.likely:,} only weaker candidates. Written to {out}."
    )
    for each in done.further:
        cells = f"{quantity(each.lines, 'line')} and {quantity(each.voters, 'voter')}"
        typer.echo(f"Compared {each.further.name}: {cells} have one.")
    for words in (*columns_told(done.petition.columns, done.unused), *done.petition.remarks):
        typer.echo(words)


def _told(done: Matched, out: Path) -> dict[str, object]:
    """Give the answer with the file that was written, in its place."""
    told: dict[str, object] = {}
    for key, value in done.to_dict().items():
        told[key] = value
        if key == "likely":
            told["out"] = str(out)
    return told
