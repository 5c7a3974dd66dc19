"""`ballotworthy explain`: why a voter was proposed for a line, comparison by comparison."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ballotworthy.cli.held import complete_day, complete_kind, complete_place
from ballotworthy.cli.options import DatesOption, JsonOption, LenientOption, LinesArgument, MapOption, RollOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.progress import compile_if_cold, shown
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.files.columns import parse_map

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ballotworthy.match.waterfall import Waterfall


def explain(
    lines: LinesArgument,
    roll: RollOption,
    line: Annotated[str, typer.Option("--line", metavar="SHEET-LINE", help="Which line.", show_default=False)],
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help="Where to draw the best candidate's steps, ending in .png.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="A page with line and voters side by side, ending in .html.")
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            "--place",
            help="With --kind and --on: say what the law of this place makes of it.",
            autocompletion=complete_place,
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="The kind of petition, such as amendment.", autocompletion=complete_kind),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The governing day.", autocompletion=complete_day)
    ] = None,
    mapping: MapOption = None,
    lenient: LenientOption = False,
    dates: DatesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why voters were proposed for a line: what agrees, what differs, and what each weighs."""
    from ballotworthy.petition.given_lines import Lines
    from ballotworthy.verbs.explain import explain_line, refuse_other_pages, refuse_other_pictures

    if plot:
        refuse_other_pictures(plot)
    if out:
        refuse_other_pages(out)
    compile_if_cold()
    given = Lines(lines, parse_map(mapping or ()), lenient, dates)
    with shown() as progress:
        done = explain_line(given, roll, line, place=place, kind=kind, on=on, progress=progress)
    if plot:
        done.plot(plot)
    if out:
        done.write(out)
    if as_json:
        print_json(done.to_dict())
        return
    console = SafeConsole()
    for voter, each, beside in zip(done.voters, done.candidates, done.beside(), strict=True):
        console.print(_beside(voter, each, beside))
        console.print(_table(each))
    if not done.candidates:
        typer.echo("No voter was found.")
    if done.became:
        typer.echo(str(done.became))
    typer.echo(f"Searches: {done.searches or 'none, as the line has neither name nor address'}.")
    typer.echo(f"Weights: {done.beliefs}. Each bit doubles the odds; a sum of 0 is one half.")


def _beside(voter: str, candidate: Waterfall, beside: Sequence[Mapping[str, str]]) -> Table:
    """Give line and voter side by side: what differs is said, and bold where there is bold."""
    table = Table(title=f"voter {voter}: {candidate.chance:.1%}", title_justify="left")
    for heading in ("", "on the line", "on the roll", ""):
        table.add_column(heading)
    for side in beside:
        marked = "bold" if side["said"] else None
        table.add_row(side["what"], side["line"], side["voter"], side["said"], style=marked)
    return table


def _table(candidate: Waterfall) -> Table:
    table = Table()
    for heading in ("what was compared", "weight", "sum"):
        table.add_column(heading, justify="left" if heading == "what was compared" else "right")
    for step in candidate.steps:
        table.add_row(step.words, f"{step.weight:+.1f}", f"{step.total:+.1f}")
    return table
