"""Ward or district on the line against the voter's: another one says that an address which is near is another home.

Compared where line and roll each have a column of one kind, a ward on both or a congressional district on both: "Ward
3", "03" and "3" are one. An address that agrees in number, street and town is the voter's whatever the cell says, which
is often miswritten (`may_not_refuse` of the District of Columbia: counted in the right ward).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.files.columns import plain_heading
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import house_number, street, town
from ballotworthy.match.weigh import NUMBER, STREET, TOWN
from ballotworthy.petition import Petition
from ballotworthy.petition.strata import stratum_column
from ballotworthy.roll import Roll
from ballotworthy.roll.wards import plain_districts

SAME_TOWN = (town.MISSING, town.ZIP, town.BOTH)


def other_district(petition: Petition, matches: Matches, roll: Roll, levels: np.ndarray) -> np.ndarray:
    """Tell of which lines the address is not wholly the best voter's, and the district another; bool (lines,).

    `levels` are those between each line and that voter, uint8 (lines, fields).
    """
    number, way, place = (levels[:, field] for field in (NUMBER, STREET, TOWN))
    whole = (number == house_number.AGREES) & (way == street.AGREES) & np.isin(place, SAME_TOWN)
    found = ~whole & (matches.records[:, 0] >= 0)
    mine = district_column(petition, roll)
    if mine is None or not found.any():
        return np.zeros(len(levels), np.bool_)
    asked = np.flatnonzero(found)
    rows = pl.Series(roll.owners[matches.records[asked, 0]])
    theirs = plain_districts(roll.voters.select(pl.col("district").gather(rows)).collect()["district"])
    ours = plain_districts(petition.given[mine][asked])
    found[asked] = ((ours != theirs) & (ours != "") & (theirs != "")).to_numpy()
    return np.asarray(found)


def district_column(petition: Petition, roll: Roll) -> str | None:
    """Give the heading of the lines' column of the kind of district that the roll has, None where there is none."""
    heading = roll.columns.get("district")
    return stratum_column(petition.given.columns, plain_heading(heading), petition.columns) if heading else None
