"""Lines as a caller hands them over: a file or a frame, and how its columns and days are to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.day_order import Order
from ballotworthy.files.frames import Frame, polars_of
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import Table, given_table
from ballotworthy.petition.lines import FIELDS, LATEST, Petition, read_lines
from ballotworthy.petition.scanned import read_scanned


@dataclass(frozen=True)
class Lines:
    """Lines of a petition before they are read for a purpose.

    Attributes:
        source: the file, the folder that `sheets read` wrote, or the frame in memory as a table.
        map: heading by field, such as `{"name": "Signature Name"}`.
        lenient: treat cells that are no day as empty instead of refusing the file.
        dates: the order of days and months, where the caller says it.
    """

    source: Path | Table
    map: Mapping[str, str] = field(default_factory=dict)
    lenient: bool = False
    dates: Order | None = None

    def read(self, latest: dt.date = LATEST, filed: dt.date | None = None, place: str | None = None) -> Petition:
        """Read them; see `petition.read_lines`."""
        how: dict[str, Any] = {"latest": latest, "given": self.map, "filed": filed, "place": place, "order": self.dates}
        if isinstance(self.source, Path) and self.source.is_dir():
            return read_scanned(self.source, **how)
        return read_lines(self.source, lenient=self.lenient, **how)

    def to_dict(self) -> dict[str, Any]:
        """Give how many lines there are, which column is read as which field, and what a user must know of them."""
        read = self.read()
        return {
            "lines": read.frame.height,
            "columns": {"read": dict(sorted(read.columns.items())), "unused": list(read.unused)},
            "remarks": list(read.remarks),
            "cells_set_aside": read.set_aside,
        }

    def __repr__(self) -> str:
        """Give the file's name, or the size of the frame; no cell."""
        if isinstance(self.source, Table):
            return f"Lines({quantity(self.source.frame.height, 'row')} in memory)"
        return f"Lines({str(self.source)!r})"


def lines_of(
    lines: str | PathLike[str] | Frame | Lines,
    *,
    map: Mapping[str, str] | None = None,  # noqa: A002 # as on the command line
    lenient: bool = False,
    dates: Order | None = None,
) -> Lines:
    """Give lines from a path, or from a frame of Polars, pandas or Arrow; lines stay what they are.

    Args:
        lines: the file (CSV, Parquet, a spreadsheet), the folder that `sheets read` wrote, or a frame.
        map: which column holds a field, by either side: `{"Signature Name": "name"}` as `{"name": "Signature Name"}`.
        lenient: treat cells that are no day as empty instead of refusing them.
        dates: `month-first` or `day-first`; the cells decide if absent.

    Raises:
        InputError: it is neither a path nor a frame; lines that were read are to be read otherwise; a pair of `map`
            can be read both ways.
        FileFaults: a frame has no rows, or columns that are not plain.
    """
    if isinstance(lines, Lines):
        if map or lenient or dates:
            raise InputError("these lines say already how they are read. Give map, lenient and dates to read_lines.")
        return lines
    source = Path(lines) if isinstance(lines, str | PathLike) else given_table(polars_of(lines))
    return Lines(source, by_field(map or {}), lenient, dates)


def by_field(given: Mapping[str, str]) -> dict[str, str]:
    """Give headings by field, whichever side of each pair is the field.

    Raises:
        InputError: both sides are names of fields, so that either could be the heading; or a field has two headings.
    """
    found: dict[str, str] = {}
    for left, right in given.items():
        if left != right and left in FIELDS and right in FIELDS:
            raise InputError(
                f"map {left!r}: {right!r} can be read both ways, as both are names of fields. Rename the column."
            )
        name, heading = (right, left) if right in FIELDS else (left, right)
        if name in found:
            raise InputError(f"map gives {name} two columns, {found[name]!r} and {heading!r}. Leave one out.")
        found[name] = heading
    return found
