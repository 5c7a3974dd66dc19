"""Numbers in, numbers out: the sample, the formulas of law, the statistics beside them."""

from ballotworthy.stats.draw import draw
from ballotworthy.stats.pairs import PairEstimate, pair_estimate
from ballotworthy.stats.project import (
    Projection,
    SampleTest,
    Step,
    arizona,
    california,
    colorado,
    full_count,
    illinois,
    michigan,
    nevada,
    new_zealand,
    share_of_valid,
    south_dakota,
    washington,
    washington_test,
)

__all__ = [
    "PairEstimate",
    "Projection",
    "SampleTest",
    "Step",
    "arizona",
    "california",
    "colorado",
    "draw",
    "full_count",
    "illinois",
    "michigan",
    "nevada",
    "new_zealand",
    "pair_estimate",
    "share_of_valid",
    "south_dakota",
    "washington",
    "washington_test",
]
