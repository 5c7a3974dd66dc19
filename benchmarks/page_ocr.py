"""The peers' way with sheets: text of a whole page by RapidOCR, laid into rows and cells by where it stands.

The page is the one that our reader laid straight, and its cells are those of the form: both are kind to the peer.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ballotworthy.scan.registered import SCALE
from ballotworthy.sheets import Form

FIELDS = ("name", "address")


@cache
def engine() -> Any:
    """Give the engine, loaded once, with the models of its wheel."""
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def texts_of(straight: np.ndarray, form: Form) -> list[tuple[str, str]]:
    """Give name and address of each row of a straightened page: each text in the cell that holds its middle."""
    found = engine()(np.repeat(straight[:, :, None], 3, axis=2))
    rows: list[dict[str, list[tuple[float, str]]]] = [{} for _ in range(form.rows)]
    for box, text in zip(found.boxes if found.boxes is not None else (), found.txts or (), strict=True):
        x, y = np.asarray(box).mean(axis=0) / SCALE
        row = int((y - form.top) // form.row)
        if not 0 <= row < form.rows:
            continue
        down = y - form.top - row * form.row
        for cell in form.cells:
            if cell.x <= x < cell.x + cell.width and cell.y <= down < cell.y + cell.height and text != cell.label:
                rows[row].setdefault(cell.field, []).append((x, text))
    return [_row(form, row) for row in rows]


def _row(form: Form, row: dict[str, list[tuple[float, str]]]) -> tuple[str, str]:
    name, address = (" ".join(text for _, text in sorted(row.get(field, ()))) for field in FIELDS)
    if any(cell.written == "last-first" for cell in form.cells) and "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    return name, address
