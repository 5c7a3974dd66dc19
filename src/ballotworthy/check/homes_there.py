"""House numbers that the roll has: a number one slip from the voter's may be the home of another voter of that street.

"1700 Forest Cir" is a slip for 1705 where no voter lives at 1700, and where some do the signer may have moved there.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.match import Matches
from ballotworthy.match.comparisons import house_number, street, unit
from ballotworthy.match.weigh import NUMBER, STREET, UNIT
from ballotworthy.roll import Roll
from ballotworthy.roll.index import RECORD, tag_of
from ballotworthy.roll.keys import HOME_TOWN, MOST, NUMBER_STREET, other_keys

SAME_STREET = (street.AGREES, street.NAME, street.SLIP, street.BEGINS)


def another_home(matches: Matches, roll: Roll, levels: np.ndarray, rank: int = 0) -> np.ndarray:
    """Tell of which lines the number is a slip from the voter's of that rank and some voter's own; bool (lines,).

    The street is that voter's as the roll has it, in the same zip code where the roll has one; `levels` are between
    each line and that voter, uint8 (lines, fields).
    """
    found = (levels[:, NUMBER] == house_number.SLIP) & np.isin(levels[:, STREET], SAME_STREET)
    found &= matches.records[:, rank] >= 0
    asked = np.flatnonzero(found)
    if len(asked):
        there = roll.records[matches.records[asked, rank]]
        there["number"] = matches.lines["who"]["number"][asked]
        lives = np.zeros(len(asked), np.bool_)
        _lived_in(there, roll.records, roll.index.starts, roll.index.filed, lives)
        found[asked] = lives
    return np.asarray(found)


def another_unit(levels: np.ndarray) -> np.ndarray:
    """Tell of which lines the unit, given on both sides, is another one of the voter's own number and street.

    "700 Beacon St Lot 5" may be a slip for Lot 6, or its signer moved there; `levels` as above.
    """
    here = (levels[:, NUMBER] == house_number.AGREES) & np.isin(levels[:, STREET], SAME_STREET)
    return np.asarray(here & (levels[:, UNIT] == unit.DIFFERENT))


def longer_and_turned(matches: Matches, roll: Roll, levels: np.ndarray, rank: int) -> np.ndarray:
    """Tell where the number is a slip by a digit more or less, and the direction another or none: 10 and 910 N."""
    found = levels[:, NUMBER] == house_number.SLIP
    mine, theirs = matches.lines["who"][found], roll.records[np.maximum(matches.records[found, rank], 0)]
    one, two = (np.log10(np.maximum(each["number"], 1)).astype(np.int64) for each in (mine, theirs))
    found[found] = (one != two) & (mine["direction"] != theirs["direction"])
    return np.asarray(found)


@allocating
def _lived_in(homes: np.ndarray, records: np.ndarray, starts: np.ndarray, filed: np.ndarray, out: np.ndarray) -> None:
    """Look each home up by its key, and tell whether some record has its number, street, zip code and direction."""
    kinds, keys = np.empty(MOST, np.uint8), np.empty(MOST, np.uint64)
    shift = 64 - int(np.round(np.log2(starts.shape[0] - 1)))
    for at in range(homes.shape[0]):
        home = homes[at]
        kind = HOME_TOWN if home["zip"] != 0 else NUMBER_STREET
        if other_keys(1 << kind, home, home["first"], kinds, keys, 0) == 0:
            continue
        bucket, tag = np.int64(keys[0] >> np.uint64(shift)), tag_of(keys[0], shift)
        for place in range(starts[bucket], min(starts[bucket + 1], filed.shape[0])):
            record = int(filed[place] & RECORD)
            there = filed[place] ^ np.uint32(record) == tag and record < records.shape[0]
            if there and _same_home(home, records[record]):
                out[at] = True
                break


@compiled
def _same_home(one: np.void, two: np.void) -> bool:
    if one["number"] != two["number"] or one["zip"] != two["zip"] or one["direction"] != two["direction"]:
        return False
    for at in range(one["street"].shape[0]):
        if one["street"][at] != two["street"][at]:
            return False
    return bool(one["type"] == two["type"] or one["type"] == 0 or two["type"] == 0)
