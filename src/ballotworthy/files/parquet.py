"""Parquet in: how large its pages grow is read from their headers, and a process of its own unpacks them.

The format: https://parquet.apache.org/docs/file-format/ and its parquet.thrift; headers are of the compact protocol.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.given import LIMITS, refuse_beyond
from ballotworthy.files.parquet_apart import DAMAGED, GROWN, READ
from ballotworthy.files.parquet_process import read_apart

SWOLLEN, MOST_TIMES = 1 << 28, 300
"""Bytes from which what is unpacked is compared with its file, and how many times its size it may have."""
MAGIC, FOOT = b"PAR1", 8
DEEPEST = 32
TRUE, FALSE, BYTE, DOUBLE, BINARY, LISTS, MAP, STRUCT = 1, 2, 3, 7, 8, (9, 10), 11, 12
WHOLE = (4, 5, 6)
CELLS, ENTRIES = (5, 8), 7
"""The parts of a page's header that tell of cells, by the first and the second form, and of a dictionary."""


def read_parquet(path: Path, data: bytes) -> pl.DataFrame:
    """Give the table of a Parquet file, which fits the limits; `parquet_apart` reads it, as a process of its own.

    Raises:
        InputError: it has more rows, columns, cells or bytes than are read, or no process can be started.
        FileFaults: it grows beyond measure, or the library broke down over it.
        polars.exceptions.PolarsError, ValueError: it is none, or damaged.
    """
    foot = _footer(data)
    rows, columns = _number(foot.get(3)), max(0, len(_list(foot, 2)) - 1)
    for name, number in (("rows", rows), ("columns", columns), ("cells", rows * columns)):
        refuse_beyond(path, name, number)
    _refuse_swollen(path, max(sum(pages_of(data)), rows * columns), len(data))  # a cell is a byte or more
    try:
        code, answer = read_apart(data, min(LIMITS.get().bytes, max(SWOLLEN, MOST_TIMES * len(data))))
    except OSError as error:
        why = f"Parquet is read by a process of its own, and none can be started: {error.strerror}"
        raise InputError(f"{path} cannot be read. {why}. Give CSV.") from error
    if code == GROWN:
        _refuse_swollen(path, int(answer), len(data))
    if code == DAMAGED:
        raise ValueError("a damaged file")
    if code != READ:
        what = "the library that reads Parquet broke down over it: it is damaged, or was made to do that"
        raise FileFaults(str(path), [Fault(None, None, what, "Write it again, or give CSV")])
    return pl.read_ipc_stream(answer)


def _refuse_swollen(path: Path, grown: int, packed: int) -> None:
    """Refuse cells that stand packed in the file, or one of them again and again, and would fill the memory here."""
    refuse_beyond(path, "bytes", grown)
    if grown > SWOLLEN and grown > MOST_TIMES * packed:
        what = f"its cells grow to {grown:,} bytes, {MOST_TIMES} times and more of what the file is"
        raise FileFaults(str(path), [Fault(None, None, what, "No file of lines or voters does; give it as CSV")])


def pages_of(data: bytes) -> Iterator[int]:
    """Give the size of every page of a Parquet file, unpacked, as its header tells it to whoever unpacks it.

    Raises:
        ValueError: it is no Parquet file of plain columns, or its headers are damaged.
    """
    for group, chunk in ((each, chunk) for each in _list(_footer(data), 4) for chunk in _list(each, 1)):
        told = chunk.get(3)
        if not isinstance(told, dict):
            raise ValueError("columns that are in another file")
        begins = [at for at in (told.get(9), told.get(11)) if isinstance(at, int) and at > 0]
        length = told.get(7)
        if not begins or not isinstance(length, int) or not 0 <= length <= len(data) - min(begins):
            raise ValueError("a column outside of the file")
        at, end, left = min(begins), min(begins) + length, _number(group.get(3))
        while at < end:
            reader = _Compact(data, at)
            header = reader.struct()
            unpacked, packed = _number(header.get(2)), _number(header.get(3))
            left -= sum(_values(header, part) for part in CELLS)
            if left < 0 or _values(header, ENTRIES) > unpacked:
                raise ValueError("a page of more values than there are rows, or bytes")
            yield unpacked
            at = reader.at + packed


def _footer(data: bytes) -> dict[int, Any]:
    if len(data) < len(MAGIC) + FOOT or data[:4] != MAGIC or data[-4:] != MAGIC:
        raise ValueError("no Parquet file")
    foot = int.from_bytes(data[-FOOT:-4], "little")
    if foot > len(data) - FOOT - len(MAGIC):
        raise ValueError("a footer longer than the file")
    return _Compact(data, len(data) - FOOT - foot).struct()


def _values(header: dict[int, Any], part: int) -> int:
    """Give how many values a part of a page's header tells, 0 where it is not there."""
    found = header.get(part)
    return _number(found.get(1)) if isinstance(found, dict) else 0


def _number(given: object) -> int:
    if not isinstance(given, int) or given < 0:
        raise ValueError("no number where there must be one")
    return given


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
