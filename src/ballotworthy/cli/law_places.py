"""Which places are known and what is held of each: what `ballotworthy law` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from ballotworthy.law.coverage import Coverage, Span

NOT_HELD = "not held"


def places_answer(held: Sequence[Coverage]) -> dict[str, Any]:
    """Give the coverage as plain data, place by place."""
    places: dict[str, dict[str, Any]] = {}
    for each in held:
        about = {"name": each.name, "read_on": each.read_on.isoformat(), "missing": each.missing, "kinds": []}
        places.setdefault(each.place, {"place": each.place, **about})["kinds"].append(
            {
                "kind": each.kind,
                "title": each.title,
                "formula": each.formula,
                "held": _days(each.held),
                "requirement": _days(each.requirement),
                "rules": each.rules,
                "values": each.values,
                "deciding": each.deciding,
                "checked": each.checked,
            }
        )
    return {"places": list(places.values())}


def _days(held: Sequence[Span]) -> list[dict[str, str | None]]:
    return [{"from": span.since.isoformat(), "until": span.until.isoformat() if span.until else None} for span in held]


def show_places(held: Sequence[Coverage], console: Console) -> None:
    """Print the coverage for people, a row for each kind of petition."""
    table = Table("place")
    table.add_column("kind", no_wrap=True)
    table.add_column("requirement", min_width=9)
    table.add_column("formula", overflow="fold")
    table.add_column("checked", justify="right", no_wrap=True)
    table.add_column("lacks", justify="right")
    last = ""
    for each in held:
        new = each.place != last
        table.add_row(
            each.place if new else "",
            each.kind,
            ", ".join(span.years for span in each.requirement) or NOT_HELD,
            each.formula,
            f"{each.checked}/{each.deciding}",
            str(each.missing) if new else "",
        )
        last = each.place
    console.print(table)
    console.print(
        f"Sources last compared with the data on {max(each.read_on for each in held)}; `checked` counts "
        "the values that decide and have a second source, of all that decide; `lacks` counts what a file says it "
        "misses. Where no requirement is known for your day, give it with --required. "
        "`ballotworthy law PLACE` prints the rules of a place with their sources, and what is missing.",
        markup=False,
        highlight=False,
    )
