"""The lines of sheets that were read, each bound to the SHA-256 of its row's picture, as a case takes them in."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.tables import read_table

LINES, ROWS = "lines.csv", "rows"
HASHING = "looking at the pictures"


def bound_lines(sheets: Path, progress: Progress = silent) -> pl.DataFrame:
    """Give the lines of a folder that `sheets read` wrote, with a column `image`: the digest of each row's picture.

    Raises:
        InputError: it is no such folder, or a line's picture is not in it.
    """
    if not (sheets / LINES).is_file() or not (sheets / ROWS).is_dir():
        raise InputError(
            f"{sheets.name} is no folder that `ballotworthy sheets read` wrote: it has no {LINES} and {ROWS}/."
        )
    frame = read_table(sheets / LINES).frame
    if not {"sheet", "line"} <= set(frame.columns):
        raise InputError(
            f"{sheets.name}/{LINES} does not say sheet and line. Bring back the one that was written there."
        )
    digests = []
    for at, (sheet, line) in enumerate(frame.select("sheet", "line").iter_rows()):
        progress(HASHING, at, frame.height)
        picture = sheets / ROWS / f"{sheet}-{line}.png"
        if not picture.is_file():
            raise InputError(f"{sheets.name}/{ROWS} has no picture of line {sheet}-{line}. Read the sheets again.")
        digests.append(hashlib.sha256(picture.read_bytes()).hexdigest())
    return frame.with_columns(image=pl.Series(digests, dtype=pl.String))


def digest_when_bound(sheets: Path) -> str:
    """Give the SHA-256 of the file of lines that a case makes of such a folder when it takes it in.

    Raises:
        InputError: it is no such folder, or a line's picture is not in it.
    """
    return hashlib.sha256(bound_lines(sheets).write_csv().encode()).hexdigest()
