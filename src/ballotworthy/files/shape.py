"""The shape of a CSV file in one pass: where each record begins, how many cells it has, which quote stays open."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ballotworthy.files.compiled import compiled

NEWLINE, RETURN, SPACE, QUOTE = 10, 13, 32, 34
WORTH_CUTTING = 1 << 22
"""Bytes below which one core is as fast."""


@dataclass(frozen=True)
class Shape:
    """What one pass over the bytes tells, header included as record 0.

    Attributes:
        lines: physical line (1-based) on which each record begins; int64, one a record.
        cells: number of cells of each record, 0 for an empty line; int32, one a record.
        open_quote: line on which a quote opens that never closes, or 0.
        loose: whether text stands behind a closing quote ("Bob" Smith), which not all readers take alike.
        padded: whether a cell begins or ends with a blank or another control character of ASCII, or is an empty
            pair of quotes.
    """

    lines: np.ndarray
    cells: np.ndarray
    open_quote: int
    loose: bool
    padded: bool


def shape_of(data: bytes, delimiter: str) -> Shape:
    """Measure CSV bytes (RFC 4180: a quote opens a cell only at its beginning, and is doubled inside)."""
    edges = _edges(data)
    before = [data.count(b"\n", 0, edge) for edge in edges]
    lines, cells = np.empty(before[-1] + 1, np.int64), np.empty(before[-1] + 1, np.int32)
    special = np.zeros(256, np.bool_)
    special[[NEWLINE, RETURN, QUOTE, ord(delimiter)]] = True

    def part(at: int) -> tuple[int, int, bool, bool]:
        view = np.frombuffer(data, np.uint8)[edges[at] : edges[at + 1]]
        found = _walk(view, ord(delimiter), special, lines[before[at] :], cells[before[at] :])
        lines[before[at] : before[at] + found[0]] += before[at]
        return found

    with ThreadPoolExecutor(len(edges)) as pool:
        counts, quotes, loose, padded = zip(*pool.map(part, range(len(edges) - 1)), strict=True)
    return Shape(lines[: sum(counts)], cells[: sum(counts)], max(quotes), any(loose), any(padded))


def _edges(data: bytes) -> list[int]:
    """Give where to cut the data so that each part begins a record: not at all where there may be quoted newlines."""
    if len(data) < WORTH_CUTTING or b'"' in data:
        return [0, len(data)]
    parts = os.cpu_count() or 1
    ends = (data.find(b"\n", len(data) * at // parts) + 1 for at in range(1, parts))
    return sorted({0, *ends, len(data)})


@compiled
def _walk(
    data: np.ndarray, delimiter: int, special: np.ndarray, lines: np.ndarray, cells: np.ndarray
) -> tuple[int, int, bool, bool]:
    """Stop only at bytes that mean something; a cell begins at `cell`, its record at `record`."""
    size, count, line, fields, begins = data.shape[0], 0, 1, 1, 1
    at, cell, record = 0, 0, 0
    loose, padded = False, False
    while at < size:
        byte = data[at]
        if not special[byte]:
            at += 1
            continue
        if byte == QUOTE and at == cell:
            opened = line
            at, more = _closing(data, at + 1)
            line += more
            if at == size:
                return _last(lines, cells, count, begins, fields), opened, loose, padded
            padded |= at == cell + 1 or data[cell + 1] <= SPACE or data[at - 1] <= SPACE
            at += 1
            behind = at
            while behind < size and data[behind] == RETURN:
                behind += 1
            loose |= behind < size and data[behind] != delimiter and data[behind] != NEWLINE
            cell = -1
        elif byte == RETURN:
            record += at == record
            cell += at == cell
            at += 1
        elif byte == QUOTE:
            at += 1
        else:
            padded |= 0 <= cell < at and (data[cell] <= SPACE or data[at - 1] <= SPACE)
            if byte == delimiter:
                fields += 1
            else:
                lines[count], cells[count] = begins, 0 if at == record else fields
                count, line, fields, record = count + 1, line + 1, 1, at + 1
                begins = line
            at += 1
            cell = at
    padded |= 0 <= cell < size and (data[cell] <= SPACE or data[size - 1] <= SPACE)
    if record < size:
        count = _last(lines, cells, count, begins, fields)
    return count, 0, loose, padded


@compiled
def _closing(data: np.ndarray, at: int) -> tuple[int, int]:
    """Give where the quoted text that begins at `at` closes, or the end of the data, and the new lines in it."""
    size, more = data.shape[0], 0
    while at < size:
        if data[at] == QUOTE:
            if at + 1 == size or data[at + 1] != QUOTE:
                break
            at += 1
        more += data[at] == NEWLINE
        at += 1
    return at, more


@compiled
def _last(lines: np.ndarray, cells: np.ndarray, count: int, begins: int, fields: int) -> int:
    lines[count], cells[count] = begins, fields
    return count + 1
