"""This project as a peer among peers: files to the best voter of each line, through the doors that users have."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.match import Matches, find
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, build_roll, open_roll, read_voters


@dataclass(frozen=True)
class Ours:
    """An open roll, the voter ids by row, the lines as read, and what was found for them."""

    roll: Roll
    ids: pl.Series
    lines: pl.DataFrame
    matches: Matches

    @property
    def best(self) -> pl.DataFrame:
        """Give `voter` and `score` (the probability) of the best candidate, one row a line."""
        records = self.matches.records[:, 0]
        ids = self.ids[self.roll.owners[np.maximum(records, 0)].astype(np.int64)]
        there = pl.Series(records >= 0)
        chances = pl.Series(self.matches.chances[:, 0])
        return pl.DataFrame({"voter": ids, "score": chances}).with_columns(pl.when(there).then("voter").alias("voter"))


def match_files(voters: Path, lines: Path, snapshot: Path, taken_on: dt.date, *, lenient: bool = False) -> Ours:
    """Build a snapshot of a voter file and match a file of lines against it."""
    build_roll(read_voters(voters, taken_on=taken_on, lenient=lenient), snapshot)
    roll = open_roll(snapshot)
    petition = read_lines(lines, latest=taken_on, lenient=lenient)
    ids = roll.voter_ids
    return Ours(roll, ids, petition.frame, find(petition.frame, roll))
