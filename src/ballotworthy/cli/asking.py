"""What every command does when something that it needs is missing: it tells all of it at once, with the choices."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand

from ballotworthy.cli.held import kinds_held
from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.places import place_codes, unknown_place


class Asking(TyperCommand):
    """A command that names everything missing in one message, not the first thing alone."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line.

        Raises:
            InputError: arguments or options that the command needs are missing.
        """
        # `ctx` has the class of Typer's own copy of Click or of Click itself, by its version.
        if not ctx.resilient_parsing and not set(args) & set(ctx.help_option_names):
            given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
            missing = [each for each in self.get_params(ctx) if each.required and _is_missing(each, ctx, given)]
            if missing:
                raise InputError(
                    "\n".join([*_wrong(self.get_params(ctx), given), _asked(ctx, missing, given.get("place"))])
                )
        return super().parse_args(ctx, args)


def ask_all(app: typer.Typer) -> None:
    """Let every command below an app tell all that is missing."""
    for command in app.registered_commands:
        command.cls = Asking
    for group in app.registered_groups:
        if group.typer_instance:
            ask_all(group.typer_instance)


def _wrong(params: list[Any], given: dict[str, Any]) -> list[str]:
    """Say what is wrong with the place and the kind that were given, where a command takes both."""
    place, kind = given.get("place"), given.get("kind")
    if not {"place", "kind"} <= {each.name for each in params} or not isinstance(place, str):
        return []
    if place not in place_codes():
        return [str(unknown_place(place))]
    kinds = kinds_held(place)
    return [str(UnknownName("kind", kind, kinds))] if isinstance(kind, str) and kinds and kind not in kinds else []


def _is_missing(param: Any, ctx: Any, given: dict[str, Any]) -> bool:
    return bool(param.value_is_missing(param.consume_value(ctx, given)[0]))


def _asked(ctx: Any, missing: list[Any], place: object) -> str:
    rows = [(_name(each, ctx), f"{each.help or ''} {_choices(each, place)}".strip()) for each in missing]
    width = max(len(name) for name, _ in rows)
    head = f"`{ctx.command_path}` needs {'one thing' if len(rows) == 1 else f'{len(rows)} things'} more:"
    tail = f"`{ctx.command_path} --help` tells all that it takes."
    return "\n".join([head, *(f"  {name:<{width}}  {words}" for name, words in rows), tail])


def _name(param: Any, ctx: Any) -> str:
    """Give LINES of an argument, "--on YYYY-MM-DD" of an option."""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name).upper()
    return str(param.get_help_record(ctx)[0])


def _choices(param: Any, place: object) -> str:
    if param.name == "place":
        return f"One of: {', '.join(place_codes())}."
    if param.name == "kind":
        kinds = kinds_held(place) if isinstance(place, str) else ()
        return f"Of {place}: {', '.join(kinds)}." if kinds else "`ballotworthy law PLACE` lists those of a place."
    return ""
