"""The voters whom the likely readings of a line point to, and those who live with the likeliest of them."""

from __future__ import annotations

import numpy as np

from ballotworthy.match.written.cells import Pairs
from ballotworthy.match.written.voters import records_under
from ballotworthy.roll import Roll
from ballotworthy.roll.keys import HOME_FIRST, HOME_LAST, LAST_FIRST, NUMBER_NAME, NUMBER_STREET, STREET_NAME
from ballotworthy.roll.packed import RECORD

NAMES, HOMES, CROSS_NAMES, CROSS_HOMES = 150, 60, 30, 12
"""Likely names and addresses that voters are looked up by, alone and together."""
RECORDS = 4_000
"""Voters whose name and address are weighed whole, at most."""


def likeliest(pairs: Pairs, most: int) -> np.ndarray:
    """Give the rows of the likeliest readings, then of those that the picture alone likes best, each once.

    A rare name is as good as a common one where somebody of it lives there.
    """
    one = np.argsort(pairs.bits - pairs.seen, kind="stable")[:most]
    two = np.argsort(-pairs.seen, kind="stable")[: most // 2]
    return np.concatenate([one, two[~np.isin(two, one)]])


def voters_of(names: Pairs, homes: Pairs, by_name: np.ndarray, roll: Roll) -> np.ndarray:
    """Give the numbers of the records that likely names and addresses point to, each once; int64."""
    by_home = likeliest(homes, HOMES)
    one = _probes(names.some(by_name), None)
    two = _probes(None, homes.some(by_home))
    left = np.append(by_name[:CROSS_NAMES], by_name[NAMES : NAMES + CROSS_NAMES])
    right = np.append(by_home[:CROSS_HOMES], by_home[HOMES : HOMES + CROSS_HOMES])
    some, others = np.repeat(left, len(right)), np.tile(right, len(left))
    three = _probes(names.some(some), homes.some(others))
    crossing = 1 << HOME_LAST | 1 << HOME_FIRST | 1 << NUMBER_NAME | 1 << STREET_NAME
    wanted = np.concatenate(
        [np.full(len(one), 1 << LAST_FIRST), np.full(len(two), 1 << NUMBER_STREET), np.full(len(three), crossing)]
    )
    probes = np.concatenate([one, two, three])
    found = records_under(
        probes, wanted.astype(np.int64), roll.index.starts, roll.index.filed, len(roll.records), 4 * RECORDS
    )
    return np.unique(found)[:RECORDS]


def numbers_of(spelled: np.ndarray) -> np.ndarray:
    """Give the numbers that figures with zeros behind them spell; uint32."""
    return np.array([int(bytes(each).rstrip(b"\0") or b"0") for each in spelled], np.uint32)


def _probes(names: Pairs | None, homes: Pairs | None) -> np.ndarray:
    """Give people of these names and addresses; each may lack."""
    probes = np.zeros(len(names.bits if names else homes.bits if homes else ()), RECORD)
    if names:
        probes["first"], probes["last"] = names.one, names.two
    if homes:
        probes["number"] = numbers_of(homes.one)
        probes["street"] = homes.two
    return probes


def living_with(people: np.ndarray, roll: Roll) -> np.ndarray:
    """Give the numbers of the records of all who live where some people do, these among them, each once; int64."""
    probes = np.zeros(len(people), RECORD)
    for part in ("number", "street"):
        probes[part] = people[part]
    wanted = np.full(len(people), 1 << NUMBER_STREET, np.int64)
    found = records_under(probes, wanted, roll.index.starts, roll.index.filed, len(roll.records), RECORDS)
    found = np.unique(found)
    return np.asarray(found[at_homes(roll.records[found], people)])


def at_homes(people: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell which people live at the number, street and zip code of any of some others; bool (people,)."""
    homes = {_home(each) for each in others}
    return np.array([_home(each) in homes for each in people], np.bool_)


def _home(person: np.void) -> tuple[int, bytes, int]:
    return int(person["number"]), bytes(person["street"]), int(person["zip"])
