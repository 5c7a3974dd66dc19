"""On which line of a TOML file a table, a key or an entry of a list stands, so that a fault can point to it.

`tomllib` gives values without lines. This scan knows the layout of law files: a header or a key begins its
line, and each dated value begins with a brace, one bracket deep in its key's list.
"""

from __future__ import annotations

import re

HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
KEY = re.compile(r"\s*([\w-]+(?:\.[\w-]+)*)\s*=\s*(.*)")
ENTRY = re.compile(r"\s*\{")
TEXT = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')

Path = tuple[str | int, ...]


def line_numbers(text: str) -> dict[Path, int]:
    """Give the line number of each path: ("kinds", "statute"), (..., "requirement", 2)."""
    found: dict[Path, int] = {}
    tables: dict[Path, int] = {}
    table: Path = ()
    key: Path = ()
    entry = depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        bare = TEXT.sub("", line)
        if depth == 0 and (header := HEADER.match(line)):
            table = tuple(part.strip().strip('"') for part in header[2].split("."))
            if header[1] == "[[":
                tables[table] = tables.get(table, -1) + 1
                table = (*table, tables[table])
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], number)
            continue
        if depth == 0 and (pair := KEY.match(line)):
            key = (*table, *pair[1].split("."))
            entry = 0
            found.setdefault(key, number)
            if pair[2].replace(" ", "").startswith("[{"):
                found[(*key, 0)] = number
                entry = 1
        elif depth == 1 and key and ENTRY.match(line):
            found[(*key, entry)] = number
            entry += 1
        depth = max(0, depth + sum(bare.count(sign) for sign in "[{") - sum(bare.count(sign) for sign in "]}"))
    return found


def line_of(numbers: dict[Path, int], path: Path) -> int | None:
    """Give the line of the path, or of the nearest thing that holds it; None for the file as a whole."""
    while path:
        if path in numbers:
            return numbers[path]
        path = path[:-1]
    return None
