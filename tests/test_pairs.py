"""The pair estimate: official numbers, unbiased by enumeration, exact on a full count."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.stats import pair_estimate


def test_new_zealand_2013_gives_the_published_standard_error() -> None:
    """Published: 292,291 with standard error 2,579; the 70 signatures between are unexplained."""
    found = pair_estimate(393_778, 28_127, 23_031, 166)
    assert found.estimate == pytest.approx(292_220.9, abs=0.05)
    assert found.standard_error == pytest.approx(2_578.5, abs=0.05)


@given(st.integers(2, 10**6).flatmap(lambda raw: st.tuples(st.just(raw), st.integers(0, raw))))
def test_full_count_is_exact_and_certain(case: tuple[int, int]) -> None:
    raw, valid = case
    found = pair_estimate(raw, raw, valid, min(raw - valid, 3))
    assert found.estimate == pytest.approx(valid, rel=1e-9, abs=1e-6)
    assert found.standard_error == pytest.approx(0, abs=1e-3)


def test_estimate_is_unbiased_over_all_samples_of_a_small_petition() -> None:
    """Nine lines: three signers twice, one once, two lines invalid; all samples of five."""
    petition = ["a", "a", "b", "b", "c", "c", "d", "", ""]
    total = 0.0
    for lines in combinations(range(9), 5):
        signers = [petition[line] for line in lines if petition[line]]
        total += pair_estimate(9, 5, len(set(signers)), len(signers) - len(set(signers))).estimate
    assert total / comb(9, 5) == pytest.approx(4)


def test_standard_error_is_the_spread_of_simulated_samples() -> None:
    random = np.random.default_rng(7)
    petition = np.concatenate([np.repeat(np.arange(600), 2), np.arange(600, 14_000), np.full(5_400, -1)])
    estimates, errors = [], []
    for _ in range(400):
        signers = random.choice(petition, 2_000, replace=False)
        signers = signers[signers >= 0]
        valid = len(np.unique(signers))
        found = pair_estimate(len(petition), 2_000, valid, len(signers) - valid)
        estimates.append(found.estimate)
        errors.append(found.standard_error or 0.0)
    assert np.mean(estimates) == pytest.approx(14_000, abs=3 * float(np.std(estimates)) / 20)
    assert np.mean(errors) == pytest.approx(np.std(estimates), rel=0.15)


def test_one_line_of_many_has_no_standard_error() -> None:
    assert pair_estimate(100, 1, 1, 0).standard_error is None
    assert pair_estimate(1, 1, 1, 0).standard_error == 0


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(InputError, match="more than the sample"):
        pair_estimate(100, 10, 9, 2)
