"""`ballotworthy risk`: plan a risk-limiting check of a petition, and run it line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.risk_plan import plan
from ballotworthy.cli.risk_start import start

if TYPE_CHECKING:
    from ballotworthy.risk_check.told import Told
    from ballotworthy.verbs.risk_rounds import RoundsTogether

app = typer.Typer(no_args_is_help=True, help="The risk-limiting check: plan it, start it, look at lines, stop.")
app.command("plan")(plan)
app.command("start")(start)

FolderArgument = Annotated[Path, typer.Argument(help="The folder of the check.", show_default=False)]
RereadOption = Annotated[bool, typer.Option("--reread", help="Blind second readings of lines that were ruled.")]


@app.command()
def seed(
    folder: FolderArgument,
    seed: Annotated[str, typer.Option(help="The public seed, drawn after the commitment was published.")],
    as_json: JsonOption = False,
) -> None:
    """Give the public seed, once; it puts the lines in their order."""
    from ballotworthy.verbs.risk_seed import seed_risk_check

    seeded = seed_risk_check(folder, seed)
    if as_json:
        print_json(seeded.to_dict())
        return
    typer.echo(f"Seed {seed}, for the commitment {seeded.commitment}.")
    typer.echo(f"{seeded.lines:,} lines are in its order. Get the first with `ballotworthy risk next`.")


@app.command("next")
def next_lines(
    folder: FolderArgument,
    number: Annotated[int, typer.Option("-n", min=1, help="How many lines.")] = 1,
    again: RereadOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print the next lines to look at, in the seed's order, with the lines that the machine links to the signer."""
    from ballotworthy.verbs.risk_next import next_risk_lines, risk_lines_again

    if again:
        given = risk_lines_again(folder, number)
        if as_json:
            print_json(given.to_dict())
        else:
            typer.echo("\n".join(given.lines) or "Every line that was ruled has been handed out again.")
        return
    found = next_risk_lines(folder, number)
    if as_json:
        print_json(found.to_dict())
        return
    for each in found.drawn:
        typer.echo(f"{each.line}  linked to {', '.join(each.links)}" if each.links else each.line)
    if not found.drawn:
        typer.echo("Every line of the petition has been examined.")


@app.command()
def tell(
    folder: FolderArgument,
    line: Annotated[str | None, typer.Argument(help="The line, as sheet-line.", show_default=False)] = None,
    ruling: Annotated[
        str | None, typer.Argument(help="valid, invalid, or missing if the line cannot be found.", show_default=False)
    ] = None,
    links: Annotated[
        int | None, typer.Option(min=0, help="Further valid lines of this signer found in the whole petition.")
    ] = None,
    rulings: Annotated[
        Path | None, typer.Option("--from", help="A table of sheet, line, ruling and links; all or none is recorded.")
    ] = None,
    again: RereadOption = False,
    as_json: JsonOption = False,
) -> None:
    """Record a ruling, or a file of them, and say what the check says now."""
    from ballotworthy.verbs.risk_tell import tell_risk_check

    _say(tell_risk_check(folder, line, ruling, links, rulings=rulings, again=again), as_json)


@app.command()
def status(folder: FolderArgument, as_json: JsonOption = False) -> None:
    """Say what the check says so far: the risk on both sides, the number of valid signers, whether it may stop."""
    from ballotworthy.verbs.risk_status import risk_check_status

    _say(risk_check_status(folder), as_json)


@app.command()
def rounds(
    folders: Annotated[
        list[Path], typer.Argument(metavar="CHECK...", help="All rounds begun, each a folder.", show_default=False)
    ],
    as_json: JsonOption = False,
) -> None:
    """Say what several checks of one frame say together, each with its own seed drawn from the whole frame."""
    from ballotworthy.verbs.risk_rounds import risk_rounds

    _say(risk_rounds(folders), as_json)


def _say(found: Told | RoundsTogether, as_json: bool) -> None:
    if as_json:
        print_json(found.to_dict())
    else:
        typer.echo("\n".join(found.sentences))
