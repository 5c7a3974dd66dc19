"""Homes to live in: counties hold towns, towns hold streets, streets hold houses and apartment buildings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from ballotworthy.simulate.draws import Floats, Ints, weighted
from ballotworthy.simulate.words import (
    DIRECTIONS,
    ORDINALS,
    ROADS,
    STREET_NAMES,
    TOWN_ENDS,
    TOWN_FRONTS,
    TOWN_STEMS,
    TYPE_SHARES,
    TYPES,
)

HOMES_A_TOWN = 6_000
BUILDINGS_A_STREET = 30
BUILDINGS_WITH_UNITS = 0.03  # with eleven homes each on average: about a quarter of all homes
STREETS_WITH_DIRECTION = 0.15


def make_homes(rng: np.random.Generator, county: Ints, names: Sequence[str]) -> pl.DataFrame:
    """Give one row per home: county, city, zip and street address, spelled as a roll spells them.

    The county is there twice: by name in `county`, and by position in `county_code`.

    Args:
        rng: the stream of the homes.
        county: the position in `names` of each home's county, ascending.
        names: the counties.
    """
    building, unit = _buildings(rng, county)
    first = np.flatnonzero(np.r_[True, building[1:] != building[:-1]])
    street, number = _streets(rng, county[first])
    first_of_street = np.flatnonzero(np.r_[True, street[1:] != street[:-1]])
    town, postcode, cities = _towns(rng, county[first][first_of_street], names)
    labels = _street_names(rng, len(first_of_street))
    at = street[building]
    return pl.DataFrame(
        {
            "county_code": county,
            "county": pl.Series(names, dtype=pl.String).gather(county),
            "city": pl.Series(cities, dtype=pl.String).gather(town[at]),
            "zip": pl.Series(postcode[at]).cast(pl.String).str.zfill(5),
            "house_number": pl.Series(number[building]).cast(pl.String),
            "unit": unit,
        }
    ).with_columns(labels[at])


def _buildings(rng: np.random.Generator, county: Ints) -> tuple[Ints, pl.Series]:
    """Give the building of each home, ascending, and its unit ("" in a house of its own)."""
    homes = len(county)
    sizes = np.where(rng.random(homes) < BUILDINGS_WITH_UNITS, 1 + rng.geometric(0.1, homes), 1)
    building = np.repeat(np.arange(homes), sizes)[:homes]
    new = np.r_[True, (building[1:] != building[:-1]) | (county[1:] != county[:-1])]
    building = (np.cumsum(new) - 1).astype(np.int64)
    start = np.flatnonzero(new)
    size = np.diff(np.r_[start, homes])[building]
    style = weighted(rng, (0.5, 0.3, 0.2), len(start))[building]
    return building, _units(style, size, np.arange(homes) - start[building])


def _units(style: Ints, size: Ints, place: Ints) -> pl.Series:
    """Give the unit of each home from its place in the building: 1 2 3, A B C or 101 102 103 by style."""
    lettered = (style == 1) & (size <= 26)
    by_floor = (style > 0) & ~lettered
    number = np.where(by_floor, (place // 6 + 1) * 100 + place % 6 + 1, place + 1)
    unit = pl.Series(number).cast(pl.String)
    letters = pl.Series([chr(ord("A") + at) for at in range(26)])
    unit = letters.gather(place % 26).zip_with(pl.Series(lettered), unit)
    return unit.zip_with(pl.Series(size > 1), pl.Series([""]))


def _streets(rng: np.random.Generator, county: Ints) -> tuple[Ints, Ints]:
    """Give the street of each building, ascending, and its house number, rising along the street."""
    buildings = len(county)
    new = rng.random(buildings) < 1 / BUILDINGS_A_STREET
    new[0] = True
    new[1:] |= county[1:] != county[:-1]
    street = (np.cumsum(new) - 1).astype(np.int64)
    start = np.flatnonzero(new)
    steps = np.cumsum(rng.integers(1, 13, buildings))
    base = 100 * np.clip(rng.lognormal(2.3, 1.2, len(start)), 1, 280).astype(np.int64)
    return street, base[street] + steps - steps[start][street]


def _towns(rng: np.random.Generator, county: Ints, names: Sequence[str]) -> tuple[Ints, Ints, list[str]]:
    """Give town and ZIP code of each street, and the towns; the first of a county bears its name."""
    chance = BUILDINGS_A_STREET / HOMES_A_TOWN
    first = np.r_[True, county[1:] != county[:-1]]
    new = first | (rng.random(len(county)) < chance)
    town = (np.cumsum(new) - 1).astype(np.int64)
    codes = (np.cumsum(new | (rng.random(len(county)) < 2 * chance)) - 1).astype(np.int64)
    postcode = 90_001 + (codes * 37) % 6_000
    cities = [
        f"{names[at].upper()} CITY" if seat else _town(rng) for at, seat in zip(county[new], first[new], strict=True)
    ]
    return town, postcode, cities


def _town(rng: np.random.Generator) -> str:
    front, stem, end, kind = rng.random(4)
    name = TOWN_STEMS[int(stem * len(TOWN_STEMS))] + TOWN_ENDS[int(end * len(TOWN_ENDS))]
    return f"{TOWN_FRONTS[int(front * len(TOWN_FRONTS))]} {name}" if kind < 0.3 else name


def _street_names(rng: np.random.Generator, streets: int) -> pl.DataFrame:
    """Give direction, name and type of each street; highways and numbered streets are among them."""
    ranks: Floats = 1 / (np.arange(len(STREET_NAMES)) + 15.0)
    named = pl.Series(STREET_NAMES, dtype=pl.String).gather(weighted(rng, ranks, streets))
    numbered = pl.Series([_ordinal(n) for n in range(1, 121)]).gather(
        weighted(rng, 1 / (np.arange(120) + 10.0), streets)
    )
    roads = pl.Series([f"{road} {n}" for road in ROADS for n in range(1, 200, 3)]).gather(
        rng.integers(0, len(ROADS) * 67, streets)
    )
    kinds = weighted(rng, TYPE_SHARES, streets)
    avenues = np.where(rng.random(streets) < 0.6, 0, 1)
    sort = weighted(rng, (0.84, 0.13, 0.03), streets)  # a name, a number, a highway or rural route
    compass = weighted(rng, (4, 4, 4, 4, 1, 1, 1, 1), streets)
    where = weighted(
        rng, (1 - STREETS_WITH_DIRECTION, STREETS_WITH_DIRECTION * 0.8, STREETS_WITH_DIRECTION * 0.2), streets
    )
    frame = pl.DataFrame(
        {
            "sort": sort,
            "where": where,
            "named": named,
            "numbered": numbered,
            "road": roads,
            "type": pl.Series(tuple(TYPES)).gather(np.where(sort == 1, avenues, kinds)),
            "compass": pl.Series(tuple(DIRECTIONS)).gather(compass),
        }
    )
    road = pl.col("sort") == 2
    return frame.select(
        pre_direction=pl.when(~road & (pl.col("where") == 1)).then("compass").otherwise(pl.lit("")),
        street_name=pl.when(road).then("road").when(pl.col("sort") == 1).then("numbered").otherwise("named"),
        street_type=pl.when(road).then(pl.lit("")).otherwise("type"),
        post_direction=pl.when(~road & (pl.col("where") == 2)).then("compass").otherwise(pl.lit("")),
    )


def _ordinal(number: int) -> str:
    """Give 1ST, 22ND ... or, for a few of the low ones, the word."""
    if number <= len(ORDINALS) and number % 3 == 0:
        return ORDINALS[number - 1]
    last = 0 if 10 <= number % 100 <= 20 else number % 10
    ending = {1: "ST", 2: "ND", 3: "RD"}.get(last, "TH")  # codespell:ignore nd
    return f"{number}{ending}"
