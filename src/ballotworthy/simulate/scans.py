"""Sheets of a simulated petition as an office scanner gives them: our form, filled by invented hands, and spoiled."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.choices import Level
from ballotworthy.files.quantities import quantity
from ballotworthy.sheets import Form, print_sheets
from ballotworthy.sheets.measure_text import MeasureText
from ballotworthy.simulate.draws import stream
from ballotworthy.simulate.hands import Hand, invent_hand, sign, write

DPI = 300
"""Of the paper before it is scanned."""
CAPTION = 9.0
"""Points at the top of a cell that its caption takes."""
HANDWRITING = 52
"""Pixels of a letter's body at 300 dpi: 12.5 points."""
SMALLER = 0.97
"""Size of the paper on the scan: a turned page keeps its corners."""
GLASS = 1.05
"""Height of the scan beside the paper's: a scanner's glass is longer than the sheet. A scan of the paper's proportions
with the form smaller on it is what a print fitted to the page gives, and the reader says so."""
MEASURE = MeasureText("An invented measure.", "Nobody proposes it; its signers are invented.")


@dataclass(frozen=True)
class Spoiled:
    """How badly sheets are written and scanned: looseness of the hands, dots an inch, and ranges of all else."""

    loose: float
    dpi: tuple[int, int]
    turn: float
    noise: float
    faint: float
    blur: float
    jpeg: int
    through: float


LEVELS: Mapping[Level, Spoiled] = MappingProxyType(
    {
        "easy": Spoiled(1.0, (200, 300), 0.5, 4, 0.9, 0.0, 90, 0.0),
        "middle": Spoiled(2.0, (150, 200), 1.5, 10, 0.55, 0.6, 60, 0.04),
        "hard": Spoiled(3.0, (100, 130), 2.5, 16, 0.4, 0.9, 40, 0.08),
    }
)
"""`faint` is the least share of its darkness that an ink keeps, `through` the share that shows from the other side."""


def scanned_sheets(
    lines: pl.DataFrame, form: Form, count: int, level: Level, seed: str, fonts: Sequence[Path]
) -> Iterator[tuple[int, bytes]]:
    """Give the number and the scan, a JPEG of one page, of the first sheets of a petition.

    Args:
        lines: of the simulation; sheets of ten lines.
        form: whose rows hold them.
        count: how many sheets.
        level: how badly they are written and scanned.
        seed: of the simulation; the same gives the same sheets.
        fonts: the hands.

    Raises:
        InputError: there are not so many sheets, or the form has fewer rows than they have lines.
    """
    import pypdfium2  # here, since other simulations do without the extra

    sheets = lines["sheet"].cast(pl.Int64)
    most = int(sheets.max() or 0)  # type: ignore[arg-type]
    if count > most:
        raise InputError(
            f"the petition has {quantity(most, 'sheet')} of lines, not {count:,}. Ask for as many, or for more lines."
        )
    if int(lines["line"].cast(pl.Int64).max() or 0) > form.rows:  # type: ignore[arg-type]
        raise InputError(
            f"the form {form.name} has {form.rows} rows a sheet, fewer than the lines. Use the plain form."
        )
    document = pypdfium2.PdfDocument(print_sheets(form, MEASURE, 1, count))
    step = len(document) // count
    for number in range(1, count + 1):
        blank = document[(number - 1) * step]
        yield number, _scan(blank, lines.filter(sheets == number), form, number, level, seed, fonts)


def scanned_sheet(
    lines: pl.DataFrame, form: Form, number: int, level: Level, seed: str, fonts: Sequence[Path]
) -> bytes:
    """Give the scan of one sheet, the same bytes that `scanned_sheets` gives of it; `lines` are those on it.

    Raises:
        InputError: a font has no Latin letters.
    """
    import pypdfium2  # here, since other simulations do without the extra

    blank = pypdfium2.PdfDocument(print_sheets(form, MEASURE, number, 1))[0]
    return _scan(blank, lines, form, number, level, seed, fonts)


