"""What `fuzz.py` spoils: a small sound file or folder, and what reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TODAY = dt.date(2026, 11, 3)


@dataclass(frozen=True)
class Seed:
    """A sound file or folder.

    Attributes:
        name: of the reader and the form.
        path: the file or folder.
        spoilt: the files that may be spoilt.
        read: reads a copy of it, of the same name.
    """

    name: str
    path: Path
    spoilt: tuple[Path, ...]
    read: Callable[[Path], object]


def seed_of(name: str, path: Path, read: Callable[[Path], object], *only: str) -> Seed:
    """Give a seed of which files of these names are spoilt, all of them if none is named."""
    inside = [path] if path.is_file() else [each for each in sorted(path.rglob("*")) if each.is_file()]
    return Seed(name, path, tuple(each for each in inside if not only or each.name in only), read)


def written(path: Path, text: str | bytes) -> Path:
    """Write a file, and give its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
