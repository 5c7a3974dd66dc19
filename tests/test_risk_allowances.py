"""What must be allowed for: unlinked duplicates, wrong rulings, heavy signers; and rounds, and exact limits."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.stats.project import california
from ballotworthy.stats.risk.heavy import over_deducted
from ballotworthy.stats.risk.readers import rate_of, wrong_acceptances_borne, wrong_refusals_borne
from ballotworthy.stats.risk.rounds import p_value_of, product_of
from ballotworthy.stats.risk.shares import least_share, most_share, poisson_limits
from ballotworthy.stats.risk.unlinked import unlinked_by_decoys, unlinked_by_keys


def common(population: int, marked: int, caught: int, least: int) -> float:
    """The hypergeometric tail, by counting."""
    ways = comb(population, caught)
    return (
        sum(comb(marked, k) * comb(population - marked, caught - k) for k in range(least, min(marked, caught) + 1))
        / ways
    )


@pytest.mark.parametrize(("first", "second", "both"), [(30, 20, 15), (8, 9, 8), (50, 40, 10), (5, 5, 1), (12, 3, 3)])
def test_the_limit_of_two_keys_is_the_last_population_not_refuted(first: int, second: int, both: int) -> None:
    most = unlinked_by_keys(first, second, both, 0.05) + first + second - both
    assert common(most, first, second, both) > 0.05
    assert common(most + 1, first, second, both) <= 0.05


def test_the_limit_of_two_keys_is_too_low_as_rarely_as_promised() -> None:
    draw = np.random.default_rng(11)
    low = 0
    for _ in range(2000):
        both, one, two, none = draw.multinomial(600, [0.72, 0.18, 0.08, 0.02])
        low += unlinked_by_keys(int(both + one), int(both + two), int(both), 0.05) < none
    assert low / 2000 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2000)
    assert low > 0


def test_the_limit_of_decoys_is_too_low_as_rarely_as_promised() -> None:
    draw = np.random.default_rng(12)
    low = 0
    for _ in range(2000):
        recognised, links = int(draw.binomial(200, 0.93)), int(draw.binomial(900, 0.93))
        low += unlinked_by_decoys(200, recognised, links, 0.05) < 900 - links
    assert low / 2000 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2000)
    assert low > 0


def test_keys_that_depend_on_each_other_mislead() -> None:
    """The assumption is needed: what both miss alike is not counted."""
    draw = np.random.default_rng(13)
    low = 0
    for _ in range(200):
        hard = int(draw.binomial(600, 0.1))  # neither key can see these
        both, one, two, none = draw.multinomial(600 - hard, [0.72, 0.18, 0.08, 0.02])
        low += unlinked_by_keys(int(both + one), int(both + two), int(both), 0.05) < none + hard
    assert low > 190


def test_decoys_all_recognised_leave_a_little() -> None:
    """None of 100 missed: at 5% the rate of misses is at most about 3%, as the rule of three says."""
    assert 20 < unlinked_by_decoys(100, 100, 1000, 0.05) < 40


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: unlinked_by_keys(5, 4, 6, 0.05), "cannot be"),
        (lambda: unlinked_by_keys(5, 4, 0, 0.05), "nothing limits"),
        (lambda: unlinked_by_decoys(5, 6, 0, 0.05), "correct the counts"),
        (lambda: unlinked_by_decoys(5, 0, 3, 0.05), "no decoy was recognised"),
        (lambda: product_of([1.0, -1.0]), "0 or more"),
        (lambda: product_of([float("nan")]), "0 or more"),
    ],
)
def test_counts_that_cannot_be_are_refused(call: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()  # type: ignore[operator]


def test_e_values_multiply_and_their_product_is_bounded() -> None:
    assert product_of([]) == 1
    assert product_of([4.0, 10.0]) == 40
    assert p_value_of([4.0, 10.0]) == 0.025
    assert p_value_of([0.5, 0.5]) == 1
    assert product_of([float("inf"), 0.0]) == 0


def test_two_rounds_of_a_true_hypothesis_are_wrong_as_rarely_as_one() -> None:
    """Each round bets half on a fair coin, sixty throws; stopped after either round."""
    draw = np.random.default_rng(14)
    throws = draw.random((4000, 120)) < 0.5
    rounds = np.where(throws, 1.5, 0.5).reshape(4000, 2, 60).cumprod(axis=2)[:, :, 5]
    wrong = [p_value_of(each) <= 0.05 or p_value_of(each[:1]) <= 0.05 for each in rounds.tolist()]
    assert np.mean(wrong) <= 0.05


@pytest.mark.parametrize(("part", "whole"), [(0, 20), (3, 20), (20, 20), (1, 500)])
def test_exact_limits_are_where_the_tails_are(part: int, whole: int) -> None:
    high, low = most_share(part, whole, 0.025), least_share(part, whole, 0.025)
    below = sum(comb(whole, k) * high**k * (1 - high) ** (whole - k) for k in range(part + 1))
    above = sum(comb(whole, k) * low**k * (1 - low) ** (whole - k) for k in range(part, whole + 1))
    assert high == 1 if part == whole else below == pytest.approx(0.025, abs=1e-9)
    assert low == 0 if part == 0 else above == pytest.approx(0.025, abs=1e-9)


@pytest.mark.parametrize(
    ("seen", "low", "high"), [(0, 0.0, 3.689), (1, 0.025, 5.572), (4, 1.090, 10.242), (9, 4.115, 17.085)]
)
def test_poisson_limits_are_those_of_garwoods_table(seen: int, low: float, high: float) -> None:
    assert poisson_limits(seen, 0.05) == pytest.approx((low, high), abs=6e-4)


def test_a_voter_who_signs_fifty_times_costs_a_petition_1176_signatures_beyond_the_49() -> None:
    """By California's own formula, on average over samples of one in ten of a petition of 10,000 lines."""
    assert over_deducted([(50, 1)]) == 1176
    assert over_deducted([(2, 1000), (3, 4)]) == 4
    draw = np.random.default_rng(15)
    estimates = []
    for _ in range(4000):
        seen = int(draw.hypergeometric(50, 9950, 1000))
        others = int(draw.hypergeometric(7000, 2950, 1000 - seen))
        pairs = comb(seen, 2)
        estimates.append(california(10_000, 1000, others + seen - pairs, pairs).estimate if others > pairs else 0)
    short = 7001 - np.mean(estimates)
    assert short == pytest.approx(1176, abs=4 * np.std(estimates) / np.sqrt(4000) + 5)


