"""What was committed at the start: read again, and refused where it has changed."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.digest import file_digest

FRAME = "frame.jsonl"
WHERE = "where.json"
CHANGED = "The check stands for what was committed. Put the file back as it was, or start a new check with a new seed."


def read_committed(folder: Path, start: dict[str, Any]) -> list[tuple[str, float | None, int]]:
    """Give the frame as committed, after making sure that it, and the files it was made from, are as they were.

    A file that is no longer where it was is not looked for: the folder has all that is needed.

    Raises:
        InputError: the frame, the lines file or the proposals have changed since the start.
    """
    try:
        data = (folder / FRAME).read_bytes()
    except OSError as error:
        raise InputError(f"{folder / FRAME} cannot be opened: {error.strerror}. {CHANGED}") from error
    if sha256(data).hexdigest() != start["committed"]:
        raise InputError(f"the frame in {folder} has changed since the start. {CHANGED}")
    check_sources(folder, start)
    lines = data.decode(errors="surrogateescape").removesuffix("\n").replace("\n", ",\n")
    return [tuple(row) for row in json.loads(f"[{lines}]")]


def check_sources(folder: Path, start: dict[str, Any]) -> None:
    """Refuse to go on when the lines file or the proposals, where they still stand, are not what was committed.

    Raises:
        InputError: one has changed since the start.
    """
    try:
        where = json.loads((folder / WHERE).read_text("utf-8"))
    except (OSError, ValueError):
        return
    names = (("frame", "the lines of the frame"), ("proposals", "the machine's proposals"))
    for path, (key, words) in zip(where, names, strict=False):
        file, committed = folder / path, start[key]
        if isinstance(committed, dict) and file.is_file() and file_digest(file) != committed["sha256"]:
            raise InputError(f"{words} have changed since the start: {file.name} is not what was committed. {CHANGED}")
