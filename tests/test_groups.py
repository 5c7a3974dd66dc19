"""Intervals and groups that stand out, against published values and slow counting."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.stats.groups import discoveries, standing_out, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_score_interval_is_the_published_one(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_interval_holds_the_share_and_stays_within_zero_and_one(whole: int, share: float) -> None:
    low, high = wilson(share * whole, whole)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_nothing_counted_tells_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_discoveries_are_those_of_the_textbook_step_up(chances: list[float]) -> None:
    ranked = sorted(chances)
    limit = max((p for rank, p in enumerate(ranked, 1) if p <= 0.01 * rank / len(ranked)), default=-1.0)
    assert discoveries(chances) == [p <= limit for p in chances]


def test_twelve_bad_groups_of_four_hundred_are_found_and_no_good_one() -> None:
    rng = np.random.default_rng(1)
    wholes = [int(n) for n in rng.integers(100, 400, 400)]
    spread = 1 / 0.02 - 1
    shares = [0.6 if at < 12 else rng.beta(0.24 * spread, 0.76 * spread) for at in range(400)]
    parts = [int(rng.binomial(n, p)) for n, p in zip(wholes, shares, strict=True)]
    named = discoveries(standing_out(parts, wholes))
    assert sum(named[:12]) == 12
    assert sum(named[12:]) <= 3


def test_few_groups_are_never_judged() -> None:
    assert standing_out([9, 1, 1, 1], [10, 10, 10, 10]) == [1.0] * 4


def test_empty_groups_do_no_harm() -> None:
    assert all(math.isfinite(p) for p in standing_out([0, 1, 2, 3, 4, 5], [0, 10, 10, 10, 10, 10]))
