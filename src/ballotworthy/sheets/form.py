"""A form: where its marks, rows and cells stand, in points from the page's top left, and what the law prescribes."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from ballotworthy.errors import UnknownName
from ballotworthy.files.places import place_codes, place_file

FILE = "sheet.toml"
MARK = 30.0
"""The side of a mark, and with the margin its place in the corner, in points."""
MARGIN = 24.0
CODE = 54.0
"""The side of the QR code."""
LAID = ("page", "cells", "declaration")
"""What of a form says where things stand."""


@dataclass(frozen=True)
class Cell:
    """One box of a row, in points from the row's top left; `field` is as in lines.csv, empty for the office's.

    `caption` is where print stands in it in every row: left, top, right, bottom, empty if nowhere, None if not known.
    `letters` is the number of boxes for one letter each; `written` says how: "last-first", "address-city-zip",
    "city-zip".
    """

    field: str
    label: str
    x: float
    y: float
    width: float
    height: float
    letters: int = 0
    written: str = ""
    caption: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Form:
    """One form: its page, its rows, and its prescriptions, each with the section it comes from.

    A form that is held to be checked and not to be printed has no rows and no cells.

    `digest` is of what a reader of its sheets goes by, where things stand on them: a printed sheet stays readable when
    a source or a comment of its prescriptions changes.
    """

    place: str
    kind: str
    width: float
    height: float
    top: float
    row: float
    rows: int
    cells: tuple[Cell, ...]
    data: Mapping[str, Any]
    digest: str
    clear: float = 0.0
    """How wide the bottom left corner is kept free of marks, in points from the edge of the page."""
    above: float = MARGIN
    """How far down marks and print begin, in points."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that signers fill, in the order of the cells, the signature among them."""
        return tuple(cell.field for cell in self.cells if cell.field)

    @property
    def name(self) -> str:
        """The name that stands in the code of a sheet: `us-ca/amendment`, `plain`."""
        return f"{self.place}/{self.kind}" if self.kind else self.place

    @property
    def sides(self) -> tuple[int, ...]:
        """The pages of a sheet by number: 1 has the rows, 2 is the back, 3 the cover of a section."""
        return (1, 2, 3) if "cover" in self.data else (1, 2)

    def corners(self) -> tuple[tuple[float, float], ...]:
        """Give the top left of the four marks: top left, top right, bottom right, bottom left."""
        right, bottom = self.width - MARGIN - MARK, self.height - MARGIN - MARK
        return (MARGIN, self.above), (right, self.above), (right, bottom), (max(MARGIN, self.clear), bottom)

    def inner(self) -> tuple[tuple[float, float], ...]:
        """Give the top left of the two marks that hold the number of the sheet."""
        bottom = self.height - MARGIN - MARK
        return (self.width / 4 - MARK / 2, bottom), (3 * self.width / 4 - MARK / 2, bottom)


def plain_form() -> Form:
    """Give the form of no place: name, signature, address, city, zip code and date, ten rows a page."""
    return _form("plain", "", (files("ballotworthy") / "sheets" / "plain.toml").read_bytes())


def form_of(place: str, kind: str) -> Form:
    """Give the form of a place for a kind of petition, as it is printed and read.

    Raises:
        UnknownName: no such place, no form is laid out for it, or none for the kind.
    """
    form = prescribed_form(place, kind)
    if not form.cells:
        laid = [each for each in place_codes() if "cells" in _held(each)]
        raise UnknownName("form to be printed held for", place, laid)
    return form


def prescribed_form(place: str, kind: str) -> Form:
    """Give what the law of a place prescribes for its form; a form that is only checked has no rows and cells.

    Raises:
        UnknownName: no such place, no form is held for it, or none for the kind.
    """
    try:
        text = place_file(place, FILE).read_bytes()
    except UnknownName:
        if place not in place_codes():
            raise
        raise UnknownName("form held for", place, [each for each in place_codes() if _held(each)]) from None
    kinds = tomllib.loads(text.decode())["kinds"]
    if kind not in kinds:
        raise UnknownName(f"form of {place} for", kind, kinds)
    return _form(place, kind, text)


def _held(place: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(place_file(place, FILE).read_text("utf-8"))
    except (UnknownName, FileNotFoundError):
        return {}


def _of_kind(data: dict[str, Any], kind: str) -> dict[str, Any]:
    """Give prescriptions without those of other kinds."""
    return {
        name: [each for each in held if not isinstance(each, dict) or kind in each.get("kinds", [kind])]
        if isinstance(held, list)
        else held
        for name, held in data.items()
    }


def _form(place: str, kind: str, text: bytes) -> Form:
    data = _of_kind(tomllib.loads(text.decode()), kind)
    page = data.get("page", dict.fromkeys(("width", "height", "top", "row", "rows"), 0))
    return Form(
        place,
        kind,
        float(page["width"]),
        float(page["height"]),
        float(page["top"]),
        float(page["row"]),
        int(page["rows"]),
        tuple(Cell(**each) for each in data.get("cells", ())),
        data,
        hashlib.sha256(json.dumps([data.get(each) for each in LAID], sort_keys=True).encode()).hexdigest(),
        float(page.get("clear", 0)),
        float(page.get("above", MARGIN)),
    )
