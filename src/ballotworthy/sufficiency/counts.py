"""The counts of a checked petition, one row per stratum, and the file they come in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import headings_told
from ballotworthy.files.table_faults import renamed
from ballotworthy.files.tables import Table, read_table
from ballotworthy.files.whole_numbers import not_whole, read_whole

HEADER = ("stratum", "raw", "sample", "valid", "duplicates")
OPTIONAL = ("removed", "invalid", "seen_2", "seen_3", "district", "required", "at_most", "counted_by")
TEXT = ("stratum", "district", "counted_by")
MACHINE, PEOPLE = "machine", "people"
TOTAL = re.compile(
    r"(?:\W*(?:sub|grand|state|county|over|all|the)[\s_-]*)*(?:totals?|sum|summe|summen|suma|totales?)\W*"
    r"|all|all (?:counties|districts|strata|wards)|statewide|state[- ]?wide|overall|gesamt|insgesamt|zusammen",
    re.IGNORECASE,
)
"""What a row is called that adds up the others."""


@dataclass(frozen=True)
class Counts:
    """What was counted in one stratum, in signatures.

    Attributes:
        stratum: its name; any word for a petition that has only one.
        raw: signatures filed.
        sample: signatures drawn and examined; all of them in a full count.
        valid: signatures of the sample that are valid, each signer once.
        duplicates: further signatures of those signers in the sample.
        removed: signatures filed but taken out before the sample was drawn.
        invalid: signatures of the sample refused on other grounds, None if not told.
        seen_2: signers seen twice in the sample, None if not told.
        seen_3: signers seen three times, None if not told.
        district: the district the row belongs to, where the law asks for a share of each.
        required: signatures required in that district, where the law gives a share and no number.
        at_most: signatures of that district that may count, where the law has a maximum.
        counted_by: `machine` where no person ruled on the lines, as in a check: then all of them counted are no
            examination of every signature; else `people`, or None if not told.
    """

    stratum: str
    raw: int
    sample: int
    valid: int
    duplicates: int = 0
    removed: int = 0
    invalid: int | None = None
    seen_2: int | None = None
    seen_3: int | None = None
    district: str | None = None
    required: int | None = None
    at_most: int | None = None
    counted_by: str | None = None

    @property
    def name(self) -> str:
        """Give the row's name: its stratum, and its district where that is another."""
        return self.stratum if self.district in (None, self.stratum) else f"{self.stratum}, {self.district}"

    @property
    def population(self) -> int:
        """Give the signatures that the sample speaks for: those filed and not removed."""
        return self.raw - self.removed

    @property
    def full(self) -> bool:
        """Tell whether every signature was examined."""
        return self.sample == self.population


def faults_of(row: Counts) -> list[tuple[str, str, str]]:
    """Give what contradicts itself in a row, each as the column, what is wrong and what to do."""
    found = [
        (column, f"{number:,} signatures", "A count cannot be negative")
        for column, number in vars(row).items()
        if isinstance(number, int) and number < 0
    ]
    if found:
        return found
    if row.removed > row.raw:
        found.append(("removed", f"{row.removed:,} removed of {row.raw:,} filed", "Removed are a part of raw"))
    elif row.sample > row.population:
        found.append(
            (
                "sample",
                f"{row.sample:,} sampled of {row.population:,} filed and not removed",
                "Correct raw or sample",
            )
        )
    elif row.population and not row.sample:
        found.append(("sample", f"nothing was sampled of {row.population:,}", "Leave the row out, or give its sample"))
    counted = row.valid + row.duplicates + (row.invalid or 0)
    if row.valid + row.duplicates > row.sample or (row.invalid is not None and row.valid + row.invalid > row.sample):
        found.append(
            (
                "valid",
                f"{counted:,} valid, duplicate and invalid in a sample of {row.sample:,}",
                "Count each signer once under valid, and his further signatures under duplicates only",
            )
        )
    if (2 * (row.seen_2 or 0) + 3 * (row.seen_3 or 0)) > row.sample:
        found.append(("seen_2", "more signatures seen repeatedly than were sampled", "Count signers, not signatures"))
    return found


