"""Sheets that were read, made ready for a case: the pictures of rows and cells kept, each line bound to its picture.

The frame holds the SHA-256 of each row's picture, so a picture that is shown is the one that was filed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.casework.bound_lines import LINES, ROWS, bound_lines
from ballotworthy.casework.room import IMAGES, PRIVATE, Room
from ballotworthy.errors import OutputError
from ballotworthy.petition.lines import FIELDS
from ballotworthy.petition.told_pages import told_of_pages

CELLS = "cells"
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
    frame = bound_lines(sheets)
    kept = room.folder / PRIVATE / IMAGES
    copied: list[Path] = []

    def give_back() -> None:
        for path in copied:
            path.unlink(missing_ok=True)

    try:
        (kept / CELLS).mkdir(mode=0o700, parents=True, exist_ok=True)
        for sheet, line, digest in frame.select("sheet", "line", "image").iter_rows():
            place = f"{sheet}-{line}"
            _copy(sheets / ROWS / f"{place}.png", kept / f"{digest}.png", copied)
            for cell in sorted((sheets / CELLS).glob(f"{place}-*.png")):
                if FIELD.match(cell.stem.removeprefix(f"{place}-")):
                    _copy(cell, kept / CELLS / cell.name, copied)
        made = work / LINES
        frame.write_csv(made)
    except OSError as error:
        give_back()
        raise OutputError(
            f"the pictures could not be kept: {error.strerror}. Free some space and do it again."
        ) from error
    return Scans(made, frame.height, give_back, told_of_pages(sheets))


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
