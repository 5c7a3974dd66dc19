"""Tables in: CSV in any common encoding, or Parquet, as columns of text, with all faults of the file at once."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files import quotes, spreadsheets
from ballotworthy.files.columns import NO_HEADINGS, seem_data
from ballotworthy.files.fixed_width import NOT_READ, Widths, cut, first_lines, looks_aligned, looks_fixed
from ballotworthy.files.given import given_bytes, refuse_beyond
from ballotworthy.files.headings import named, numbered
from ballotworthy.files.kinds import EXTRA, no_table
from ballotworthy.files.other_letters import other_letters
from ballotworthy.files.parquet import read_parquet
from ballotworthy.files.recoded import letters_back, recoded
from ballotworthy.files.table_faults import faults_of, refuse_headings_again, refuse_unnamed, title_in_the_way

if TYPE_CHECKING:
    from ballotworthy.files.shape import Shape

DELIMITERS = (",", "\t", ";", "|")
LOST = "\ufffd".encode()
WHOLE = 2**53
"""Below it a float holds every whole number."""


@dataclass(frozen=True)
class Layouts:
    """How a file without a heading line is known: both are asked of its first lines.

    Attributes:
        headless: whether rows of cells are those of a layout that has no heading line.
        fixed: first and last character of each column by heading, where lines are of a known fixed width.
        unknown: what is said, and what to do, where the first line seems to hold data and the layout is not known.
    """

    headless: Callable[[Sequence[Sequence[str]]], bool]
    fixed: Callable[[Sequence[str]], Widths | None]
    unknown: tuple[str, str] = NO_HEADINGS


@dataclass(frozen=True)
class Table:
    """A file read as text.

    Attributes:
        path: where it was read from.
        frame: every cell as text on one line, without surrounding blanks, an empty cell as null; one row a record.
        lines: physical line of each row, to point at in messages; int64, one a row.
        sha256: hex digest of the file's bytes.
        encoding: how the bytes were read, as `files.recoded` calls it.
        form: `headed`, `headless` (columns are called `#1`, `#2`, ...) or `fixed`.
        repeated: headings that stand more than once; every one but the first bears its column's number, `City #9`.
        literal: whether quotation marks were read as letters, since they would have swallowed rows.
        first_lines: the first lines as they are, to know a layout by.
        lost: signs in the place of letters that another program could not read (U+FFFD).
    """

    path: Path
    frame: pl.DataFrame
    lines: np.ndarray
    sha256: str
    encoding: str
    form: str = "headed"
    repeated: tuple[str, ...] = ()
    literal: bool = False
    first_lines: tuple[str, ...] = ()
    lost: int = 0


@dataclass(frozen=True)
class _Parsed:
    """The cells, the line of each row, whether cells are clean (empty ones null, no blanks around, on one line).

    Else as `Table`.
    """

    frame: pl.DataFrame
    lines: np.ndarray
    is_clean: bool
    form: str = "headed"
    repeated: tuple[str, ...] = ()
    literal: bool = False
    first_lines: tuple[str, ...] = ()


def read_table(path: Path, layouts: Layouts | None = None, *, heading: bool = True, sure: bool = False) -> Table:
    """Read a CSV (comma, tab, semicolon or bar) or Parquet file, or a spreadsheet (extra `excel`).

    Args:
        path: the file.
        layouts: how files without a heading line are known; None where there are none.
        heading: False where the user says that the file has none.
        sure: whether the first line is known to be headings, whatever it looks like.

    Raises:
        InputError: there is no such file, it cannot be opened, is no plain file, or holds more than `LIMITS`.
        FileFaults: it is empty, ragged, no table, or has a quote that never closes or that swallows rows.
    """
    data = given_bytes(path)
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(lambda: hashlib.sha256(data).hexdigest())
        parsed, encoding = _read(path, data, layouts, heading, sure)
    frame = parsed.frame if parsed.is_clean else parsed.frame.with_columns(_clean(pl.all()))
    if b'="' in data or b'=\x00"' in data:
        frame = frame.with_columns(_unguarded(pl.all()))
    if frame.height == 0:
        raise FileFaults(str(path), [Fault(None, None, "it has a heading but no rows", "Give at least one row")])
    return Table(
        path, frame, parsed.lines, digest.result(), encoding, parsed.form, parsed.repeated, parsed.literal,
        parsed.first_lines, data.count(LOST),
    )  # fmt: skip


def lost_told(table: Table) -> Iterator[str]:
    """Tell of letters that were lost before the file came here."""
    if table.lost:
        yield (
            f"Warning: letters lost before this file was made, where the sign for that stands (U+FFFD): "
            f"{table.lost:,}. Names with it agree less; export the file again from its source, as UTF-8."
        )


def _read(path: Path, data: bytes, layouts: Layouts | None, heading: bool, sure: bool) -> tuple[_Parsed, str]:
    if path.suffix.lower() == ".parquet" or data[:4] == b"PAR1":
        frame = _parquet(path, data)
        return _Parsed(frame, np.arange(1, frame.height + 1), is_clean=False), "utf-8"
    if other := no_table(data):
        if other.remedy != EXTRA or not spreadsheets.installed():
            raise FileFaults(str(path), [other])
        data = spreadsheets.as_csv(path, data, other.what)
    text, encoding = _as_utf8(path, data)
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text
    lines = first_lines(text)
    if looks_fixed(lines, DELIMITERS):
        widths = layouts.fixed(lines) if layouts else None
        if widths is None:
            raise FileFaults(str(path), [NOT_READ])
        frame, numbers = cut(text, widths)
        return _Parsed(frame, np.array(numbers), is_clean=False, form="fixed", first_lines=tuple(lines)), encoding
    if looks_aligned(lines, DELIMITERS):
        raise FileFaults(str(path), [NOT_READ])
    return _csv(path, text, lines, layouts, heading, sure), encoding


def _clean(cells: pl.Expr) -> pl.Expr:
    """Give cells without blanks around; what a cell breaks into lines goes on after a blank, so that it fakes none."""
    joined = cells.str.replace_all(r"[\t ]*[\r\n]+[\t ]*", " ")
    stripped = pl.when(cells.str.contains("\n", literal=True)).then(joined).otherwise(cells).str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def _unguarded(cells: pl.Expr) -> pl.Expr:
    """Give cells without the ="..." by which a spreadsheet is kept from taking 00123 for a number."""
    bare = cells.str.replace(r'^="([^"]*)"$', "$1").str.strip_chars()
    return pl.when(bare != "").then(bare)


def given_table(frame: pl.DataFrame, name: str = "the frame given") -> Table:
    """Give a frame in memory as a table: every cell as text, rows counted from 1, the digest that of its CSV.

    Raises:
        FileFaults: it has no rows, or a column of lists or the like.
    """
    if frame.height == 0:
        raise FileFaults(name, [Fault(None, None, "it has no rows", "Give at least one row")])
    try:
        text = frame.with_columns(_text(frame[column]) for column in frame.columns).with_columns(_clean(pl.all()))
    except pl.exceptions.PolarsError as error:
        what, remedy = "it has a column that is no plain text, number or day", "Give plain columns"
        raise FileFaults(name, [Fault(None, None, what, remedy)]) from error
    digest = hashlib.sha256(text.write_csv().encode()).hexdigest()
    return Table(Path(name), text, np.arange(1, text.height + 1), digest, "utf-8")


def _parquet(path: Path, data: bytes) -> pl.DataFrame:
    try:
        frame = read_parquet(path, data)
        return frame.with_columns(_text(frame[name]) for name in frame.columns)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        what, remedy = "it is not a Parquet file of plain columns", "Write it again, or give CSV"
        raise FileFaults(str(path), [Fault(None, None, what, remedy)]) from error


def _text(column: pl.Series) -> pl.Series:
    """Give a column as text; whole numbers kept as floats, as some tools do beside empty cells, as "12", not "12.0"."""
    if column.dtype.is_float():
        column = column.fill_nan(None)
        if ((column == column.round()) & (column.abs() < WHOLE) | column.is_null()).all():
            column = column.cast(pl.Int64)
    text = column.cast(pl.String)
    rows = text.str.contains(r"[\u00c2-\u00c6\u00e1\u00e2][^\x00-\x7f]").fill_null(value=False).arg_true()
    return text.scatter(rows, [letters_back(cell.encode()).decode() for cell in text.gather(rows)])


def _as_utf8(path: Path, data: bytes) -> tuple[bytes, str]:
    text, encoding = recoded(data)
    if not re.search(rb"[^\s\x00-\x1f,;|]", text):
        remedy = "Give a heading line and one row a record"
        raise FileFaults(str(path), [Fault(None, None, "the file is empty", remedy)])
    if encoding == "windows-1252" and (other := other_letters(data)):
        raise FileFaults(str(path), [other])
    return text, encoding


def _csv(path: Path, text: bytes, lines: Sequence[str], layouts: Layouts | None, heading: bool, sure: bool) -> _Parsed:
    """Read the cells; a heading line, where there is one, is not among them."""
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    top = next((line for line in bare if any(mark in line for mark in DELIMITERS)), bare[0])
    delimiter = max(DELIMITERS, key=top.count)
    from ballotworthy.files.shape import shape_of  # here, since Numba takes a while that other verbs need not wait

    shape, literal = shape_of(text, delimiter), False
    refuse_beyond(path, "rows", len(shape.cells))
    refuse_beyond(path, "columns", int(shape.cells.max(initial=0)))
    refuse_beyond(path, "cells", int(shape.cells.sum()))
    head = int(np.argmax(shape.cells > 0))
    names = [] if _is_open(shape, head) else [" ".join(name.split()) for name in next(_rows(text, delimiter))]
    if not shape.open_quote and (spans := quotes.swallowed(text, shape, delimiter, len(names))):
        if not quotes.is_unquoted(text, spans, delimiter):
            raise FileFaults(str(path), quotes.faults(spans), len(spans))
        text, literal = quotes.marks_as_letters(text, delimiter), True
        shape = shape_of(text, delimiter)
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    headed = heading and not (layouts is not None and layouts.headless(rows))
    begin = head + 1 if headed else head
    written = len(names)
    if headed and written > 1 == sum(map(bool, names)):
        raise FileFaults(str(path), [title_in_the_way(1, written, int(shape.lines[head]))])
    unsure = headed and not sure and (len(set(names)) < written or "" in names)
    if unsure and seem_data([name for name in names if name]):
        told = layouts.unknown if layouts else NO_HEADINGS
        raise FileFaults(str(path), [Fault(int(shape.lines[head]), None, *told)])
    names, repeated = named(names, shape.cells[begin:]) if headed else (numbered(written), ())
    faults, total = faults_of(names, shape, begin, headed)
    if total:
        raise FileFaults(str(path), faults, total)
    frame, numbers, is_clean = _cells(text, delimiter, shape, names, begin)
    if headed:
        frame = _without_nameless(frame)
        refuse_unnamed(path, frame, names[written:], numbers, int(shape.lines[head]))
        refuse_headings_again(path, frame, numbers, is_clean=is_clean)
    return _Parsed(frame, numbers, is_clean, "headed" if headed else "headless", repeated, literal)


def _cells(
    text: bytes, delimiter: str, shape: Shape, names: Sequence[str], begin: int
) -> tuple[pl.DataFrame, np.ndarray, bool]:
    cells, lines = shape.cells[begin:], shape.lines[begin:]
    kept, schema = cells > 0, dict.fromkeys(names, pl.String())
    frame = None
    if len(lines) and not shape.loose:
        with suppress(pl.exceptions.PolarsError):
            frame = pl.read_csv(
                io.BytesIO(text), separator=delimiter, has_header=False, infer_schema=False,
                skip_lines=int(lines[0]) - 1, new_columns=list(names), schema=schema,
            )  # fmt: skip
    if frame is None or frame.height != len(kept):
        given = list(_rows(text, delimiter))[int((shape.cells[:begin] > 0).sum()) :]
        return pl.DataFrame(given, schema=schema, orient="row"), lines[kept], False
    is_clean = not shape.padded and text.isascii() and not _breaks(text, shape)
    return (frame, lines, is_clean) if kept.all() else (frame.filter(pl.Series(kept)), lines[kept], is_clean)


def _breaks(text: bytes, shape: Shape) -> bool:
    """Tell whether a cell holds a line break: there are more lines than records."""
    return b'"' in text and text.count(b"\n") + (not text.endswith(b"\n")) != len(shape.lines)


def _without_nameless(frame: pl.DataFrame) -> pl.DataFrame:
    """Leave out columns without a heading in which nothing stands, such as a separator at the end of lines makes."""
    nameless = [name for name in frame.columns if name.startswith("#")]
    empty = [name for name in nameless if (frame[name].fill_null("").str.strip_chars() == "").all()]
    return frame.drop(empty)


def _is_open(shape: Shape, head: int) -> bool:
    """Tell whether the quote that never closes stands in the heading."""
    return shape.open_quote > 0 and head + 1 == len(shape.cells)


def _rows(text: bytes, delimiter: str) -> Iterator[list[str]]:
    """Read the heading, and what the fast reader refuses, such as a quote in the middle of a cell."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = (line.decode() for line in io.BytesIO(text))
    return (row for row in csv.reader(lines, delimiter=delimiter) if row)
