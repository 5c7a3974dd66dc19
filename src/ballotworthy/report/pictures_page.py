"""The page of pictures: the rows in question as they were scanned, what was read there and what was taken."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from ballotworthy.report.templates import rendered


@dataclass(frozen=True)
class Pictured:
    """One line in question.

    Attributes:
        line: its sheet and number.
        said: outcome and reason, in words.
        read: what was read in each cell, by field.
        evidence: what was taken, and what agreed.
        row: its picture, a PNG.
    """

    line: str
    said: str
    read: Sequence[tuple[str, str]]
    evidence: str
    row: bytes

    @property
    def source(self) -> str:
        """Give the picture as the page holds it."""
        return "data:image/png;base64," + b64encode(self.row).decode("ascii")


def pictures_page(lines: Sequence[Pictured], left_out: int) -> str:
    """Give the page; `left_out` is how many lines in question it does not show."""
    return rendered("pictures.html.j2", lines=lines, left_out=left_out)
