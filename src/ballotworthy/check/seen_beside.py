"""Told of lines read from pictures: that the best voter lives with that of a line beside it, which spoke for him."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.match import Matches
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll

LIKELY = 0.5
"""Probability from which on a line's best voter is named as one whom another lives with."""
OFF = (-1, 1, -2, 2)
"""How far off lines are looked at, the nearest first."""
HOME = ("number", "street", "zip", "unit")


def told_of_neighbours(petition: Petition, matches: Matches, roll: Roll) -> pl.Series:
    """Give, a line, `lives with the voter of line 3; ` where its address was taken otherwise than read; else ""."""
    texts = np.full(petition.frame.height, "", dtype=object)
    if matches.written is None or petition.pictures is None:
        return pl.Series(texts.tolist(), dtype=pl.String)
    ids = list(petition.frame.select("sheet", "line").iter_rows())
    place = {each: at for at, each in enumerate(ids)}
    owners = roll.owners[np.maximum(matches.records[:, 0], 0)].astype(np.int64)
    for row in np.flatnonzero(matches.written & (matches.read[:, 0] >= 0)):
        mine, theirs = matches.lines[row]["who"], matches.readings[matches.read[row, 0]]["who"]
        sheet, line = ids[row]
        if not line.isdigit() or (
            mine["number"] == theirs["number"] and bytes(mine["street"]) == bytes(theirs["street"])
        ):
            continue
        for off in OFF:
            other = place.get((sheet, str(int(line) + off)))
            if other is None or matches.chances[other, 0] < LIKELY or owners[other] == owners[row]:
                continue
            if all(np.array_equal(*roll.records[each][[owners[row], owners[other]]]) for each in HOME):
                texts[row] = f"lives with the voter of line {int(line) + off}; "
                break
    return pl.Series(texts.tolist(), dtype=pl.String)
