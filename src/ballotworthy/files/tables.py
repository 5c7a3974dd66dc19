"""Tables in: CSV in any common encoding, or Parquet, as columns of text, with all faults of the file at once."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults, InputError
from ballotworthy.files.shape import Shape, shape_of

DELIMITERS = (",", "\t", ";", "|")
UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


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
    digest = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() == ".parquet" or data[:4] == b"PAR1":
        frame, lines, encoding = _parquet(path, data), None, "utf-8"
    else:
        text, encoding = _as_utf8(path, data)
        frame, lines = _csv(path, text)
    frame = frame.with_columns(_clean(pl.all().cast(pl.String)))
    if frame.height == 0:
        raise FileFaults(str(path), [Fault(None, None, "it has a heading but no rows", "Give at least one row")])
    numbers = np.arange(1, frame.height + 1) if lines is None else lines
    return Table(path, frame, numbers, digest, encoding)


def _clean(cells: pl.Expr) -> pl.Expr:
    stripped = cells.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def _parquet(path: Path, data: bytes) -> pl.DataFrame:
    try:
        return pl.read_parquet(io.BytesIO(data))
    except pl.exceptions.PolarsError as error:
        raise FileFaults(
            str(path), [Fault(None, None, "it is not a readable Parquet file", "Write it again, or give CSV")]
        ) from error


def _as_utf8(path: Path, data: bytes) -> tuple[bytes, str]:
    if not data.strip(b"\xef\xbb\xbf\r\n\t ,"):
        raise FileFaults(
            str(path), [Fault(None, None, "the file is empty", "Give a heading line and one row a record")]
        )
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    elif data[:2] in UTF16:
        return data.decode("utf-16", errors="replace").encode(), "utf-16"
    elif b"\x00" in data[:200]:
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", errors="replace").encode(), "utf-16"
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace").encode(), "windows-1252"
    return data, "utf-8"


def _csv(path: Path, text: bytes) -> tuple[pl.DataFrame, np.ndarray]:
    heading = text.split(b"\n", 1)[0].decode()
    delimiter = max(DELIMITERS, key=heading.count)
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text
    shape = shape_of(text, delimiter)
    names = [name.strip() for name in next(csv.reader([heading.strip("\r\n")], delimiter=delimiter))]
    faults, total = _faults(names, shape)
    if total:
        raise FileFaults(str(path), faults, total)
    kept = shape.cells[1:] > 0
    try:
        frame = pl.read_csv(
            io.BytesIO(text), separator=delimiter, has_header=False, skip_lines=0, infer_schema=False,
            new_columns=names, schema=dict.fromkeys(names, pl.String), skip_rows=1,
        )  # fmt: skip
    except pl.exceptions.PolarsError:
        frame = _slow_csv(text.decode(), names, delimiter)
    if frame.height != len(kept):
        frame = _slow_csv(text.decode(), names, delimiter)
        return frame, shape.lines[1:][kept]
    return frame.filter(pl.Series(kept)), shape.lines[1:][kept]


def _slow_csv(text: str, names: list[str], delimiter: str) -> pl.DataFrame:
    """Read what the fast reader refuses, such as a quote in the middle of a cell."""
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row][1:]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _faults(names: list[str], shape: Shape) -> tuple[list[Fault], int]:
    faults = [
        Fault(
            1,
            name or f"number {at + 1}",
            "two columns have this name" if name else "the column has no name",
            "Rename one",
        )
        for at, name in enumerate(names)
        if not name or name in names[:at]
    ]
    if shape.open_quote:
        remedy = "Close it, or double it if it belongs to the text"
        return [
            *faults,
            Fault(shape.open_quote, None, 'a quote (") opens here and never closes', remedy),
        ], len(faults) + 1
    body = shape.cells[1:]
    ragged = np.flatnonzero((body != len(names)) & (body > 0))
    for at in ragged[:SHOWN]:
        what = f"{body[at]} cells where the heading has {len(names)}"
        faults.append(
            Fault(
                int(shape.lines[1:][at]),
                None,
                what,
                "Add what is missing, or quote cells that hold the separator",
            )
        )
    total = len(faults) - len(ragged[:SHOWN]) + len(ragged)
    return faults, total
