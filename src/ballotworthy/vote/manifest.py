"""The manifest: how many cards lie in each batch, by people's count, before any machine is asked.

Read as Arlo, Colorado and Orange County write it: headings are known by their words, whatever their case and blanks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.tables import Table, read_table
from ballotworthy.vote.numerals import whole_number
from ballotworthy.vote.words import unguarded

ALIASES = {
    "batch": ("batch name", "batch", "batchid", "batch number"),
    "cards": ("number of ballots", "# of ballots", "numballots", "ballots", "number of cards", "cards"),
    "tabulator": ("tabulator", "scannerid", "tabulator id", "scanner", "tabulatornum"),
    "container": ("container", "storagelocation", "storage location", "locations", "location", "box"),
    "county": ("countyid", "county", "jurisdiction"),
    "district": ("district", "canton", "state"),
}
OTHERS = (
    ({"card", "recorded"}, "the list of all cards that an audit keeps (cards.csv)"),
    ({"card", "found"}, "a list of cards to fetch, or what was found on them"),
    ({"cvrnumber", "recordid"}, "a file of cast-vote records"),
    ({"boxid", "ballotid"}, "a file of cast-vote records"),
    ({"cast vote record"}, "a file of cast-vote records"),
    ({"precinct", "votes"}, "a table of results"),
    ({"precinct", "registered"}, "a table of the register"),
)
"""Other files of a vote by headings that only they have."""
MOST = 10_000_000
"""Cards in one batch; more is a slip of the pen."""
Key = tuple[str, str]


@dataclass(frozen=True)
class Batch:
    """A pile of cards.

    Attributes:
        name: as written.
        cards: how many lie in it.
        tabulator: the machine that read it, "" where the manifest does not say; with `name` it is unique.
        container: where it is stored, "" where the manifest does not say.
        district: of the column so called, or else of the county, "" where the manifest does not say.
        line: of the file.
    """

    name: str
    cards: int
    tabulator: str = ""
    container: str = ""
    line: int = 0
    district: str = ""

    @property
    def key(self) -> Key:
        """Give tabulator and name, by which it is known."""
        return self.tabulator, self.name


@dataclass(frozen=True)
class Manifest:
    """All batches, in the order of the file; `unread` are headings that were not used."""

    file: str
    sha256: str
    batches: tuple[Batch, ...]
    unread: tuple[str, ...] = ()

    @cached_property
    def total(self) -> int:
        """Give the number of cards."""
        return sum(each.cards for each in self.batches)

    @cached_property
    def by_key(self) -> Mapping[Key, Batch]:
        """Give each batch by tabulator and name."""
        return {each.key: each for each in self.batches}


def read_manifest(path: Path) -> Manifest:
    """Read a manifest: a table with a batch and its number of cards, perhaps tabulator and container.

    Raises:
        InputError: there is no such file.
        FileFaults: a heading is missing, a cell is empty, a number is none, a batch stands twice or has no cards, a
            row is a total, or batches of several counties bear one name.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, ALIASES, {})
    lacking = [name for name in ("batch", "cards") if name not in columns]
    if lacking:
        if other := _other_file(table.frame.columns):
            what = f"this is {other}, and no manifest"
            remedy = "Give the table of batches that people counted: Batch Name, Number of Ballots, perhaps Tabulator"
            raise FileFaults(str(path), [Fault(1, None, what, remedy)])
        told = headings_told(table.frame.columns)
        names = {"batch": "Batch Name", "cards": "Number of Ballots"}
        faults = [Fault(1, None, f"no column is called {names[each]}", f"Name it so. {told}") for each in lacking]
        raise FileFaults(str(path), faults)
    faults = []
    batches = []
    for batch, problems in _rows(table, columns):
        faults += problems
        if batch:
            batches.append(batch)
    faults += _doubled(batches)
    if faults:
        raise FileFaults(str(path), sorted(faults, key=lambda each: each.line or 0), len(faults))
    unread = [name for name in table.frame.columns if name not in columns.values()]
    return Manifest(path.name, table.sha256, tuple(batches), tuple(unread))


def _other_file(headings: Sequence[str]) -> str:
    """Say which other file of a vote has these headings, "" if none that is known."""
    names = {each.strip().lower() for each in headings}
    for needed, told in OTHERS:
        if needed <= names:
            return told
    return ""


def _rows(table: Table, columns: Mapping[str, str]) -> Iterable[tuple[Batch | None, list[Fault]]]:
    used = list(columns)
    for cells, line in zip(table.frame.select(columns.values()).iter_rows(), table.lines.tolist(), strict=True):
        row = dict(zip(used, map(unguarded, cells), strict=True))
        if any(text.lower() in ("total", "totals", "grand total", "sum") for text in row.values()):
            yield None, [Fault(line, None, "this row is a total", "Take it out: totals are counted here")]
            continue
        faults = [
            Fault(line, columns[name], "the cell is empty", "Say what stands there; every row is one batch")
            for name in ("batch", "cards", "tabulator")
            if name in row and not row[name]
        ]
        number = whole_number(row["cards"], MOST)
        if row["cards"] and number is None:
            what = "this is no number of cards"
            faults.append(Fault(line, columns["cards"], what, f"Write a whole number up to {MOST:,}"))
        if number == 0:
            faults.append(Fault(line, columns["cards"], "a batch has no cards", "Take the row out, or correct it"))
        if faults or number is None:
            yield None, faults
            continue
        district = row.get("district") or row.get("county", "")
        yield Batch(row["batch"], number, row.get("tabulator", ""), row.get("container", ""), line, district), []


def _doubled(batches: Iterable[Batch]) -> list[Fault]:
    listed = list(batches)
    times = Counter(each.key for each in listed)
    first: dict[Key, int] = {}
    faults = []
    for each in listed:
        if times[each.key] > 1 and each.key in first:
            what = f"the batch of line {first[each.key]} stands here again"
            remedy = "Each batch has one row; batches of several counties are given a county at a time"
            faults.append(Fault(each.line, None, what, remedy))
        first.setdefault(each.key, each.line)
    return faults
