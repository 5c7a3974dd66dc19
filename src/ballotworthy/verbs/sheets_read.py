"""Read scanned sheets: lines.csv, pictures of rows and cells, what the recogniser saw, what was not read and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ballotworthy import __version__
from ballotworthy.errors import InputError
from ballotworthy.files.digest import file_digest
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.resumed import Journal, resumable
from ballotworthy.files.whole import refuse_foreign, whole_folder
from ballotworthy.petition.pictures import LINES, MARKER, READ
from ballotworthy.scan.installed import require_extra
from ballotworthy.scan.kept_rows import keep_declared, keep_row, line_of, write_lines
from ballotworthy.sheets import Form, form_of, plain_form, read_form, read_measure
from ballotworthy.sheets.pile import lacking

if TYPE_CHECKING:
    from ballotworthy.scan.own_pages import Told
    from ballotworthy.scan.pages import Page
    from ballotworthy.sheets import MeasureText

HOLDS = (LINES, READ, "rows", "cells", "readings")
NEEDS_MEASURE = (
    "the circulator's declaration: where its blanks stand hangs on the measure's words. Read the scans with --measure, "
    "the file that the sheets were printed from"
)


@dataclass(frozen=True)
class Read:
    """Sheets read: the folder, what sheets.json says of pages and rows, and how many pages an earlier run had read.

    `kept` says that the folder was there already, read from the same scans.
    """

    folder: Path
    about: Mapping[str, Any]
    went_on: int = 0
    kept: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give what `sheets read --json` prints."""
        return {"folder": str(self.folder), **self.about}


def read_scans(
    scans: Sequence[Path],
    folder: Path,
    *,
    place: str | None = None,
    kind: str | None = None,
    form: Path | None = None,
    measure: Path | None = None,
    most: int | None = None,
    anew: bool = True,
    progress: Progress = silent,
) -> Read:
    """Read scans of sheets into a folder, whole or not at all: our own, or those that a form.toml describes.

    A run that was killed is gone on with where it stopped, by the next one of the same scans into the same folder.

    Every row of every page of signers that was found comes out, in whatever state. A page that cannot be read is told
    by file and number, and stops nothing. A sheet scanned twice is read once, the first time; the other is told. So is
    a sheet of another measure: than `measure`, a TOML as for printing, or else than the first page. `most` is how many
    pages are read at once, where somebody else's upload could go on for ever. Unless they are to be read `anew`, a
    folder that was read from the same scans by the same form, model and program is given as it is, with what people
    have typed into it since.

    Raises:
        InputError: the extra `scan` is missing, there is no such form, no scan is given, there are too many pages, or
            people have typed into the folder's lines.csv.
        FileFaults: form.toml has faults, or a column whose field is still "?".
        OutputError: the folder could not be written.
    """
    require_extra()
    _refuse_apart(place, kind, form, measure)
    foreign = read_form(form) if form else None
    words = read_measure(measure) if measure else None
    own = form_of(place, kind) if place and kind else plain_form()
    _refuse_absent(scans)
    _refuse_many(scans, most)
    from ballotworthy.scan.foreign_pages import foreign_pages  # here, since other verbs do without the extra
    from ballotworthy.scan.own_pages import own_pages

    chosen = foreign.form if foreign else own
    key = _key(scans, chosen, words.code if words else "", foreign=foreign is not None)
    if not anew and (about := _about(folder)).get("read_from") == key:
        return Read(folder, about, kept=True)
    _refuse_to_lose(folder)
    refuse_foreign(folder, MARKER, HOLDS)
    with resumable(folder, key) as begun, whole_folder(folder, marker=MARKER, holds=HOLDS, private=True) as made:
        journal = Journal(begun / "pages.jsonl")
        went_on = len(journal.entries)
        before = [each["told"] for each in journal.entries]
        pages = _pages(scans, went_on, progress)
        keep = partial(keep_declared, begun)
        told = foreign_pages(pages, foreign, begun, before) if foreign else own_pages(pages, own, words, before, keep)
        _read_on(told, chosen, begun, journal)
        more = {"read_from": key} if foreign else {"read_from": key, **_of_declaration(own, words)}
        about = _write(journal, chosen, begun, made, more, numbered=not foreign)
        if not (anew or about["rows"]):
            _refuse_to_empty(folder)
    return Read(folder, about, went_on)


def _refuse_to_empty(folder: Path) -> None:
    """Refuse to put a reading without a row in the place of one with rows."""
    if _about(folder).get("rows"):
        raise InputError(
            f"no row of a sheet was read. {folder} holds rows that were read before, of other scans or by another "
            "form; they stay. Name the form of these scans with --form, or another folder with --read-into."
        )


def _refuse_apart(place: str | None, kind: str | None, form: Path | None, measure: Path | None) -> None:
    """Refuse what cannot be given together, or not alone."""
    if (place is None) != (kind is None):
        raise InputError(
            "a form belongs to a place and a kind. Give both --place and --kind, or neither for the plain form."
        )
    if form and place:
        raise InputError("--form is for a form of others, --place for ours. Give one of them.")
    if form and measure:
        raise InputError("the sheets of others bear no code of a measure. Leave --measure out.")


