"""`ballotworthy score`: a matching scored against the truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ballotworthy.cli.options import ChartsOption, JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.files.quantities import quantity


def score(
    lines: Annotated[Path, typer.Argument(help="What `match` wrote.", show_default=False)],
    truth: Annotated[Path, typer.Argument(help="A table of sheet, line, voter_id: who signed.", show_default=False)],
    plot: Annotated[
        Path | None,
        typer.Option(help="Draw reliability and precision by recall on a page, ending in .html.", show_default=False),
    ] = None,
    charts: ChartsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how right the probabilities are, and what each threshold finds and takes wrongly."""
    from ballotworthy.verbs.score import score_matches

    if charts:
        from ballotworthy.report.charts_page import refuse_other_folder  # loads what draws

        refuse_other_folder(charts)
    done = score_matches(lines, truth)
    if plot:
        done.write(plot)
    if charts:
        done.write_charts(charts)
    if as_json:
        print_json(done.to_dict())
        return
    found = done.score
    typer.echo(
        f"{quantity(found.lines, 'line')}, {quantity(found.on_roll, 'signer')} on the roll; "
        f"{found.first:,} are the best candidate."
    )
    typer.echo("probability       lines    said    true")
    for band in found.bands:
        typer.echo(f"{band.low:5.3f} to {band.high:5.3f} {band.lines:9,} {band.said:7.2%} {band.true:7.2%}")
    for precision, recall in found.recall_at:
        typer.echo(
            f"{recall:.2%} of the signers are found by a threshold at which {precision:.1%} of what it takes is right."
        )
