"""Quotation marks that swallow rows: a cell that begins with one in a file that does not quote its cells.

A quoted cell may hold line breaks. Where every line inside such a cell would be a whole row of its own, two stray
marks have more probably swallowed the rows between them. In a file that quotes no other cell they are then plain
letters; in a file that does, nobody but its maker can tell, and it is refused with the line.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import numpy as np

from ballotworthy.errors import SHOWN, Fault

if TYPE_CHECKING:
    from ballotworthy.files.shape import Shape

MOST_LOOKED_AT = 10_000
"""Lines looked at inside one cell; more do not make the answer surer."""


def swallowed(text: bytes, shape: Shape, delimiter: str, columns: int) -> list[tuple[int, int]]:
    """Give first and last line of each record that holds a line break and whose lines would all be rows of their own.

    A file of one column is left as it is: there every line would be a row.
    """
    if columns < 2 or b'"' not in text:
        return []
    ends = np.append(shape.lines[1:], text.count(b"\n") + (not text.endswith(b"\n")) + 1)
    begins = np.flatnonzero(ends - shape.lines > 1)
    if not len(begins):
        return []
    lines = text.split(b"\n")
    found = []
    for at in begins:
        first, last = int(shape.lines[at]), int(ends[at]) - 1
        own = [line for line in lines[first - 1 : min(last, first - 1 + MOST_LOOKED_AT)] if line]
        if len(own) > 1 and all(cells_alone(line, delimiter) == columns for line in own):
            found.append((first, last))
    return found


def cells_alone(line: bytes, delimiter: str) -> int:
    """Give the number of cells of a line read by itself; a mark that does not close in it is a letter."""
    text = line.decode(errors="replace")
    opens = len(re.findall(rf'(?:^|{re.escape(delimiter)})"', text))
    closes = len(re.findall(rf'"(?={re.escape(delimiter)}|$)', text))
    return len(next(csv.reader([text], delimiter=delimiter))) if opens == closes else text.count(delimiter) + 1


def is_unquoted(text: bytes, spans: list[tuple[int, int]], delimiter: str) -> bool:
    """Tell whether no cell outside of these lines begins with a quotation mark."""
    lines = text.split(b"\n")
    for first, last in spans:
        lines[first - 1 : last] = [b""] * (last - first + 1)
    mark = re.escape(delimiter.encode())
    return not any(re.search(rb'(?:^|%b)"' % mark, line) for line in lines if b'"' in line)


def marks_as_letters(text: bytes, delimiter: str) -> bytes:
    """Give the text with the marks that begin a cell written so that a reader of CSV takes them for letters."""
    mark = re.escape(delimiter.encode())
    quoted = re.compile(rb'(?m)(?:(?<=^)|(?<=%b))("[^%b\n]*)' % (mark, mark))
    return quoted.sub(lambda cell: b'"' + cell[1].replace(b'"', b'""') + b'"', text)


def faults(spans: list[tuple[int, int]]) -> list[Fault]:
    """Say where rows seem to be swallowed."""
    remedy = 'Double the mark if it belongs to the text (""Bud), or export the file again with every cell quoted'
    return [
        Fault(first, None, f'a quote (") opens here and closes on line {last}, over lines that look like rows', remedy)
        for first, last in spans[:SHOWN]
    ]
