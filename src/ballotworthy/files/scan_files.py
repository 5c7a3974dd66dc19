"""Files of scans by their endings, and those of a folder in the order in which people see them."""

from __future__ import annotations

import re
from pathlib import Path

from ballotworthy.errors import SHOWN, InputError

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff")
ENDINGS = (".pdf", *PICTURES)
NOT_OURS = ("thumbs.db", "desktop.ini")
"""What systems put into folders of pictures by themselves, beside hidden files."""


def scans_given(given: Path) -> list[Path]:
    """Give the scans that a path means: itself, or all files of a folder of scans; none where it means something else.

    A folder's files come by name, numbers in names as numbers: `scan2.pdf` is before `scan10.pdf`.

    Raises:
        InputError: the folder holds scans and something else beside them, which would not be read.
    """
    if not given.is_dir():
        return [given] if _is_scan(given) else []
    held = [each for each in given.iterdir() if not each.name.startswith(".") and each.name.lower() not in NOT_OURS]
    scans = sorted((each for each in held if _is_scan(each)), key=_as_seen)
    others = sorted(each.name + ("/" if each.is_dir() else "") for each in held if not _is_scan(each))
    if scans and others:
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        raise InputError(
            f"{given} holds scans, and beside them {', '.join(others[:SHOWN])}{more}, which is no scan "
            f"({', '.join(ENDINGS)}). Give a folder of scans alone, or the file of lines alone."
        )
    return scans


def _is_scan(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and not path.is_dir()


def _as_seen(path: Path) -> tuple[list[tuple[int, str]], str]:
    parts = re.findall(r"[0-9]+|[^0-9]+", path.name.lower())
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts], path.name
