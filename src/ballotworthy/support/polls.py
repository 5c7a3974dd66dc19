"""Polls as published, read from a table with all its faults at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.small_tables import read_small
from ballotworthy.files.spans import Span
from ballotworthy.support.cells import SHARES, number_of, row_faults, span_of_cells
from ballotworthy.support.houses import two_names

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",), "start": ("field_start", "startdate", "start", "date"),
    "end": ("field_end", "enddate", "end", "date"), "house": ("house", "pollster", "org"), "sponsor": ("sponsor",),
    "mode": ("mode", "poll_type"), "population": ("population",), "place": ("place",),
    "n": ("n", "samplesize", "sample_size"), "support": ("support", "change", "yes"),
    "oppose": ("oppose", "keep", "no"),
    "undecided": ("undecided", "dk"), "kind": ("question_type", "kind"), "question": ("question_gist", "question"),
    "wording": ("wording",),
    "source": ("source",), "doubt": ("doubt",),
}  # fmt: skip
NEEDED = ("end", "house", "support")
EMPTY = "A table of polls has a line of headings, such as end,house,n,support,oppose."


@dataclass(frozen=True)
class Poll:
    """One poll: percentages of those asked, None where not published; texts, "" where nothing is said.

    Polls of one `kind` put one question; `wording` tells them apart where its words are known to differ.
    """

    id: str
    when: Span
    house: str
    sponsor: str
    mode: str
    population: str
    place: str
    n: int | None
    support: float | None
    oppose: float | None
    undecided: float | None
    kind: str
    question: str
    source: str
    doubt: str
    wording: str = ""

    @property
    def total(self) -> float | None:
        """Give what the three shares add up to, None where one of them was not published."""
        shares = [share for share in (self.support, self.oppose, self.undecided) if share is not None]
        return sum(shares) if len(shares) == len(SHARES) else None


def read_polls(
    path: Path,
    *,
    today: dt.date,
    vote: dt.date | None = None,
    houses: Mapping[str, str] | None = None,
    mapped: Mapping[str, str] | None = None,
) -> tuple[Poll, ...]:
    """Give the polls of a table by day, those among them whose numbers were not published.

    Args:
        path: CSV with the headings of COLUMNS; shares in percent, or all of them as parts of one.
        today: no poll can end after it.
        vote: nor after the day of the vote.
        houses: the name to use of a house that stands under two; a name for itself says that it is one of its own.
        mapped: the heading of a field, where it is none of those.

    Raises:
        InputError: the file cannot be opened or is empty.
        FileFaults: it is no table, or cut in a row; columns are missing; percentages do not add up; days lie in the
            future, after the vote, or end before they begin; a sample is of nobody; a poll stands twice; one house
            may stand under two names.
    """
    rows = _rows(path, mapped or {})
    parts = _parts_of_one(rows)
    faults: list[Fault] = []
    polls: dict[tuple[object, ...], tuple[int, Poll]] = {}
    for line, cells in rows:
        found = list(row_faults(line, cells, parts=parts, today=today, vote=vote))
        faults += found
        if found:
            continue
        poll = _poll(cells, line, houses or {}, 100.0 if parts else 1.0)
        known = tuple(value for name, value in vars(poll).items() if name not in ("id", "doubt"))
        if known in polls:
            faults.append(Fault(line, "id", f"the same poll stands on line {polls[known][0]}", "Leave one of them out"))
        polls.setdefault(known, (line, poll))
    read = [poll for _, poll in polls.values()]
    faults += two_names([poll.house for poll in read], houses or {})
    if faults:
        raise FileFaults(str(path), sorted(faults, key=lambda fault: fault.line or 0))
    if not read:
        raise InputError(f"{path} has no poll in it. Give at least one.")
    return tuple(sorted(read, key=lambda poll: (poll.when.last, poll.id)))


def _rows(path: Path, mapped: Mapping[str, str]) -> list[tuple[int, dict[str, str]]]:
    """Give line and cells by field of every row."""
    headings, rows = read_small(path, empty=EMPTY)
    at = _columns(path, headings, mapped)
    return [
        (line, {field: "" if column is None else cells[column] for field, column in at.items()}) for line, cells in rows
    ]


def _columns(path: Path, headings: Sequence[str], mapped: Mapping[str, str]) -> dict[str, int | None]:
    lower = [heading.lower() for heading in headings]
    unheard = sorted(set(mapped) - set(COLUMNS)) + sorted(set(mapped.values()) - set(headings))
    if unheard:
        raise InputError(
            f"--map names {', '.join(unheard)}: fields are {', '.join(COLUMNS)}; headings those of the file."
        )
    twice = sorted({name for name in lower if name and lower.count(name) > 1})
    if twice:
        faults = [Fault(1, name, "two columns have this heading", "Rename one of them") for name in twice]
        raise FileFaults(str(path), faults)
    at: dict[str, int | None] = {}
    for field, names in COLUMNS.items():
        own = mapped.get(field)
        known = [own.lower()] if own else [name for name in names if name in lower]
        at[field] = lower.index(known[0]) if known else None
    missing = [field for field in NEEDED if at[field] is None]
    if missing:
        faults = [
            Fault(
                1, name, "there is no such column", f"Name it one of {', '.join(COLUMNS[name])}, or say --map {name}=…"
            )
            for name in missing
        ]
        raise FileFaults(str(path), faults)
    return at


def _parts_of_one(rows: Sequence[tuple[int, Mapping[str, str]]]) -> bool:
    """Tell whether the whole table gives its shares as parts of one, and not in percent."""
    shares = [number_of(cells[field]) for _, cells in rows for field in SHARES if cells[field]]
    known = [share for share in shares if share is not None]
    return any(known) and max(known) <= 1.5


def _poll(cells: Mapping[str, str], line: int, houses: Mapping[str, str], scale: float) -> Poll:
    span = span_of_cells(cells)
    assert span is not None  # noqa: S101 - row_faults has seen it
    shares = {field: number_of(cells[field]) for field in SHARES}
    support, oppose, undecided = (None if share is None else share * scale for share in shares.values())
    size = number_of(cells["n"])
    return Poll(
        cells["id"] or f"line {line}", span, houses.get(cells["house"], cells["house"]), cells["sponsor"],
        cells["mode"], cells["population"], cells["place"], None if size is None else round(size), support, oppose,
        undecided, cells["kind"], cells["question"], cells["source"], cells["doubt"], cells["wording"],
    )  # fmt: skip
