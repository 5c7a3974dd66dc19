"""Learn a form that somebody else drew from one page of it: form.toml, and a picture for a person to correct it by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.safe_text import safe_line
from ballotworthy.scan.installed import require_extra
from ballotworthy.sheets.labels import UNKNOWN


@dataclass(frozen=True)
class Learned:
    """A form as proposed: the two files, the rows of a page, and each column's label and field.

    `guessed` where no lines stand between the columns, so that headings alone say how wide they are; `shaded` where
    rows are shaded by turns, and a white one before the first or behind the last may not have been seen. `back` are the
    lines by which the page behind it is known as its back, if it is one; `beyond` are the bands of its table that are
    no rows of it.
    """

    form: Path
    picture: Path
    rows: int
    columns: tuple[tuple[str, str], ...]
    guessed: bool
    shaded: bool = False
    back: tuple[str, ...] = ()
    beyond: int = 0

    @property
    def unknown(self) -> int:
        """How many columns have the field "?"."""
        return sum(field == UNKNOWN for _, field in self.columns)

    def to_dict(self) -> dict[str, Any]:
        """Give what `sheets learn --json` prints."""
        return {
            "form": str(self.form),
            "picture": str(self.picture),
            "rows": self.rows,
            "columns": [{"label": label, "field": field} for label, field in self.columns],
            "unknown": self.unknown,
            "guessed": self.guessed,
            "shaded": self.shaded,
            "back": list(self.back),
            "beyond": self.beyond,
        }


def learn_form(page: Path, form: Path, *, number: int = 1) -> Learned:
    """Propose form.toml from a page of a scan, blank or filled, and draw it over the page beside it (form.png).

    Where the page behind it in the file has no rows, it is taken to be its back, and lines are proposed to know it by.

    Raises:
        InputError: the extra `scan` is missing, the page cannot be read, or no table of rows stands on it.
        OutputError: a file could not be written.
    """
    require_extra()
    import cv2  # here, since other verbs do without the extra

    from ballotworthy.scan.covered_foreign import steps_of_shading
    from ballotworthy.scan.foreign_back import proposed_back
    from ballotworthy.scan.learned import propose
    from ballotworthy.scan.page_text import Finder
    from ballotworthy.scan.pages import pages_of
    from ballotworthy.scan.posteriors import Reader
    from ballotworthy.scan.proposed_file import drawn, toml_of
    from ballotworthy.scan.registered import Lost

    if not page.is_file():
        raise InputError(f"there is no file {page}.")
    picture = form.with_suffix(".png")
    if form.suffix.lower() != ".toml":
        raise InputError(f"{form.name} is no name for a form. Name one that ends in .toml; its picture goes beside it.")
    found, behind = [*islice(pages_of(page), number - 1, number + 1), None, None][:2]
    where = f"page {number} of {safe_line(page.name)}"
    if found is None:
        raise InputError(f"there is no {where}.")
    if found.picture is None:
        raise InputError(f"{where} cannot be read: {found.fault}.")
    finder, reader = Finder(), Reader()
    proposal = propose(found.picture, finder, reader)
    if isinstance(proposal, Lost):
        raise InputError(f"no form was learned from {where}: {proposal.why}.")
    back: tuple[str, ...] = ()
    if behind is not None and behind.picture is not None and isinstance(propose(behind.picture, finder, reader), Lost):
        back = proposed_back(found.picture, behind.picture, finder, reader)
    png = cv2.imencode(".png", drawn(proposal))[1].tobytes()
    with whole_file(picture, private=True) as unfinished:  # the page may be a filled one
        unfinished.write_bytes(png)
    with whole_file(form) as unfinished:
        unfinished.write_text(toml_of(proposal, back), "utf-8")
    columns = tuple((each.label, each.field) for each in proposal.columns)
    table = proposal.table
    shaded = steps_of_shading(proposal.picture, table.edges, table.left, table.right) is not None
    return Learned(form, picture, len(table.edges) - 1, columns, proposal.guessed, shaded, back, proposal.beyond)
