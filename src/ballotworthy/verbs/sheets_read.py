"""Read scanned sheets: lines.csv, pictures of rows and cells, what the recogniser saw, what was not read and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.cells import write_table
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.whole import whole_folder
from ballotworthy.petition.pictures import LINES, MARKER, READ
from ballotworthy.scan.installed import require_extra
from ballotworthy.sheets import Form, form_of, plain_form

if TYPE_CHECKING:
    from ballotworthy.scan.pages import Page
    from ballotworthy.scan.rows import Row

HOLDS = (LINES, READ, "rows", "cells", "readings")


@dataclass(frozen=True)
class Read:
    """Sheets read: the folder, and what sheets.json says of pages and rows."""

    folder: Path
    about: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Give what `sheets read --json` prints."""
        return {"folder": str(self.folder), **self.about}


def read_scans(
    scans: Sequence[Path],
    folder: Path,
    *,
    place: str | None = None,
    kind: str | None = None,
    progress: Progress = silent,
) -> Read:
    """Read scans of our own sheets into a folder, whole or not at all.

    Every row of every front page that was found comes out, in whatever state. A page that cannot be read is told by
    file and number, and stops nothing. A sheet scanned twice is read once, the first time; the other is told.

    Raises:
        InputError: the extra `scan` is missing, there is no such form, or no scan is given.
        OutputError: the folder could not be written.
    """
    require_extra()
    if (place is None) != (kind is None):
        raise InputError(
            "a form belongs to a place and a kind. Give both --place and --kind, or neither for the plain form."
        )
    form = form_of(place, kind) if place and kind else plain_form()
    absent = [each for each in scans if not each.is_file()]
    if absent or not scans:
        raise InputError(f"there is no file {absent[0]}." if absent else "no scan is given.")
    with whole_folder(folder, marker=MARKER, holds=HOLDS, private=True) as made:
        about = _write(scans, form, made, progress)
    return Read(folder, about)


def _write(scans: Sequence[Path], form: Form, made: Path, progress: Progress) -> dict[str, Any]:
    from ballotworthy.scan.cells import blank_print  # here, since other verbs do without the extra
    from ballotworthy.scan.posteriors import MODEL_SHA256, Reader
    from ballotworthy.scan.registered import Lost, lay_straight
    from ballotworthy.scan.rows import rows_of

    for each in HOLDS[2:]:
        (made / each).mkdir()
    reader, printed = Reader(), blank_print(form)
    lines: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    read: dict[tuple[int, int], int] = {}
    for number, page in enumerate(_pages(scans, progress), 1):
        told: dict[str, Any] = {"page": number, "file": page.file, "page_of_file": page.number, "sha256": page.sha256}
        pages.append(told)
        found = lay_straight(page.picture, form) if page.picture is not None else Lost(page.fault)
        if isinstance(found, Lost):
            told["not_read"] = found.why
            continue
        if found.sheet is None:
            told["not_read"] = "its number is legible neither in marks nor in its code; scan it at 200 dpi or more"
            continue
        told |= {"sheet": found.sheet, "side": found.side, "remarks": list(found.remarks)}
        before = read.setdefault((found.sheet, found.side), number)
        if before != number:
            told["not_read"] = (
                f"it is the sheet of page {before} again; if these are two sheets, one bears a wrong number"
            )
        elif found.side == 1:
            for row in rows_of(found.picture, printed, form, reader):
                lines.append(_line(number, found.sheet, row, form))
                _keep(made, found.sheet, row)
    _write_lines(lines, form, made)
    about = {
        "form": form.name,
        "form_sha256": form.digest,
        "model_sha256": MODEL_SHA256,
        "rows": len(lines),
        "states": {
            state: sum(line["row_state"] == state for line in lines)
            for state in sorted({line["row_state"] for line in lines})
        },
        "not_read": sum("not_read" in page for page in pages),
        "pages": pages,
    }
    (made / MARKER).write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    return about


def _pages(scans: Sequence[Path], progress: Progress) -> Iterator[Page]:
    from ballotworthy.scan.pages import pages_of

    for done, scan in enumerate(scans):
        progress("Reading scans", done, len(scans))
        yield from pages_of(scan)
    progress("Reading scans", len(scans), len(scans))


def _line(page: int, sheet: int, row: Row, form: Form) -> dict[str, Any]:
    line: dict[str, Any] = {"page": page, "sheet": sheet, "line": row.line, "row_state": row.state}
    doubtful = row.perhaps_struck or row.state in ("struck", "no-signature", "unreadable")
    line["struck"] = "?" if doubtful else ""  # which `check` leaves to a person
    for field in _columns(form):
        reading = row.readings.get(field)
        line[field] = reading.text if reading else ""
        line[f"{field}_confidence"] = round(reading.confidence, 3) if reading else None
    return line


def _columns(form: Form) -> list[str]:
    return [field for field in form.fields if field != "signature"]


def _write_lines(lines: Sequence[Mapping[str, Any]], form: Form, made: Path) -> None:
    schema: dict[str, Any] = {
        "page": pl.Int64,
        "sheet": pl.Int64,
        "line": pl.Int64,
        "row_state": pl.String,
        "struck": pl.String,
    }
    for field in _columns(form):
        schema |= {field: pl.String, f"{field}_confidence": pl.Float64}
    table = pl.DataFrame(lines, schema=schema).sort("sheet", "line")
    write_table(table, made / LINES)
    write_table(table.select("sheet", "line", *_columns(form)), made / READ)  # what people type is told by it


def _keep(made: Path, sheet: int, row: Row) -> None:
    """Keep the pictures of a row and its cells, and what was seen in each."""
    import cv2
    import numpy as np

    place = f"{sheet}-{row.line}"
    cv2.imwrite(str(made / "rows" / f"{place}.png"), row.picture)
    for field, picture in row.pictures.items():
        cv2.imwrite(str(made / "cells" / f"{place}-{field}.png"), picture)
    for field, reading in row.readings.items():
        np.save(made / "readings" / f"{place}-{field}.npy", reading.posteriors)
