"""A first look at a file of lines, before the record is told of it: what would come in, read as what, and no name.

What was taken in cannot be taken out again, so a wrong file, a right one read by wrong columns, and one that is in the
case already are seen here: in numbers, in the sheets that are missing, and in the shape of the first rows, in which
every letter of a name is an `a` and every digit a `9`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.casework import Act
from ballotworthy.casework.batch import Batch, read_batch, told_of_strata
from ballotworthy.casework.bound_lines import digest_when_bound
from ballotworthy.casework.case import Case
from ballotworthy.casework.framed import fault_of_line
from ballotworthy.casework.kept_lines import taken_in_beside
from ballotworthy.casework.missing_sheets import missing_sheets
from ballotworthy.casework.room import Room
from ballotworthy.errors import SHOWN
from ballotworthy.files.columns import plain_heading
from ballotworthy.petition.lines import FIELDS
from ballotworthy.petition.told_pages import told_of_pages
from ballotworthy.roll.fields import FIELDS as ROLL_FIELDS
from ballotworthy.safe_text import shape_of

ROWS_SHOWN, LETTERS_SHOWN = 10, 60
OPEN_FIELDS = frozenset({"sheet", "line", "signed_on", "county", "ward", "struck"})
"""Fields whose cells say nothing of who somebody is; nor do those by which the law divides."""
OF_REGISTER = frozenset(
    plain_heading(name)
    for field in ("voter_id", "registration_date", "status", "status_date")
    for name in (field, *ROLL_FIELDS[field])
)
"""Headings, as `plain_heading` writes them, by which a voter file says who is registered."""
MARKS = ("blank", "struck", "removed")


@dataclass(frozen=True)
class LinesLook:
    """What a file of lines would bring into a case; text, numbers and lists, and nothing of a signer.

    Attributes:
        digest: the SHA-256 of the file.
        batch: the name that the batch would have.
        sheets, lines: how many it holds.
        already: lines whose sheet and number stand in the case.
        beside: cases in folders beside this one that took in the same file.
        missing: numbers of sheets between the first and the last that are not there.
        marks: how many lines are blank, struck or removed, where some are.
        strata: how many lines each stratum gets.
        days: the first and the last day of signing; none where no line has one.
        columns: each field that is read, its heading, and how many lines have something in it.
        unused: headings that hold nothing known.
        rows: the first lines, a cell a field of `columns`, names by their shape.
        remarks: what must be known of how the file was read.
        doubts: what makes it likely that it is not the petition.
        faults: lines that cannot come in as they are, and why; the first twenty.
        refused: why nothing of it can come in now, as where the frame is fixed; "" where it can.
    """

    digest: str
    batch: str
    sheets: int
    lines: int
    already: int
    beside: Sequence[str]
    missing: str
    marks: Sequence[tuple[str, int]]
    strata: Sequence[tuple[str, int]]
    days: Sequence[str]
    columns: Sequence[tuple[str, str, int]]
    unused: Sequence[str]
    rows: Sequence[Sequence[str]]
    remarks: Sequence[str]
    doubts: Sequence[str]
    faults: Sequence[str]
    refused: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case intake --look --json` prints it."""
        return asdict(self)


