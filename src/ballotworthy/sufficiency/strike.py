"""What a challenge leaves: counts after struck lines are taken out, each line once.

A challenge does not change what was filed or drawn. A struck line that stood in the sample is one more invalid
line of the sample: it leaves `valid` or `duplicates`, and if it was invalid already, nothing changes. A struck
line outside the sample leaves the signatures that the sample speaks for, so it joins `removed`. So no line is
charged twice, as the subtraction of A.R.S. 19-121.04 charged it (Smith v. Fontes, 2025).

Where the first signature of a pair is struck and the other stands, say that the duplicate was struck: the
voter still counts once.

The file is one of two tables:

    stratum,line,was                           one row a struck line, by its line id; `was` is what the check found
    stratum,valid,duplicates,invalid,raw       one row a stratum; `raw` is how many lines were struck in all

`was` is one of valid, duplicate, invalid, unsampled; in the second form those of `raw` that are in no other
column were unsampled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import headings_told
from ballotworthy.files.table_faults import renamed
from ballotworthy.files.tables import read_table
from ballotworthy.files.whole_numbers import not_whole, read_whole
from ballotworthy.petition.numbered import plain_id
from ballotworthy.sufficiency.counts import Counts, faults_of

WAS = ("valid", "duplicate", "invalid", "unsampled")
LINES = ("stratum", "line", "was")
SUMS = ("stratum", "valid", "duplicates", "invalid", "raw")


@dataclass(frozen=True)
class Struck:
    """Lines struck in one stratum, by what the check had found of them."""

    stratum: str
    valid: int = 0
    duplicates: int = 0
    invalid: int = 0
    unsampled: int = 0


def strike(counts: Sequence[Counts], struck: Sequence[Struck], file: str = "the struck lines") -> tuple[Counts, ...]:
    """Give the counts that remain.

    Args:
        counts: the rows before the challenge.
        struck: what was struck, at most once a row; its stratum is the row's name.
        file: what to call the list of struck lines in a message.

    Raises:
        FileFaults: a stratum is not among the counts, or more is struck than there was.
    """
    taken = {each.stratum: each for each in struck}
    unknown = sorted(set(taken) - {row.name for row in counts})
    faults = [
        Fault(
            None, "stratum", f"{name!r} is not among the counts", f"Use {', '.join(repr(row.name) for row in counts)}"
        )
        for name in unknown
    ]
    left = tuple(_without(row, taken[row.name], faults) if row.name in taken else row for row in counts)
    if faults:
        raise FileFaults(file, faults)
    return left


def _heading(name: str) -> str:
    plain = name.strip().lower()
    return "line" if plain in ("id", "line_or_id") else plain


def read_struck(path: Path) -> tuple[Struck, ...]:
    """Give the struck lines of a file in either form; a line that stands twice counts once.

    Raises:
        InputError: the file cannot be opened.
        FileFaults: columns are missing, a cell is none of the words or no whole number, or one line is said to
            have been two things.
    """
    table = read_table(path)
    frame = renamed(path, table.frame, _heading)
    by_line = set(frame.columns) == set(LINES)
    if not by_line and set(frame.columns) != set(SUMS):
        names = f"{headings_told(table.frame.columns)}. Name them {','.join(LINES)} or {','.join(SUMS)}"
        raise FileFaults(str(path), [Fault(1, None, "the columns are others", names)])
    faults: list[Fault] = []
    rows = list(zip(table.lines.tolist(), frame.iter_rows(named=True), strict=True))
    struck = _by_line(rows, faults) if by_line else _by_sums(rows, faults)
    if faults:
        raise FileFaults(str(path), faults)
    return struck


def _without(row: Counts, struck: Struck, faults: list[Fault]) -> Counts:
    known_invalid = row.sample - row.valid - row.duplicates
    outside = row.population - row.sample
    for column, taken, there in (
        ("valid", struck.valid, row.valid),
        ("duplicates", struck.duplicates, row.duplicates),
        ("invalid", struck.invalid, known_invalid),
        ("unsampled", struck.unsampled, outside),
    ):
        if taken > there:
            what = f"{row.name}: {taken:,} {column} struck of {there:,}"
            faults.append(Fault(None, column, what, "Strike each line once, under what the check found of it"))
    if faults:
        return row
    found = struck.valid + struck.duplicates
    left = replace(
        row,
        valid=row.valid - struck.valid,
        duplicates=row.duplicates - struck.duplicates,
        invalid=None if row.invalid is None else row.invalid + found,
        removed=row.removed + struck.unsampled,
        seen_2=None if found else row.seen_2,
        seen_3=None if found else row.seen_3,
    )
    faults += [Fault(None, column, f"{row.name}: {what}", remedy) for column, what, remedy in faults_of(left)]
    return left


Row = tuple[int, dict[str, str | None]]


def _by_line(rows: Sequence[Row], faults: list[Fault]) -> tuple[Struck, ...]:
    found: dict[tuple[str, str], str] = {}
    for line, cells in rows:
        stratum, name, was = cells["stratum"], cells["line"], cells["was"]
        if stratum is None or name is None:
            faults.append(Fault(line, "stratum" if stratum is None else "line", "the cell is empty", "Fill it in"))
        elif was not in WAS:
            faults.append(Fault(line, "was", "the text there is not known", f"Use one of {', '.join(WAS)}"))
        elif found.setdefault((stratum, plain_id(name)), was) != was:
            what = f"line {name!r} stands here again, as another"
            faults.append(Fault(line, "was", what, "Say once what the check found of it"))
    counted = Counter((stratum, was) for (stratum, _), was in found.items())
    return tuple(
        Struck(name, *(counted[name, was] for was in WAS)) for name in dict.fromkeys(name for name, _ in found)
    )


def _by_sums(rows: Sequence[Row], faults: list[Fault]) -> tuple[Struck, ...]:
    struck: dict[str, Struck] = {}
    for line, cells in rows:
        stratum = cells["stratum"]
        numbers = {}
        for column in SUMS[1:]:
            cell = cells[column]
            number = None if cell is None else read_whole(cell)
            if number is None:
                faults.append(Fault(line, column, not_whole(cell), "Write digits only"))
            else:
                numbers[column] = number
        if stratum is None or stratum in struck:
            what = "the stratum has no name" if stratum is None else f"{stratum!r} stands twice"
            faults.append(Fault(line, "stratum", what, "Give each stratum one row"))
        elif len(numbers) == len(SUMS) - 1:
            sampled = numbers["valid"] + numbers["duplicates"] + numbers["invalid"]
            if sampled > numbers["raw"]:
                what = f"{sampled:,} struck in the sample of {numbers['raw']:,} in all"
                faults.append(Fault(line, "raw", what, "Count under raw every line that was struck"))
            struck[stratum] = Struck(
                stratum, numbers["valid"], numbers["duplicates"], numbers["invalid"], numbers["raw"] - sampled
            )
    return tuple(struck.values())
