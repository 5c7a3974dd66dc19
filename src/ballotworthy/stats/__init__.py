"""Numbers in, numbers out: the sample, the formulas of law, the statistics beside them."""

from ballotworthy.stats.draw import draw
from ballotworthy.stats.pairs import PairEstimate, goodman, pair_estimate
from ballotworthy.stats.project import (
    Projection,
    SampleTest,
    Step,
    california,
    full_count,
    washington,
    washington_test,
)

__all__ = [
    "PairEstimate",
    "Projection",
    "SampleTest",
    "Step",
    "california",
    "draw",
    "full_count",
    "goodman",
    "pair_estimate",
    "washington",
    "washington_test",
]
