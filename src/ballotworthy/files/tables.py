"""Tables in: CSV in any common encoding, or Parquet, as columns of text, with all faults of the file at once."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults, InputError
from ballotworthy.files.columns import seem_data

if TYPE_CHECKING:
    from ballotworthy.files.shape import Shape

DELIMITERS = (",", "\t", ";", "|")
NO_HEADINGS = ("its first line seems to hold data and no headings", "Put a line of headings above it")
WHOLE = 2**53
"""Below it a float holds every whole number."""


@dataclass(frozen=True)
class Table:
    """A file read as text.

    Attributes:
        path: where it was read from.
        frame: every cell as text without surrounding blanks, an empty cell as null; one row a record.
        lines: physical line of each row, to point at in messages; int64, one a row.
        sha256: hex digest of the file's bytes.
        encoding: how the bytes were read: `utf-8`, `utf-16` or `windows-1252`.
    """

    path: Path
    frame: pl.DataFrame
    lines: np.ndarray
    sha256: str
    encoding: str


def read_table(path: Path) -> Table:
    """Read a CSV (comma, tab, semicolon or bar) or Parquet file.

    Raises:
        InputError: there is no such file, or it cannot be opened.
        FileFaults: it is empty, ragged, has a quote that never closes, or columns of one name.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}. Check the name; relative names start from this folder.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(lambda: hashlib.sha256(data).hexdigest())
        frame, lines, encoding = _read(path, data)
    if frame.height == 0:
        raise FileFaults(str(path), [Fault(None, None, "it has a heading but no rows", "Give at least one row")])
    numbers = np.arange(1, frame.height + 1) if lines is None else lines
    return Table(path, frame, numbers, digest.result(), encoding)


def _read(path: Path, data: bytes) -> tuple[pl.DataFrame, np.ndarray | None, str]:
    if path.suffix.lower() == ".parquet" or data[:4] == b"PAR1":
        return _parquet(path, data).with_columns(_clean(pl.all())), None, "utf-8"
    text, encoding = _as_utf8(path, data)
    frame, lines, is_clean = _csv(path, text)
    return frame if is_clean else frame.with_columns(_clean(pl.all())), lines, encoding


def _clean(cells: pl.Expr) -> pl.Expr:
    stripped = cells.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def _parquet(path: Path, data: bytes) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(io.BytesIO(data))
        return frame.with_columns(_text(frame[name]) for name in frame.columns)
    except pl.exceptions.PolarsError as error:
        what, remedy = "it is not a Parquet file of plain columns", "Write it again, or give CSV"
        raise FileFaults(str(path), [Fault(None, None, what, remedy)]) from error


def _text(column: pl.Series) -> pl.Series:
    """Give a column as text; whole numbers kept as floats, as some tools do beside empty cells, as "12", not "12.0"."""
    if column.dtype.is_float():
        column = column.fill_nan(None)
        if ((column == column.round()) & (column.abs() < WHOLE) | column.is_null()).all():
            column = column.cast(pl.Int64)
    return column.cast(pl.String)


def _as_utf8(path: Path, data: bytes) -> tuple[bytes, str]:
    text, encoding = _recoded(data)
    if not re.search(rb"[^\r\n\t ,;|]", text):
        remedy = "Give a heading line and one row a record"
        raise FileFaults(str(path), [Fault(None, None, "the file is empty", remedy)])
    return text, encoding


def _recoded(data: bytes) -> tuple[bytes, str]:
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16", errors="replace").encode(), "utf-16"
    even, odd = data[:1000:2].count(0), data[1:1000:2].count(0)
    if max(even, odd) * 4 > min(len(data), 1000) > 0 == min(even, odd):
        order = "utf-16-be" if even else "utf-16-le"
        return data.decode(order, errors="replace").encode(), "utf-16"
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        if not data.isascii():
            data.decode()
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace").encode(), "windows-1252"
    return data, "utf-8"


def _csv(path: Path, text: bytes) -> tuple[pl.DataFrame, np.ndarray, bool]:
    """Give the cells, the line of each row, and whether empty cells are null and none has blanks around it already."""
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text
    top = next(line for line in io.BytesIO(text) if line.strip())
    delimiter = max(DELIMITERS, key=re.sub(rb'"[^"]*"', b"", top).decode().count)
    from ballotworthy.files.shape import shape_of  # here, since Numba takes a while that other verbs need not wait

    shape = shape_of(text, delimiter)
    head = int(np.argmax(shape.cells > 0))
    names = [] if _is_open(shape, head) else [name.strip() for name in next(_rows(text, delimiter))]
    faults, total = _faults(names, shape, head)
    if total:
        raise FileFaults(str(path), faults, total)
    cells, lines = shape.cells[head + 1 :], shape.lines[head + 1 :]
    kept, schema = cells > 0, dict.fromkeys(names, pl.String())
    frame = None
    if len(lines) and not shape.loose:
        with suppress(pl.exceptions.PolarsError):
            frame = pl.read_csv(
                io.BytesIO(text), separator=delimiter, has_header=False, infer_schema=False,
                skip_lines=int(lines[0]) - 1, new_columns=names, schema=schema,
            )  # fmt: skip
    if frame is None or frame.height != len(kept):
        return pl.DataFrame(list(_rows(text, delimiter))[1:], schema=schema, orient="row"), lines[kept], False
    is_clean = not shape.padded and text.isascii()
    return (frame, lines, is_clean) if kept.all() else (frame.filter(pl.Series(kept)), lines[kept], is_clean)


def _is_open(shape: Shape, head: int) -> bool:
    """Tell whether the quote that never closes stands in the heading."""
    return shape.open_quote > 0 and head + 1 == len(shape.cells)


def _rows(text: bytes, delimiter: str) -> Iterator[list[str]]:
    """Read the heading, and what the fast reader refuses, such as a quote in the middle of a cell."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = (line.decode() for line in io.BytesIO(text))
    return (row for row in csv.reader(lines, delimiter=delimiter) if row)


def _faults(names: list[str], shape: Shape, head: int) -> tuple[list[Fault], int]:
    wrong = [at for at, name in enumerate(names) if not name or name in names[:at]]
    if wrong and seem_data([name for name in names if name]):
        return [Fault(int(shape.lines[head]), None, NO_HEADINGS[0], NO_HEADINGS[1])], 1
    faults = [
        Fault(
            int(shape.lines[head]),
            names[at] or f"number {at + 1}",
            "two columns have this name" if names[at] else "the column has no name",
            "Rename one" if names[at] else "Name it, or take the column out",
        )
        for at in wrong
    ]
    if shape.open_quote:
        what, remedy = 'a quote (") opens here and never closes', "Close it, or double it if it belongs to the text"
        return [*faults, Fault(shape.open_quote, None, what, remedy)], len(faults) + 1
    cells = shape.cells[head + 1 :]
    ragged = np.flatnonzero((cells != len(names)) & (cells > 0))
    remedy = "Add what is missing, or quote cells that hold the separator"
    faults += [
        Fault(int(shape.lines[head + 1 + at]), None, _ragged(int(cells[at]), len(names)), remedy)
        for at in ragged[:SHOWN]
    ]
    return faults, len(faults) - len(ragged[:SHOWN]) + len(ragged)


def _ragged(cells: int, columns: int) -> str:
    return f"{cells} {'cell' if cells == 1 else 'cells'} where the heading has {columns}"
