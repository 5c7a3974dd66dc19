"""Sheets that were read, made ready for a case: the pictures of rows and cells kept, each line bound to its picture.

The frame holds the SHA-256 of each row's picture, so a picture that is shown is the one that was filed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.casework.bound_lines import LINES, ROWS, bound_lines
from ballotworthy.casework.room import IMAGES, PRIVATE, Room
from ballotworthy.errors import OutputError
from ballotworthy.files.progress import Progress, silent
from ballotworthy.petition.lines import FIELDS
from ballotworthy.petition.told_pages import told_of_pages

CELLS = "cells"
KEEPING = "keeping the pictures"
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


def keep_pictures(room: Room, sheets: Path, work: Path, progress: Progress = silent) -> Scans:
    """Copy the pictures of sheets that were read into a case's private folder, and write their lines with digests.

    Args:
        room: the case; nothing enters its record here.
        sheets: the folder that `sheets read` wrote.
        work: a private folder for the file of lines.
        progress: told of how many lines the pictures are kept; what it raises keeps none.

    Raises:
        InputError: it is no such folder, or a line's picture is not in it.
        OutputError: the pictures could not be copied; none is left behind.
    """
    frame = bound_lines(sheets, progress)
    kept = room.folder / PRIVATE / IMAGES
    copied: list[Path] = []

    def give_back() -> None:
        for path in copied:
            path.unlink(missing_ok=True)

    try:
        (kept / CELLS).mkdir(mode=0o700, parents=True, exist_ok=True)
        for at, (sheet, line, digest) in enumerate(frame.select("sheet", "line", "image").iter_rows()):
            progress(KEEPING, at, frame.height)
            place = f"{sheet}-{line}"
            _copy(sheets / ROWS / f"{place}.png", kept / f"{digest}.png", copied)
            for cell in _cells(sheets / CELLS, place).values():
                _copy(cell, kept / CELLS / cell.name, copied)
        made = work / LINES
        frame.write_csv(made)
    except OSError as error:
        give_back()
        raise OutputError(
            f"the pictures could not be kept: {error.strerror}. Free some space and do it again."
        ) from error
    except BaseException:  # whoever is told of progress has given it up
        give_back()
        raise
    return Scans(made, frame.height, give_back, told_of_pages(sheets))


def cells_pictured(room: Room, line: str, fields: Sequence[str] = ORDER) -> dict[str, Path]:
    """Give the pictures of a line's cells, by field: the name and its signature, then as a line has its fields."""
    return {} if "/" in line or line.startswith(".") else _cells(room.folder / PRIVATE / IMAGES / CELLS, line, fields)


def _cells(folder: Path, line: str, fields: Sequence[str] = ORDER) -> dict[str, Path]:
    """Ask for each by its name: a folder of millions of pictures is never listed."""
    named = {field: folder / f"{line}-{field}.png" for field in fields}
    return {field: path for field, path in named.items() if path.is_file()}


def _copy(picture: Path, to: Path, copied: list[Path]) -> None:
    if to.exists():
        return
    copied.append(to)
    shutil.copyfile(picture, to)
    to.chmod(0o600)
