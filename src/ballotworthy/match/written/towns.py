"""Towns read from pictures: zip code and city together, as voters of the roll have them.

A town is a zip code with a city, and those of the roll are a finite list. So zip code and city are weighed as one and
neither counts twice: what a city tells of a voter whose zip code is clear is next to nothing, and of one whose zip code
is a blot nearly all. The picture of a line speaks for a town by

    y(zip code) x ((1 - m) y(city) / (mean of y over the cities of all voters, and of a city of nobody's) + m),

with m how probable it is that another city than the roll's stands there: people write the town of their post office, a
township or the county. Who signs a sheet mostly lives near the others. Before its own picture is looked at, a
line has the town t with

    P(t) = (share of t on the roll + sum over the sheet's other lines of P(t | their pictures)) / (1 + other lines),

so a sheet filled far and wide says little, and none rules out a town that only one signer has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.cells import strange_bits
from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.lexicon import PASSED, Towns
from ballotworthy.match.written.seen import Seen

ZIP_ERROR, STRANGE_ZIP = 0.02, 16.0
"""How often a zip code is none of the roll's, and how rare such a one is, in bits."""
OTHER_CITY = 0.2
"""Share of signers who write another city than the roll has for them, or none that can be read; a guess."""
NOTHING_BITS = 99.0


@dataclass(frozen=True)
class TownSeen:
    """What the pictures of a line say of towns.

    Attributes:
        bits: of each town of the roll, by `weighed`; float64 (towns,), None where no cell says anything.
        rare: how rare each is on the line's sheet, by `rare_beside`; float64 (towns,).
    """

    bits: np.ndarray | None
    rare: np.ndarray


def weighed(zip_code: Seen | None, city: Seen | None, towns: Towns) -> np.ndarray | None:
    """Give the bits of each town of the roll under the pictures of its cells; None where they say nothing."""
    by_zip, by_city = zip_code is not None and len(towns.zips) > 0, city is not None and towns.cities.shape[1] > 0
    if not by_zip and not by_city:
        return None
    bits = np.zeros(len(towns.bits))
    if zip_code is not None and by_zip:
        bits += np.append(_seen(zip_code, towns.zips), -STRANGE_ZIP)[towns.zip_of]
    if city is not None and by_city:
        each = np.append(np.logaddexp2(*(_seen(city, labels) for labels in towns.cities)) - 1, 0.0)
        named = towns.city_of >= 0
        usual = np.logaddexp2.reduce((each[towns.city_of] - towns.bits)[named], initial=-strange_bits(city))
        known = np.logaddexp2(each - usual + np.log2(1 - OTHER_CITY), np.log2(OTHER_CITY))
        bits += np.where(named, known[towns.city_of], 0.0)
    return bits


def believed(bits: np.ndarray | None, rare: np.ndarray) -> np.ndarray:
    """Give how probable each town is by its pictures, as `weighed` gives them, and the sheet, `rare`; float64."""
    if bits is None:
        return np.asarray(np.exp2(-rare))
    each = np.append(bits - rare, -STRANGE_ZIP)
    return np.asarray(np.exp2(each - np.logaddexp2.reduce(each))[:-1])


def rare_beside(others: Sequence[np.ndarray], towns: Towns) -> np.ndarray:
    """Give how rare each town is on a sheet by whose other pictures and the roll it is so `believed`; bits (towns,)."""
    share = sum(others, np.exp2(-towns.bits)) / (1 + len(others))
    return np.asarray(-np.log2(share))


def town_doubts(found: np.ndarray, who: np.void, seen: TownSeen, towns: Towns) -> tuple[np.ndarray, float]:
    """Give -log2 of the probability of each voter's town, and of the zip code as read; 0 without a picture.

    Args:
        found: voters, `packed.RECORD`.
        who: the signer as read.
        seen: the cells.
        towns: of the roll.
    """
    if seen.bits is None:
        return np.zeros(len(found)), 0.0
    each = seen.bits - seen.rare + np.log2(1 - ZIP_ERROR)
    known = towns.keys >> 16 == int(who["zip"])
    if not who["zip"]:
        known = (towns.keys & 0xFFFF == int(who["city"])) & (int(who["city"]) > 0)
    own = float(np.logaddexp2.reduce(each[known], initial=-STRANGE_ZIP))
    total = np.logaddexp2.reduce(np.append(each, -STRANGE_ZIP))
    place = towns.of(found)
    return np.where(place >= 0, total - np.append(each, 0.0)[place], NOTHING_BITS), float(total - own)


def _seen(cell: Seen, labels: np.ndarray) -> np.ndarray:
    return weigh_texts(cell.with_gap(PASSED), cell.tail(PASSED), labels)
