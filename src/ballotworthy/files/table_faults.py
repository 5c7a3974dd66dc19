"""What may be wrong with the rows of a table under its heading, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.columns import is_usual

if TYPE_CHECKING:
    from ballotworthy.files.shape import Shape

RAGGED = "Add what is missing, or quote cells that hold the separator"


def refuse_unnamed(path: Path, frame: pl.DataFrame, beyond: Sequence[str], numbers: np.ndarray, top: int) -> None:
    """Refuse a file whose rows all have more cells than the heading, and something stands in them."""
    unnamed = [name for name in beyond if name in frame.columns]
    if not unnamed:
        return
    written = frame.width - len(unnamed)
    at = frame.select(pl.any_horizontal(pl.col(unnamed).fill_null("").str.strip_chars() != "")).to_series().arg_true()
    if len(at) == frame.height > 1:
        raise FileFaults(str(path), [title_in_the_way(written, frame.width, top)])
    what = _ragged(written + len(beyond), written, "the heading has")
    raise FileFaults(str(path), [Fault(int(numbers[at[0]]), None, what, RAGGED)])


def refuse_headings_again(path: Path, frame: pl.DataFrame, numbers: np.ndarray, *, is_clean: bool) -> None:
    """Refuse a file in which the line of headings stands again, as in files that were joined, or a second one does."""
    _refuse_second_headings(path, frame, numbers)
    if frame.width < 2:
        return
    first = frame.columns[0]
    cells = frame[first] if is_clean else frame[first].str.strip_chars()  # of ten million rows a copy would count
    rows = (cells == first).fill_null(value=False).arg_true().to_list()
    again = [at for at in rows if [str(cell or "").strip() for cell in frame.row(at)] == frame.columns]
    if again:
        what, remedy = "the headings stand here again", "Take the line out; the headings stand once, on top"
        raise FileFaults(str(path), [Fault(int(numbers[at]), None, what, remedy) for at in again[:SHOWN]], len(again))


def _refuse_second_headings(path: Path, frame: pl.DataFrame, numbers: np.ndarray) -> None:
    """Refuse a file with a second line of headings below the first, as merged cells leave it: "Signer", then "Last".

    Over some cells of it there is no heading, so that their column is called by its number.
    """
    if not frame.height or not any(re.fullmatch(r"#\d+", name) for name in frame.columns):
        return
    below = {name: cell for name, cell in frame.row(0, named=True).items() if (cell or "").strip()}
    nameless = any(re.fullmatch(r"#\d+", name) for name in below)
    if nameless and len(below) > 1 and all(len(cell) > 1 and is_usual(cell) for cell in below.values()):
        what = "a second line of headings seems to stand here"
        remedy = "Make one line of both, with a heading over each column"
        raise FileFaults(str(path), [Fault(int(numbers[0]), None, what, remedy)])


def faults_of(names: Sequence[str], shape: Shape, begin: int, headed: bool) -> tuple[list[Fault], int]:
    """Give the first faults of rows that do not fit the heading, and how many there are."""
    if shape.open_quote:
        what, remedy = 'a quote (") opens here and never closes', "Close it, or double it if it belongs to the text"
        return [Fault(shape.open_quote, None, what, remedy)], 1
    cells = shape.cells[begin:]
    ragged = np.flatnonzero((cells != len(names)) & (cells > 0))
    above = "the heading has" if headed else "the first line has"
    faults = [
        Fault(int(shape.lines[begin + at]), None, _ragged(int(cells[at]), len(names), above), RAGGED)
        for at in ragged[:SHOWN]
    ]
    return faults, len(ragged)


def title_in_the_way(columns: int, below: int, line: int) -> Fault:
    """Say that the line taken for the heading is shorter than every line below, as a title is."""
    what = f"the heading has {columns} of the {below} cells that every line below has"
    return Fault(line, None, what, "If it is a title or a note, take it out, so that the headings come first")


def _ragged(cells: int, columns: int, above: str) -> str:
    return f"{cells} {'cell' if cells == 1 else 'cells'} where {above} {columns}"


def renamed(path: Path, frame: pl.DataFrame, name_of: Callable[[str], str]) -> pl.DataFrame:
    """Give a table under other headings, each made of its own.

    Raises:
        FileFaults: two of them are one.
    """
    names = {name: name_of(name) for name in frame.columns}
    if len(set(names.values())) < len(names):
        raise FileFaults(str(path), [Fault(1, None, "two columns have one name", "Take one of them out")])
    return frame.rename(names)
