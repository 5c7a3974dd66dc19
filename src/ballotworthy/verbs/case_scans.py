"""Sheets that were read, made ready for a case: the pictures of rows and cells kept, each line bound to its picture.

The frame holds the SHA-256 of each row's picture, so a picture that is shown is the one that was filed.
"""

from __future__ import annotations

import hashlib
import re
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
FIELD = re.compile(r"[a-z][a-z_]*\Z")
ORDER = tuple(dict.fromkeys(("name", "first_name", "last_name", "signature", *FIELDS)))


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
            for cell in sorted((sheets / CELLS).glob(f"{place}-*.png")):
                if FIELD.match(cell.stem.removeprefix(f"{place}-")):
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
    folder = room.folder / PRIVATE / IMAGES / CELLS
    if "/" in line or line.startswith("."):
        return {}
    prefix = f"{line}-"
    found = {path.stem.removeprefix(prefix): path for path in sorted(folder.glob(f"{_plain(prefix)}*.png"))}
    fields = sorted(filter(FIELD.match, found), key=lambda field: (*ORDER, field).index(field))
    return {field: found[field] for field in fields}


def _plain(text: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", text)


def _copy(picture: Path, to: Path, copied: list[Path]) -> None:
    if to.exists():
        return
    copied.append(to)
    shutil.copyfile(picture, to)
    to.chmod(0o600)
