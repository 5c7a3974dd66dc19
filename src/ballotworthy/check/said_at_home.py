"""What a line says beside a name and in the cells of its home: two people, an agent, or that it is void or another's.

A street may be called so: where the roll has the very words of the cell for its voter, they say nothing.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.check.signers import line_marks
from ballotworthy.check.written_address import plainly, written_by_roll
from ballotworthy.match import Matches
from ballotworthy.petition import Petition
from ballotworthy.petition.spoiled import said_at_home
from ballotworthy.roll import Roll


def marks_of(petition: Petition, matches: Matches, roll: Roll) -> tuple[np.ndarray, np.ndarray]:
    """Give what `line_marks` gives, and `remark` too for lines on which a cell of the home says such a thing."""
    marks, titles = line_marks(petition.frame)
    said = said_at_home(petition.frame)
    rows = said["row"].to_numpy().astype(np.int64)
    records = matches.records[rows, 0]
    theirs = _homes(roll, np.maximum(records, 0))
    own = [
        record >= 0 and f" {cell.strip()} " in home
        for record, cell, home in zip(records, plainly(said["said"]), theirs, strict=True)
    ]
    found = rows[~np.array(own, bool)]
    marks[found] = np.where(marks[found] == "", "remark", marks[found])
    return marks, titles


def _homes(roll: Roll, records: np.ndarray) -> pl.Series:
    """Give address, unit and town that the roll has of the voters of these records, as `plainly` writes them."""
    parts = [name for name in ("unit", "city") if name in roll.voters.collect_schema().names()]
    rows = pl.Series(roll.owners[records])
    more = roll.voters.select(pl.col(parts).gather(rows)).collect() if parts else pl.DataFrame()
    cells = [written_by_roll(roll, records), *(plainly(more[name].cast(pl.String)) for name in parts)]
    texts = pl.DataFrame([cell.alias(str(at)) for at, cell in enumerate(cells)])
    return texts.select(pl.concat_str(pl.lit(" "), pl.concat_str(pl.all(), separator="  "), pl.lit(" "))).to_series()
