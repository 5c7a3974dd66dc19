"""The rows of a page: every row of the form comes out, with what state it is in and what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ballotworthy.scan.cells import Ink, cells_of_row, ink_of, row_picture, struck_share
from ballotworthy.scan.posteriors import Reader, Reading
from ballotworthy.sheets.form import Form

RowState = Literal["written", "blank", "struck", "no-signature", "unreadable", "covered"]
INKED = 40
"""Pixels at 200 dpi from which a cell counts as written: a full stop of a pen has about 12, an initial 90."""
TALL, WIDE = 16, 75
"""Pixels at 200 dpi of the picture of the smallest signature, with margins of 9 and 11: its ink is 0.3 inches wide.
A tick drawn over forms had 61, the shortest of 630 drawn signatures 160."""
STRUCK, PERHAPS = 0.4, 0.2
"""Level strokes over so much of a row strike it, or perhaps do, which a person must look at."""
LEGIBLE = 0.35
"""Below this mean probability the name is called unreadable."""


@dataclass(frozen=True)
class Row:
    """One row of a sheet; pictures and readings by field."""

    line: int
    state: RowState
    perhaps_struck: bool
    readings: Mapping[str, Reading]
    pictures: Mapping[str, np.ndarray]
    picture: np.ndarray


def rows_of(
    straight: np.ndarray,
    printed: np.ndarray,
    form: Form,
    reader: Reader,
    light: np.ndarray | None = None,
    *,
    coarse: bool = False,
) -> list[Row]:
    """Give the rows of a straightened front page, as many as the form has; `light`, `coarse` as `ink_of` has them."""
    ink = ink_of(straight, printed, light, coarse=coarse)
    return [_row(straight, ink, form, number, reader) for number in range(form.rows)]


def _row(straight: np.ndarray, ink: Ink, form: Form, number: int, reader: Reader) -> Row:
    cells = {cell.field: cell for cell in cells_of_row(ink, form, number)}
    inked = [name for name, cell in cells.items() if cell.ink >= INKED]
    readings = dict(zip(inked, reader.read([cells[name].picture for name in inked], coarse=ink.coarse), strict=True))
    pictures = {name: cells[name].picture for name in inked}
    struck = struck_share(ink, form, number)
    marks = [name for name in inked if name != "signature" or _may_sign(pictures[name])]
    state = _state(marks, readings, struck) if marks or not inked else "no-signature"
    return Row(
        number + 1,
        state,
        bool(inked) and PERHAPS < struck <= STRUCK,
        readings,
        pictures,
        row_picture(straight, form, number),
    )


def _may_sign(picture: np.ndarray) -> bool:
    """Tell whether the ink of a cell may be a signature: a clerk's tick, or the tail of a letter above, is none."""
    return bool(picture.shape[0] >= TALL and picture.shape[1] >= WIDE)


def _state(inked: list[str], readings: Mapping[str, Reading], struck: float) -> RowState:
    if not inked:
        return "blank"
    if struck > STRUCK:
        return "struck"
    if "signature" not in inked:
        return "no-signature"
    names = [readings[each] for each in ("name", "last_name", "first_name") if each in readings]
    if not {"name", "last_name"} & set(readings) or any(not each.text or each.confidence < LEGIBLE for each in names):
        return "unreadable"
    return "written"
