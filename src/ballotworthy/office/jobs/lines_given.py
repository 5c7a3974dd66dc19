"""The lines that a job was given, of a file that was uploaded or of sheets that were read; and how they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ballotworthy.casework.bound_lines import LINES
from ballotworthy.errors import InputError
from ballotworthy.office.uploads import named_as_given, sheets_read, staged


@contextmanager
def lines_given(said: Mapping[str, Any]) -> Iterator[Path]:
    """Give the file, which messages call by its own name.

    Raises:
        InputError: it is not there any more.
    """
    with named_as_given(sheets_given(said) / LINES if said["sheets"] else staged(said)) as path:
        yield path


def sheets_given(said: Mapping[str, Any]) -> Path:
    """Give the folder of sheets that were read.

    Raises:
        InputError: it is not there.
    """
    found = next((path for path in sheets_read() if path.name == said["sheets"]), None)
    if found is None:
        raise InputError("there are no such sheets in the office's folder `sheets`.")
    return found


def how_read(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is told of the file beside itself, by the names of `read_batch`."""
    return {
        "stratum": said["stratum"],
        "mapping": said["columns"],
        "lenient": said["lenient"] or bool(said["sheets"]),  # a day that was misread is typed anew at the desk
        "dates": said["dates"],
        "settled": said.get("settled", False) and not said["sheets"],
    }