def test_referendum_71_read_again() -> None:
    """222 accepted lines read again, 31 changed; 225 refused, 13 changed (Washington 2009)."""
    accepted, refused = rate_of(222, 31), rate_of(225, 13)
    assert (round(accepted.share or 0, 3), round(refused.share or 0, 3)) == (0.140, 0.058)
    assert (round(accepted.low, 3), round(accepted.high, 3)) == (0.097, 0.192)
    assert (round(refused.low, 3), round(refused.high, 3)) == (0.031, 0.097)
    assert rate_of(0, 0).share is None
    assert (rate_of(0, 0).low, rate_of(0, 0).high) == (0.0, 1.0)


@given(st.integers(100, 10_000), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_what_a_statement_bears_leaves_it_true(lines: int, share: float, wanted: float, other: float) -> None:
    """At the share borne the petition is just sufficient (or just not), with the other rulings as wrong as said."""
    seen, required = share * lines, max(1, int(wanted * lines))
    borne = wrong_acceptances_borne(seen, required, other, lines)
    if 0 < borne < 1:
        assert seen * (1 - borne) + other * (lines - seen) == pytest.approx(required)
    borne = wrong_refusals_borne(seen, required, other, lines)
    if 0 < borne < 1:
        assert seen * (1 - other) + borne * (lines - seen) == pytest.approx(required - 1)


def test_nothing_is_borne_where_nothing_is_left() -> None:
    assert wrong_acceptances_borne(0, 5, 0, 10) == 0
    assert wrong_refusals_borne(10, 5, 0, 10) == 0
