"""The lines of a batch with their names, as a case keeps them; and the cases beside it that keep those of one file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ballotworthy.casework.room import PRIVATE


def kept_as(sha256: str) -> str:
    """Give the name, within a case's folder, under which the lines of a file are kept."""
    return f"{PRIVATE}/lines-{sha256[:12]}.parquet"


def taken_in_beside(folder: Path, sha256: str) -> list[str]:
    """Give the names of the cases in folders beside a case's that keep the lines of the same file."""
    own = folder.resolve()
    found: list[str] = []
    with suppress(OSError):  # a folder that may not be listed shows no other case
        for each in own.parent.iterdir():
            if each != own and (each / kept_as(sha256)).is_file():
                found.append(each.name)
    return sorted(found)


def told_of(beside: Sequence[str]) -> list[str]:
    """Warn of cases that took in the same file; nothing where there is none."""
    named = ", ".join(beside)
    return [f"Warning: the same file was taken in by another case: {named}. Is it this petition's?"] if beside else []
