"""Check a form that somebody set against what the law of a place prescribes: words, order, type, fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ballotworthy.files.whole import whole_file
from ballotworthy.safe_text import safe_line
from ballotworthy.scan.installed import require_extra
from ballotworthy.sheets import Form, prescribed_form, read_measure

if TYPE_CHECKING:
    from ballotworthy.scan.drawn_type import Drawn, Letter
    from ballotworthy.scan.form_type import Measured, Objection, Unmeasured


@dataclass(frozen=True)
class Checked:
    """A form as checked: objections with their sections, what was measured, what was not or is never, and remarks.

    `margins` is what is free of print on each page: left, top, right, bottom in points, None where nothing is printed;
    `margins_by` is the section that asks for some, empty where none held here does.
    """

    file: Path
    form: str
    pages: int
    objections: tuple[Objection, ...]
    unmeasured: tuple[Unmeasured, ...]
    measured: tuple[Measured, ...]
    margins: tuple[tuple[float, float, float, float] | None, ...]
    margins_by: str
    not_checked: tuple[str, ...]
    remarks: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give what `sheets check --json` prints; boxes are left, top, right, bottom in points."""
        return {
            "file": str(self.file),
            "form": self.form,
            "pages": self.pages,
            "objections": [vars(each) for each in self.objections],
            "unmeasured": [vars(each) for each in self.unmeasured],
            "measured": [vars(each) for each in self.measured],
            "margins": list(self.margins),
            "not_checked": list(self.not_checked),
            "remarks": list(self.remarks),
        }


def check_form_file(
    file: Path, *, place: str, kind: str, picture: Path | None = None, measure: Path | None = None
) -> Checked:
    """Check the PDF of a form, or its scan.

    Args:
        file: the form.
        place: whose law it must keep.
        kind: of petition.
        picture: a PNG to write, with the places marked.
        measure: the TOML with the measure's words, as for printing: title, summary, identifier and text are compared.

    Raises:
        InputError: the extra `scan` is missing, it is no PDF, is locked, cannot be read, or is no form of the kind.
        FileFaults: the measure's file has faults.
        UnknownName: no form is held for the place or the kind.
        OutputError: the picture could not be written.
    """
    require_extra()
    from ballotworthy.scan.drawn_type import drawn_in  # here, since other verbs do without the extra
    from ballotworthy.scan.form_check import check_form
    from ballotworthy.scan.marked import marked_pages
    from ballotworthy.scan.picture_form import source_of
    from ballotworthy.scan.pictured_type import MOST_READ, Eyes

    form = prescribed_form(place, kind)
    own = read_measure(measure).words if measure else None
    source = source_of(file)
    drawn, eyes = drawn_in(source), Eyes(source)
    read: list[int] = []

    def pictured() -> list[Letter]:
        read.extend(sorted({*range(1, min(MOST_READ, len(drawn.pages)) + 1), *drawn.pictures}))
        return eyes.letters(read)

    done = check_form(drawn, form, source, pictured, eyes.likeness, own)
    if picture:
        with whole_file(picture) as unfinished:
            unfinished.write_bytes(marked_pages(source, done.objections))
    return Checked(
        file,
        form.name,
        len(drawn.pages),
        tuple(done.objections),
        tuple(done.unmeasured),
        tuple(done.measured),
        drawn.margins,
        form.data.get("margins", {}).get("section", ""),
        tuple(_never(form, measure)),
        (*done.remarks, *_remarks(drawn, read)),
    )


def _never(form: Form, measure: Path | None) -> Iterator[str]:
    """Give what is never measured; whether words are the measure's own is, where it is given."""
    for each in form.data["unchecked"]:
        what = each["what"]
        if measure and each.get("by_measure"):
            what = f"whether the words in {safe_line(measure.name)} are the official ones"
        yield f"{what} ({each['section']})"


def _remarks(drawn: Drawn, read: Sequence[int]) -> Iterator[str]:
    """Give what is to be said of a file whatever the law is; `read` are the pages that were read as pictures."""
    if drawn.scripts:
        yield f"it holds {drawn.scripts} JavaScript, which was not run; a form needs none"
    if unread := [each for each in drawn.pictures if each not in read]:
        yield f"page {_listed(unread)} bears print that is no text, and was not read"
    if read:
        yield f"page {_listed(read)} was read as a picture by the recogniser, which may misread: compare the words"
        if others := [each for each in range(1, len(drawn.pages) + 1) if each not in read]:
            yield f"of page {_listed(others)} the text alone was looked at: words drawn as outlines are not seen"
    if drawn.scaled:
        yield "its pages have a unit of their own (UserUnit), which not every printer keeps: save it without"
    for number, margin in enumerate(drawn.margins, 1):
        if margin and min(margin) <= 0 and number not in drawn.pictures:
            yield f"print reaches the edge of page {number}, where a printer may cut it off"


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))
