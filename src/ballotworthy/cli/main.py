"""The command `ballotworthy`: its verbs, and what it says and returns when something is wrong."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from ballotworthy import __version__
from ballotworthy.errors import BallotworthyError
from ballotworthy.files.places import add_places
from ballotworthy.files.unfinished import abandon_all

VERBS = (
    "demo",
    "simulate",
    "law",
    "roll",
    "match",
    "explain",
    "check",
    "draw",
    "project",
    "risk",
    "case",
    "verify",
    "vote",
    "convention",
    "support",
    "measure",
)
"""Each verb is the function of its name, or the `app` of its own verbs, in the module of its name."""


STOPPED = "ballotworthy: stopped; nothing was left half-written.\n"


def build_app(verbs: Sequence[str] = VERBS) -> typer.Typer:
    """Give the command line with some verbs; only theirs are imported, so that a look into the law need not wait."""
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="From signed petition sheets to a decided vote, with every number cited and recountable.",
    )
    app.callback()(_options)
    for verb in verbs:
        module = import_module(f"ballotworthy.cli.{verb}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=verb)
        else:
            app.command(verb)(getattr(module, verb))
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ballotworthy {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[  # noqa: ARG001 # its callback has acted
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
    law: Annotated[
        Path | None,
        typer.Option("--law", help="A folder with law of your own, PLACE/law.toml: it adds places or stands for ours."),
    ] = None,
) -> None:
    """From signed petition sheets to a decided vote, with every number cited and recountable."""
    if law:
        add_places(law)


def _stop(_signal: int, _frame: object) -> None:
    abandon_all()
    sys.stderr.write(STOPPED)
    sys.stderr.flush()
    os._exit(130)


def main() -> None:
    """Run the command line; an error of the tree ends it with its message and its exit code, without a trace."""
    signal.signal(signal.SIGTERM, _stop)
    asked = sys.argv[1:2]
    try:
        build_app(asked if asked and asked[0] in VERBS else VERBS)()
    except BallotworthyError as error:
        sys.stderr.write(f"ballotworthy: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write(STOPPED)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
