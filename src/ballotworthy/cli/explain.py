"""`ballotworthy explain`: why a voter was proposed for a line, comparison by comparison."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ballotworthy.cli.match import LATEST
from ballotworthy.cli.options import DatesOption, JsonOption, LenientOption, LinesArgument, MapOption, RollOption
from ballotworthy.cli.progress import say_if_cold, shown
from ballotworthy.errors import InputError
from ballotworthy.files.columns import parse_map
from ballotworthy.files.whole import whole_file
from ballotworthy.match import find, searches
from ballotworthy.match.waterfall import Waterfall, waterfalls
from ballotworthy.petition import line_ids, read_lines
from ballotworthy.report.waterfall_plot import waterfall_picture
from ballotworthy.roll import open_roll

WIDTH = 900


def explain(
    lines: LinesArgument,
    roll: RollOption,
    line: Annotated[str, typer.Option("--line", metavar="SHEET-LINE", help="Which line.", show_default=False)],
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help="Where to draw the best candidate's steps, ending in .png.", show_default=False),
    ] = None,
    mapping: MapOption = None,
    lenient: LenientOption = False,
    dates: DatesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why voters were proposed for a line: what agrees, what differs, and what each weighs."""
    if plot and plot.suffix.lower() != ".png":
        raise InputError(f"--plot {plot} does not end in .png. Name it so.")
    say_if_cold()
    petition = read_lines(lines, latest=LATEST, given=parse_map(mapping or ()), lenient=lenient, order=dates)
    places = (line_ids(petition.frame) == line).arg_true()
    if not len(places):
        raise InputError(f"there is no line {line}. Write sheet and line with a hyphen, such as 12-3.")
    snapshot = open_roll(roll)
    with shown() as progress:
        matches = find(petition.frame, snapshot, progress=progress)
    at = int(places[0])
    candidates = waterfalls(matches, snapshot, at)
    ids = snapshot.voter_ids
    voters = [str(ids[int(snapshot.owners[each.record])]) for each in candidates]
    looked = searches(matches.looked[[at]])[0]
    if plot:
        if not candidates:
            raise InputError(f"line {line} has no candidate to draw. The searches made: {looked or 'none'}.")
        with whole_file(plot) as path:
            path.write_bytes(waterfall_picture(candidates[0].steps, candidates[0].chance, WIDTH))
    if as_json:
        typer.echo(json.dumps(_told(line, voters, candidates, looked, matches.beliefs.source), indent=2))
        return
    for voter, each in zip(voters, candidates, strict=True):
        Console().print(_table(voter, each))
    if not candidates:
        typer.echo("No voter was found.")
    typer.echo(f"Searches: {looked or 'none, as the line has neither name nor address'}.")
    typer.echo(f"Weights: {matches.beliefs.source}.")


def _told(line: str, voters: list[str], candidates: list[Waterfall], looked: str, source: str) -> dict[str, object]:
    told = [
        {"voter_id": voter, "probability": each.chance, "steps": [asdict(step) for step in each.steps]}
        for voter, each in zip(voters, candidates, strict=True)
    ]
    return {"line": line, "candidates": told, "searches": looked, "beliefs": source}


def _table(voter: str, candidate: Waterfall) -> Table:
    table = Table(title=f"voter {voter}: {candidate.chance:.1%}", title_justify="left")
    for heading in ("what was compared", "weight", "sum"):
        table.add_column(heading, justify="left" if heading == "what was compared" else "right")
    for step in candidate.steps:
        table.add_row(step.words, f"{step.weight:+.1f}", f"{step.total:+.1f}")
    return table
