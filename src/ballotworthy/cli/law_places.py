"""Which places are known and what is held of each: what `ballotworthy law` prints."""

from __future__ import annotations

from rich.table import Table

from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.verbs.law_places import Places

NOT_HELD = "not held"


def show_places(found: Places, console: SafeConsole) -> None:
    """Print the coverage for people, a row for each kind of petition."""
    held = found.held
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
