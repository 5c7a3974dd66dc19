"""The first test of circulators alone, `stats.groups.named`: honest petitions that name anybody, and power.

python benchmarks/groups.py [PETITIONS] [FIRST]

FIRST is the seed of the first petition: seeds from 0 were looked at while the test was designed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

from ballotworthy.stats.groups import named

Shares = Callable[[np.random.Generator, int], np.ndarray]


def beta(share: float, correlation: float) -> Shares:
    """Give honest shares as the beta distribution has them."""
    spread = 1 / correlation - 1
    return lambda rng, groups: np.asarray(rng.beta(share * spread, (1 - share) * spread, groups))


def student(share: float, correlation: float, degrees: int) -> Shares:
    """Give honest log odds with the heavy tail of Student's t, of the same deviation."""
    sd = np.sqrt(correlation / (share * (1 - share)) * (degrees - 2) / degrees)
    middle = np.log(share / (1 - share))
    return lambda rng, groups: np.asarray(1 / (1 + np.exp(-middle - sd * rng.standard_t(degrees, groups))))


def clusters(part: float) -> Shares:
    """Give two kinds of honest places: a part at 0.35, the others at 0.15."""
    return lambda rng, groups: np.where(rng.random(groups) < part, 0.35, 0.15) * rng.lognormal(0, 0.1, groups)


SIZES: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "150 each": lambda _, groups: np.full(groups, 150),
    "100 to 400": lambda rng, groups: rng.integers(100, 401, groups),
    "5 to 5,000": lambda rng, groups: np.exp(rng.uniform(np.log(5), np.log(5_000), groups)).astype(np.int64),
}
HONEST: dict[str, tuple[Shares, str]] = {
    "beta .05, .005": (beta(0.05, 0.005), "5 to 5,000"),
    "beta .24, .02": (beta(0.24, 0.02), "150 each"),
    "beta .4, .05": (beta(0.4, 0.05), "5 to 5,000"),
    "beta .1, .05": (beta(0.1, 0.05), "100 to 400"),
    "t with 5 degrees": (student(0.2, 0.02, 5), "100 to 400"),
    "t with 4 degrees": (student(0.2, 0.02, 4), "100 to 400"),
    "three in ten rural": (clusters(0.3), "100 to 400"),
}


def anybody(world: str, groups: int, petitions: int, first: int = 0) -> float:
    """Give the share of honest petitions that name anybody."""
    shares, sizes = HONEST[world]
    hits = 0
    for seed in range(first, first + petitions):
        rng = np.random.default_rng([seed, groups])
        size = SIZES[sizes](rng, groups)
        hits += any(named(rng.binomial(size, shares(rng, groups)).tolist(), size.tolist()))
    return hits / petitions


def power(
    groups: int, share: float, correlation: float, petitions: int, first: int = 0, *, copyists: bool
) -> tuple[float, float]:
    """Give the share of the bad who are named and the innocent names a petition.

    The bad are four who copied the telephone book, or three in a hundred with a share of 0.6.
    """
    count = 4 if copyists else round(groups * 0.03)
    right = wrong = 0.0
    for seed in range(first, first + petitions):
        rng = np.random.default_rng([seed, groups, 1])
        size = rng.integers(160, 251, groups) if copyists else rng.integers(100, 401, groups)
        bad = rng.binomial(size, beta(share, correlation)(rng, groups))
        bad[:count] = rng.integers(2, 10, count) if copyists else rng.binomial(size[:count], 0.6)
        found = named(bad.tolist(), size.tolist())
        right, wrong = right + sum(found[:count]) / count, wrong + sum(found[count:])
    return right / petitions, wrong / petitions


def main(petitions: int, first: int) -> None:
    """Print both."""
    for world in HONEST:
        told = ", ".join(
            f"{groups}: {anybody(world, groups, max(10, petitions * 40 // max(groups, 40)), first):.1%}"
            for groups in (10, 20, 40, 100, 400)
        )
        print(f"{world}: petitions that name anybody, by circulators {told}", flush=True)
    for correlation in (0.005, 0.01, 0.02):
        right, wrong = power(40, 0.21, correlation, petitions, first, copyists=True)
        print(f"four copyists of 40, spread {correlation}: named {right:.1%}, innocent {wrong:.3f}", flush=True)
    right, wrong = power(400, 0.24, 0.02, max(10, petitions // 10), first, copyists=False)
    print(f"twelve of 400 at 60%: named {right:.1%}, innocent {wrong:.3f}")


if __name__ == "__main__":
    main(*(int(each) for each in [*sys.argv[1:], *("200", "5000")[len(sys.argv) - 1 :]]))
