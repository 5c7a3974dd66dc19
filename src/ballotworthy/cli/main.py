"""The command `ballotworthy`: its verbs, and what it says and returns when something is wrong."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer

from ballotworthy import __version__
from ballotworthy.cli.verbs import Verbs
from ballotworthy.errors import BallotworthyError

app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="From signed petition sheets to a decided vote, with every number cited and recountable.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ballotworthy {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """From signed petition sheets to a decided vote, with every number cited and recountable."""


def _stop(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line; an error of the tree ends it with its message and its exit code, without a trace."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        app()
    except BallotworthyError as error:
        sys.stderr.write(f"ballotworthy: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("ballotworthy: stopped; nothing was left half-written.\n")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
