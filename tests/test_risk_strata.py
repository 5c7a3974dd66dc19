"""The check by strata against brute force and at the boundary; the allowance for wrong acceptances; their terms."""

from __future__ import annotations

import sys
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.risk_check.allowance import misread_of
from ballotworthy.stats.risk.finding import Drawn, finding_by_strata, finding_of
from ballotworthy.stats.risk.readers import wrongly_accepted
from ballotworthy.stats.risk.shares import most_share
from ballotworthy.stats.risk.sides import Question
from ballotworthy.stats.risk.strata import Stratum, least_capital
from ballotworthy.verify import strata as verifier

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import risk_strata as benchmark

NUMBERS = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=8)


def textbook(lines: int, xs: list[float], total: float) -> float:
    """Give a stratum's capital against a sum, bet by bet, as the first lines of the module say."""
    money = {0.0: 0.5, 0.05: 0.125, 0.2: 0.125, 0.6: 0.125, 0.95: 0.125}
    seen = 0.0
    for at, x in enumerate(xs):
        mu = (total - seen) / (lines - at)
        money = {c: part * (1 - c + (c * x / mu if x else 0.0)) for c, part in money.items()}
        seen += x
    return sum(money.values())


@settings(max_examples=40, deadline=None)
@given(NUMBERS, NUMBERS, st.integers(0, 12), st.integers(0, 12), st.floats(0.05, 0.98))
def test_no_way_to_spread_a_sum_over_two_strata_has_less_capital(
    one: list[float], two: list[float], more: int, others: int, part: float
) -> None:
    first, second = Stratum(len(one) + more, np.array(one)), Stratum(len(two) + others, np.array(two))
    low = sum(one) + sum(two)
    null = low + part * (more + others) + 0.01
    found = least_capital([first, second], null)
    tried = []
    for at in np.linspace(sum(one), sum(one) + more, 801).tolist():
        rest = min(null - at, sum(two) + others)
        if rest >= sum(two) and not (at == 0 and sum(one)):
            tried.append(textbook(first.lines, one, max(at, 1e-12)) * textbook(second.lines, two, max(rest, 1e-12)))
    assert found <= min(tried) * (1 + 1e-6)
    assert found >= min(tried) * 0.9  # the grid is not as fine as the search


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NUMBERS, st.integers(0, 30)), min_size=1, max_size=4), st.floats(0.01, 1.2))
def test_office_and_verifier_find_the_same_least_capital(strata: list[tuple[list[float], int]], part: float) -> None:
    null = sum(sum(xs) for xs, _ in strata) + part * sum(more for _, more in strata)
    ours = least_capital([Stratum(len(xs) + more, np.array(xs)) for xs, more in strata], null)
    assert verifier.least_capital([(len(xs) + more, xs) for xs, more in strata], null) == pytest.approx(ours, rel=1e-7)


def test_a_sum_that_was_passed_is_disproved_and_one_that_nothing_speaks_against_is_not() -> None:
    strata = [Stratum(5, np.array([1.0, 1.0])), Stratum(9, np.array([]))]
    assert least_capital(strata, 1.5) == float("inf")
    assert least_capital(strata, 14.0) <= 1.0


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("counties", benchmark.SETTINGS[:6:2], ids=lambda each: each.name)
def test_the_check_by_strata_is_wrong_as_rarely_as_the_limit_says(counties: benchmark.Counties, side: int) -> None:
    """The short form of `python benchmarks/risk_strata.py risk`: one signature on the wrong side."""
    runs = 40
    apart, doubled = benchmark.wrongly(counties, side, runs, 5)
    most = benchmark.LIMIT + 3 * sqrt(benchmark.LIMIT * (1 - benchmark.LIMIT) / runs)
    assert max(apart, doubled) <= most


def test_all_lines_of_a_county_sample_count_and_settle_what_one_order_leaves_open() -> None:
    """Three lines of a small county end the one order early."""
    rng = np.random.default_rng(0)
    counties = benchmark.hardly(0.01)
    found = benchmark.drawing(counties, rng)
    assert (len(found.weights), found.drawn.begins < 1000) == (1803, True)
    apart, one = benchmark.capitals(found, round(sum(counties.valid) / 1.01), 0)
    assert apart > 2 / 0.05 > one


def test_one_stratum_in_one_order_says_no_more_than_the_check_of_one_order() -> None:
    weights = np.array([1.0] * 60 + [0.0] * 10)
    question = Question(200, 120)
    drawn = Drawn(np.zeros(70, int), (200,), 70)
    one = finding_of(question, weights, np.zeros(70), np.ones(70, bool), 0.05, 0.0)
    both = finding_by_strata(question, weights, np.zeros(70), drawn, 0.05, 0.0)
    assert both.sufficient <= 2 * one.sufficient
    assert both.low <= one.low + 5
    assert both.high >= one.high - 5


def test_the_interval_by_strata_holds_what_is_certain_and_passes_the_requirement_with_the_risk() -> None:
    weights = np.array([1.0, 1.0, 0.0, 1.0] * 20)
    drawn = Drawn(np.array([0, 1] * 40), (60, 50), 80)
    found = finding_by_strata(Question(110, 60), weights, np.zeros(80), drawn, 0.05, 0.0)
    assert (found.sufficient, found.low >= 60, found.decided) == (0.0, True, "sufficient")
    assert found.high <= 110 - 20


@pytest.mark.parametrize(("read", "wrong", "lines", "least"), [(300, 0, 10_000, 153), (300, 2, 10_000, 277)])
def test_wrong_acceptances_are_allowed_for_by_their_exact_limit(read: int, wrong: int, lines: int, least: int) -> None:
    found = wrongly_accepted(read, wrong, lines, 0.01)
    assert least <= found <= least + 3
    assert found >= lines * most_share(wrong, read, 0.01)


@pytest.mark.parametrize(
    ("rereads", "says"),
    [((0, 0), "no acceptance was read again"), ((5, 6), "cannot have been found wrong"), ((5, -1), "cannot have been")],
)
def test_second_readings_that_cannot_be_are_refused(rereads: tuple[int, int], says: str) -> None:
    with pytest.raises(InputError, match=says):
        misread_of(rereads, 1000, 0.01)


def test_people_who_accept_wrongly_mislead_the_check_unless_it_was_allowed_for() -> None:
    """The short form of `python benchmarks/risk_strata.py readers`: a petition one short, 2% of its lines accepted."""
    assert benchmark.misled(0.02, None, 200, 3) > 0.5
    assert benchmark.misled(0.02, 1000, 200, 3) <= benchmark.LIMIT
