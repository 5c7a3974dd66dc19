"""`ballotworthy risk`: plan a risk-limiting check of a petition, and run it line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ballotworthy.cli.options import JsonOption
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.risk_plan import plan
from ballotworthy.cli.risk_start import start
from ballotworthy.errors import InputError

if TYPE_CHECKING:
    from ballotworthy.risk_check.running import Running

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
    from ballotworthy.risk_check.seed import seed_check

    running = seed_check(folder, seed)
    if as_json:
        _print({"commitment": running.commitment, "seed": running.seed, "order": running.order, "log": running.last})
        return
    typer.echo(f"Seed {seed}, for the commitment {running.commitment}.")
    typer.echo(f"{running.question.lines:,} lines are in its order. Get the first with `ballotworthy risk next`.")


@app.command("next")
def next_lines(
    folder: FolderArgument,
    number: Annotated[int, typer.Option("-n", min=1, help="How many lines.")] = 1,
    again: RereadOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print the next lines to look at, in the seed's order, with the lines that the machine links to the signer."""
    from ballotworthy.risk_check.running import hand_out, reread

    if again:
        lines = reread(folder, number)
        if as_json:
            _print({"reread": lines})
        else:
            typer.echo("\n".join(lines) if lines else "Every line that was ruled has been handed out again.")
        return
    drawn = hand_out(folder, number)
    if as_json:
        _print({"next": [{"line": each.line, "links": list(each.links)} for each in drawn]})
        return
    for each in drawn:
        typer.echo(f"{each.line}  linked to {', '.join(each.links)}" if each.links else each.line)
    if not drawn:
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
    from ballotworthy.risk_check.rulings import ruling_of
    from ballotworthy.risk_check.running import tell as told
    from ballotworthy.risk_check.running import tell_reread

    if rulings:
        if line or ruling or links is not None:
            raise InputError("give one line with its ruling, or --from with a file of them, not both.")
        from ballotworthy.risk_check.rulings_file import read_rulings

        found = read_rulings(rulings)
    elif line and ruling:
        found = [ruling_of(line, ruling, links)]
    else:
        raise InputError("say which line and what was ruled, such as 12-3 valid, or give --from with a file of them.")
    running = (tell_reread if again else told)(folder, found)
    _say(running, as_json)


@app.command()
def status(folder: FolderArgument, as_json: JsonOption = False) -> None:
    """Say what the check says so far: the risk on both sides, the number of valid signers, whether it may stop."""
    from ballotworthy.risk_check.committed import check_sources
    from ballotworthy.risk_check.running import open_check

    running = open_check(folder)
    check_sources(folder, running.start)
    _say(running, as_json)


@app.command()
def rounds(
    folders: Annotated[
        list[Path], typer.Argument(metavar="CHECK...", help="All rounds begun, each a folder.", show_default=False)
    ],
    as_json: JsonOption = False,
) -> None:
    """Say what several checks of one frame say together, each with its own seed drawn from the whole frame."""
    from dataclasses import asdict

    from ballotworthy.risk_check.committed import check_sources
    from ballotworthy.risk_check.rounds import together
    from ballotworthy.risk_check.running import open_check
    from ballotworthy.risk_check.statement import rounds_said

    checks = [open_check(folder) for folder in folders]
    for each in checks:
        check_sources(each.folder, each.start)
    found = together(checks)
    sentences = rounds_said(found, checks[0].terms)
    if as_json:
        _print({**asdict(found), "may_stop": found.decided != "not decided", "statement": sentences})
    else:
        typer.echo("\n".join(sentences))


def _say(running: Running, as_json: bool) -> None:
    from ballotworthy.risk_check.answer import answer_data, answer_of
    from ballotworthy.risk_check.statement import statement

    answer = answer_of(running)
    sentences = statement(running, answer)
    if as_json:
        _print({**answer_data(running, answer), "statement": sentences})
    else:
        typer.echo("\n".join(sentences))


def _print(answer: object) -> None:
    print_json(answer)
