"""What matching found, kept in a file: found by one process, laid out by another, and not made twice for the same.

The file is believed only where it says what was asked: the same lines, the same roll, the same code that matched them.
It holds numbers of names and addresses of signers, so it lies where the lines lie, and goes when they go.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

import ballotworthy
from ballotworthy.errors import OutputError
from ballotworthy.files.arrays import arrays
from ballotworthy.files.whole import whole_file
from ballotworthy.match.levels import Level
from ballotworthy.match.matches import Matches
from ballotworthy.match.weigh import Beliefs, Moves, Prior

MATCHED_BY = ("match", "roll", "petition", "files")
"""The rooms that decide what is found."""
SAID = "said"
"""The name under which a file says of what it is; beside it lie the arrays of `Matches` by their names."""
DAMAGE = (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, AttributeError)
"""What reading raises where the file is not there, or not what it was."""


def keep(matches: Matches, path: Path, *, of: str) -> None:
    """Write matches into a private file, whole or not at all.

    Args:
        matches: what was found.
        path: the file; what it held before is replaced.
        of: says of which lines and which roll; `kept` must be asked with the same.

    Raises:
        OutputError: it could not be written.
    """
    values = {each.name: getattr(matches, each.name) for each in fields(matches)}
    found: dict[str, Any] = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    said = {
        "of": of, "made_by": made_by(), "voters": matches.voters, "beliefs": asdict(matches.beliefs),
        "careless_levels": [[asdict(level) for level in levels] for levels in matches.careless_levels],
    }  # fmt: skip
    try:
        with whole_file(path, private=True) as made, made.open("wb") as file:
            np.savez(file, **(found | {SAID: np.frombuffer(json.dumps(said).encode(), np.uint8)}))
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error.strerror}. Free some space and try again.") from error


def kept(path: Path, *, of: str) -> Matches | None:
    """Give the matches of a file; None where there is none, or it is of something else."""
    try:
        said = _said(path)
        if said["of"] != of or said["made_by"] != made_by():
            return None
        found: dict[str, Any] = {name: values for name, values in arrays(path).items() if name != SAID}
        believed = said["beliefs"]
        moves = Moves(**believed["moves"] | {"town": tuple(believed["moves"]["town"])})
        beliefs = Beliefs(Prior(**believed["prior"]), _levels(believed["levels"]), believed["source"], moves)
        return Matches(
            **found, voters=said["voters"], beliefs=beliefs, careless_levels=_levels(said["careless_levels"])
        )
    except DAMAGE:
        return None


def is_kept(path: Path, *, of: str) -> bool:
    """Tell whether `kept` would find them; only what the file says of itself is read."""
    try:
        said = _said(path)
        return bool(said["of"] == of and said["made_by"] == made_by())
    except DAMAGE:
        return False


def _said(path: Path) -> Mapping[str, Any]:
    """Give what a file says of itself."""
    said: Mapping[str, Any] = json.loads(arrays(path, SAID)[SAID].tobytes())
    return said


def _levels(given: Iterable[Iterable[Mapping[str, Any]]]) -> tuple[tuple[Level, ...], ...]:
    return tuple(tuple(Level(**level) for level in levels) for levels in given)


@cache
def made_by() -> str:
    """Give the digest of the code that matches: another release may find others."""
    found = hashlib.sha256()
    root = Path(ballotworthy.__file__).parent
    for room in MATCHED_BY:
        for path in sorted((root / room).rglob("*.py")):
            found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return found.hexdigest()
