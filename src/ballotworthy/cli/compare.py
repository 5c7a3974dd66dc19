"""`ballotworthy compare`: lines beside their candidates, field by field, as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.options import DatesOption, JsonOption, LenientOption, LinesArgument, MapOption, RollOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.progress import compile_if_cold, shown
from ballotworthy.files.columns import parse_map
from ballotworthy.files.quantities import quantity


def compare(
    lines: LinesArgument,
    roll: RollOption,
    out: Annotated[Path, typer.Option("-o", "--out", help="The page to write, ending in .html.")],
    line: Annotated[
        list[str] | None,
        typer.Option(
            "--line",
            metavar="SHEET-LINE",
            help="A line to show; repeatable. Examples of the commonest ways to agree if absent.",
            show_default=False,
        ),
    ] = None,
    without_names: Annotated[
        bool, typer.Option("--without-names", help="Leave out what stands on lines and roll; weights alone are shown.")
    ] = False,
    mapping: MapOption = None,
    lenient: LenientOption = False,
    dates: DatesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show lines beside the voters proposed for them, field by field, gathered by how they agree."""
    from ballotworthy.petition.given_lines import Lines
    from ballotworthy.verbs.compare import compare_lines

    compile_if_cold()
    given = Lines(lines, parse_map(mapping or ()), lenient, dates)
    with shown() as progress:
        done = compare_lines(given, roll, only=line, names=not without_names, progress=progress)
    done.write(out)
    if as_json:
        print_json(done.to_dict())
        return
    kinds = len(done.shown) + done.left_out[0]
    names = "without names" if without_names else "with what stands on lines and roll"
    typer.echo(f"{quantity(done.lines, 'line')}, {quantity(kinds, 'way')} to agree. Written to {out}, {names}.")
