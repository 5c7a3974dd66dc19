"""Files whose columns stand at fixed places of the line, with no separator between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

from ballotworthy.errors import Fault

Widths = Mapping[str, tuple[int, int]]
"""First and last character of each column, counted from 1, by its heading."""
LOOKED_AT = 50
SHORTEST = 40
NOT_READ = Fault(
    None,
    None,
    "its columns stand at fixed places of the line, without a separator",
    "Fixed width is read only where the layout is known: cut the lines into columns, by the layout that came with "
    "the file, and give CSV with a heading line",
)


def first_lines(text: bytes) -> list[str]:
    """Give the first lines that hold anything."""
    some = text[: 1 << 20].split(b"\n")[: LOOKED_AT * 4]
    return [line.decode(errors="replace") for line in some if line.strip()][:LOOKED_AT]


def looks_fixed(lines: Sequence[str], delimiters: Sequence[str]) -> bool:
    """Tell whether lines are all of one length, padded with blanks, and no separator cuts them alike."""
    sizes = {len(line) for line in lines}
    if len(sizes) != 1 or min(sizes) < SHORTEST or not all(re.search(r"\S {3,}\S", line) for line in lines):
        return False
    counts = [{line.count(mark) for line in lines} for mark in delimiters]
    return all(len(each) > 1 or each == {0} for each in counts)


def looks_aligned(lines: Sequence[str], delimiters: Sequence[str]) -> bool:
    """Tell whether columns stand below one another under a line of headings, parted by blanks alone."""
    if len(lines) < 2 or any(mark in lines[0] for mark in delimiters) or "  " not in lines[0].strip():
        return False
    width = max(map(len, lines))
    blank = "".join("x" if any(line.ljust(width)[at] != " " for line in lines) else " " for at in range(width))
    return len(blank.split()) > 2 and all("  " in line.strip() for line in lines)


def cut(text: bytes, widths: Widths) -> tuple[pl.DataFrame, list[int]]:
    """Give the cells of every line that holds anything, as text, and the number of each line."""
    numbered = [(at, line) for at, line in enumerate(text.decode(errors="replace").split("\n"), 1) if line.strip()]
    lines = pl.Series("line", [line for _, line in numbered], dtype=pl.String)
    cells = {heading: lines.str.slice(first - 1, last - first + 1) for heading, (first, last) in widths.items()}
    return pl.DataFrame(cells), [at for at, _ in numbered]
