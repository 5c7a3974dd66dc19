"""Polls as published, read from a table with all its faults at once."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.spans import Span, span_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",), "start": ("field_start", "startdate", "start", "date"),
    "end": ("field_end", "enddate", "end", "date"),
    "precision": ("date_precision", "precision"), "house": ("house", "pollster", "org"), "sponsor": ("sponsor",),
    "mode": ("mode", "poll_type"), "population": ("population",), "n": ("n", "samplesize", "sample_size"),
    "support": ("support", "change", "yes"), "oppose": ("oppose", "keep", "no"), "undecided": ("undecided", "dk"),
    "kind": ("question_type", "kind"), "question": ("question_gist", "question"), "source": ("source",),
}  # fmt: skip
NEEDED = ("end", "house", "support")
ROUNDING = 1.5
"""Points by which percentages may pass a hundred, since each is rounded."""


@dataclass(frozen=True)
class Poll:
    """One poll: percentages of those asked, None where not published."""

    id: str
    when: Span
    house: str
    sponsor: str
    n: int | None
    support: float
    oppose: float | None
    undecided: float | None
    kind: str
    question: str
    source: str


def read_polls(
    path: Path,
    *,
    today: dt.date,
    vote: dt.date | None = None,
    houses: Mapping[str, str] | None = None,
    mapped: Mapping[str, str] | None = None,
) -> tuple[Poll, ...]:
    """Give the polls of a table that has a share for it; rows without one are left out.

    Args:
        path: CSV with the headings of COLUMNS.
        today: no poll can end after it.
        vote: nor after the day of the vote.
        houses: the name to use of a house that stands under two.
        mapped: the heading of a field, where it is none of those.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: columns are missing; percentages do not add up; days lie in the future or after the vote; a
            sample is of nobody; one house may stand under two names.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [(reader.line_num, row) for row in reader]
            headings = [heading for heading in (reader.fieldnames or []) if heading]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as a table of polls. Check its name, and that it is UTF-8.") from error
    own = {heading.strip().lower(): heading for heading in headings}
    given = mapped or {}
    unheard = sorted(set(given) - set(COLUMNS)) + sorted(set(given.values()) - set(headings))
    if unheard:
        raise InputError(
            f"--map names {', '.join(unheard)}: fields are {', '.join(COLUMNS)}; headings those of the file."
        )
    found = {
        field: given.get(field) or next((own[name] for name in names if name in own), None)
        for field, names in COLUMNS.items()
    }
    missing = [field for field in NEEDED if found[field] is None]
    if missing:
        remedy = "Name it one of "
        raise FileFaults(
            str(path),
            [Fault(1, name, "there is no such column", remedy + ", ".join(COLUMNS[name])) for name in missing],
        )
    polls: list[Poll] = []
    faults: list[Fault] = []
    for line, row in rows:
        cells = {field: (row.get(heading) or "").strip() if heading else "" for field, heading in found.items()}
        if cells["support"]:
            read = list(_faults(line, cells, today, vote))
            faults += read
            if not read:
                polls.append(_poll(cells, line, houses or {}))
    faults += _two_names(polls)
    if faults:
        raise FileFaults(str(path), sorted(faults, key=lambda fault: fault.line or 0))
    if not polls:
        raise InputError(f"{path} has no poll with a share for it. Give at least one.")
    return tuple(sorted(polls, key=lambda poll: (poll.when.last, poll.id)))


def _faults(line: int, cells: Mapping[str, str], today: dt.date, vote: dt.date | None) -> Iterator[Fault]:
    shares = []
    for field in ("support", "oppose", "undecided"):
        if cells[field]:
            value = _number(cells[field])
            if value is None or not 0 <= value <= 100:
                yield Fault(line, field, "that is no percentage", "Write a number from 0 to 100")
                return
            shares.append(value)
    if sum(shares) > 100 + ROUNDING and sum(shares) > 1 + ROUNDING / 100:
        yield Fault(line, "support", f"the percentages add up to {sum(shares):g}", "Compare them with the source")
    if cells["n"]:
        size = _number(cells["n"])
        if size is None or size < 1:
            yield Fault(line, "n", "nobody was asked", "Write how many were, or leave the cell empty")
    span = _span(cells)
    if span is None:
        yield Fault(line, "end", "that is no day", "Write 2017-01-19, or 2017-01 or 2017")
    elif span.first > today:
        yield Fault(line, "end", f"{span} is in the future", "Correct the day")
    elif vote is not None and span.first > vote:
        yield Fault(line, "end", f"{span} is after the vote of {vote}", "Correct the day, or leave the poll out")


def _poll(cells: Mapping[str, str], line: int, houses: Mapping[str, str]) -> Poll:
    span = _span(cells)
    values = {field: _number(cells[field]) for field in ("support", "oppose", "undecided", "n")}
    known = [values[field] for field in ("support", "oppose") if values[field] is not None]
    parts = max(value for value in known if value is not None) <= 1 and sum(value or 0 for value in known) > 0
    scale = 100.0 if parts else 1.0
    support = (values["support"] or 0.0) * scale
    oppose, undecided = (
        None if values[name] is None else (values[name] or 0) * scale for name in ("oppose", "undecided")
    )
    assert span is not None  # noqa: S101 - _faults has seen it
    size = None if values["n"] is None else round(values["n"] or 0)
    house = houses.get(cells["house"], cells["house"])
    return Poll(
        cells["id"] or f"line {line}", span, house, cells["sponsor"], size, support, oppose, undecided, cells["kind"],
        cells["question"], cells["source"],
    )  # fmt: skip


def _span(cells: Mapping[str, str]) -> Span | None:
    first, last = (_one(cells[end] or cells["end"]) for end in ("start", "end"))
    if first is None or last is None or first.first > last.last:
        return None
    return Span(first.first, last.last)


def _one(text: str) -> Span | None:
    for precision in ("day", "month", "year"):
        try:
            return span_of(text, precision)
        except ValueError:
            continue
    return None


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def _two_names(polls: Sequence[Poll]) -> Iterator[Fault]:
    """Yield houses that may be one: their names have the same letters, or one is the beginning of the other."""
    names = sorted({poll.house for poll in polls})
    for one, two in combinations(names, 2):
        a, b = (re.sub(r"[^a-z0-9]", "", name.lower()) for name in (one, two))
        if a == b:
            what = f"{one!r} and {two!r} may be one house"
            yield Fault(None, "house", what, f'Say so with --house "{one}={two}", or write them apart')
