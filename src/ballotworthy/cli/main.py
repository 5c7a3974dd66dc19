"""The command `ballotworthy`: its verbs, and what it says and returns when something is wrong."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ballotworthy import __version__
from ballotworthy.cli.asking import ask_all
from ballotworthy.cli.terminal import guarded_streams
from ballotworthy.errors import BallotworthyError
from ballotworthy.files.places import add_places
from ballotworthy.files.unfinished import abandon_all
from ballotworthy.safe_text import safe_text

VERBS = {
    "demo": "Invent a roll and a petition, check it, certify it as an office would, and recount the certificate.",
    "simulate": "Invent a roll and a petition: roll.csv, lines.csv, truth.csv, and simulation.json that says how.",
    "law": "The law: `law PLACE` prints the rules of a place on a day, `law` alone lists the places.",
    "roll": "The voter register: build a snapshot, find voters.",
    "sheets": "Petition sheets: print them in the form of a place, and read them back from scans.",
    "match": "Rank the voters who may have signed each line.",
    "explain": "Say why voters were proposed for a line: what agrees, what differs, and what each weighs.",
    "compare": "Show lines beside the voters proposed for them, field by field, gathered by how they agree.",
    "score": "A matching scored against the truth: reliability, precision and recall.",
    "check": "Check every line of a petition by machine: outcomes, estimate, verdict, and a report. Not a certificate.",
    "draw": "Print the sampled line ids in the order drawn; anybody with the seed and the frame draws the same.",
    "project": "Give the estimate and the verdict that the law draws from the counts of a checked petition.",
    "risk": "The risk-limiting check: plan it, start it, look at lines, stop.",
    "case": "An official check: a case from filed lines to its certificate.",
    "office": "The office: pages where people decide lines, see each other's work, and sign the result.",
    "verify": "Recount a published record: every numbered check of its specification, and the first event that fails.",
    "vote": "The vote: count it, judge it by its own rule, plan and run its audit.",
    "convention": "Article V: a convention of the states, and ratification.",
    "support": "Say how support for a question moved, and how probably it passes by its own rule.",
    "measure": "Show the road of a question: what it asks, what happened, deadlines, support, the vote, what was said.",
}
"""Each verb in one line; it is the function of its name, or the `app` of its own verbs, in the module of its name."""

SEARCHED = (50_000, 20, 20)
"""Objects made after which Python looks for cycles among them: nearly all that are made at first are modules, which
stay, and at Python's own 700 the search takes four hundredths of a small check."""
STOPPED = (
    "ballotworthy: stopped; what was not finished is as it was before, or is settled by the next run that writes it.\n"
)


class Group(TyperGroup):
    """The verbs; what Typer says of a wrong word is made safe before it is printed in colours."""

    def make_context(self, *words: Any, **more: Any) -> Any:
        """Read the words before the verb."""
        with _said_safely():
            return super().make_context(*words, **more)

    def invoke(self, ctx: Any) -> Any:
        """Read the verb's own words, and run it."""
        with _said_safely():
            return super().invoke(ctx)


@contextmanager
def _said_safely() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        message = getattr(error, "message", None)  # Typer's own errors
        if isinstance(message, str):
            error.message = safe_text(message)  # type: ignore[attr-defined]
        raise


class Front(Group):
    """The list of verbs, each with its whole line, in plain text."""

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Write the verbs and their lines."""
        with formatter.section("Commands"):
            formatter.write_dl([(verb, words) for verb, words in VERBS.items() if verb in self.commands])


def build_app(verbs: Sequence[str] = tuple(VERBS), listed: Sequence[str] = ()) -> typer.Typer:
    """Give the command line with some verbs; only theirs are imported, so that a look into the law need not wait.

    Verbs that are only `listed` stand in the help with their line and cannot be run.
    """
    app = typer.Typer(
        # Rich takes longer to load than all else that a list of verbs needs.
        cls=Group if verbs else Front,
        rich_markup_mode="rich" if verbs else None,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="From signed petition sheets to a decided vote, with every number cited and recountable.",
    )
    app.callback()(_options)
    for verb in verbs:
        module = import_module(f"ballotworthy.cli.{verb}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=verb, short_help=VERBS[verb])
        else:
            app.command(verb, short_help=VERBS[verb])(getattr(module, verb))
    for verb in listed:
        app.command(verb, short_help=VERBS[verb])(_nothing)
    ask_all(app)
    return app


def _nothing() -> None:
    """Stand in the help for a verb that nobody asked for."""


def verb_asked(words: Sequence[str]) -> str | None:
    """Give the verb among the words of a command line: the first that is no option, nor what stands behind one."""
    rest = iter(words)
    for word in rest:
        if word in ("--law", "--limit"):
            next(rest, None)
        elif not word.startswith("-"):
            return word if word in VERBS else None
    return None


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
    limit: Annotated[
        list[str] | None,
        typer.Option(
            "--limit", metavar="NAME=NUMBER", help="Most rows, cells, columns or bytes that are read of one file."
        ),
    ] = None,
) -> None:
    """From signed petition sheets to a decided vote, with every number cited and recountable."""
    if law:
        add_places(law)
    if limit:
        from ballotworthy.files.given import set_limits

        set_limits(limit)


def _stop(_signal: int, _frame: object) -> None:
    abandon_all()
    sys.stderr.write(STOPPED)
    sys.stderr.flush()
    os._exit(130)


def main() -> None:
    """Run the command line; an error of the tree ends it with its message and its exit code, without a trace."""
    gc.set_threshold(*SEARCHED)
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` sets it
        signal.signal(signal.SIGHUP, _stop)
    with guarded_streams():
        _run()


def _run() -> None:
    # A shell that completes calls the program with no words; those typed so far stand in the environment.
    words = sys.argv[1:] or os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", "")).split()[1:]
    verb = verb_asked(words)
    try:
        _app(verb)()
    except BallotworthyError as error:
        sys.stderr.write(f"ballotworthy: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write(STOPPED)
        sys.exit(130)


@cache
def _app(verb: str | None) -> typer.Typer:
    """Give the command line that runs one verb, and lists the others."""
    return build_app([verb], [each for each in VERBS if each != verb]) if verb else build_app((), tuple(VERBS))
