"""Which places are known and what is held of each: what `ballotworthy law` prints."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

from ballotworthy.cli.safe_console import SafeConsole
from ballotworthy.verbs.law_places import Places

NOT_HELD = "not held"


def show_places(found: Places, console: SafeConsole) -> None:
    """Print the coverage for people, a row for each kind of petition."""
    held = found.held
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))  # or 80 columns would cut words and years
    for heading in ("place", "kind", "number held", "formula"):
        table.add_column(heading, no_wrap=heading == "kind")
    for heading in ("checked", "lacks"):
        table.add_column(heading, justify="right", no_wrap=True)
    last = ""
    for each in held:
        new = each.place != last
        table.add_row(
            each.place if new else "",
            each.kind,
            "\n".join(span.years for span in each.requirement) or NOT_HELD,
            each.formula.replace("-", " "),
            f"{each.checked}/{each.deciding}",
            str(each.missing) if new else "",
        )
        last = each.place
    console.print(table)
    console.print(
        f"Sources last compared with the data on {max(each.read_on for each in held)}; `checked` counts "
        "the values that decide and have a second source, of all that decide; `lacks` counts what a file says it "
        "misses. `number held` is when the number required is known; for another day give it with --required. "
        "`ballotworthy law PLACE` prints the rules of a place with their sources, and what is missing. "
        f"Of {sum(each.days for each in held)} days that the law sets, kind by kind, the data says of "
        f"{sum(each.told for each in held)} what follows when they have passed.",
        markup=False,
        highlight=False,
    )
