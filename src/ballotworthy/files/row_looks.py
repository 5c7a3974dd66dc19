"""How rows of a spreadsheet look: struck through or hidden, which the text of their cells does not tell.

Only an Excel workbook of the XML kind (.xlsx, .xlsm; ECMA-376, part 1, 18.3 and 18.8) is looked at: a font with
`strike`, the cells of its style and texts with a run of it, and rows that are `hidden`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ballotworthy.files.kinds import ZIP

OLD = b"\xd0\xcf\x11\xe0"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
STROKE = re.compile(rb'<(?:\w+:)?d?strike\s*(?:val="(?:1|true|on)"\s*)?/?>')
FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
TEXT = re.compile(rb"<(?:\w+:)?si\s*(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
ROW_OR_CELL = re.compile(
    rb"<(?:\w+:)?row\b([^>]*)>|<(?:\w+:)?c\b((?:[^>/]|/(?!>))*)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL
)
VALUE = re.compile(rb"<(?:\w+:)?v>(\d+)<")
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')


@dataclass(frozen=True)
class RowLooks:
    """Numbers of the rows in which a cell with something in it is struck through, and of hidden ones; from 1.

    Attributes:
        struck, hidden: the rows, in their order.
        seen: whether the file is of a kind that was looked at; text has no looks, and counts as seen.
    """

    struck: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    seen: bool = True


def row_looks(path: Path) -> RowLooks:
    """Give how the rows of a file look that was read as a table already."""
    with path.open("rb") as file:
        first = file.read(4)
    if not first.startswith(ZIP):
        return RowLooks(seen=first != OLD)
    try:
        with ZipFile(path) as book:
            names = book.namelist()
            sheets = [name for name in names if SHEET.fullmatch(name)]
            if not sheets:
                return RowLooks(seen=False)
            parts = [book.read(name) if name in names else b"" for name in (STYLES, STRINGS)]
            styles, texts = _styles(parts[0]), _texts(parts[1])
            struck, hidden = set[int](), set[int]()
            for name in sheets:
                for row, is_struck, is_hidden in _cells(book.read(name), styles, texts):
                    struck |= {row} if is_struck else set()
                    hidden |= {row} if is_hidden else set()
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error):
        return RowLooks(seen=False)
    return RowLooks(tuple(sorted(struck)), tuple(sorted(hidden)))


def _styles(data: bytes) -> set[int]:
    """Give the numbers of the styles of cells whose font is struck through."""
    fonts = [bool(STROKE.search(font)) for font in FONT.findall(_between(data, b"fonts"))]
    which = [re.search(rb'\bfontId="(\d+)"', style) for style in STYLE.findall(_between(data, b"cellXfs"))]
    return {at for at, font in enumerate(which) if font and int(font[1]) < len(fonts) and fonts[int(font[1])]}


def _texts(data: bytes) -> set[int]:
    """Give the numbers of the shared texts of which a part is struck through."""
    if not STROKE.search(data):
        return set()
    return {at for at, text in enumerate(TEXT.findall(data)) if STROKE.search(text)}


def _cells(data: bytes, styles: set[int], texts: set[int]) -> Iterator[tuple[int, bool, bool]]:
    """Give of each cell that holds something its row, and whether it is struck through and its row hidden."""
    if not (styles or texts or HIDDEN.search(data) or STROKE.search(data)):
        return
    row, hidden = 0, False
    for found in ROW_OR_CELL.finditer(data):
        of_row, of_cell, content = found.groups()
        if of_row is not None:
            number = re.search(rb'\br="(\d+)"', of_row)
            row, hidden = int(number[1]) if number else row + 1, bool(HIDDEN.search(of_row))
        elif content:
            style, value = re.search(rb'\bs="(\d+)"', of_cell), VALUE.search(content)
            struck = bool(style and int(style[1]) in styles) or bool(STROKE.search(content))
            struck |= b't="s"' in of_cell and value is not None and int(value[1]) in texts
            yield row, struck, hidden


def _between(data: bytes, name: bytes) -> bytes:
    found = re.search(rb"<(?:\w+:)?" + name + rb"\b[^>]*>(.*?)</(?:\w+:)?" + name + rb">", data, re.DOTALL)
    return found[1] if found else b""
