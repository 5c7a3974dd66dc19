"""Numbered roads of another class than the voter's: County Road 7 is not State Highway 7, nor US 9 Interstate 9.

To the matcher each is a highway with a number. Where both line and roll name the class, and it is another, a person
looks; "Highway 7" alone names none and contradicts nothing.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.match import Matches
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll

ROAD = r"(?:ROAD|RD|HIGHWAY|HIWAY|HWY|HY|ROUTE|RTE|RT)"
CLASSES = {
    "interstate": r"\b(?:INTERSTATE|I)(?: " + ROAD + r")? ?\d",
    "us": r"\b(?:US|U S|UNITED STATES|FEDERAL)(?: " + ROAD + r")? ?\d",
    "farm": r"\b(?:FM|F M|FARM(?: TO MARKET)?|RM|RANCH(?: TO MARKET)?)(?: " + ROAD + r")? ?\d",
    "county": r"\b(?:COUNTY|CNTY|CNTRY|CO|CR|C R|CTH|CTY)(?: " + ROAD + r")? ?\d",
    "township": r"\b(?:TOWNSHIP|TWP|TR|T R)(?: " + ROAD + r")? ?\d",
    "state": r"\b(?:STATE|SR|S R|SH|S H|STH)(?: " + ROAD + r")? ?\d",
}
"""How each class is written before its number, in capitals and without points."""
PARTS = ("address", "house_number", "pre_direction", "street_name", "street_type", "post_direction")


def other_road(petition: Petition, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell of which lines the best voter's road is of another class than the line's; bool (lines,)."""
    mine = classes(_written(petition.frame)).to_numpy()
    found = np.zeros(len(mine), bool)
    asked = np.flatnonzero((mine != "") & (matches.records[:, 0] >= 0))
    if len(asked):
        rows = pl.Series(roll.owners[matches.records[asked, 0]])
        known = [name for name in PARTS if name in roll.voters.collect_schema().names()]
        theirs = classes(_written(roll.voters.select(pl.col(known).gather(rows)).collect())).to_numpy()
        found[asked] = (theirs != "") & (theirs != mine[asked])
    return found


def classes(addresses: pl.Series) -> pl.Series:
    """Give the class of road that each address names, "" where it names none."""
    plain = addresses.str.to_uppercase().str.replace_all(r"[.,#-]", " ").str.replace_all(r"\s+", " ")
    found = pl.lit("")
    for name, pattern in reversed(CLASSES.items()):
        found = pl.when(pl.col("plain").str.contains(pattern)).then(pl.lit(name)).otherwise(found)
    return pl.DataFrame({"plain": plain}).select(found.alias("road")).to_series()


def _written(frame: pl.DataFrame) -> pl.Series:
    parts = [pl.col(name).cast(pl.String) for name in PARTS if name in frame.columns]
    if not parts:
        return pl.Series("address", [""], dtype=pl.String).new_from_index(0, frame.height)
    return frame.select(pl.concat_str(parts, separator=" ", ignore_nulls=True).alias("address")).to_series()
