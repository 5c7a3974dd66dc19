"""Print petition sheets: a PDF in the form of a place, or the plain one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.sheets import form_of, plain_form, print_sheets, read_measure


@dataclass(frozen=True)
class Printed:
    """Sheets printed: the file, its SHA-256, the form, the first number and how many.

    `left` is what the law asks of the sheet and its form leaves to people, each with its section.
    """

    file: Path
    sha256: str
    form: str
    first: int
    count: int
    left: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give what `sheets print --json` prints."""
        return {**vars(self), "file": str(self.file), "left": list(self.left)}


def print_to(
    file: Path,
    measure: Path,
    *,
    place: str | None = None,
    kind: str | None = None,
    first: int = 1,
    count: int = 1,
    fonts: Path | None = None,
) -> Printed:
    """Write the PDF of `count` sheets numbered from `first`, whole or not at all; the plain form without a place.

    `fonts` is a folder with fonts for letters that the typesetter's own lacks, Chinese ones for example.

    Raises:
        InputError: the measure or the numbers cannot be used, there is no such form, the measure lacks what it asks
            for, a text is too long for it, or its letters are in no font.
        OutputError: the file could not be written.
    """
    if (place is None) != (kind is None):
        raise InputError(
            "a form belongs to a place and a kind. Give both --place and --kind, or neither for the plain form."
        )
    form = form_of(place, kind) if place and kind else plain_form()
    made = print_sheets(form, read_measure(measure), first, count, fonts)
    with whole_file(file) as unfinished:
        unfinished.write_bytes(made)
    left = tuple(f"{each['what']} ({each['section']})" for each in form.data.get("left", ()))
    return Printed(file, hashlib.sha256(made).hexdigest(), form.name, first, count, left)
