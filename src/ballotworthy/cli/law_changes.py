"""What changed between two days: what `ballotworthy law PLACE --diff DAY DAY` prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from ballotworthy.cli.law_rules import in_words, plain
from ballotworthy.law import Kind, Law
from ballotworthy.law.changes import Change
from ballotworthy.law.elsewhere import rule_words

NOTHING = "none held"


def changes_answer(
    law: Law, first: date, second: date, found: Sequence[tuple[Kind, Sequence[Change]]]
) -> dict[str, Any]:
    """Give the changes as plain data, kind by kind."""
    return {
        "place": law.place,
        "first": first.isoformat(),
        "second": second.isoformat(),
        "kinds": [
            {
                "kind": kind.name,
                "changes": [
                    {
                        "rule": change.rule,
                        "on": change.on.isoformat(),
                        "before": plain(change.before),
                        "after": plain(change.after),
                        "source": change.source.cite,
                        "url": change.source.url,
                    }
                    for change in changed
                ],
            }
            for kind, changed in found
        ],
    }


def show_changes(
    law: Law, first: date, second: date, found: Sequence[tuple[Kind, Sequence[Change]]], console: Console
) -> None:
    """Print the changes for people: the rule, the day, before and after, and the act or source."""
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
        console.print(f"  {source.cite}: {source.url}", markup=False, highlight=False, soft_wrap=True)
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
