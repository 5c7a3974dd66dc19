"""`ballotworthy law changes`: what changed in the law between two days."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from ballotworthy.cli.days import DAY
from ballotworthy.cli.options import AnyKindOption, JsonOption, PlaceArgument
from ballotworthy.cli.printed import print_json
from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.files.asked_day import parse_day
from ballotworthy.law.elsewhere import rule_words
from ballotworthy.law.words import in_words
from ballotworthy.verbs.law_changes import Changed, list_changes

NOTHING = "none held"

FirstArgument = Annotated[str, typer.Argument(metavar="AFTER", help=f"Changes after this day, {DAY}.")]
SecondArgument = Annotated[str, typer.Argument(metavar="UNTIL", help=f"Up to this day and with it, {DAY}.")]


def changes(
    place: PlaceArgument,
    first: FirstArgument,
    second: SecondArgument,
    kind: AnyKindOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what changed in the law after one day up to another: the rule, before and after, and the act."""
    found = list_changes(place, parse_day(first, "AFTER"), parse_day(second, "UNTIL"), kind)
    if as_json:
        print_json(found.to_dict())
    else:
        show_changes(found, SafeConsole())


def show_changes(changed_law: Changed, console: SafeConsole) -> None:
    """Print the changes for people: the rule, the day, before and after, and the act or source."""
    law, first, second, found = changed_law.law, changed_law.first, changed_law.second, changed_law.kinds
    for kind, changed in found:
        heading = f"{law.name}: {kind.title} ({kind.name}), changes after {first} up to {second}"
        console.print(heading, style="bold", markup=False, highlight=False)
        if not changed:
            console.print("  Nothing changed in the rules held.", highlight=False)
            continue
        table = Table("rule", "from", "before", "after", "by")
        for change in changed:
            table.add_row(
                rule_words(change.rule),
                change.on.isoformat(),
                _words(change.rule, change.before, change.after),
                _words(change.rule, change.after, change.before),
                change.source.cite,
            )
        console.print(table)
    console.print("Sources", style="bold")
    for source in dict.fromkeys(change.source for _, changed in found for change in changed):
        console.tell(f"  {source.cite}: {source.url}")
    console.print(
        f"{NOTHING!r} means that the data begins there, which need not be the day on which the law did.",
        markup=False,
        highlight=False,
    )


def _words(rule: str, value: object, other: object) -> str:
    """Give a value in words; of a list only what the other list has not."""
    if value is None:
        return NOTHING
    if not (isinstance(value, tuple) and isinstance(other, tuple)):
        return in_words(rule, value)
    own = tuple(entry for entry in value if entry not in other)
    same = f"{len(value) - len(own)} the same" if len(own) < len(value) else ""
    return "; ".join(part for part in (in_words(rule, own) if own else "", same) if part)
