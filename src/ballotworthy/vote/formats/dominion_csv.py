"""Dominion's cast-vote records as CSV: four lines of headings, then one row a card.

Line 1 names the election and the version, line 2 the contest of each column with "(Vote For=N)", line 3 its choice,
line 4 the columns of the record. An empty cell says that the contest does not stand on the card, zeros that nothing is
marked. Arlo and Colorado's audit tool read the same (rows that were summed up to hide them: Boulder County, 2024).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.given import given_bytes
from ballotworthy.files.recoded import recoded
from ballotworthy.files.shape import Shape, shape_of
from ballotworthy.vote.cards import Cards, Mark
from ballotworthy.vote.formats.columns_of_cards import GUARD, plain, records
from ballotworthy.vote.formats.dominion_head import COLUMNS, Head, read_head
from ballotworthy.vote.numerals import whole_number
from ballotworthy.vote.results import Remark, Results, Tally
from ballotworthy.vote.words import Words, unguarded

NAME = "dominion-csv"
HIDDEN = r"(?i)redacted"
AGAIN = "Export the file again, and compare its size with the original's"


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format."""
    lines = recoded(head)[0].replace(b"\r", b"\n").split(b"\n")[:40]
    return any(b"CvrNumber" in line and b"TabulatorNum" in line for line in lines)


def read(path: Path, words: Words) -> Results:
    """Read one export.

    Raises:
        FileFaults: headings are missing, a row is ragged or cut, a cell is no vote, or a card stands twice.
    """
    text = recoded(given_bytes(path))[0]
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text
    shape = shape_of(text, ",")
    if shape.open_quote:
        what = 'a quote (") opens here and never closes; the file may be cut short'
        raise FileFaults(str(path), [Fault(shape.open_quote, None, what, "Export it again")])
    head, rows = read_head(path, text, words)
    width = _width(path, shape, rows, head.width)
    frame = _cells(text, shape, rows, head, width)
    lines = pl.Series("line", shape.lines[rows:][shape.cells[rows:] > 0])
    if frame.height != len(lines):
        what = f"{frame.height:,} rows can be read where {len(lines):,} stand: a quote or a sign is out of place"
        raise FileFaults(str(path), [Fault(None, None, what, AGAIN)])
    clean = not shape.padded and b'="' not in text and text.isascii()
    frame = frame.with_columns(lines).with_columns(plain("cvr", clean=clean))
    hidden = frame["cvr"].fill_null("").str.contains(HIDDEN)
    sums = _sums(path, frame.filter(hidden), head) if hidden.any() else ()
    frame = frame.filter(~hidden) if hidden.any() else frame
    remarks = list(head.remarks)
    if not text.endswith(b"\n"):
        what = "the last line has no end, as in a file that was cut short"
        remarks.append(Remark(f"{path.name}, line {shape.lines[-1]}", what, "Compare its size with the original's"))
    if sums:
        what = f"{hidden.sum():,} rows are sums of records that are hidden; their blanks and overvotes are not given"
        remarks.append(Remark(path.name, what, "Their votes are counted; ballots, blanks and overvotes stay unknown"))
    votes = {name: _marks(path, frame, pairs, name) for name, pairs in head.measures.items()}
    cards = Cards(_records(path, frame, clean), votes)
    return Results(NAME, cards, sums, (), tuple(remarks), tuple(head.others), head.others)


def _width(path: Path, shape: Shape, rows: int, least: int) -> int:
    """Give the number of cells that every row has; some exports end all their rows with a separator."""
    cells = shape.cells[rows:]
    filled = cells[cells > 0]
    if not len(filled):
        raise FileFaults(str(path), [Fault(None, None, "it has headings but no record", "Give the whole export")])
    width = max(int(np.bincount(filled).argmax()), least)
    wrong = np.flatnonzero((cells != width) & (cells > 0))
    if len(wrong):
        end = "; the file ends here, and may be cut short" if int(wrong[0]) == len(cells) - 1 else ""
        faults = [
            Fault(int(shape.lines[rows + at]), None, f"{cells[at]} cells where {width} should stand{end}", AGAIN)
            for at in wrong[:SHOWN]
        ]
        raise FileFaults(str(path), faults, len(wrong))
    return width


def _cells(text: bytes, shape: Shape, rows: int, head: Head, width: int) -> pl.DataFrame:
    """Read only the columns that are needed; those of votes as small numbers where all of them are."""
    votes = sorted({at for pairs in head.measures.values() for pair in pairs for at in pair})
    wanted = {**head.record, **{at: f"v{at}" for at in votes}}
    for kind in (pl.Int32(), pl.String()):
        schema = {f"column_{at + 1}": (kind if at in votes else pl.String()) for at in range(width)}
        try:
            frame = pl.read_csv(
                io.BytesIO(text), has_header=False, skip_lines=int(shape.lines[rows]) - 1, schema=schema,
                columns=sorted(wanted), infer_schema=False,
            )  # fmt: skip
        except pl.exceptions.PolarsError:
            continue
        frame = frame.rename({f"column_{at + 1}": name for at, name in wanted.items()})
        if frame.height == int((shape.cells[rows:] > 0).sum()):
            return frame
        break
    given = [row for row in csv.reader(io.StringIO(text.decode(errors="replace"), newline="")) if row][rows:]
    columns = {name: [row[at] or None for row in given] for at, name in wanted.items()}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String()))