def _scan(
    blank: Any, lines: pl.DataFrame, form: Form, number: int, level: Level, seed: str, fonts: Sequence[Path]
) -> bytes:
    page = blank.render(scale=DPI / 72, grayscale=True).to_numpy()
    paper = np.ascontiguousarray(page.reshape(page.shape[:2]))
    rng = stream(seed, f"scan {number}")
    _fill(paper, lines, form, fonts, LEVELS[level], rng)
    return _jpeg(scanned(paper, LEVELS[level], rng), LEVELS[level].jpeg)


def _fill(
    paper: np.ndarray,
    lines: pl.DataFrame,
    form: Form,
    fonts: Sequence[Path],
    spoiled: Spoiled,
    rng: np.random.Generator,
) -> None:
    for row in lines.iter_rows(named=True):
        hand = invent_hand(fonts, spoiled.loose, rng)
        texts = _texts(row)
        for cell in form.cells:
            if text := texts.get(cell.field):
                place = (cell.x + 4, form.top + (int(row["line"]) - 1) * form.row + cell.y + CAPTION)
                signed = cell.field == "signature"
                _put(paper, text, hand, place, cell.width - 8, spoiled.faint, rng, signed=signed)
        if row.get("struck"):
            _strike(paper, form, int(row["line"]), rng)


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    texts = {field: str(row.get(field) or "") for field in ("name", "address", "city", "zip")}
    day = row.get("signed_on")
    if day:
        given = dt.date.fromisoformat(str(day))
        texts["signed_on"] = f"{given.month}/{given.day}/{given.year % 100:02}"
    return {**texts, "signature": texts["name"]}


def _put(
    paper: np.ndarray, text: str, hand: Hand, place: tuple[float, float], width: float, faint: float,
    rng: np.random.Generator, *, signed: bool = False,
) -> None:  # fmt: skip
    drawn = (sign if signed else write)(text, hand, int(width * DPI / 72), HANDWRITING, rng)
    kept = rng.uniform(faint, 1.0)
    drawn = (255 - (255 - drawn.astype(np.float32)) * kept).astype(np.uint8)
    x = round(place[0] * DPI / 72 + abs(rng.normal(0, 6)))
    y = round(place[1] * DPI / 72 + rng.normal(4, 4 * hand.loose))
    part = paper[max(0, y) : y + drawn.shape[0], x : x + drawn.shape[1]]
    np.minimum(part, drawn[: part.shape[0], : part.shape[1]], out=part)


def _strike(paper: np.ndarray, form: Form, line: int, rng: np.random.Generator) -> None:
    import cv2

    y = (form.top + (line - 0.5) * form.row) * DPI / 72
    ends = [(round(x * DPI / 72), round(y + rng.normal(0, 12))) for x in (form.cells[0].x, form.width - 30)]
    cv2.line(paper, ends[0], ends[1], (40.0,), 5)


def scanned(paper: np.ndarray, spoiled: Spoiled, rng: np.random.Generator) -> np.ndarray:
    """Give the paper as scanned, white below it: turned, seen through, blurred, at fewer dots, with grain."""
    import cv2

    seen: np.ndarray = paper.astype(np.float32)
    if spoiled.through:
        seen -= spoiled.through * (255 - np.roll(paper[:, ::-1], 37, axis=0).astype(np.float32))
    high, wide = paper.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(rng.uniform(-spoiled.turn, spoiled.turn)), SMALLER)
    seen = cv2.warpAffine(seen, turn, (wide, round(high * GLASS)), borderValue=(255.0,))
    scale = float(rng.integers(*spoiled.dpi)) / DPI
    seen = cv2.resize(seen, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if spoiled.blur:
        seen = cv2.GaussianBlur(seen, (0, 0), spoiled.blur)
    seen = seen * 0.96 + rng.normal(0, spoiled.noise, seen.shape)
    return np.asarray(np.clip(seen, 0, 255), np.uint8)


def _jpeg(picture: np.ndarray, quality: int) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.fromarray(picture).save(made, "JPEG", quality=quality)
    return made.getvalue()
