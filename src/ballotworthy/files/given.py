"""Files that somebody gave: plain files of a size that can be held, read whole, which nobody changes meanwhile.

A device never ends, a pipe may never begin, and a file that grows while it is read is half of one and half of another.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from io import BufferedReader, FileIO
from pathlib import Path

from ballotworthy.errors import InputError


@dataclass(frozen=True)
class Limits:
    """What a file may hold at most; `--limit NAME=NUMBER` raises or lowers one.

    Attributes:
        bytes: of one file.
        rows: of one table.
        cells: of one table.
        columns: of one table.
    """

    bytes: int = 16_000_000_000
    rows: int = 500_000_000
    cells: int = 20_000_000_000
    columns: int = 20_000


LIMITS: ContextVar[Limits] = ContextVar("LIMITS", default=Limits())  # noqa: B039 - frozen
NAMES = ("rows", "cells", "columns", "bytes")


def set_limits(asked: Sequence[str]) -> None:
    """Set limits as `--limit` gives them, such as `rows=1000000`.

    Raises:
        InputError: one is not of that form.
    """
    for each in asked:
        name, _, number = each.partition("=")
        if name not in NAMES or not number.isascii() or not number.isdigit() or not 0 < len(number) < 19:
            raise InputError(f"--limit {each} is not of the form NAME=NUMBER; NAME is one of {', '.join(NAMES)}.")
        LIMITS.set(replace(LIMITS.get(), **{name: int(number)}))


def refuse_beyond(path: Path, name: str, number: int) -> None:
    """Refuse a file that holds more than the limit of this name.

    Raises:
        InputError: it does; the message says both numbers and how to raise the limit.
    """
    most = getattr(LIMITS.get(), name)
    if number > most:
        raise InputError(
            f"{path} has {number:,} {name}, and {most:,} are read at most. If that is right, raise the limit: "
            f"ballotworthy --limit {name}={number} ..."
        )


@contextmanager
def given_file(path: Path) -> Iterator[tuple[FileIO, os.stat_result]]:
    """Open a plain file, unbuffered, with what is known of it; a pipe into which nobody writes would be waited for.

    Raises:
        InputError: there is none, it cannot be opened, is a device, a pipe or a folder, or is too large.
    """
    try:
        with open(path, "rb", buffering=0, opener=_without_waiting) as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise InputError(f"{path} is {_kind(facts.st_mode)}. Write what it gives into a file, and give that.")
            refuse_beyond(path, "bytes", facts.st_size)
            yield file, facts
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}. Check the name; relative names start from this folder.") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder. Give the name of a file, such as one in it.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error


def given_bytes(path: Path) -> bytes:
    """Give what stands in a plain file.

    Raises:
        InputError: there is none, it cannot be opened, is a device, a pipe or a folder, is too large, or was changed
            while it was read.
    """
    with given_file(path) as (file, before), BufferedReader(file) as whole:
        data = whole.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    if len(data) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError(f"{path} was changed while it was read. Wait until it is written, and run again.")
    return data


def _without_waiting(name: str, flags: int) -> int:
    """Open without waiting for somebody to write into a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a device or the like, and no file"
