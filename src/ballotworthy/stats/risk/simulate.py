"""Many simulated checks of one petition: how many lines people look at, and on which side each check ends.

A petition is so many lines of each kind: the weight that people would rule, and the machine's. A check draws
kind after kind without replacement, bets as `martingale.capital` does, and stops at the first line at which
either side reaches its capital. Nothing is drawn that nobody would look at, so a check costs as many steps as
lines looked at, whatever the size of the petition.

The random numbers are those of one seed, whichever number of threads runs them: the checks are made in blocks,
each with a seed of its own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.stats.risk import bets
from ballotworthy.stats.risk.bets import FIXED, SHRUNK, WRONG, Bet
from ballotworthy.stats.risk.martingale import NEAR
from ballotworthy.stats.risk.sides import Question, Sides, numbers_of, sides_of

BLOCKS = 16
NEITHER, SUFFICIENT, INSUFFICIENT = 0, 1, 2

_wrong = compiled(bets.wrong)
_shrunk = compiled(bets.shrunk)


@dataclass(frozen=True)
class Lines:
    """So many lines of one kind: `weight` as people would rule, `proposed` by the machine."""

    number: int
    weight: float
    proposed: float = 0.0


@dataclass(frozen=True)
class Checks:
    """What became of simulated checks.

    Attributes:
        looked: lines looked at in each; int64.
        ended: NEITHER, SUFFICIENT or INSUFFICIENT for each; int8.
    """

    looked: np.ndarray
    ended: np.ndarray

    def share(self, side: int) -> float:
        """Give the share of the checks that ended on a side."""
        return float((self.ended == side).mean())


def machine_total(lines: Sequence[Lines]) -> float:
    """Give what the machine's weights add up to: A."""
    return sum(each.number * each.proposed for each in lines)


def simulate_checks(
    question: Question,
    lines: Sequence[Lines],
    *,
    alphas: tuple[float, float],
    runs: int,
    most: int,
    seed: int,
) -> Checks:
    """Simulate checks of a petition.

    Args:
        question: what is asked of it.
        lines: the petition, kind by kind; the numbers add up to `question.lines`.
        alphas: the risk limits of the two sides; 0 for a side that is not looked at.
        runs: how many checks.
        most: how many lines are looked at in each at most.
        seed: of the random numbers.
    """
    kinds = sorted((each for each in lines if each.number), key=lambda each: -each.number)
    weights = np.array([each.weight for each in kinds])
    proposed = np.array([each.proposed for each in kinds])
    xs = np.array(numbers_of(question, weights, proposed, np.ones(len(kinds), bool)))
    counts = np.array([each.number for each in kinds], np.int64)
    return simulate_sides(sides_of(question), xs, counts, alphas=alphas, runs=runs, most=most, seed=seed)


def simulate_sides(
    sides: Sides,
    xs: np.ndarray,
    counts: np.ndarray,
    *,
    alphas: tuple[float, float],
    runs: int,
    most: int,
    seed: int,
) -> Checks:
    """Simulate checks of two hypotheses.

    Args:
        sides: the hypotheses and the bets against them.
        xs: the number that each kind of line has on either side; float64 (2, kinds).
        counts: how many lines of each kind there are; int64.
        alphas, runs, most, seed: as in `simulate_checks`.
    """
    nulls = np.array([sides.sufficient.null, sides.insufficient.null])
    tables = [_table(sides.sufficient.bets), _table(sides.insufficient.bets)]
    goals = np.array([1 / alpha if alpha else np.inf for alpha in alphas])
    sizes = [runs * (block + 1) // BLOCKS - runs * block // BLOCKS for block in range(BLOCKS)]
    seeds = np.random.SeedSequence(seed).generate_state(BLOCKS)
    cap = min(most, int(counts.sum()))

    def block(size: int, number: int) -> tuple[np.ndarray, np.ndarray]:
        looked, ended = np.empty(size, np.int64), np.empty(size, np.int8)
        _check_often(xs, counts, nulls, tables[0], tables[1], goals, cap, number, looked, ended)
        return looked, ended

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        parts = list(pool.map(block, sizes, seeds.tolist()))
    return Checks(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))


def _table(mixture: Sequence[Bet]) -> np.ndarray:
    return np.array([[bet.kind, bet.share, bet.first, bet.second, bet.third] for bet in mixture], float)


@allocating
def _check_often(
    xs: np.ndarray,
    counts: np.ndarray,
    nulls: np.ndarray,
    enough: np.ndarray,
    short: np.ndarray,
    goals: np.ndarray,
    most: int,
    seed: int,
    looked: np.ndarray,
    ended: np.ndarray,
) -> None:
    np.random.seed(seed)
    total = counts.sum()
    for run in range(len(looked)):
        left, rest = counts.copy(), total
        first, second = enough[:, 1].copy(), short[:, 1].copy()
        seen_first, seen_second = 0.0, 0.0
        looked[run], ended[run] = most, NEITHER
        for drawn in range(most):
            ticket = np.random.random() * rest
            kind = 0
            while kind < len(left) - 1 and ticket >= left[kind]:
                ticket -= left[kind]
                kind += 1
            while left[kind] == 0:
                kind -= 1
            left[kind] -= 1
            one, two = 0.0, 0.0
            if goals[0] < np.inf:
                one = _step(enough, first, nulls[0], seen_first, drawn, rest, xs[0, kind])
            if goals[1] < np.inf:
                two = _step(short, second, nulls[1], seen_second, drawn, rest, xs[1, kind])
            seen_first += xs[0, kind]
            seen_second += xs[1, kind]
            rest -= 1
            if one >= goals[0] or two >= goals[1]:
                looked[run] = drawn + 1
                ended[run] = SUFFICIENT if one >= goals[0] else INSUFFICIENT
                break


@compiled
def _step(table: np.ndarray, capitals: np.ndarray, null: float, seen: float, drawn: int, rest: int, x: float) -> float:
    """Bet on one line; give the capital of the mixture after it."""
    if seen + x > null + NEAR:
        return np.inf
    mu = (null - seen) / rest
    if mu >= 1:
        capitals[:] = 0.0
    elif null - seen > NEAR:
        within = min(max(mu, NEAR), 1 - NEAR)
        gain = x / mu - 1
        for at in range(len(capitals)):
            if table[at, 0] == FIXED:
                stake = table[at, 2]
            elif table[at, 0] == WRONG:
                stake = _wrong(within, table[at, 2])
            elif table[at, 0] == SHRUNK:
                stake = _shrunk(within, seen, drawn, table[at, 2], table[at, 3], table[at, 4])
            capitals[at] *= 1 + stake * gain
    total: float = capitals.sum()
    return total
