"""The shape of a CSV file in one pass: where each record begins, how many cells it has, which quote stays open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.files.compiled import compiled

NEWLINE, RETURN, QUOTE = 10, 13, 34


@dataclass(frozen=True)
class Shape:
    """What one pass over the bytes tells, header included as record 0.

    Attributes:
        lines: physical line (1-based) on which each record begins; int64, one a record.
        cells: number of cells of each record, 0 for an empty line; int32, one a record.
        open_quote: line on which a quote opens that never closes, or 0.
        loose: whether text stands behind a closing quote ("Bob" Smith), which not all readers take alike.
    """

    lines: np.ndarray
    cells: np.ndarray
    open_quote: int
    loose: bool


def shape_of(data: bytes, delimiter: str) -> Shape:
    """Measure CSV bytes (RFC 4180: a quote opens a cell only at its beginning, and is doubled inside)."""
    view = np.frombuffer(data, np.uint8)
    most = int(np.count_nonzero(view == NEWLINE)) + 1
    lines, cells = np.empty(most, np.int64), np.empty(most, np.int32)
    count, open_quote, loose = _walk(view, ord(delimiter), lines, cells)
    return Shape(lines[:count], cells[:count], open_quote, loose)


@compiled
def _walk(data: np.ndarray, delimiter: int, lines: np.ndarray, cells: np.ndarray) -> tuple[int, int, bool]:
    count, line, fields = 0, 1, 1
    begins, opened = 1, 0
    closed, loose = False, False
    quoted, cell_empty, record_empty = False, True, True
    size, at = data.shape[0], 0
    while at < size:
        byte = data[at]
        if quoted:
            if byte == QUOTE:
                if at + 1 < size and data[at + 1] == QUOTE:
                    at += 1
                else:
                    quoted, closed = False, True
            elif byte == NEWLINE:
                line += 1
        elif byte == NEWLINE:
            lines[count], cells[count] = begins, 0 if record_empty else fields
            count, line, fields = count + 1, line + 1, 1
            begins, cell_empty, record_empty, closed = line, True, True, False
        elif byte == delimiter:
            fields, cell_empty, record_empty, closed = fields + 1, True, False, False
        elif byte == QUOTE and cell_empty:
            quoted, opened, cell_empty, record_empty = True, line, False, False
        elif byte != RETURN:
            cell_empty, record_empty, loose = False, False, loose or closed
        at += 1
    if not record_empty:
        lines[count], cells[count] = begins, fields
        count += 1
    return count, opened if quoted else 0, loose
