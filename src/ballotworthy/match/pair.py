"""One line and one voter: the level of each field, and what it weighs. Compiled."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.comparisons import (
    birth,
    first_name,
    house_number,
    last_name,
    middle_name,
    slips,
    street,
    suffix,
    town,
    unit,
)
from ballotworthy.match.comparisons.first_name import MIDDLE as IS_MIDDLE
from ballotworthy.match.comparisons.last_name import PART
from ballotworthy.match.weigh import BIRTH, COMPARISONS, FIRST, LAST, MIDDLE, NUMBER, STREET, SUFFIX, TOWN, UNIT
from ballotworthy.roll.common_births import OF_YEAR
from ballotworthy.roll.keys import length

FIELDS = len(COMPARISONS)
OF_ROLL = 1 / 8
"""Slips of those who keep the roll, for one of a signer's or of whoever keyed the line; a judgement."""


@compiled
def seek_line(line: np.void, sought: np.ndarray) -> None:
    """Lay out the names and the street of a line for the comparisons; `sought` is uint64 `slips.SOUGHT`."""
    who = line["who"]
    slips.seek(who["last"], 0, length(who["last"]), sought[slips.LAST])
    slips.seek(who["first"], 0, length(who["first"]), sought[slips.FIRST])
    slips.seek(who["street"], 0, length(who["street"]), sought[slips.STREET])


@compiled
def levels_of(line: np.void, voter: np.void, sought: np.ndarray, out: np.ndarray) -> None:
    """Write the level of each field, each at its place in `weigh.COMPARISONS`."""
    out[LAST] = last_name.level(line, voter, sought)
    out[FIRST] = first_name.level(line, voter, sought)
    out[MIDDLE] = middle_name.level(line, voter, sought)
    out[SUFFIX] = suffix.level(line, voter, sought)
    out[NUMBER] = house_number.level(line, voter, sought)
    out[STREET] = street.level(line, voter, sought)
    out[UNIT] = unit.level(line, voter, sought)
    out[TOWN] = town.level(line, voter, sought)
    out[BIRTH] = birth.level(line, voter, sought)


@compiled
def weights_of(
    line: np.void, voter: np.void, levels: np.ndarray, bits: np.ndarray, by_name: np.ndarray, out: np.ndarray
) -> None:
    """Write the weight of each field in bits.

    A name that is alike weighs at most what the voter's own name would, since whoever else bears that name may
    have miswritten it so too; a name or street that is alike never weighs less than a different one. A slip may be the
    roll's own: "Kenneth" is the voter whom it has as KENNNETH, a name that nobody else bears. A birth date that many
    voters have says less.
    """
    for field in range(FIELDS):
        out[field] = bits[field, levels[field]]
    if by_name[LAST, levels[LAST]]:
        rare, own = line["who"]["last_bits"] / 8, voter["last_bits"] / 8
        if levels[LAST] == PART and line["before"][0] != 0:  # a voter of either surname is as good as one of the other
            rare = min(rare, line["before_bits"] / 8)
        if last_name.ALIKE <= levels[LAST] < last_name.DIFFERENT:
            out[LAST] = _slipped(out[LAST], rare, own)
        else:
            out[LAST] = min(out[LAST] + (min(rare, own) if levels[LAST] == PART else rare), own)
        out[LAST] = max(out[LAST], bits[LAST, last_name.DIFFERENT])
    out[LAST] -= line["doubt"] / 8
    if by_name[FIRST, levels[FIRST]]:
        rare, own = line["who"]["first_bits"] / 8, voter["first_bits"] / 8
        if first_name.ALIKE <= levels[FIRST] < first_name.DIFFERENT:
            out[FIRST] = _slipped(out[FIRST], rare, own)
        else:
            out[FIRST] = out[FIRST] + rare if levels[FIRST] == IS_MIDDLE else min(out[FIRST] + rare, own)
        out[FIRST] = max(out[FIRST], bits[FIRST, first_name.DIFFERENT])
    if by_name[STREET, levels[STREET]]:
        out[STREET] = max(out[STREET] + line["street_bits"] / 8, bits[STREET, street.DIFFERENT])
    out[STREET] -= line["home_doubt"] / 8
    if levels[BIRTH] == birth.AGREES:
        out[BIRTH] -= line["birth_less"] / 8
    elif levels[BIRTH] == birth.PART and line["who"]["birth"] & OF_YEAR == voter["birth"] & OF_YEAR:
        out[BIRTH] -= line["day_less"] / 8


@compiled
def _slipped(bits: float, rare: float, own: float) -> float:
    """Give the weight of a name with a slip: `rare` are the bits of the line's name, `own` those of the voter's.

    With f and g the shares of people who bear them, m the slips of signers and n the names that a slip may lead to, a
    line of the voter's has this name with m / n, or with `OF_ROLL` m / n x f / g if the roll has slipped; anybody
    else's has it with f.
    """
    return float(min(bits + np.log2(2.0**rare + OF_ROLL * 2.0**own), rare, own))
