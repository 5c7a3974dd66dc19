"""How many people are registered in each precinct, from a table, to compare a count with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.tables import read_table
from ballotworthy.vote.canvass import Place
from ballotworthy.vote.numerals import whole_number
from ballotworthy.vote.results import Unit
from ballotworthy.vote.words import folded, unguarded

ALIASES = {
    "precinct": ("precinct", "precinct name", "precinct code", "ward", "district", "reporting unit"),
    "registered": ("registered", "registered voters", "reg voters", "active voters", "voters", "registration"),
    "county": ("county", "parish", "jurisdiction", "municipality", "town"),
}


def read_register(path: Path) -> dict[Place, int]:
    """Give the people on the register by county ("" without that column) and precinct, folded.

    Raises:
        FileFaults: a column is missing, a cell is no number, or a precinct stands twice.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, ALIASES, {})
    lacking = [name for name in ("precinct", "registered") if name not in columns]
    if lacking:
        remedy = f"Name it so. {headings_told(table.frame.columns)}"
        raise FileFaults(str(path), [Fault(1, None, f"no column is called {name}", remedy) for name in lacking])
    found: dict[Place, int] = {}
    lines: dict[Place, int] = {}
    faults = []
    for row, line in zip(table.frame.iter_rows(named=True), table.lines.tolist(), strict=True):
        cells = {name: unguarded(row[heading]) for name, heading in columns.items()}
        place = folded(cells.get("county", "")), folded(cells["precinct"])
        if "total" in (place[0], place[1]) or "totals" in place:
            faults.append(Fault(line, None, "this row is a total", "Take it out: totals are counted here"))
            continue
        number = whole_number(cells["registered"])
        if number is None:
            faults.append(Fault(line, columns["registered"], "this is no number of voters", "Write a whole number"))
        elif place in found:
            what = f"the precinct of line {lines[place]} stands here again"
            faults.append(Fault(line, columns["precinct"], what, "One row a precinct; add the column county if needed"))
        else:
            found[place], lines[place] = number, line
    if faults:
        raise FileFaults(str(path), faults[:SHOWN], len(faults))
    return found


def with_counties(registered: Mapping[Place, int], units: Iterable[Unit]) -> dict[Place, int]:
    """Give a register without counties those of the results, where a precinct of that name is in one county only."""
    counties: dict[str, set[str]] = {}
    for unit in units:
        counties.setdefault(folded(unit.precinct), set()).add(folded(unit.county))
    only = {precinct: county.copy().pop() for precinct, county in counties.items() if len(county) == 1}
    if any(county for county, _ in registered):
        return dict(registered)
    return {(only.get(precinct, ""), precinct): number for (_, precinct), number in registered.items()}
