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
from ballotworthy.stats.pairs import Seen, pair_interval, repeats_estimate


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


def drawn(
    groups: list[tuple[int, int]], filed: int, sample: int, *, lost: int = 1, told: bool = False, runs: int = 400
) -> tuple[float, float, float]:
    """Draw samples of a petition where so many signers signed so often; give truth, mean estimate and coverage."""
    random = np.random.default_rng(20261128)
    signers = np.concatenate([np.repeat(np.arange(number) + 10**6 * times, times) for times, number in groups])
    petition = np.concatenate([signers, np.full(filed - len(signers), -1)])
    truth = sum(number for times, number in groups if lost == 1 or times == 1)
    estimates, covered = [], 0
    for _ in range(runs):
        lines = random.choice(petition, sample, replace=False)
        times = np.unique(lines[lines >= 0], return_counts=True)[1]
        once, twice, thrice = (int((times == each).sum()) for each in (1, 2, 3))
        valid, duplicates = (once + twice + thrice, twice + 2 * thrice) if lost == 1 else (once, twice)
        seen = Seen(lost, thrice if told else None)
        estimates.append(pair_estimate(filed, sample, valid, duplicates, seen).estimate)
        interval = pair_interval([(filed, sample, valid, duplicates)], [seen])
        assert interval is not None
        covered += interval.low <= truth <= interval.high
    return truth, float(np.mean(estimates)), covered / runs


def test_signers_of_three_lines_are_counted_where_it_is_told_who_was_seen_three_times() -> None:
    """By pairs alone each of the 400 is taken for one signer less than he is; Goodman's next term puts it right."""
    groups = [(1, 13_000), (3, 400)]
    truth, by_pairs, _ = drawn(groups, 20_000, 1_000)
    assert by_pairs == pytest.approx(truth - 400, abs=120)
    truth, told, covered = drawn(groups, 20_000, 1_000, told=True)
    assert told == pytest.approx(truth, abs=270)
    assert covered >= 0.95


def test_where_no_line_of_a_repeated_signer_counts_those_who_signed_once_are_estimated() -> None:
    """Michigan: 1,500 of 14,500 lines are of pairs and none counts; one of each off leaves 5.8 percent too many."""
    truth, mean, covered = drawn([(1, 13_000), (2, 750)], 20_000, 1_000, lost=2)
    assert mean == pytest.approx(truth, rel=0.01)
    assert covered >= 0.95


@pytest.mark.parametrize("groups", [[(1, 13_400), (2, 600)], [(1, 14_000), (3, 1)], [(1, 14_000), (50, 1)]])
def test_the_interval_covers_pairs_one_signer_of_three_lines_and_one_of_fifty(groups: list[tuple[int, int]]) -> None:
    assert drawn(groups, 20_000, 1_000)[2] >= 0.95


def test_one_line_of_many_has_no_standard_error() -> None:
    assert pair_estimate(100, 1, 1, 0).standard_error is None
    assert pair_estimate(1, 1, 1, 0).standard_error == 0


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(InputError, match="more than the sample"):
        pair_estimate(100, 10, 9, 2)


R71 = (
    137_689,
    (
        (23_457, 2_985, 68),
        (65_531, 6_731, 470),
        (79_195, 8_505, 703),
        (117_069, 12_338, 1_477),
        (125_631, 13_054, 1_730),
    ),
)
"""Washington's Referendum 71 of 2009: lines filed; lines checked, invalid and duplicates, as published by day."""
R71_DUPLICATES, R71_CERTIFIED = 2_093, 122_007


@pytest.mark.parametrize(
    ("tally", "repeats", "error"), list(zip(R71[1], (2343, 2075, 2125, 2043, 2078), (280, 84, 66, 28, 20), strict=True))
)
def test_the_interval_for_duplicates_covers_what_the_full_check_of_referendum_71_found(
    tally: tuple[int, int, int], repeats: int, error: int
) -> None:
    found = repeats_estimate(R71[0], tally[0], tally[2])
    assert (found.estimate, found.standard_error) == pytest.approx((repeats, error), abs=1.5)
    assert abs(found.estimate - R71_DUPLICATES) <= 1.96 * (found.standard_error or 0)


@pytest.mark.parametrize("tally", R71[1][1:])
def test_the_interval_for_valid_signers_of_referendum_71_does_not_cover_since_lines_were_ruled_anew(
    tally: tuple[int, int, int],
) -> None:
    """A re-check against a newer roll moved about 1,000 lines: no sampling error speaks of that."""
    checked, invalid, duplicates = tally
    found = pair_interval([(R71[0], checked, checked - invalid - duplicates, duplicates)])
    assert found is not None
    assert found.high < R71_CERTIFIED
    assert not found.exact


def test_the_pair_estimate_of_referendum_71_is_near_the_one_published_by_others() -> None:
    """121,129 by a reporter's own formula at 117,069 lines; 121,135 here."""
    checked, invalid, duplicates = R71[1][3]
    assert round(pair_estimate(R71[0], checked, checked - invalid - duplicates, duplicates).estimate) == 121_135


def test_exact_limits_cover_where_few_duplicates_are_seen() -> None:
    """Samples of 500 of 10,000 lines, 150 pairs: about 0.4 are seen; normal limits would cover far too rarely."""
    random = np.random.default_rng(9)
    singles, pairs, raw, n = 6_700, 150, 10_000, 500
    covered = 0
    for _ in range(400):
        ones, firsts, seconds, _ = random.multivariate_hypergeometric(
            [singles, pairs, pairs, raw - singles - 2 * pairs], n
        )
        seen = int(random.hypergeometric(firsts, pairs - firsts, seconds)) if seconds else 0
        found = pair_interval([(raw, n, int(ones + firsts + seconds) - seen, seen)])
        assert found is not None
        assert found.exact
        covered += found.low <= singles + pairs <= found.high
    assert covered >= 380


def test_the_interval_ends_where_no_number_can_be() -> None:
    """1,000 of 5,000 drawn lines are not valid, so that at most 99,000 of the 100,000 filed are."""
    thrice = pair_interval([(100_000, 5_000, 4_000, 32)], [Seen(thrice=2)])
    assert thrice is not None
    assert (thrice.high, thrice.exact) == (99_000, False)
    michigan = [(500_000, 500, 460, 3)]
    assert pair_interval(michigan, [Seen(lost=2)]) is None, "three pairs of 500 lines would be more than were filed"
    one = pair_interval([(1_000, 100, 90, 5)])
    assert one is not None
    assert one.low == 90


def test_a_full_count_has_no_interval_and_a_single_line_none_that_is_known() -> None:
    whole = pair_interval([(100, 100, 70, 3), (50, 50, 20, 0)])
    assert whole is not None
    assert (whole.low, whole.high) == (90, 90)
    assert pair_interval([(100, 1, 1, 0)]) is None
    assert repeats_estimate(100, 100, 3).standard_error == 0
    assert repeats_estimate(100, 1, 0).standard_error is None


def test_strata_that_were_counted_are_certain() -> None:
    found = pair_interval([(100, 100, 70, 3), (1000, 100, 60, 1)])
    alone = pair_interval([(1000, 100, 60, 1)])
    assert found is not None
    assert alone is not None
    assert (found.low, found.high) == pytest.approx((alone.low + 70, alone.high + 70))
