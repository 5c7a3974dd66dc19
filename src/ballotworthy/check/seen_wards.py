"""Wards read from pictures: the ward that a line names is one of the roll's, as its picture and its sheet show it.

Where no ward is clear, the line names none: a misread figure is no ward of its own, and speaks against nobody's home.
What people typed stays what it says.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from ballotworthy.match.written.wards import FIELD, wards_seen
from ballotworthy.petition import Petition
from ballotworthy.petition.strata import stratum_column
from ballotworthy.roll import Roll

CLEAR = 0.9
"""Probability from which a ward is taken."""


def with_seen_wards(petition: Petition, roll: Roll) -> Petition:
    """Give the petition with the wards that its pictures show; one that was read otherwise is told in `above`."""
    heading = stratum_column(petition.given.columns, FIELD, petition.columns)
    if petition.pictures is None or heading is None:
        return petition
    seen = wards_seen(petition.frame, petition.pictures, roll)
    if seen is None:
        return petition
    cells, above = petition.given[heading].cast(pl.String).to_list(), petition.frame["above"].to_list()
    for row, chances in zip(seen.rows, seen.chances, strict=True):
        best, read = int(chances.argmax()), cells[row] or ""
        taken = seen.wards.names[best] if chances[best] >= CLEAR else None
        if taken is None:
            above[row] += f'ward read "{read}", which is not clear; '
        elif taken != read:
            above[row] += f'ward read "{read}", taken as {taken}; '
        cells[row] = taken
    column = pl.Series(heading, cells, pl.String)
    frame = petition.frame.with_columns(pl.Series("above", above, pl.String))
    if FIELD in frame.columns:
        frame = frame.with_columns(column.alias(FIELD))
    return replace(petition, given=petition.given.with_columns(column), frame=frame)
