"""The difference estimator: exact where it can be counted out, true to its 95% where the machine is not."""

from __future__ import annotations

import itertools
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.stats.difference import difference

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import rulings

CHANCE = st.floats(0, 1)
PETITION = st.lists(st.tuples(st.integers(0, 1), CHANCE), min_size=1, max_size=40)


def textbook(ruled: list[int], expected: list[float], total: float, lines: int) -> tuple[int, int]:
    """Give the ends by trying every sum and multiplying bet by bet, as the module's first lines say."""
    shares = [each / 100 for each in range(5, 100, 10)]

    def disproved(candidate: int, sign: int) -> bool:
        money, left, rest = [0.1] * 10, lines, candidate - total
        for v, p in zip(ruled, expected, strict=True):
            m = sign * rest / left
            gain = 0.0 if m >= 1 else (sign * (v - p) - m) / (1 + m) if m > -1 + 1e-9 else 0.0
            money = [0.0 if m >= 1 else each * (1 + c * gain) for each, c in zip(money, shares, strict=True)]
            if sum(money) >= 40:
                return True
            rest, left = rest - (v - p), left - 1
        return False

    can = range(sum(ruled), lines - len(ruled) + sum(ruled) + 1)
    return (
        min((each for each in can if not disproved(each, 1)), default=can[-1]),
        max((each for each in can if not disproved(each, -1)), default=can[0]),
    )


@given(PETITION, st.integers(0, 200))
def test_the_ends_are_those_of_the_textbook(petition: list[tuple[int, float]], others: int) -> None:
    ruled, expected = [v for v, _ in petition], [p for _, p in petition]
    total, lines = sum(expected) + others * 0.7, len(ruled) + others
    found = difference(np.array(ruled, float), np.array(expected), total, lines)
    low, high = textbook(ruled, expected, total, lines)
    assert (found.low, found.high) == (min(low, math.floor(found.estimate)), max(high, math.ceil(found.estimate)))


@given(PETITION, st.integers(0, 200), st.floats(0, 1))
def test_the_interval_holds_the_estimate_and_nothing_that_cannot_be(
    petition: list[tuple[int, float]], others: int, rest: float
) -> None:
    ruled, expected = np.array([v for v, _ in petition], float), np.array([p for _, p in petition])
    lines = len(ruled) + others
    found = difference(ruled, expected, float(expected.sum()) + others * rest, lines)
    assert ruled.sum() <= found.low <= found.estimate <= found.high <= lines - (1 - ruled).sum()


@given(PETITION)
def test_a_petition_of_which_every_line_was_ruled_is_known(petition: list[tuple[int, float]]) -> None:
    ruled, expected = np.array([v for v, _ in petition], float), np.array([p for _, p in petition])
    found = difference(ruled, expected, float(expected.sum()), len(ruled))
    assert (round(found.estimate, 6), found.low, found.high) == (ruled.sum(), ruled.sum(), ruled.sum())


@pytest.mark.parametrize("truth", [(1, 1, 1, 1, 1, 0), (0, 0, 1, 1, 1, 0), (1, 1, 1, 1, 1, 1), (0, 0, 0, 0, 0, 1)])
@pytest.mark.parametrize("ruled", [1, 3, 5])
def test_of_all_orders_of_six_lines_at_most_one_in_twenty_misleads(truth: tuple[int, ...], ruled: int) -> None:
    expected, orders = (0.9, 0.8, 0.99, 0.1, 0.5, 0.0), list(itertools.permutations(range(6)))
    missed, estimates = 0, 0.0
    for order in orders:
        seen = list(order[:ruled])
        v, p = np.array([truth[at] for at in seen], float), np.array([expected[at] for at in seen])
        found = difference(v, p, sum(expected), 6)
        missed += not found.low <= sum(truth) <= found.high
        estimates += sum(expected) + 6 / ruled * float((v - p).sum())
    assert missed <= len(orders) / 20
    assert estimates / len(orders) == pytest.approx(sum(truth))  # unbiased, before it is kept to what can be


@pytest.mark.parametrize("ruled", [50, 300])
@pytest.mark.parametrize("name", sorted(rulings.WORLDS))
def test_the_interval_holds_the_truth_whatever_the_machine_got_wrong(name: str, ruled: int) -> None:
    """The short form of `python benchmarks/rulings.py coverage`."""
    rng = np.random.default_rng(7)
    held, _, length, _ = rulings.coverage(rulings.WORLDS[name](4_000, rng), ruled, 100, rng)
    assert held >= 0.91  # 95%, less what a hundred draws cannot tell
    assert length <= {50: 0.6, 300: 0.27}[ruled]


def test_it_holds_for_somebody_who_looks_after_every_ten_lines() -> None:
    rng = np.random.default_rng(3)
    assert rulings.stopping(rulings.one_kind(2_000, rng), 40, rng) >= 0.95


def test_a_normal_interval_would_not_do_where_errors_are_few() -> None:
    rng = np.random.default_rng(5)
    held, normal, *_ = rulings.coverage(rulings.hardly_wrong(4_000, rng), 50, 100, rng)
    assert (held, normal < 0.6) == (1.0, True)
