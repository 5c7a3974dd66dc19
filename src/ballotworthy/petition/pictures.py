"""What a scan saw in the cells of lines: the folder that `sheets read` wrote, opened for those who weigh pictures.

For each cell the folder holds steps x 40 probabilities, and in `read.csv` the text that was read. A cell of `lines.csv`
whose text is another one was typed by a person, and its picture speaks no more.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.arrays import array
from ballotworthy.files.known_folders import folder_told
from ballotworthy.files.quantities import quantity

BLANK, SPACE, PUNCTUATION, OTHER, CLASSES = 0, 37, 38, 39, 40
"""Classes 1 to 26 are A to Z, 27 to 36 the digits."""
MARKER, LINES, READ, READINGS, ROWS = "sheets.json", "lines.csv", "read.csv", "readings", "rows"
KEYS = ("sheet", "line")


@dataclass(frozen=True)
class Pictures:
    """A folder of readings; `read` has the texts as read, `typed` the cells ("sheet-line-field") that people typed."""

    folder: Path
    read: pl.DataFrame
    typed: frozenset[str]

    def of(self, sheet: str, line: str, field: str) -> np.ndarray | None:
        """Give what was seen in a cell, float32 (steps, 40); None where nothing was, or a person typed it.

        Raises:
            FileFaults: the reading is damaged.
        """
        path = self._reading(sheet, line, field)
        if not self.shows(sheet, line, field):
            return None
        try:
            seen = array(path)
        except (OSError, ValueError, EOFError):
            seen = np.zeros(0)
        if seen.ndim != 2 or seen.shape[1] != CLASSES or not np.isfinite(seen).all():
            raise FileFaults(str(path), [Fault(None, None, "the reading is damaged", "Read the sheets again")])
        return np.asarray(seen, np.float32) if len(seen) else None

    def shows(self, sheet: str, line: str, field: str) -> bool:
        """Tell whether a picture speaks for a cell: one was seen, and no person typed it."""
        return f"{sheet}-{line}-{field}" not in self.typed and self._reading(sheet, line, field).is_file()

    def _reading(self, sheet: str, line: str, field: str) -> Path:
        return self.folder / READINGS / f"{sheet}-{line}-{field}.npy"

    def text(self, sheet: str, line: str, field: str) -> str:
        """Give the text that was read in a cell, "" for none."""
        row = self.read.filter((pl.col("sheet") == sheet) & (pl.col("line") == line))
        return str(row[field].item() or "") if row.height == 1 and field in row.columns else ""

    def row(self, sheet: str, line: str) -> bytes | None:
        """Give the picture of a row as it was scanned, a PNG; None where there is none."""
        path = self.folder / ROWS / f"{sheet}-{line}.png"
        inside = path.parent == self.folder / ROWS and path.is_file() and not path.is_symlink()
        return path.read_bytes() if inside else None

    def __repr__(self) -> str:
        """Give the folder and the number of rows: a traceback must show no signer."""
        return f"Pictures({str(self.folder)!r}: {quantity(self.read.height, 'row')})"


def pictures_in(folder: Path) -> Pictures:
    """Open a folder that `sheets read` wrote.

    Raises:
        InputError: it is no such folder.
        FileFaults: a file of it is damaged.
    """
    if not (folder / MARKER).is_file() and (what := folder_told(folder)):
        raise InputError(
            f"{folder} is {what}. The lines of a petition are asked for here: give a file of lines, or a folder that "
            "`sheets read` wrote."
        )
    for name in (MARKER, LINES, READ):
        if not (folder / name).is_file():
            raise InputError(
                f"{folder} is not a folder of sheets that were read (it has no {name}). "
                "Give a file of lines, or the folder that this makes: ballotworthy sheets read SCANS -o read"
            )
    read, now = _texts(folder / READ), _texts(folder / LINES)
    fields = [name for name in read.columns if name not in KEYS and name in now.columns]
    both = now.join(read, on=KEYS, how="left", suffix="_read", maintain_order="left")
    typed = {
        f"{sheet}-{line}-{field}"
        for field in fields
        for sheet, line in both.filter(_differs(field)).select(KEYS).iter_rows()
    }
    return Pictures(folder, read, frozenset(typed))


def class_of(symbol: str) -> int:
    """Give the class of a symbol: accents and case are folded, what is on no voter roll is OTHER."""
    if symbol == " ":
        return SPACE
    base = unicodedata.normalize("NFKD", symbol)[:1].upper()[:1]
    if "A" <= base <= "Z":
        return ord(base) - ord("A") + 1
    if "0" <= base <= "9":
        return ord(base) - ord("0") + 27
    return PUNCTUATION if base and base in ".,'-#/:;`_\"|()*" else OTHER


def _differs(field: str) -> pl.Expr:
    return pl.col(field).fill_null("").str.strip_chars() != pl.col(f"{field}_read").fill_null("").str.strip_chars()


def _texts(path: Path) -> pl.DataFrame:
    try:
        table = pl.read_csv(path, infer_schema=False)
        return table.select(*KEYS, pl.exclude(*KEYS))
    except (OSError, pl.exceptions.PolarsError):
        fault = Fault(None, None, "it is no table with the columns sheet and line", "Read the sheets again")
        raise FileFaults(str(path), [fault]) from None
