"""The frame: the fixed, numbered list of all lines filed, and its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import polars as pl


class FrameLine(NamedTuple):
    """A line of the frame as a record holds it.

    `mark` is empty, `blank`, `struck`, `removed` or `removed:` and a ground; `image` is the digest of the scan
    of the line or its sheet, or empty; `district` may be empty.
    """

    sheet: str
    line: str
    stratum: str
    district: str = ""
    mark: str = ""
    image: str = ""

    @property
    def id(self) -> str:
        """Give the line's id, "sheet-line"."""
        return f"{self.sheet}-{self.line}"


def line_ids(lines: pl.DataFrame) -> pl.Series:
    """Give the id of each line, "sheet-line", as it is drawn and cited."""
    return lines.select(pl.concat_str("sheet", pl.lit("-"), "line").alias("id")).to_series()


def fingerprint(ids: Sequence[str]) -> str:
    """Give the SHA-256 of the ids, one a line, in their order; the shell's `sha256sum` of such a file agrees."""
    return hashlib.sha256("".join(f"{each}\n" for each in ids).encode()).hexdigest()


def frame_text(lines: Iterable[Sequence[str]]) -> str:
    """Give lines of the frame as text, six cells with tabs between; its SHA-256 is the frame's fingerprint."""
    return "".join("\t".join(cells) + "\n" for cells in lines)
