"""Who lives with whom: couples, grown children, single parents and roommates, and how old they are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from ballotworthy.simulate.draws import Bools, Dates, Floats, Ints, weighted

# Kinds of household, and their shares (after the Census tables of America's families, 2018).
ALONE, COUPLE, FAMILY, ONE_PARENT, ROOMMATES = range(5)
SHARES = (0.34, 0.33, 0.16, 0.09, 0.08)
FURTHER = (0.6, 0.3, 0.1)  # one, two or three children or roommates

ADULT = 18.1  # years, a little more than eighteen so that registration fits in
GATHERING = 0.5  # years in which signatures are gathered: nobody comes of age in them and signs before
OLDEST = 104.0


@dataclass(frozen=True)
class Households:
    """Of each voter: the home (from 0, ascending), the row of its head, and the part in the household.

    `first_child` is the eldest of the children; whoever is none of the others is the head.
    """

    home: Ints
    head: Ints
    spouse: Bools
    child: Bools
    first_child: Bools
    roommate: Bools


def make_households(rng: np.random.Generator, voters: int) -> Households:
    """Give households that hold `voters` people together; the last may be cut short."""
    kind = weighted(rng, SHARES, voters)
    further = 1 + weighted(rng, FURTHER, voters)
    parents = np.select([kind == ALONE, kind == COUPLE, kind == FAMILY], [1, 2, 2], 1)
    sizes = parents + np.where(kind >= FAMILY, further, 0)
    ends = np.cumsum(sizes)
    homes = int(np.searchsorted(ends, voters)) + 1 if voters else 0
    home = np.repeat(np.arange(homes), sizes[:homes])[:voters]
    head = (ends - sizes)[home]
    place, kind, parents = np.arange(voters) - head, kind[home], parents[home]
    raised = (kind == FAMILY) | (kind == ONE_PARENT)
    return Households(
        home=home,
        head=head,
        spouse=(place == 1) & (parents == 2),
        child=raised & (place >= parents),
        first_child=raised & (place == parents),
        roommate=(kind == ROOMMATES) & (place > 0),
    )


def make_births(rng: np.random.Generator, them: Households, on: datetime.date, twins: float) -> Dates:
    """Give birth dates, eighteen years before the first signature or more; parents are older than grown children."""
    size = len(them.home)
    raises = np.zeros(size, dtype=np.bool_)
    raises[them.head[them.child]] = True
    age = np.where(raises, 41 + 45 * rng.beta(1.6, 2.2, size), ADULT + 75 * rng.beta(1.5, 2.1, size))
    near = age[them.head] + rng.normal(0, 3.5, size)
    age = np.where(them.spouse | them.roommate, near, age)
    grown: Floats = age[them.head] - rng.uniform(20, 38, size)
    age = np.where(them.child, np.where(grown < ADULT, ADULT + 5 * rng.random(size), grown), age)
    days = (np.clip(age, ADULT + GATHERING, OLDEST) * 365.25).astype("timedelta64[D]")
    birth: Dates = np.datetime64(on, "D") - days

    twin = np.flatnonzero(them.child & ~them.first_child & (rng.random(size) < twins))
    birth[twin] = birth[twin - 1]
    return birth
