"""Folders as `sheets read` writes them, of pictures made up letter by letter; how these are weighed is not used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.petition.pictures import BLANK, CLASSES, class_of

FIELDS = ("name", "address", "city", "zip", "signed_on")


def picture(text: str, also: Mapping[int, tuple[str, float]] | None = None) -> np.ndarray:
    """Give probabilities that show a text, a step a letter and one of nothing behind each.

    `also` gives, by place in the text, another letter that the picture allows, and how probable it is.
    """
    steps = np.full((2 * len(text) + 1, CLASSES), 1e-5)
    steps[0::2, BLANK] = 1
    for at, letter in enumerate(text):
        other, share = (also or {}).get(at, (letter, 0.0))
        steps[2 * at + 1, class_of(letter)] += 1 - share
        steps[2 * at + 1, class_of(other)] += share
    return (steps / steps.sum(axis=1, keepdims=True)).astype(np.float16)


def folder_of(
    folder: Path, rows: Sequence[Mapping[str, str]], pictures: Mapping[tuple[int, str], np.ndarray] | None = None
) -> Path:
    """Write a folder of one sheet: rows of texts as read, each cell with a picture, its own or one of its text."""
    (folder / "readings").mkdir(parents=True)
    fields = (*FIELDS, "ward") if any("ward" in row for row in rows) else FIELDS
    lines = []
    for number, row in enumerate(rows, 1):
        state = row.get("row_state", "written" if row else "blank")
        line = {"page": "1", "sheet": "1", "line": str(number), "row_state": state, "struck": row.get("struck", "")}
        read = {field: row.get(field, "") for field in fields}
        lines.append(line | read | {f"{field}_confidence": "0.9" if text else "" for field, text in read.items()})
        for field in fields:
            seen = (pictures or {}).get((number, field))
            if seen is None and row.get(field):
                seen = picture(row[field])
            if seen is not None:
                np.save(folder / "readings" / f"1-{number}-{field}.npy", seen)
    table = pl.DataFrame(lines)
    table.write_csv(folder / "lines.csv")
    table.select("sheet", "line", *fields).write_csv(folder / "read.csv")
    (folder / "sheets.json").write_text("{}")
    return folder