def _refuse_absent(scans: Sequence[Path]) -> None:
    absent = [each for each in scans if not each.is_file()]
    if absent or not scans:
        if absent and absent[0].is_dir():
            raise InputError(f"{absent[0]} is a folder. Name the scans in it, such as {absent[0]}/*.pdf.")
        raise InputError(f"there is no file {absent[0]}." if absent else "no scan is given.")


def _refuse_many(scans: Sequence[Path], most: int | None) -> None:
    from ballotworthy.scan.pages import pages_in

    if most is not None and (pages := sum(map(pages_in, scans))) > most:
        raise InputError(
            f"these scans have {pages:,} pages, and at most {most:,} are read at once. Send them in parts."
        )


def _refuse_to_lose(folder: Path) -> None:
    """Refuse a folder whose lines.csv people have changed since it was read."""
    try:
        made = _about(folder)["lines_sha256"]
        typed = file_digest(folder / LINES) != made
    except (OSError, KeyError):  # no folder, or nothing in it to be lost
        return
    if typed:
        raise InputError(
            f"{folder / LINES} was changed since it was read, and what was typed there would be lost. "
            "Name a new folder, or remove this one first."
        )


def _about(folder: Path) -> dict[str, Any]:
    """Give what the folder says of itself; nothing where it is none that was read."""
    try:
        about = json.loads((folder / MARKER).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return about if isinstance(about, dict) else {}


def _key(scans: Sequence[Path], form: Form, measure: str, *, foreign: bool) -> dict[str, Any]:
    """Give all that reading hangs on: what an earlier run read is used only where it is the same."""
    from ballotworthy.scan.posteriors import MODEL_SHA256  # here, since other verbs do without the extra

    return {
        "form": [form.name, form.digest, foreign],
        "measure": measure,
        "model": MODEL_SHA256,
        "program": __version__,
        "scans": [[scan.name, file_digest(scan)] for scan in scans],
    }


def _read_on(pages: Iterator[Told], form: Form, begun: Path, journal: Journal) -> None:
    """Read the pages that are left, and keep each before the next."""
    for each in HOLDS[2:]:
        (begun / each).mkdir(exist_ok=True)
    for about, rows in pages:
        for row in rows:
            keep_row(begun, about["sheet"], row)
        lines = [line_of(about["page"], about["sheet"], row, form) for row in rows]
        journal.add({"told": about, "lines": lines})


def _write(
    journal: Journal, form: Form, begun: Path, made: Path, more: Mapping[str, Any], *, numbered: bool
) -> dict[str, Any]:
    from ballotworthy.scan.posteriors import MODEL_SHA256  # here, since other verbs do without the extra

    for each in HOLDS[2:]:
        (begun / each).replace(made / each)
    entries = _of_whole_sheets(journal.entries)
    lines: list[dict[str, Any]] = [line for each in entries for line in each["lines"]]
    told: list[dict[str, Any]] = [each["told"] for each in entries]
    write_lines(lines, form, made)
    backed = bool(form.data.get("declaration" if numbered else "back"))
    about = {
        "form": form.name,
        "form_sha256": form.digest,
        "model_sha256": MODEL_SHA256,
        "lines_sha256": file_digest(made / LINES),
        **more,
        "rows": len(lines),
        "states": {
            state: sum(line["row_state"] == state for line in lines)
            for state in sorted({line["row_state"] for line in lines})
        },
        "not_read": sum("not_read" in page for page in told),
        "lacking": lacking(told, backed=backed) if numbered or backed or "sheet_number" in form.data else [],
        "pages": told,
    }
    (made / MARKER).write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    return about


def _of_whole_sheets(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give what was read of each page, no line of one with an edge past the picture whose whole sheet came later."""
    read = [each["told"] for each in entries if "not_read" not in each["told"]]
    whole = {(told["sheet"], told["side"]): told["page"] for told in read if "cut_off" not in told}
    kept = []
    for each in entries:
        told = each["told"]
        page = whole.get((told.get("sheet"), told.get("side"))) if "cut_off" in told else None
        if page is not None and "not_read" not in told:
            each = {"told": told | {"not_read": f"page {page} shows the whole of its sheet, and was read"}, "lines": []}
        kept.append(each)
    return kept


def _of_declaration(form: Form, measure: MeasureText | None) -> dict[str, Any]:
    """Give what the law makes of a declaration, and whether those of these sheets could not be looked at."""
    from ballotworthy.scan.declared import law_of, needs_measure  # here, since other verbs do without the extra

    law = {"declared": law_of(form)} if law_of(form) else {}
    return {**law, "not_looked_at": [NEEDS_MEASURE] if needs_measure(form) and not measure else []}


def _pages(scans: Sequence[Path], skip: int, progress: Progress) -> Iterator[Page]:
    from ballotworthy.scan.pages import pages_in, pages_of

    counts = [pages_in(scan) for scan in scans]
    done = 0
    for scan, count in zip(scans, counts, strict=True):
        for page in pages_of(scan, max(0, skip - done)) if skip < done + count else ():
            progress("Reading scans", done + page.number - 1, sum(counts))
            yield page
        done += count
    progress("Reading scans", done, done)
