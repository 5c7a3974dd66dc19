"""Rows and cells cut from a page of our own form and read by nobody: of sheets whose lines people have typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ballotworthy.scan.cells import cells_of_row, ink_of, row_picture
from ballotworthy.scan.own_print import COARSE_DPI, blank_print, print_on
from ballotworthy.scan.registered import Lost, lay_straight
from ballotworthy.scan.rows import INKED
from ballotworthy.sheets.form import Form


@dataclass(frozen=True)
class Cut:
    """A row of a sheet, by its line: its grey picture, and those of its cells that bear writing, by field."""

    line: int
    picture: np.ndarray
    cells: Mapping[str, np.ndarray]


def cuts_of(grey: np.ndarray, form: Form, sheet: int) -> list[Cut]:
    """Give the rows of the front of a sheet, as many as the form has; none where the page is not found to be that.

    Args:
        grey: the page as scanned, uint8 (height, width).
        form: whose sheet it is.
        sheet: its number.
    """
    found = lay_straight(grey, form)
    if isinstance(found, Lost) or (found.sheet, found.side) != (sheet, 1):
        return []
    mask = print_on(found.picture, blank_print(form), form, found.dpi).mask
    ink = ink_of(found.picture, mask, coarse=found.dpi < COARSE_DPI)
    return [
        Cut(
            row + 1,
            row_picture(found.picture, form, row),
            {each.field: each.picture for each in cells_of_row(ink, form, row) if each.ink >= INKED},
        )
        for row in range(form.rows)
    ]
