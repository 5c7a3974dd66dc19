"""Check a form that somebody set against what the law of a place prescribes: words, order, type, fields."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ballotworthy.files.whole import whole_file
from ballotworthy.scan.installed import require_extra
from ballotworthy.sheets import form_of

if TYPE_CHECKING:
    from ballotworthy.scan.form_check import Measured, Objection


@dataclass(frozen=True)
class Checked:
    """A form as checked: objections with their sections, what was measured, what was not, and remarks."""

    file: Path
    form: str
    pages: int
    objections: tuple[Objection, ...]
    measured: tuple[Measured, ...]
    not_checked: tuple[str, ...]
    remarks: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give what `sheets check --json` prints; boxes are left, top, right, bottom in points."""
        return {
            "file": str(self.file),
            "form": self.form,
            "pages": self.pages,
            "objections": [vars(each) for each in self.objections],
            "measured": [vars(each) for each in self.measured],
            "not_checked": list(self.not_checked),
            "remarks": list(self.remarks),
        }


def check_form_file(file: Path, *, place: str, kind: str, picture: Path | None = None) -> Checked:
    """Check the PDF of a form; `picture` is a PNG to write, with the places of the first page marked.

    Raises:
        InputError: the extra `scan` is missing, it is no PDF, is locked, has no text, or is no form of the kind.
        UnknownName: no form is held for the place or the kind.
        OutputError: the picture could not be written.
    """
    require_extra()
    from ballotworthy.scan.drawn_type import drawn_in  # here, since other verbs do without the extra
    from ballotworthy.scan.form_check import NOT_CHECKED, check_form
    from ballotworthy.scan.marked import marked_page

    form = form_of(place, kind)
    drawn = drawn_in(file)
    objections, measured = check_form(drawn, form)
    remarks = []
    if drawn.scripts:
        remarks.append(f"it holds {drawn.scripts} JavaScript, which was not run; a form needs none")
    if drawn.pictures:
        remarks.append(
            f"page {', '.join(map(str, drawn.pictures))} is a picture without text: its type was not measured"
        )
    if picture:
        with whole_file(picture) as unfinished:
            unfinished.write_bytes(marked_page(file, objections))
    return Checked(file, form.name, len(drawn.pages), tuple(objections), tuple(measured), NOT_CHECKED, tuple(remarks))
