"""Parquet in: how large its pages grow is read from their headers before a library unpacks them.

The format: https://parquet.apache.org/docs/file-format/ and its parquet.thrift; headers are of the compact protocol.
"""

from __future__ import annotations

import faulthandler
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.given import refuse_beyond

SWOLLEN, MOST_TIMES = 1 << 28, 300
"""Bytes from which what is unpacked is compared with its file, and how many times its size it may have."""
MAGIC, FOOT = b"PAR1", 8
DEEPEST = 32
TRUE, FALSE, BYTE, DOUBLE, BINARY, LISTS, MAP, STRUCT = 1, 2, 3, 7, 8, (9, 10), 11, 12
WHOLE = (4, 5, 6)
_one_at_a_time = RLock()


def read_parquet(path: Path, data: bytes) -> pl.DataFrame:
    """Give the table of a Parquet file, which fits the limits.

    Raises:
        InputError: it has more rows, columns, cells or bytes than are read.
        FileFaults: it grows beyond measure.
        polars.exceptions.PolarsError, PanicException, ValueError: it is none, or damaged.
    """
    _refuse_swollen(path, sum(pages_of(data)), len(data))
    with without_a_word_of_panic():
        columns = len(pl.read_parquet_schema(io.BytesIO(data)))
        rows = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()
        for name, number in (("rows", rows), ("columns", columns), ("cells", rows * columns)):
            refuse_beyond(path, name, number)
        frame = pl.read_parquet(io.BytesIO(data))
        texts = [name for name in frame.columns if frame[name].dtype in (pl.String, pl.Binary, pl.Categorical)]
        sizes = frame.select(pl.col(name).cast(pl.String).str.len_bytes().cast(pl.UInt64).sum() for name in texts)
    _refuse_swollen(path, sum(int(each or 0) for each in sizes.row(0)) if texts else 0, len(data))
    return frame


def _refuse_swollen(path: Path, grown: int, packed: int) -> None:
    """Refuse cells that stand packed in the file, or one of them again and again, and would fill the memory here."""
    refuse_beyond(path, "bytes", grown)
    if grown > SWOLLEN and grown > MOST_TIMES * packed:
        what = f"its cells grow to {grown:,} bytes, {MOST_TIMES} times and more of what the file is"
        raise FileFaults(str(path), [Fault(None, None, what, "No file of lines or voters does; give it as CSV")])


def pages_of(data: bytes) -> Iterator[int]:
    """Give the size of every page of a Parquet file, unpacked, as its header tells it to whoever unpacks it.

    Raises:
        ValueError: it is no Parquet file, or its headers are damaged.
    """
    if len(data) < len(MAGIC) + FOOT or data[:4] != MAGIC or data[-4:] != MAGIC:
        raise ValueError("no Parquet file")
    foot = int.from_bytes(data[-FOOT:-4], "little")
    if foot > len(data) - FOOT - len(MAGIC):
        raise ValueError("a footer longer than the file")
    file = _Compact(data, len(data) - FOOT - foot).struct()
    for chunk in (chunk for group in _list(file, 4) for chunk in _list(group, 1)):
        told = chunk.get(3)
        if not isinstance(told, dict):
            raise ValueError("columns that are in another file")
        begins = [at for at in (told.get(9), told.get(11)) if isinstance(at, int) and at > 0]
        length = told.get(7)
        if not begins or not isinstance(length, int) or not 0 <= length <= len(data) - min(begins):
            raise ValueError("a column outside of the file")
        at, end = min(begins), min(begins) + length
        while at < end:
            reader = _Compact(data, at)
            header = reader.struct()
            unpacked, packed = header.get(2), header.get(3)
            if not isinstance(unpacked, int) or not isinstance(packed, int) or unpacked < 0 or packed < 0:
                raise ValueError("a page of no size")
            yield unpacked
            at = reader.at + packed


def _list(struct: dict[int, Any], number: int) -> list[dict[int, Any]]:
    found = struct.get(number, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ValueError("no list of parts")
    return found


class _Compact:
    """Thrift's compact protocol from a byte on: structures as parts by their number, texts left out."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Give a structure's parts by number."""
        parts: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self._whole()
            parts[number] = kind == TRUE if kind in (TRUE, FALSE) else self._value(kind, depth)
        return parts

    def _value(self, kind: int, depth: int) -> Any:
        if depth > DEEPEST:
            raise ValueError("too deep")
        if kind in (TRUE, FALSE, BYTE):  # within a list, truth values have a byte of their own
            return self._byte()
        if kind in WHOLE:
            return self._whole()
        if kind == DOUBLE:
            return self._skip(8)
        if kind == BINARY:
            return self._skip(self._count())
        if kind in LISTS:
            head = self._byte()
            size = head >> 4 if head >> 4 < 15 else self._count()
            return [self._value(head & 15, depth + 1) for _ in range(self._within(size))]
        if kind == MAP:
            size = self._within(self._count())
            kinds = self._byte() if size else 0
            for _ in range(size):
                self._value(kinds >> 4, depth + 1)
                self._value(kinds & 15, depth + 1)
            return None
        if kind == STRUCT:
            return self.struct(depth + 1)
        raise ValueError("a kind of value that there is not")

    def _byte(self) -> int:
        if not 0 <= self.at < len(self.data):
            raise ValueError("the end of the file")
        self.at += 1
        return self.data[self.at - 1]

    def _skip(self, size: int) -> None:
        self.at += self._within(size)

    def _within(self, size: int) -> int:
        if size > len(self.data) - self.at:
            raise ValueError("more than the file holds")
        return size

    def _count(self) -> int:
        number = shift = 0
        while shift < 70:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7
        raise ValueError("a number without end")

    def _whole(self) -> int:
        number = self._count()
        return (number >> 1) ^ -(number & 1)


@contextmanager
def without_a_word_of_panic() -> Iterator[None]:
    """Keep to ourselves what Polars prints of itself when it panics; what else was printed meanwhile is passed on.

    It prints to the descriptor of standard error, so that is turned aside, by one thread at a time. Where a library
    ends the whole process, Python's fault handler still says so.
    """
    with _one_at_a_time, tempfile.TemporaryFile() as aside:
        try:
            real = os.dup(2)
        except OSError:  # it is closed, so nothing is printed
            yield
            return
        panicked, watched = False, faulthandler.is_enabled()
        try:
            if not watched:
                faulthandler.enable(real)
            os.dup2(aside.fileno(), 2)
            yield
        except pl.exceptions.PanicException:
            panicked = True
            raise
        finally:
            os.dup2(real, 2)
            if not watched:
                faulthandler.disable()
            os.close(real)
            aside.seek(0)
            if not panicked and (said := aside.read()):
                os.write(2, said)
