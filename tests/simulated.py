"""A simulated petition that several test files look at from different sides."""

from __future__ import annotations

import datetime

from ballotworthy.simulate import RATE_NAMES, Rates, Simulation, simulate

ON = datetime.date(2018, 4, 20)
COUNTIES = (("Los Angeles", 2_000), ("Alpine", None), ("Kern", 300), ("Inyo", 40))
PERFECT = Rates(**dict.fromkeys(RATE_NAMES, 0.0))


def make(seed: str = "seed", *, rates: Rates | None = None, **options: object) -> Simulation:
    """Simulate 12,000 voters and 4,000 lines, unless told otherwise."""
    numbers = {"voters": 12_000, "lines": 4_000} | options
    return simulate("us-ca", seed=seed, on=ON, rates=rates or Rates(), strata=COUNTIES, **numbers)
