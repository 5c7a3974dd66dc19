"""`ballotworthy law`: the places, their rules on a day, what changed, the deadlines, and how many to file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from ballotworthy.cli.law_calendar import calendar
from ballotworthy.cli.law_changes import changes
from ballotworthy.cli.law_header import counts_header
from ballotworthy.cli.law_needed import needed
from ballotworthy.cli.law_rules import rules
from ballotworthy.errors import InputError

DEFAULT = "rules"
MOVED = {
    "--diff": "law changes PLACE AFTER UNTIL",
    "--calendar": "law calendar PLACE",
    "--after": "law calendar PLACE --after EVENT=DAY",
    "--ics": "law calendar PLACE --ics FILE",
    "--needed": "law needed PLACE",
    "--validity": "law needed PLACE --validity SHARE",
    "--duplicates": "law needed PLACE --duplicates SHARE",
    "--chance": "law needed PLACE --chance SHARE",
    "--required": "law needed PLACE --required NUMBER",
    "--sample": "law needed PLACE --sample SHARE",
    "--district": "law needed PLACE --district NAME=NUMBER",
    "--checked": "law needed PLACE --checked NUMBER",
    "--plot": "law needed PLACE --plot FILE",
    "--counts-header": "law counts-header PLACE",
}
"""Options that `law PLACE` had once; the first of them that is met names the verb to use."""


class LawGroup(TyperGroup):
    """The verbs of the law, of which `rules` is meant where none is named: `law us-ca`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words behind `law`; where they begin with no verb, `rules` is put before them.

        Raises:
            InputError: `rules` is asked with an option that has a verb of its own now.
        """
        # `ctx` has the class of Typer's own copy of Click or of Click itself, by its version.
        if ctx.resilient_parsing and not args:  # the shell asks what may come: a place or a verb, see below
            return super().parse_args(ctx, args)
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [DEFAULT, *args]
        if args[0] == DEFAULT:
            refuse_moved(args)
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Give what may come next: a verb of the law, or a place."""
        found = super().shell_complete(ctx, incomplete)
        with ctx.scope(cleanup=False):
            place = self.commands[DEFAULT].params[0]
            return [*found, *place.shell_complete(ctx, incomplete)]


def refuse_moved(words: Sequence[str]) -> None:
    """Refuse the options that are verbs now, with the new words.

    Raises:
        InputError: there is one among the words.
    """
    given = {word.partition("=")[0] for word in words}
    for option, now in MOVED.items():
        if option in given:
            raise InputError(f"{option} is now `ballotworthy {now}`.")


app = typer.Typer(
    cls=LawGroup,
    no_args_is_help=False,
    subcommand_metavar="PLACE | COMMAND ...",
    help="The law: `law PLACE` prints the rules of a place on a day, `law` alone lists the places.",
)
for verb in (rules, changes, calendar, needed):
    app.command()(verb)
app.command("counts-header")(counts_header)
