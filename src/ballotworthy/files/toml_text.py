"""A TOML file's text and table; one that cannot be opened or is no TOML is told with its line and a remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.given import given_bytes

MOST = 16_000_000
"""Bytes: far more than a place's law has, and read in a breath."""
MOST_POINTS = 500
"""Of a line: the parts of one name in a file of a megabyte would be read for an hour."""
PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


def read_toml(path: Path, *, remedy: str) -> dict[str, Any]:
    """Give the table that a file holds; `remedy` says what to do where it holds none.

    Raises:
        InputError: the file cannot be opened, is a device, a pipe or a folder, or larger than what people write.
        FileFaults: it is no UTF-8 or no TOML.
    """
    return table_of(text_of(path), str(path), remedy=remedy)


def text_of(path: Path) -> str:
    """Give a file's text.

    Raises:
        InputError: the file cannot be opened, is a device, a pipe or a folder, or larger than what people write.
        FileFaults: it is no UTF-8.
    """
    data = given_bytes(path)
    if len(data) > MOST:
        raise InputError(f"{path} has {len(data):,} bytes, and {MOST:,} are read at most of a TOML file. Give another.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise FileFaults(str(path), [Fault(None, None, "it is no UTF-8 text", "Save it as UTF-8")]) from None


def table_of(text: str, name: str, *, remedy: str, number: Callable[[str], Any] = float) -> dict[str, Any]:
    """Give the table of a text that stands in the file `name`; `number` reads what has a decimal point.

    Raises:
        FileFaults: it is no TOML; the first place that breaks it is named.
    """
    for row, written in enumerate(text.split("\n"), 1):
        if written.count(".") > MOST_POINTS:
            many = f"it has more than {MOST_POINTS:,} points, and no line that people write has"
            raise FileFaults(name, [Fault(row, None, many, remedy)])
    try:
        return tomllib.loads(text, parse_float=number)
    except (ValueError, RecursionError) as error:  # a number of five thousand digits is no TOMLDecodeError
        at = PLACE.search(str(error))
        line, column = (int(at[1]), at[2]) if at else (None, None)
        what = f"it is no TOML: {PLACE.sub('', str(error))}"
        raise FileFaults(name, [Fault(line, column, what, remedy)]) from None
