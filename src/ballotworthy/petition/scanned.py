"""Lines out of the folder that `sheets read` wrote: its table as people corrected it, with what was seen in the cells.

Whatever of a row the machine could not be sure of is a doubt that leaves the line to a person. Blank rows are no lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.days import DAY_FIELDS, YEAR_FIELDS
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import read_table
from ballotworthy.petition.declared import told_of_declarations
from ballotworthy.petition.lines import CONTENT, Petition, read_lines
from ballotworthy.petition.pictures import LINES, pictures_in
from ballotworthy.petition.told_pages import told_of_pages

DOUBTS = {
    "struck": "the row seems to be struck; ",
    "no-signature": "no signature was seen in the row; ",
    "unreadable": "the name could not be read; ",
    "covered": "part of the row is hidden on the scan; ",
}
"""What a person must look at, by the state that the row was read in; typing `no` or `yes` under `struck` settles it."""
UNSEEN = ("no-signature", "unreadable", "covered")
"""States in which a row without any text that could be read is no blank one: there is ink, or it cannot be seen."""
UNSURE = "the file is not sure that it is struck; "
OURS = frozenset({"page", "row_state"})
"""Columns of lines.csv that `sheets read` writes for people; beside each field stands FIELD_confidence too."""


def read_scanned(folder: Path, **how: Any) -> Petition:
    """Read the folder; `how` as `read_lines` takes it. A cell that is no day is left to a person, not refused.

    Raises:
        InputError: it is no such folder, or all its rows are blank.
        FileFaults: a file of it is damaged, or a typed cell is at fault.
    """
    pictures = pictures_in(folder)
    table = read_table(folder / LINES)
    written = [name for name in CONTENT if name in table.frame.columns]
    blank = (
        table.frame.select((pl.col("row_state") == "blank") & pl.all_horizontal(pl.col(written).is_null())).to_series()
        if "row_state" in table.frame.columns
        else pl.Series([False]).new_from_index(False, table.frame.height)
    )
    kept = ~blank.fill_null(value=False)
    if not kept.any():
        raise InputError(f"all rows of {folder / LINES} are blank. Read the signed sheets.")
    table = replace(table, frame=table.frame.filter(kept), lines=table.lines[kept.to_numpy()])
    petition = read_lines(table, lenient=True, **how)
    days = {name: how[name] for name in ("latest", "filed", "place") if name in how}
    typed = _typed_amiss(petition, pictures.typed)
    remarks = (
        *petition.remarks,
        *_unread_days(petition.set_aside - typed),
        *told_of_pages(folder),
        *told_of_declarations(folder, petition.frame, **days),
    )
    if left := int((~kept).sum()):
        remarks = (*remarks, f"{quantity(left, 'blank row')} of the sheets left out.")
    frame = petition.frame
    if "row_state" in petition.given.columns:
        told = petition.given["row_state"].replace_strict(DOUBTS, default=UNSURE, return_dtype=pl.String)
        frame = frame.with_columns(
            pl.when(pl.col("doubt").str.contains(UNSURE, literal=True))
            .then(pl.col("doubt").str.replace(UNSURE, "", literal=True) + told)
            .otherwise("doubt")
            .alias("doubt"),
            blank=pl.col("blank") & ~(petition.given["row_state"].is_in(UNSEEN) & (pl.col("doubt") != "")),
        )
    ours = OURS | {f"{name}_confidence" for name in pictures.read.columns}
    unused = tuple(heading for heading in petition.unused if heading not in ours)
    return replace(petition, frame=frame, unused=unused, set_aside=typed, remarks=remarks, pictures=pictures)


def _typed_amiss(petition: Petition, typed: Set[str]) -> int:
    """Count the cells that people typed and that are no day."""
    ids = list(petition.frame.select("sheet", "line").iter_rows())
    return sum(
        f"{sheet}-{line}-{petition.columns[field]}" in typed
        for field in (*DAY_FIELDS, *YEAR_FIELDS)
        if field in petition.columns
        for (sheet, line), read, given in zip(
            ids, petition.frame[field], petition.given[petition.columns[field]], strict=True
        )
        if read is None and given is not None
    )


def _unread_days(count: int) -> Iterator[str]:
    """Tell how many days on the scans were no day as they were read."""
    if count:
        yield (
            f"Of the days on the scans {count:,} could not be read as text; what their pictures leave open is for a "
            "person."
        )
