"""Which places there are, and where their data files stand."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from ballotworthy.errors import UnknownName


@cache
def place_codes() -> tuple[str, ...]:
    """Give the codes of all places, sorted: one folder under `places/` each."""
    root = Path(str(files("ballotworthy"))) / "places"
    return tuple(sorted(folder.name for folder in root.iterdir() if (folder / "law.toml").is_file()))


def place_file(place: str, name: str) -> Path:
    """Give the path of a place's data file, such as `law.toml` or `roll.toml`.

    Raises:
        UnknownName: there is no such place, or it has no such file.
    """
    if place not in place_codes():
        raise UnknownName("place", place, place_codes())
    path = Path(str(files("ballotworthy"))) / "places" / place / name
    if not path.is_file():
        raise UnknownName(f"file for {place} called", name, sorted(p.name for p in path.parent.iterdir()))
    return path
