"""The frame of a petition as the law counts it: which lines of a file are in it, and by which column it is divided."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ballotworthy.files.tables import Table
from ballotworthy.law import Rules
from ballotworthy.petition.framed_file import Frame, read_frame


def frame_by_law(
    path: Path | Table, rules: Rules | None, *, divided: bool = True, given: Mapping[str, str] | None = None
) -> Frame:
    """Give the frame of a file: without blank and struck lines where the law does not count them as filed.

    Args:
        path: a table, in a file or in memory, with sheet and line columns, or a text of line ids.
        rules: the law; every line is in the frame without one.
        divided: give each line's stratum too, where the law divides.
        given: heading by field, where it is said.

    Raises:
        InputError: the file cannot be read, or holds no ids.
        FileFaults: cells that are missing.
    """
    if rules is None:
        return read_frame(path, None, given=given)
    return read_frame(
        path,
        rules.divided_by if divided else None,
        written_only=not rules.blank_lines_count,
        given=given,
        by_law=[each.name for each in rules.strata],
    )
