"""What the place's own rule costs and decides on an expected petition: its sample, and the full check it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ballotworthy.risk_check.expected import Expected
from ballotworthy.stats.needed import Outcome, Procedure

RUNS = 20_000


@dataclass(frozen=True)
class Statutory:
    """The place's own rule on such a petition.

    Attributes:
        sample: lines drawn; all of them where the law examines every signature.
        mean: lines that people check on average: the sample, and all others where it leads to a full check.
        full_check: the chance that it does.
        failed: the chance that the sample alone fails the petition.
        passed: the chance that the sample alone passes it.
    """

    sample: int
    mean: float
    full_check: float
    failed: float
    passed: float


def statutory_of(procedure: Procedure, expected: Expected, seed: int, runs: int = RUNS) -> Statutory:
    """Draw the place's sample many times from the expected petition, as one sample, and ask its formula."""
    n = expected.lines
    drawn = min(n, procedure.sample(n)) if procedure.sample else n
    if procedure.raw_must_reach and n < procedure.required:
        return Statutory(0, 0.0, 0.0, 1.0, 0.0)
    if procedure.outcome is None or drawn >= n:
        enough = float(expected.valid >= procedure.required)
        return Statutory(n, float(n), 1.0, 1 - enough, enough)
    verdicts = _verdicts(procedure.outcome, expected, drawn, np.random.default_rng(seed), runs)
    failed, passed = float((verdicts == -1).mean()), float((verdicts == 1).mean())
    full = 1 - failed - passed
    return Statutory(drawn, drawn + full * (n - drawn), full, failed, passed)


def _verdicts(outcome: Outcome, expected: Expected, drawn: int, draw: np.random.Generator, runs: int) -> np.ndarray:
    """Give -1, 0 or 1 for each draw: it fails, leads to a full check, passes.

    The formulas never turn worse with more valid lines, so for each number of pairs two limits are enough.
    """
    groups = [expected.singles, expected.pairs, expected.pairs, expected.invalid]
    singles, firsts, seconds, _ = draw.multivariate_hypergeometric(groups, drawn, runs, method="marginals").T
    pairs = draw.hypergeometric(firsts, expected.pairs - firsts, seconds)
    valid = singles + firsts + seconds - expected.lost * pairs
    found = np.zeros(runs, np.int8)
    for count in np.unique(pairs).tolist():
        here = pairs == count
        numbers = valid[here]
        low, high = int(numbers.min()), int(numbers.max())

        def holds(*names: str, count: int = count) -> Callable[[int], bool]:
            return lambda each: outcome(expected.lines, drawn, each, count) in names

        passes = _first(holds("sufficient"), low, high)
        stays = _first(holds("sufficient", "full-check"), low, high)
        found[here] = np.where(numbers >= passes, 1, np.where(numbers >= stays, 0, -1))
    return found


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Give the least number from `low` to `high` for which it holds, `high` + 1 if for none."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
