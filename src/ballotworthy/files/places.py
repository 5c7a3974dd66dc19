"""Which places there are, and where their data files stand: the program's own, and those of a user's folders.

A user's folder holds a folder for each place, as the program's `places/` does (`us-xx/law.toml`). It adds a place, or
stands for one of the program's. `BALLOTWORTHY_PLACES` names such folders, and `--law FOLDER` one more.
"""

from __future__ import annotations

import difflib
import os
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from ballotworthy.errors import InputError, UnknownName

VARIABLE = "BALLOTWORTHY_PLACES"


def add_places(folder: Path) -> None:
    """Let a folder of places stand before the program's own and before those named already.

    Raises:
        InputError: it is no folder, or holds no `PLACE/law.toml`.
    """
    _places_in(folder)
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = os.pathsep.join([str(folder), *([before] if before else [])])


def place_codes() -> tuple[str, ...]:
    """Give the codes of all places, sorted: one folder under `places/` each.

    Raises:
        InputError: a folder that `BALLOTWORTHY_PLACES` names holds no places.
    """
    return tuple(sorted({*_shipped(), *(code for folder in own_folders() for code in _places_in(folder))}))


def own_folders() -> tuple[Path, ...]:
    """Give the user's folders of places, the one that wins first."""
    return tuple(Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name)


def own_place(place: str) -> Path | None:
    """Give the user's folder of a place, or None where the program's own holds."""
    return next((folder / place for folder in own_folders() if place in _places_in(folder)), None)


def place_file(place: str, name: str) -> Path:
    """Give the path of a place's data file, such as `law.toml` or `roll.toml`.

    Raises:
        UnknownName: there is no such place, or it has no such file.
        InputError: a folder that `BALLOTWORTHY_PLACES` names holds no places.
    """
    if place not in place_codes():
        raise unknown_place(place)
    path = (own_place(place) or _root() / place) / name
    if not path.is_file():
        raise UnknownName(f"file for {place} called", name, sorted(p.name for p in path.parent.iterdir()))
    return path


STATES = (
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa "
    "ri sc sd tn tx ut vt va wa wv wi wy"
)
"""Codes of the states, by which one that is not held is told from a slip in one that is."""


def unknown_place(place: str) -> UnknownName:
    """Give the error of a place that is not held: one that is called by its name is told its code."""
    codes = place_codes()
    wanted = place.strip().casefold()
    named = next((code for code in codes if _name_of(code).casefold() == wanted), None)
    near = difflib.get_close_matches(wanted, codes, n=1, cutoff=0.8)
    hint = f"Did you mean {named or near[0]}?" if named or near else ""
    if not named and wanted.removeprefix("us-") in STATES.split():
        hint = f"Its law is not held here; --law FOLDER adds one (FOLDER/{wanted}/law.toml), and a roll needs no place."
    return UnknownName("place", place, codes, hint)


def _name_of(place: str) -> str:
    """Give a place's name as the head of its law says it; "" where it says none."""
    text = ((own_place(place) or _root() / place) / "law.toml").read_text("utf-8", errors="replace")
    found = re.search(r'^name = "(.*)"$', text, re.MULTILINE)
    return found[1] if found else ""


def _root() -> Path:
    return Path(str(files("ballotworthy"))) / "places"


@cache
def _shipped() -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in _root().iterdir() if (folder / "law.toml").is_file()))


def _places_in(folder: Path) -> tuple[str, ...]:
    if not folder.is_dir():
        raise InputError(f"{folder}, named for its places, is no folder. Check --law and {VARIABLE}.")
    codes = tuple(sorted(each.name for each in folder.iterdir() if (each / "law.toml").is_file()))
    if not codes:
        raise InputError(f"{folder} holds no law: put each place in a folder of its code, such as us-xx/law.toml.")
    return codes
