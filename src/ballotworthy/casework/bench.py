"""The bench of a case: its lines with their names beside a roll, matched; lines typed anew are matched anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ballotworthy.casework.how_read import HowRead, filed_in, how_kept, read_kept
from ballotworthy.casework.retyped import Cells, kept_cells
from ballotworthy.casework.room import MATCHED, PRIVATE, Room
from ballotworthy.casework.ruled import named_roll
from ballotworthy.casework.together import together
from ballotworthy.casework.voters import remembered
from ballotworthy.errors import InputError
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import Table
from ballotworthy.law import Rules
from ballotworthy.petition import Petition, line_ids
from ballotworthy.petition.lines import FIELDS

if TYPE_CHECKING:
    from ballotworthy.match.matches import Matches
    from ballotworthy.roll import Roll
    from ballotworthy.roll.one_by_one import OneByOne

PRIVATE_LINES = "lines-*.parquet"
TYPED = tuple(name for name in FIELDS if name not in ("sheet", "line", "transcriber", "struck"))
"""Fields whose cells may be typed anew."""
OF_A_LINE = ("lines", "records", "weights", "sums", "looked", "written", "unread")
"""What matching found, a row a line."""


@dataclass(frozen=True)
class Part:
    """The lines of one batch, and how its file was read at intake."""

    petition: Petition
    how: HowRead


@dataclass(frozen=True)
class Bench:
    """The lines of a case beside a roll; it is laid out once and asked for every line.

    Attributes:
        digest: of the roll, as the record names it.
        roll: the snapshot.
        parts: the lines, batch by batch.
        petition: the lines of all batches.
        rows: the row of each line, by its id.
        matches: the candidates of every line.
        voters: those of the roll, a few at a time.
        typed: the number of the last event up to which cells typed anew were looked for.
    """

    digest: str
    roll: Roll
    parts: Sequence[Part]
    petition: Petition
    rows: Mapping[str, int]
    matches: Matches
    voters: OneByOne = field(repr=False)
    typed: int = 0

    @property
    def lines(self) -> pl.DataFrame:
        """Give the columns of `petition.lines.FIELDS` that there are, a row a line."""
        return self.petition.frame

    def __repr__(self) -> str:
        """Give how much lies on it; no signer and no voter."""
        return f"Bench({quantity(len(self.rows), 'line')} beside {quantity(self.roll.size, 'voter')})"


@dataclass(frozen=True)
class ToLayOut:
    """What must be known of a case to lay its lines out.

    Attributes:
        digest, known: of the roll, and where it lies.
        files: of lines.
        rules, filed: the law, and the day of filing.
        cells, typed: what was typed anew, up to the event of that number.
        kept: the file of what matching found.
    """

    digest: str
    known: Path
    files: Sequence[Path]
    rules: Rules
    filed: dt.date
    cells: Cells = field(repr=False)
    typed: int
    kept: Path

    @property
    def of(self) -> str:
        """Say which lines and which roll are matched: files of lines are named by their digests."""
        return f"{self.digest} {' '.join(path.name for path in self.files)} {self.rules.place} {self.rules.on}"


def to_lay_out(room: Room, rolls: Path | None = None) -> ToLayOut:
    """Give what must be known of a case to lay its lines out; this takes no time, and the laying out some.

    A snapshot that is not where it was when it was named may be in `rolls` under its name.

    Raises:
        InputError: no roll is named or its snapshot was moved, or the names were purged.
    """
    case = room.case()
    if "names" in case.purged:
        raise InputError("the names of this case were deleted after the lawful period, so no line of it can be shown.")
    digest = named_roll(case)
    if case.rules is None or not digest:
        raise InputError("no snapshot of the register is named in this case. Name it first.")
    was = Path(remembered(room).get(digest, digest))
    known = next((path for path in (was, rolls / was.name if rolls else was) if path.exists()), None)
    if known is None:
        raise InputError(f"the snapshot of the roll {digest[:12]} is not where it was when it was named. Put it back.")
    kept = room.folder / PRIVATE / MATCHED
    return ToLayOut(digest, known, kept_files(room), case.rules, filed_in(case), *kept_cells(room), kept)


def is_matched(asked: ToLayOut) -> bool:
    """Tell whether the lines were matched before, so that laying them out takes no time."""
    from ballotworthy.match.kept import is_kept

    return is_kept(asked.kept, of=asked.of)


def kept_files(room: Room) -> list[Path]:
    """Give the files of lines with their names, batch by batch.

    Raises:
        InputError: there is none.
    """
    files = sorted((room.folder / PRIVATE).glob(PRIVATE_LINES))
    if not files:
        raise InputError("the lines with their names are not in the case's private folder: they were purged or moved.")
    return files


def lay_out(asked: ToLayOut, progress: Progress = silent) -> Bench:
    """Match the lines, or take what matching them found before; meanwhile others may work in the case.

    Lines typed anew are matched by the beliefs of all lines as they came in.

    Raises:
        InputError: the snapshot is another roll's, or a file of lines cannot be read.
        OutputError: what was found could not be kept.
    """
    from ballotworthy.match import find  # here, since other verbs of a case need not wait for Numba
    from ballotworthy.match.kept import keep, kept
    from ballotworthy.roll import open_roll
    from ballotworthy.roll.one_by_one import OneByOne

    roll = open_roll(asked.known)
    if roll.sha256 != asked.digest:
        raise InputError(
            f"{asked.known.name} is the roll {roll.sha256[:12]}, and the case goes by the roll {asked.digest[:12]}."
        )
    parts = read_parts(asked.files, asked.rules, asked.filed)
    petition = together([each.petition for each in parts])
    rows = {line: row for row, line in enumerate(line_ids(petition.frame))}
    matches = kept(asked.kept, of=asked.of)
    if matches is None:
        matches = find(petition.frame, roll, progress=progress)
        keep(matches, asked.kept, of=asked.of)
    laid = Bench(asked.digest, roll, parts, petition, rows, matches, OneByOne(roll))
    return _anew(laid, asked.cells, asked.typed)


def brought_up(bench: Bench, room: Room) -> Bench:
    """Give a bench with the lines that were typed anew since it was laid out matched anew; itself where none was.

    Raises:
        InputError: what was typed anew is not as the record holds it.
    """
    if not any(each[-1].seq > bench.typed for each in room.case().retyped.values()):
        return bench
    return _anew(bench, *kept_cells(room, bench.typed))


def _anew(bench: Bench, cells: Cells, typed: int) -> Bench:
    if not cells:
        return replace(bench, typed=typed)
    from ballotworthy.match import find  # as above

    parts = typed_anew(bench.parts, cells)
    petition = together([each.petition for each in parts])
    rows = np.array([bench.rows[line] for line in cells])
    found = find(petition.frame[rows], bench.roll, beliefs=bench.matches.beliefs)
    return replace(bench, parts=parts, petition=petition, matches=_put_in(bench.matches, found, rows), typed=typed)


def read_parts(files: Iterable[Path], rules: Rules, filed: dt.date) -> list[Part]:
    """Read the kept lines of a case as they were read at intake, batch by batch.

    Raises:
        InputError: one cannot be read so any more.
    """
    hows = [(path, how_kept(path, rules, filed)) for path in files]
    return [Part(read_kept(path, how), how) for path, how in hows]


def typed_anew(parts: Sequence[Part], cells: Cells) -> list[Part]:
    """Give the lines with some of their cells typed anew, and read as the others were.

    What another line's ditto mark took from such a cell stays as it was taken.

    Raises:
        InputError: a line is in no batch, or its batch has no such field.
        FileFaults: a cell cannot be what it must be, as a day.
    """
    found = [_typed_in(each, cells) for each in parts]
    missing = set(cells).difference(*(lines for _, lines in found))
    if missing:
        raise InputError(f"the cells of line {min(missing)} are not in the case's private folder.")
    return [part for part, _ in found]


def _typed_in(part: Part, cells: Cells) -> tuple[Part, set[str]]:
    """Give a batch with those of the cells that are of its lines, and these lines."""
    petition = part.petition
    ids = line_ids(petition.frame)
    rows = ids.is_in(list(cells)).arg_true()
    if not len(rows):
        return part, set()
    lines = ids[rows].to_list()
    fields = sorted({name for line in lines for name in cells[line]})
    if strange := [name for name in fields if name not in TYPED or name not in petition.columns]:
        have = ", ".join(name for name in TYPED if name in petition.columns)
        raise InputError(f"the lines have no cell that can be typed anew called {strange[0]!r}. They have: {have}.")
    frame = petition.frame
    typed = pl.DataFrame(
        {name: [cells[line].get(name) for line in lines] for name in fields}, dict.fromkeys(fields, pl.String)
    )
    some = _as_read(petition, rows).with_columns(
        pl.when(typed[name].is_null())
        .then(petition.columns[name])
        .otherwise(typed[name].replace("", None))
        .alias(petition.columns[name])
        for name in fields
    )
    numbers = rows.to_numpy().astype(np.int64) + 2
    read = part.how.read(Table(Path(petition.source), some, numbers, petition.sha256, "utf-8")).frame
    if read.height < len(lines):
        raise InputError("a line would read as a total of others, such as “Total 12”. Type what the signer wrote.")
    changed = [frame[name].scatter(rows, read[name].cast(frame[name].dtype)) for name in (*fields, "blank", "doubt")]
    if "signed_or" in frame.columns and "signed_on" in fields:
        changed.append(frame["signed_or"].scatter(rows.filter(typed["signed_on"].is_not_null()), None))
    frame = frame.with_columns(changed)
    return replace(part, petition=replace(petition, frame=frame)), set(lines)


def _as_read(petition: Petition, rows: pl.Series) -> pl.DataFrame:
    """Give lines as texts under the headings of their file: each cell as it was read, or as it is where that failed."""
    given, frame = petition.given[rows].cast(pl.String), petition.frame[rows].cast(pl.String)
    headings = {"sheet": "sheet", "line": "line", **petition.columns}
    return given.with_columns(
        frame[name].alias(heading) if name in ("sheet", "line") else pl.coalesce(frame[name], heading).alias(heading)
        for name, heading in headings.items() if name != "struck"
    )  # fmt: skip


def _put_in(found: Matches, again: Matches, rows: np.ndarray) -> Matches:
    """Give what was found with some of its lines found again; they are no careless transcriber's any more."""
    parts = {name: array.copy() for name in OF_A_LINE if (array := getattr(found, name)) is not None}
    for name, array in parts.items():
        array[rows] = getattr(again, name)
    read = found.read.copy()
    read[rows] = np.where(again.read >= 0, again.read + len(found.readings), -1)
    careless = found.careless
    if careless is not None:
        careless = careless.copy()
        careless[rows] = False
    readings, of = np.r_[found.readings, again.readings], np.r_[found.of, rows[again.of]]
    return replace(found, **parts, read=read, readings=readings, of=of, careless=careless)
