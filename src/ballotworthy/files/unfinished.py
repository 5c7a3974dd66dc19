"""Outputs that are being written: what must go when the process is told to stop."""

from __future__ import annotations

import shutil
from pathlib import Path

UNFINISHED: dict[Path, Path] = {}
"""Temporary folders of outputs that are not whole yet, each with the path that it will replace."""


def former(folder: Path) -> Path:
    """Give where the output stands that a temporary folder is just replacing."""
    return folder.with_name(folder.name + ".old")


def abandon(folder: Path) -> None:
    """Remove what is not whole, and put back what it was just replacing."""
    path, old = UNFINISHED.pop(folder), former(folder)
    if old.exists() and not path.exists():
        old.replace(path)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def abandon_all() -> None:
    """Abandon every output, from a signal handler, which cannot count on an exception to be heard."""
    for folder in tuple(UNFINISHED):
        abandon(folder)
