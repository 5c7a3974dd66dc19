"""Outputs that are being written: each in a hidden folder of its own, locked while its process lives.

What must go when the process is told to stop is known here; what a killed process left, the next one that writes the
same output sweeps away.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from ballotworthy.files.locked import lock


class Unfinished(NamedTuple):
    """An output that is not whole yet: the path that it will replace, and the handle that holds the lock."""

    path: Path
    handle: int


UNFINISHED: dict[Path, Unfinished] = {}
"""By hidden folder, the outputs of this process."""
HIDDEN = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}")


def begin(path: Path) -> Path:
    """Sweep away what killed processes left of an output; give a new hidden folder beside it, for its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    while True:
        folder = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        UNFINISHED[folder] = Unfinished(path, -1)  # before it is there, so that no moment is left without clean-up
        folder.mkdir(mode=0o700)
        UNFINISHED[folder] = Unfinished(path, locked(folder))
        if folder.exists():  # else another process took it for a dead one's before it was locked
            return folder
        abandon(folder)


def former(folder: Path) -> Path:
    """Give where the output stands that a hidden folder is just replacing."""
    return folder / "former.old"


def abandon(folder: Path) -> None:
    """Remove what is not whole, and put back what it was just replacing."""
    path, handle = UNFINISHED.pop(folder)
    _remove(folder, path)
    if handle >= 0:
        os.close(handle)


def abandon_all() -> None:
    """Abandon every output, from a signal handler, which cannot count on an exception to be heard."""
    for folder in tuple(UNFINISHED):
        abandon(folder)


def _sweep(path: Path) -> None:
    """Remove the hidden folders of this output that no living process has locked."""
    for folder in path.parent.glob(f".{_plain(path.name)}.*"):
        known = HIDDEN.fullmatch(folder.name)
        if known is None or known["name"] != path.name or folder in UNFINISHED or not folder.is_dir():
            continue
        handle = locked(folder)
        if handle >= 0:
            _remove(folder, path)
            os.close(handle)


def _plain(name: str) -> str:
    """Give a name in which no character asks for others."""
    return re.sub(r"[*?\[\]]", "?", name)


def _remove(folder: Path, path: Path) -> None:
    old = former(folder)
    if old.exists() and not path.exists():
        old.replace(path)
    shutil.rmtree(folder, ignore_errors=True)


def locked(folder: Path) -> int:
    """Give the handle that holds the lock of a folder; -1 where another has it, or the system knows no such lock."""
    if sys.platform == "win32":
        return -1
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return -1
    try:
        lock(handle, wait=False)
    except OSError:
        os.close(handle)
        return -1
    return handle
