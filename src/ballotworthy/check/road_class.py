"""Numbered roads and boxes of another class than the voter's: County Road 7 is not State Highway 7, nor HC 3 RR 3.

To the matcher each is a road or a route with a number. Where both line and roll name the class, and it is another, a
person looks; "Highway 7" alone names none and contradicts nothing, and "CO 7" may be Colorado's or a county's.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.check.written_address import plainly, written, written_by_roll
from ballotworthy.match import Matches
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll
from ballotworthy.roll.street_words import words

ROAD = r"(?:ROAD|RD|HIGHWAY|HIWAY|HWY|HY|ROUTE|RTE|RT)"
NUMBER = r" ?\d+[A-Z]?(?: |$)"
"""A number that is no ordinal, as the number of a road never is."""
BOX = r" ?\w+ (?:BOX|BX|B) ?\d"
CLASSES = (
    (("military-psc",), rf"\bPSC{BOX}"),
    (("military-unit",), rf"^UNIT{BOX}"),
    (("military-cmr",), rf"\bCMR{BOX}"),
    (("contract",), rf"\b(?:HC|HCR|H C|HIGHWAY CONTRACT|STAR ROUTE|STAR RT)(?: ROUTE| RT)?{BOX}"),
    (("contract", "state"), rf"\bSR{BOX}"),
    (("rural", "state", "county"), rf"\b(?:RR|R R|RFD|R F D|RD|RURAL {ROAD}|RURAL DELIVERY|{ROAD}|R){BOX}"),
    (("interstate",), rf"\b(?:INTERSTATE|I)(?: {ROAD})?{NUMBER}"),
    (("us",), rf"\b(?:US|U S|UNITED STATES|FEDERAL)(?: {ROAD})?{NUMBER}"),
    (("farm",), rf"\b(?:FM|F M|FARM(?: TO MARKET)?|RM|RANCH(?: TO MARKET)?)(?: {ROAD})?{NUMBER}"),
    (("county", "state"), rf"\bCO{NUMBER}"),
    (("county",), rf"\b(?:COUNTY|CNTY|CNTRY|CO|CR|C R|CTH|CTY)(?: {ROAD})?{NUMBER}"),
    (("township",), rf"\b(?:TOWNSHIP|TWP|TR|T R)(?: {ROAD})?{NUMBER}"),
    (("state",), rf"\b(?:STATE|SR|S R|SH|S H|STH)(?: {ROAD})?{NUMBER}"),
    (("state",), rf"\d (?:{'|'.join(sorted(words().state_codes))})(?: {ROAD})?{NUMBER}"),
)
"""How each class is written, in capitals and without points, the first that fits first; two classes may share words."""
BITS = {name: 1 << at for at, name in enumerate(dict.fromkeys(name for names, _ in CLASSES for name in names))}


def other_road(petition: Petition, matches: Matches, roll: Roll) -> np.ndarray:
    """Tell of which lines the best voter's road is of another class than the line's; bool (lines,)."""
    mine = _bits(written(petition.frame))
    found = np.zeros(len(mine), bool)
    asked = np.flatnonzero((mine != 0) & (matches.records[:, 0] >= 0))
    if len(asked):
        theirs = _bits(written_by_roll(roll, matches.records[asked, 0]))
        found[asked] = (theirs != 0) & (theirs & mine[asked] == 0)
    return found


def classes(address: str) -> frozenset[str]:
    """Give the classes of road or box that an address may name; none where it names no class."""
    bits = int(_bits(plainly(pl.Series([address])))[0])
    return frozenset(name for name, bit in BITS.items() if bits & bit)


def _bits(addresses: pl.Series) -> np.ndarray:
    """Give the classes of addresses as they are in `written_address.py`."""
    found = pl.lit(0)
    for names, pattern in reversed(CLASSES):
        bits = sum(BITS[name] for name in names)
        found = pl.when(pl.col("plain").str.contains(pattern)).then(pl.lit(bits)).otherwise(found)
    return addresses.alias("plain").to_frame().select(found.alias("road")).to_series().to_numpy()
