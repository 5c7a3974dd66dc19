"""The formulas of law: published numbers, full counts, monotone, and the statute again as plain fractions."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.stats import Projection, california, full_count, washington, washington_test
from ballotworthy.stats.exact import percent, root, rounded, shown, up


@st.composite
def counts(draw: st.DrawFn, most: int = 2_000_000) -> tuple[int, int, int, int]:
    raw = draw(st.integers(1, most))
    sample = draw(st.integers(1, raw))
    valid = draw(st.integers(0, sample))
    duplicates = draw(st.integers(0, min(sample - valid, 50)))
    return raw, sample, valid, duplicates


def values(projection: Projection) -> dict[str, str]:
    return {step.name: step.value for step in projection.steps}


def test_california_reproduces_the_example_of_2_ccr_20540() -> None:
    projection = california(24034, 722, 516, 2)
    assert projection.estimate == 15028
    assert [step.value for step in projection.steps] == [
        "71.47%",
        "17,178",
        "33.2881",
        "1,074.8095",
        "2,150",
        "15,028",
    ]


def test_every_step_of_a_formula_names_its_section_and_page() -> None:
    for step in (*california(24034, 722, 516, 2).steps, *washington(328632, 10012, 8961, 13).steps):
        assert step.source
        assert step.url.startswith("http")


@pytest.mark.parametrize(("duplicates", "expected"), [(2, "58.84%"), (8, "51.10%")])
def test_yuba_falls_by_the_published_points_when_six_more_duplicates_are_found(duplicates: int, expected: str) -> None:
    assert percent(Fraction(california(3720, 500, 307, duplicates).estimate, 3720)) == expected


@pytest.mark.parametrize(
    ("measure", "raw", "sample", "valid", "pairs", "required", "rate"),
    [
        ("I-1125", 328632, 10012, 8961, 13, 241153, "14.63%"),
        ("I-937", 337804, 10334, 9094, 39, 224880, "23.96%"),
        ("I-933", 317353, 9711, 8524, 15, 224880, "17.12%"),
    ],
)
def test_washington_reproduces_published_rates_and_accepts(
    measure: str, raw: int, sample: int, valid: int, pairs: int, required: int, rate: str
) -> None:
    assert values(washington(raw, sample, valid, pairs))["invalidation rate"] == rate, measure
    assert washington_test(raw, sample, valid, pairs, required).accepted, measure


@given(counts())
def test_california_is_the_statute_in_plain_fractions(case: tuple[int, int, int, int]) -> None:
    """2 CCR 20530 (c) and (d), 20531 (a) to (c), 20532."""
    raw, sample, valid, duplicates = case

    def nearest(value: Fraction, places: int) -> Fraction:
        below = Fraction(math.floor(value * 10**places), 10**places)
        return below if value - below < Fraction(1, 2 * 10**places) else below + Fraction(1, 10**places)

    share = nearest(Fraction(100 * valid, sample), 2) / 100
    each = nearest(Fraction(raw, sample), 4)
    weight = nearest(each * (each - 1), 4)
    expected = math.ceil(raw * share) - math.ceil(duplicates * weight)
    assert california(raw, sample, valid, duplicates).estimate == expected


@given(counts())
def test_more_valid_signatures_never_lower_an_estimate(case: tuple[int, int, int, int]) -> None:
    raw, sample, valid, duplicates = case
    assume(valid + duplicates < sample)
    for formula in (california, washington):
        assert formula(raw, sample, valid + 1, duplicates).estimate >= formula(*case).estimate


@given(counts())
def test_more_duplicates_never_raise_an_estimate(case: tuple[int, int, int, int]) -> None:
    raw, sample, valid, duplicates = case
    assume(valid + duplicates < sample)
    for formula in (california, washington):
        assert formula(raw, sample, valid, duplicates + 1).estimate <= formula(*case).estimate


@given(st.integers(0, 2_000_000).flatmap(lambda raw: st.tuples(st.just(raw), st.integers(0, raw))))
def test_full_count_is_exact(case: tuple[int, int]) -> None:
    raw, valid = case
    assert full_count(raw, valid).estimate == valid
    assert washington(raw, raw, valid, 0).estimate == valid


@given(counts())
def test_washington_test_agrees_with_the_rule_in_decimals(case: tuple[int, int, int, int]) -> None:
    """WAC 434-379-010 (3) to (8), step by step in decimals of eighty digits."""
    raw, sample, valid, pairs = case
    required = max(1, raw // 2)
    with localcontext() as context:
        context.prec = 80
        ratio = Decimal(sample) / Decimal(raw)
        invalid = Decimal(sample - valid - pairs)
        most = raw - (required + (invalid + Decimal("1.5") * invalid.sqrt()) / ratio)
        expected = ratio**2 * most
        acceptable = expected - Decimal("1.65") * expected.sqrt() if expected > 0 else expected
        accepted = pairs <= acceptable
    assert washington_test(raw, sample, valid, pairs, required).accepted is accepted


def test_washington_never_accepts_a_sample_that_shows_too_few() -> None:
    assert not washington_test(100_000, 3_000, 1_500, 0, 90_000).accepted


@pytest.mark.parametrize(
    ("raw", "sample", "valid", "duplicates", "words"),
    [
        (100, 101, 50, 0, "greater than the raw count"),
        (100, 50, 51, 0, "more than the sample"),
        (100, 50, 49, 2, "more than the sample"),
        (100, 0, 0, 0, "none of 100"),
        (-1, 0, 0, 0, "negative"),
    ],
)
def test_impossible_counts_are_refused(raw: int, sample: int, valid: int, duplicates: int, words: str) -> None:
    for formula in (california, washington):
        with pytest.raises(InputError, match=words):
            formula(raw, sample, valid, duplicates)


def test_nothing_filed_is_nothing_valid() -> None:
    assert california(0, 0, 0, 0).estimate == washington(0, 0, 0, 0).estimate == 0
    assert not washington_test(0, 0, 0, 0, 1).accepted


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(5, 1000), 2, Fraction(1, 100)),
        (Fraction(4999, 1000000), 2, Fraction(0)),
        (Fraction(-5, 1000), 2, Fraction(-1, 100)),
        (Fraction(516, 722), 4, Fraction(7147, 10000)),
    ],
)
def test_halves_are_rounded_away_from_nothing(value: Fraction, places: int, expected: Fraction) -> None:
    assert rounded(value, places) == expected


def test_numbers_are_shown_with_all_their_decimals() -> None:
    assert shown(Fraction(2149619, 1000), 4) == "2,149.6190"
    assert shown(7, 0) == "7"
    assert percent(Fraction(1, 4)) == "25.00%"
    assert (up(Fraction(7)), up(Fraction(71, 10))) == (7, 8)


@given(st.integers(0, 10**12))
def test_root_of_a_square_is_exact(number: int) -> None:
    assert root(Fraction(number * number)) == number
