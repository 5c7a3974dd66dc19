"""Type cells of lines anew where a transcriber or a machine misread them; the lines are matched by the new text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.bench import Bench, kept_files, read_parts, typed_anew
from ballotworthy.casework.how_read import filed_in
from ballotworthy.casework.retyped import Cells, papers_of, text_of
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.typed_days import with_days
from ballotworthy.errors import InputError
from ballotworthy.petition.numbered import as_known

BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Retyped:
    """How many cells of how many lines were typed anew."""

    record: RecordAt
    lines: int
    cells: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case retype --json` prints it."""
        return {**self.record.to_dict(), "lines": self.lines, "cells": self.cells}


def retype_lines(room: Room, cells: Cells, *, by: str, why: str, bench: Bench | None = None) -> Retyped:
    """Enter what a person read in cells of lines that nobody has ruled on; all of it or nothing.

    The record holds which cells, by whom, why, and a keyed hash of their text; the text is kept with the names.

    Args:
        room: the case.
        cells: by line and field, what stands there, nothing as an empty text; a day is kept as YYYY-MM-DD, and read as
            intake reads one.
        by: who typed them.
        why: what was wrong.
        bench: the lines, where they are laid out; they are read from the private folder if absent. It is not changed:
            `casework.bench.brought_up` gives it with these lines matched anew.

    Raises:
        InputError: there is nothing to type, the lines have no such cell, or a text cannot stand in it.
        Refused: a line is not in the frame, or somebody has ruled on it; the case is certified.
    """
    if not any(cells.values()):
        raise InputError("no cell was typed anew. Say the line, the field and what stands there.")
    for line, each in cells.items():
        _check(line, each)
    case = room.case()
    if case.rules is None or case.frame.fixed is None:
        raise InputError("the frame of this case is not fixed. Until then, take the lines in as they should be.")
    cells = _as_known(cells, case.frame.at)
    parts = bench.parts if bench else read_parts(kept_files(room), case.rules, filed_in(case))
    cells = with_days(parts, cells)
    typed_anew(parts, cells)
    hashed = room.voter_key().hashed
    bodies = [
        {"line": line, "fields": sorted(each), "text": hashed(text_of(line, each)), "why": why}
        for line, each in cells.items()
    ]
    room.write(lambda _: [Act(by, "retyped", body) for body in bodies], lambda after: papers_of(cells, after))
    return Retyped(room.at(), len(cells), sum(map(len, cells.values())))


def _as_known(cells: Cells, lines: Collection[str]) -> Cells:
    """Give the cells of lines as the case names them, however a table writes their numbers.

    Raises:
        InputError: a line is named in two ways.
    """
    known = as_known(cells, lines)
    often = Counter(known.get(line, line) for line in cells)
    if twice := next((line for line, times in often.items() if times > 1), ""):
        raise InputError(f"line {twice} is named in two ways, such as 01 and 1. Name it in one.")
    return {known.get(line, line): each for line, each in cells.items()}


def _check(line: str, cells: Mapping[str, str]) -> None:
    """Refuse a text that cannot stand in its cell; no message says it."""
    for name, text in cells.items():
        if BREAKS.search(text):
            raise InputError(
                f"the text typed for {name} of line {line} has more than one line, or a sign that none shows."
            )
        if name == "birth_year" and text and not re.fullmatch("[0-9]{4}", text):
            raise InputError(f"what was typed for {name} of line {line} is no year. Type four digits.")
