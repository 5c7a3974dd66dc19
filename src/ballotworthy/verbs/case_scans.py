"""Sheets that were read, made ready for a case: the pictures of rows and cells kept, each line bound to its picture.

The frame holds the SHA-256 of each row's picture, so a picture that is shown is the one that was filed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.casework.room import IMAGES, PRIVATE, Room
from ballotworthy.errors import InputError, OutputError
from ballotworthy.files.tables import read_table
from ballotworthy.petition.lines import FIELDS
from ballotworthy.petition.told_pages import told_of_pages

LINES, ROWS, CELLS = "lines.csv", "rows", "cells"
ORDER = tuple(dict.fromkeys(("name", "first_name", "last_name", "signature", *FIELDS)))
"""The fields of which a line can have a picture, in the order in which a person sees them."""


@dataclass(frozen=True)
class Scans:
    """A file of lines to be taken in, each with the digest of its picture; `give_back` removes what was copied.

    `told` is what must be known of the scans: pages not read, what is missing.
    """

    lines: Path
    pictures: int
    give_back: Callable[[], None]
    told: tuple[str, ...] = ()


def keep_pictures(room: Room, sheets: Path, work: Path) -> Scans:
    """Copy the pictures of sheets that were read into a case's private folder, and write their lines with digests.

    Args:
        room: the case; nothing enters its record here.
        sheets: the folder that `sheets read` wrote.
        work: a private folder for the file of lines.

    Raises:
        InputError: it is no such folder, or a line's picture is not in it.
        OutputError: the pictures could not be copied; none is left behind.
    """
    if not (sheets / LINES).is_file() or not (sheets / ROWS).is_dir():
        raise InputError(
            f"{sheets.name} is no folder that `ballotworthy sheets read` wrote: it has no {LINES} and {ROWS}/."
        )
    frame = read_table(sheets / LINES).frame
    if not {"sheet", "line"} <= set(frame.columns):
        raise InputError(
            f"{sheets.name}/{LINES} does not say sheet and line. Bring back the one that was written there."
        )
    kept = room.folder / PRIVATE / IMAGES
    copied: list[Path] = []

    def give_back() -> None:
        for path in copied:
            path.unlink(missing_ok=True)

    digests = []
    try:
        (kept / CELLS).mkdir(mode=0o700, parents=True, exist_ok=True)
        for sheet, line in frame.select("sheet", "line").iter_rows():
            place = f"{sheet}-{line}"
            picture = sheets / ROWS / f"{place}.png"
            if not picture.is_file():
                raise InputError(f"{sheets.name}/{ROWS} has no picture of line {place}. Read the sheets again.")
            digests.append(hashlib.sha256(picture.read_bytes()).hexdigest())
            _copy(picture, kept / f"{digests[-1]}.png", copied)
            for cell in _cells(sheets / CELLS, place).values():
                _copy(cell, kept / CELLS / cell.name, copied)
        made = work / LINES
        frame.with_columns(image=pl.Series(digests, dtype=pl.String)).write_csv(made)
    except OSError as error:
        give_back()
        raise OutputError(
            f"the pictures could not be kept: {error.strerror}. Free some space and do it again."
        ) from error
    except InputError:
        give_back()
        raise
    return Scans(made, len(digests), give_back, told_of_pages(sheets))


def cells_pictured(room: Room, line: str) -> dict[str, Path]:
    """Give the pictures of a line's cells, by field: the name and its signature, then as a line has its fields."""
    return {} if "/" in line or line.startswith(".") else _cells(room.folder / PRIVATE / IMAGES / CELLS, line)


def _cells(folder: Path, line: str) -> dict[str, Path]:
    """Ask for each by its name: a folder of millions of pictures is never listed."""
    named = {field: folder / f"{line}-{field}.png" for field in ORDER}
    return {field: path for field, path in named.items() if path.is_file()}


def _copy(picture: Path, to: Path, copied: list[Path]) -> None:
    if to.exists():
        return
    copied.append(to)
    shutil.copyfile(picture, to)
    to.chmod(0o600)
