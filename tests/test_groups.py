"""Intervals and groups that stand out, against published values, slow counting and honest petitions by the hundred."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.stats.beta_binomial import Tails, log_chance
from ballotworthy.stats.groups import discoveries, named, wilson
from ballotworthy.stats.heavy import heavy_tails
from ballotworthy.stats.usual import tails


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
    limit = max((p for rank, p in enumerate(ranked, 1) if p <= 0.05 * rank / len(ranked)), default=-1.0)
    assert discoveries(chances) == [p <= limit for p in chances]


def honest(rng: np.random.Generator, groups: int, share: Any, correlation: float) -> np.ndarray:
    spread = 1 / correlation - 1
    return np.asarray(rng.beta(share * spread, (1 - share) * spread, groups))


def sizes(rng: np.random.Generator, groups: int, kind: str) -> np.ndarray:
    if kind == "equal":
        return np.full(groups, 150)
    if kind == "wide":
        return np.exp(rng.uniform(np.log(5), np.log(5_000), groups)).astype(np.int64)
    return rng.integers(100, 400, groups)


def test_the_chances_of_a_group_are_those_of_the_formula_by_the_gamma_function() -> None:
    def slow(x: int, n: int, a: float, b: float) -> float:
        def beta(p: float, q: float) -> float:
            return math.lgamma(p) + math.lgamma(q) - math.lgamma(p + q)

        return math.comb(n, x) * math.exp(beta(x + a, n - x + b) - beta(a, b))

    a, b = np.array([0.3, 11.76]), np.array([5.0, 37.24])
    quick = np.exp(log_chance(np.array([0, 7, 60]), np.array([9, 50, 60]), a, b))
    for group, (x, n) in enumerate([(0, 9), (7, 50), (60, 60)]):
        for at in range(2):
            assert quick[group, at] == pytest.approx(slow(x, n, a[at], b[at]), rel=1e-9)
    low, high = Tails(a, b, 50).of(7, 50)
    assert low == pytest.approx([sum(slow(x, 50, p, q) for x in range(8)) for p, q in zip(a, b, strict=True)])
    assert high == pytest.approx([sum(slow(x, 50, p, q) for x in range(7, 51)) for p, q in zip(a, b, strict=True)])


def test_twelve_bad_groups_of_four_hundred_are_found_and_no_good_one() -> None:
    rng = np.random.default_rng(1)
    size = sizes(rng, 400, "")
    share = np.r_[np.full(12, 0.6), honest(rng, 388, 0.24, 0.02)]
    found = named(rng.binomial(size, share).tolist(), size.tolist())
    assert sum(found[:12]) >= 10
    assert sum(found[12:]) <= 1


def test_four_who_copied_the_telephone_book_are_found_by_their_few_bad_lines() -> None:
    power, wrong = 0.0, 0
    for seed in range(25):
        rng = np.random.default_rng(seed)
        size = rng.integers(160, 251, 40)
        bad = rng.binomial(size, honest(rng, 40, 0.21, 0.01))
        bad[:4] = rng.integers(2, 10, 4)
        found = named(bad.tolist(), size.tolist())
        power, wrong = power + sum(found[:4]) / 100, wrong + sum(found[4:])
    assert power > 0.72
    assert wrong <= 5


@pytest.mark.parametrize(
    ("groups", "share", "correlation", "kind"),
    [(10, 0.1, 0.05, ""), (20, 0.24, 0.02, "equal"), (40, 0.4, 0.05, "wide"), (60, 0.05, 0.005, "wide")],
)
def test_honest_petitions_seldom_name_anybody(groups: int, share: float, correlation: float, kind: str) -> None:
    anybody = 0
    for seed in range(40):
        rng = np.random.default_rng([seed, groups])
        size = sizes(rng, groups, kind)
        bad = rng.binomial(size, honest(rng, groups, share, correlation))
        anybody += any(named(bad.tolist(), size.tolist()))
    assert anybody <= 3  # at 3.3% more than three of forty happen once in twenty times


def test_two_kinds_of_honest_places_are_no_crowd_of_forgers() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        size = sizes(rng, 40, "")
        share = np.where(np.arange(40) < 12, 0.38, 0.17)
        assert not any(named(rng.binomial(size, honest(rng, 40, share, 0.005)).tolist(), size.tolist()))


def test_a_group_is_judged_without_itself() -> None:
    others = ([20] * 9, [100] * 9)
    fair, far = (tails([part, *others[0]], [100, *others[1]])[0][1] for part in (21, 90))
    assert far < 1e-6 < 0.2 < fair


def test_a_heavy_tail_is_that_of_drawn_log_odds_of_students_t() -> None:
    rng = np.random.default_rng(7)
    a, b = np.array([11.0]), np.array([39.0])
    deviation = math.sqrt(1 / 51 / (0.22 * 0.78)) * math.sqrt(3 / 5)
    share = 1 / (1 + np.exp(-np.log(11 / 39) - deviation * rng.standard_t(5, 200_000)))
    drawn = rng.binomial(200, share)
    for part in (10, 44, 90, 130):
        low, high = heavy_tails(part, 200, a, b, np.ones(1))
        assert low == pytest.approx((drawn <= part).mean(), rel=0.02, abs=2e-4)
        assert high == pytest.approx((drawn >= part).mean(), rel=0.02, abs=2e-4)


def test_few_groups_are_never_judged() -> None:
    assert named([90, 1, 1, 1], [100, 100, 100, 100]) == [False] * 4


def test_empty_groups_do_no_harm() -> None:
    assert named([0, 1, 2, 3, 4, 5], [0, 10, 10, 10, 10, 10]) == [False] * 6


def test_shares_of_nothing_and_of_all_do_no_harm() -> None:
    assert named([0] * 6, [50] * 6) == [False] * 6
    assert named([50] * 6, [50] * 6) == [False] * 6
    assert named([], []) == []