def look_at_lines(room: Room, path: Path, *, by: str, name: str, scans: Path | None = None, **how: Any) -> LinesLook:
    """Look at a file of lines as a batch of a case; nothing is entered.

    Args:
        room: the case.
        path: the file.
        by: who would take it in.
        name: what the batch would be called.
        scans: the folder of sheets that were read, where the file is of one; what it says of its pages is told, and
            cases that took it in are looked for by the lines bound to its pictures.
        how: what `read_batch` is told of the file beside that.

    Raises:
        FileFaults, InputError: it cannot be read as a batch of this case, or the picture of a line is not there.
    """
    batch, case = read_batch(room, path, name=name, **how), room.case()
    frame, read = batch.petition.frame, _with_own(batch)
    headings = {**batch.petition.columns, **batch.own}
    plain = {*OPEN_FIELDS, case.rules.divided_by if case.rules else None}
    marks = Counter(line[4].partition(":")[0] for line in batch.lines)
    return LinesLook(
        digest=batch.petition.sha256,
        batch=name,
        **batch.found,
        already=sum(f"{line[0]}-{line[1]}" in case.frame.at for line in batch.lines),
        beside=taken_in_beside(room.folder, digest_when_bound(scans) if scans else batch.petition.sha256),
        missing=missing_sheets({line[0] for line in batch.lines}),
        marks=[(mark, marks[mark]) for mark in MARKS if marks[mark]],
        strata=sorted(Counter(line[2] for line in batch.lines).items()),
        days=_days(frame),
        columns=[(field, headings.get(field, ""), _filled(read[field])) for field in read.columns],
        unused=list(batch.unused),
        rows=[
            [_shown(cell, is_open=field in plain) for field, cell in row.items()]
            for row in read.head(ROWS_SHOWN).iter_rows(named=True)
        ],
        remarks=[*batch.petition.remarks, *(told_of_pages(scans) if scans else ())],
        doubts=[*_doubts(batch), *(told_of_strata(batch, case.rules) if case.rules else ())],
        faults=_faults(case, batch),
        refused=room.desk.why_not(_received(case, by, batch, name), case.at),
    )


def unlike(look: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Tell whether other numbers were counted than the filer says, so that somebody must say why."""
    return any(said[f"{name}_promised"] not in (None, look[name]) for name in ("sheets", "lines"))


def _received(case: Case, by: str, batch: Batch, name: str) -> Act:
    return Act(by, "received", {"batch": name, "day": case.opened["filed"], **batch.found})


def _with_own(batch: Batch) -> pl.DataFrame:
    """Give the fields of the lines, and beside them the columns that a case reads of its own."""
    petition = batch.petition
    own = [
        petition.given[heading].cast(pl.String).str.strip_chars().replace("", None).alias(name)
        for name, heading in batch.own.items()
    ]
    return pl.DataFrame([*(petition.frame[field] for field in FIELDS if field in petition.frame.columns), *own])


def _faults(case: Case, batch: Batch) -> list[str]:
    """Say which lines the record would refuse, and why; the first twenty."""
    reasons = frozenset(case.pinned["reasons"]) if case.pinned else frozenset[str]()
    found: list[str] = []
    for line in batch.lines:
        if fault := fault_of_line(line, reasons, case.version):
            found.append(f"line {line[0]}-{line[1]} is no line of a frame: {fault}")
            if len(found) == SHOWN:
                break
    return found


def _doubts(batch: Batch) -> Iterator[str]:
    """Say what makes it likely that a file is not the petition: a register has columns that no petition has."""
    theirs = [heading for heading in batch.unused if plain_heading(heading) in OF_REGISTER]
    if len(theirs) > 1:
        yield f"Warning: columns such as {', '.join(theirs)} are those of a register. Is this file the petition?"
    if "sheet" not in batch.petition.columns and "line" not in batch.petition.columns:
        yield (
            "Warning: no column holds the numbers of sheets or lines. All lines would stand on sheet 1, numbered as "
            "the file has them, and nobody could find one on paper by its number."
        )


def _days(frame: pl.DataFrame) -> Sequence[str]:
    if "signed_on" not in frame.columns or frame["signed_on"].null_count() == frame.height:
        return []
    return [str(frame["signed_on"].min()), str(frame["signed_on"].max())]


def _filled(cells: pl.Series) -> int:
    """Give how many lines have something in a field; of a mark, how many bear it."""
    return int(cells.sum()) if cells.dtype == pl.Boolean else len(cells) - cells.null_count()


def _shown(cell: object, *, is_open: bool) -> str:
    if isinstance(cell, bool):
        return "×" if cell else ""
    text = "" if cell is None else str(cell)
    text = f"{text[:LETTERS_SHOWN]}…" if len(text) > LETTERS_SHOWN else text
    return text if is_open else shape_of(text)