def _records(path: Path, frame: pl.DataFrame, clean: bool) -> pl.DataFrame:
    texts = [name for name in dict.fromkeys(COLUMNS.values()) if name in frame.columns]
    read = frame.select("line", *(plain(name, clean=clean) for name in texts))
    faults = [
        Fault(line, heading, "the cell is empty", "Every record names its machine, batch and number")
        for heading, name in (("TabulatorNum", "tabulator"), ("BatchId", "batch"), ("RecordId", "record"))
        for line in read.filter(pl.col(name).is_null())["line"][:SHOWN].to_list()
    ]
    if faults:
        raise FileFaults(str(path), faults)
    masked = ~read["record"].str.contains(r"^[0-9]{1,15}$")
    own = pl.concat_str("tabulator", "batch", "record", separator="-")
    cvr = pl.concat_str(pl.lit("cvr "), pl.col("cvr"))
    read = read.with_columns(
        id=pl.when(pl.lit(masked)).then(cvr).otherwise(own) if masked.any() else own,
        position=pl.col("record").cast(pl.Int64, strict=False),
    )
    if "unique" in read.columns:
        both = pl.coalesce("imprinted", "unique") if "imprinted" in read.columns else pl.col("unique")
        read = read.with_columns(imprinted=both)
    return records(str(path), read, {"id": "RecordId"})


def _marks(path: Path, frame: pl.DataFrame, pairs: Sequence[tuple[int, int]], name: str) -> np.ndarray:
    """Give the marks on a measure, which may stand in several pairs of columns, on no card in two."""
    found = np.zeros(frame.height, np.uint8)
    for yes, no in pairs:
        marks = _of_pair(path, frame, yes, no, name)
        both = (found > 0) & (marks > 0)
        if both.any():
            line = int(frame["line"][int(np.argmax(both))])
            what = f"“{name}” stands on one card twice, in columns {yes + 1} and before"
            raise FileFaults(str(path), [Fault(line, None, what, "Name two measures apart, not only by case")])
        found = np.maximum(found, marks)
    return found


def _of_pair(path: Path, frame: pl.DataFrame, yes: int, no: int, name: str) -> np.ndarray:
    columns = []
    for at in (yes, no):
        column = frame[f"v{at}"]
        if column.dtype == pl.String:
            column = column.str.strip_chars().str.replace(GUARD, "${1}")
            column = frame.select(pl.when(column != "").then(column).alias("v"))["v"]
            numbers = column.replace_strict({"0": 0, "1": 1}, default=2, return_dtype=pl.Int32)
            numbers = numbers.set(column.is_null(), None)
        else:
            numbers = column
        bad = numbers.is_not_null() & ((numbers < 0) | (numbers > 1))
        if bad.any():
            lines = frame["line"].filter(bad)[:SHOWN].to_list()
            what = "a cell of a measure is neither 0 nor 1"
            faults = [Fault(line, f"{at + 1} ({name})", what, "Export it with plain votes") for line in lines]
            raise FileFaults(str(path), faults, int(bad.sum()))
        columns.append(numbers)
    half = columns[0].is_null() != columns[1].is_null()
    if half.any():
        lines = frame["line"].filter(half)[:SHOWN].to_list()
        what = f"of “{name}” one choice is empty and the other is not"
        raise FileFaults(str(path), [Fault(at, None, what, "Export it again") for at in lines], int(half.sum()))
    first, second = (each.fill_null(0).to_numpy().astype(np.uint8) for each in columns)
    table = np.array([Mark.BLANK, Mark.NO, Mark.YES, Mark.INVALID], np.uint8)
    return np.where(columns[0].is_null().to_numpy(), np.uint8(Mark.ABSENT), table[2 * first + second])


def _sums(path: Path, rows: pl.DataFrame, head: Head) -> tuple[Tally, ...]:
    return tuple(_tallies(path, rows, head))


def _tallies(path: Path, rows: pl.DataFrame, head: Head) -> Iterator[Tally]:
    for row in rows.iter_rows(named=True):
        for name, pairs in head.measures.items():
            for yes, no in pairs:
                cells = [row[f"v{yes}"], row[f"v{no}"]]
                if cells == [None, None]:
                    continue
                numbers = [whole_number(unguarded(str(cell))) if cell is not None else None for cell in cells]
                if None in numbers:
                    what = f"a sum of “{name}” is no number"
                    raise FileFaults(str(path), [Fault(row["line"], None, what, "Write whole numbers")])
                where = f"{path.name}, line {row['line']}"
                yield Tally(name, "", "", "hidden", numbers[0], numbers[1], None, None, where)