def read_counts(path: Path | Table) -> tuple[Counts, ...]:
    """Give the rows of a counts file, or of a table in memory: with the columns of `HEADER`, and any of `OPTIONAL`.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: columns are missing or unknown, cells are not whole numbers, rows contradict themselves.
    """
    table = path if isinstance(path, Table) else read_table(path)
    path = table.path
    frame = renamed(path, table.frame, lambda name: name.strip().lower())
    faults = _header_faults(frame.columns)
    if faults:
        raise FileFaults(str(path), faults)
    counts: dict[str, Counts] = {}
    lines: dict[str, int] = {}
    for line, cells in zip(table.lines.tolist(), frame.iter_rows(named=True), strict=True):
        row = _row(cells, line, faults)
        if row:
            wrong = faults_of(row) or _too_many_duplicates(row)
            faults += [Fault(line, column, what, remedy) for column, what, remedy in wrong]
            key = " ".join(row.name.casefold().split())
            if key in counts:
                faults.append(Fault(line, "stratum", f"{row.name!r} stands twice", "Add its rows up to one"))
            counts[key], lines[key] = row, line
    faults += [Fault(lines[key], "stratum", what, remedy) for key, what, remedy in _totals(counts)]
    if faults:
        raise FileFaults(str(path), faults)
    return tuple(counts.values())


def _totals(counts: Mapping[str, Counts]) -> Iterator[tuple[str, str, str]]:
    """Give the rows that add up the others, each with what is wrong and what to do; counted as strata they double all.

    A row is one by its name, or because each of its numbers is the sum of those of all others. What a machine counted
    is left alone there: few lines in few counties may come out so.
    """
    strata, districts = {row.stratum for row in counts.values()}, {row.district for row in counts.values()}
    remedy = "Take the row out; the rows are added up here"
    for key, row in counts.items():
        called = [row.stratum] if len(strata) > 1 else []
        called += [row.district] if row.district and len(districts) > 1 else []
        sums = next((name for name in called if TOTAL.fullmatch(name.strip())), None)
        if sums:
            yield key, f"{sums!r} stands beside other rows, and seems to add them up", remedy
        elif row.raw and row.counted_by != MACHINE and _adds_up(row, counts.values()):
            yield key, "each number of the row is the sum of those of all other rows", remedy


def _adds_up(row: Counts, rows: Iterable[Counts]) -> bool:
    """Tell whether a row is the sum of at least two others in which somebody signed."""
    every = [each for each in rows if each.raw]
    return len(every) > 2 and all(
        2 * getattr(row, name) == sum(getattr(other, name) for other in every)
        for name in ("raw", "sample", "valid", "duplicates")
    )


def _too_many_duplicates(row: Counts) -> list[tuple[str, str, str]]:
    """Refuse more duplicates than half of valid: whoever counted so put signatures of a pair where they do not belong.

    A few lines may truly have it, so only a file that people made is held to it; no petition that was ever published
    comes near.
    """
    if row.counted_by == MACHINE or (2 * row.duplicates <= row.valid):
        return []
    what = f"{row.duplicates:,} duplicates beside {row.valid:,} valid"
    return [("duplicates", what, "Count only the further signatures of signers that are counted once under valid")]


def _header_faults(columns: list[str]) -> list[Fault]:
    known = HEADER + OPTIONAL
    missing = [name for name in HEADER if name not in columns]
    unknown = [name for name in columns if name not in known]
    if len(missing) == len(HEADER):  # no column of this file is ours: what it has may be cells
        return [Fault(1, ",".join(HEADER), "the columns are missing", headings_told(columns))]
    return [
        *(Fault(1, name, "the column is missing", f"Name the columns {','.join(HEADER)}") for name in missing),
        *(Fault(1, name, "the column is not known", f"Use {', '.join(known)}") for name in unknown),
    ]


def _row(cells: dict[str, str | None], line: int, faults: list[Fault]) -> Counts | None:
    numbers: dict[str, int] = {}
    wrong = []
    for name, cell in cells.items():
        if name in TEXT:
            continue
        number = None if cell is None else read_whole(cell)
        if number is not None:
            numbers[name] = number
        elif cell is not None or name in HEADER:
            wrong.append(Fault(line, name, not_whole(cell), "Write digits only, such as 24034"))
    stratum, by = cells["stratum"], cells.get("counted_by")
    if stratum is None:
        wrong.append(Fault(line, "stratum", "the stratum has no name", "Name it, such as the county"))
    if by not in (None, MACHINE, PEOPLE):
        wrong.append(Fault(line, "counted_by", "this is nobody who counts", f"Write {MACHINE} or {PEOPLE}"))
    faults += wrong
    return (
        None if wrong or stratum is None else Counts(stratum, district=cells.get("district"), counted_by=by, **numbers)
    )


def counts_table(rows: Sequence[Counts]) -> pl.DataFrame:
    """Give counts as the table that `read_counts` reads, with those of the optional columns that say something."""
    told = [name for name in OPTIONAL if any(getattr(row, name) not in (None, 0) for row in rows)]
    return pl.DataFrame({name: [getattr(row, name) for row in rows] for name in (*HEADER, *told)})
