"""The frame of a case: lines listed one after the other, then fixed; which count as filed, which can be drawn."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ballotworthy.casework.alike import fault_of_look
from ballotworthy.casework.listed_lines import ListedLines
from ballotworthy.casework.shapes import is_text
from ballotworthy.law.reasons import UNWRITTEN
from ballotworthy.petition import FrameLine, frame_text

REMOVED = "removed"
Row = tuple[str, str]
"""Stratum and district: what the lines of one row of the counts share."""


def is_mark(mark: str, reasons: Iterable[str], version: int = 2) -> bool:
    """Tell whether a line of the frame may bear this mark; in version 2 of the record each has its ground."""
    head, colon, ground = mark.partition(":")
    if version == 1:
        return mark in ("", *UNWRITTEN, REMOVED) or (head == REMOVED and bool(colon) and ground in reasons)
    return not mark or (head in UNWRITTEN and is_text(ground)) or (head == REMOVED and ground in reasons)


def is_unwritten(mark: str) -> bool:
    """Tell whether a line bears a mark that says that it is blank or struck out, with a ground or without."""
    return mark.partition(":")[0] in UNWRITTEN


def fault_of_line(cells: Sequence[str], reasons: Iterable[str], version: int = 2) -> str | None:
    """Say why six texts are no line of a frame; None if they are one."""
    if any("\t" in cell or "\n" in cell or "\r" in cell for cell in cells):
        return "it has a tab or a line feed in it"
    sheet, line, stratum, _, mark, image = cells
    if not (sheet and line and stratum):
        return "its sheet, line or stratum is empty"
    if version > 1 and not all(map(is_text, (sheet, line, stratum))):
        return "its sheet, line or stratum is blank"
    if version > 1 and (fault := fault_of_look(sheet) or fault_of_look(line)):
        return f"its sheet or line may look like another: {fault}"
    if not is_mark(mark, reasons, version):
        return "its mark is not known" if version == 1 else "its mark is not known, or has no ground of the pinned law"
    if image and (len(image) != 64 or image.strip("0123456789abcdef")):
        return "its image is not given by a SHA-256"
    return None


def can_be_drawn(mark: str, *, blank_lines: bool) -> bool:
    """Tell whether a line of this mark counts as filed and is not removed; `blank_lines`: unwritten ones count too."""
    return not mark.startswith(REMOVED) and (blank_lines or not is_unwritten(mark))


class Frame:
    """Lines in their order; `fixed` is the body of the `frame` event, None before it.

    Attributes:
        lines: all lines listed, in the frame's order.
        at: where each line stands, by id.
        sheets: the numbers of all sheets.
        rows: the stratum and district of each line, in the frame's order.
        drawable: ids of the lines that can be drawn, by stratum, once the frame is fixed.
        filed: ids that count as filed, in order, once the frame is fixed.
    """

    def __init__(self) -> None:
        self.lines = ListedLines()
        self.at: dict[str, int] = {}
        self.rows: list[Row] = []
        self.sheets: set[str] = set()
        self.drawable: dict[str, list[str]] = {}
        self.filed: list[str] = []
        self.fixed: Mapping[str, Any] | None = None
        self._blank_lines = True
        self._known: dict[Row, Row] = {}
        self._text = sha256()
        self._ids = sha256()

    @classmethod
    def of(cls, lines: ListedLines, body: Mapping[str, Any], *, blank_lines: bool) -> Frame:
        """Give a frame that was fixed before, of its lines and the body of its event; nothing is hashed again."""
        frame = cls()
        frame.lines = lines
        frame._index(lines)
        frame.fix(body, blank_lines=blank_lines)
        return frame

    def add(self, lines: Iterable[Sequence[str]]) -> None:
        """List further lines."""
        listed = ListedLines()
        listed.extend(lines)
        self._text.update(frame_text(listed).encode())
        self._ids.update("".join(f"{each}\n" for each in self._index(listed)).encode())
        self.lines.extend(listed)

    def _index(self, listed: ListedLines) -> list[str]:
        """Enter lines, in their order, in what finds them; give their ids."""
        sheets, lines, strata, districts, *_ = listed.columns
        ids = [f"{sheet}-{line}" for sheet, line in zip(sheets, lines, strict=True)]
        self.at.update(zip(ids, range(len(self.at), len(self.at) + len(ids)), strict=True))
        self.sheets.update(sheets)
        rows = list(zip(strata, districts, strict=True))
        self.rows += map(self._known.setdefault, rows, rows)
        return ids

    def body(self) -> dict[str, Any]:
        """Give what a `frame` event says of the lines listed so far."""
        if self.fixed is not None:
            return dict(self.fixed)
        return {
            "sheets": len(self.sheets),
            "lines": len(self.lines),
            "fingerprint": self._text.hexdigest(),
            "ids": self._ids.hexdigest(),
        }

    def fix(self, body: Mapping[str, Any], *, blank_lines: bool) -> None:
        """Close the list; `blank_lines` says whether blank and struck lines count as filed."""
        self.fixed, self._blank_lines = body, blank_lines
        _, _, strata, _, marks, _ = self.lines.columns
        for name, stratum, mark in zip(self.at, strata, marks, strict=True):
            if not mark or blank_lines or not is_unwritten(mark):
                self.filed.append(name)
                if not mark or can_be_drawn(mark, blank_lines=blank_lines):
                    self.drawable.setdefault(stratum, []).append(name)

    def in_order(self, lines: Container[str]) -> list[str]:
        """Give those of `lines` that are in the frame, in its order."""
        return [line for line in self.at if line in lines]

    def line(self, line: str) -> FrameLine:
        """Give the line of an id."""
        return self.lines[self.at[line]]

    def can_be_drawn(self, line: str) -> bool:
        """Tell whether a line counts as filed and is not removed."""
        return can_be_drawn(self.line(line).mark, blank_lines=self._blank_lines)
