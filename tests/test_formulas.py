"""Every formula of law: exact on a full count, monotone, the statute again in plain fractions, published numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ballotworthy.errors import InputError, LawAbsent
from ballotworthy.law import FORMULAS as NAMES
from ballotworthy.law import Cited, Rules, Source, read_law, rules_on
from ballotworthy.law.shapes import SAMPLE_FORMULAS
from ballotworthy.stats import arizona, colorado, illinois, michigan, nevada, new_zealand, pair_estimate, south_dakota
from ballotworthy.stats.exact import whole
from ballotworthy.sufficiency import FORMULAS, Counts, assess

EXAMPLE = rules_on(read_law("zz-example"), "initiative", date(2018, 4, 20))
SHARE = {"colorado": colorado, "south-dakota": south_dakota, "michigan": michigan, "nevada": nevada}
SAMPLING = sorted(name for name, formula in FORMULAS.items() if formula.samples and name != "oregon")


def by(formula: str) -> Rules:
    """Give the rules of the example with another formula."""
    return replace(EXAMPLE, formula=Cited(formula, Source("an act", "https://example.org")))


@st.composite
def counts(draw: st.DrawFn, most: int = 1_000_000) -> Counts:
    raw = draw(st.integers(1, most))
    removed = draw(st.integers(0, raw // 3))
    sample = draw(st.integers(1, raw - removed))
    valid = draw(st.integers(0, sample))
    return Counts("X", raw, sample, valid, draw(st.integers(0, min(valid, sample - valid, 40))), removed)


def test_every_formula_that_a_law_file_may_name_is_implemented() -> None:
    assert sorted(FORMULAS) == sorted({*NAMES, *SAMPLE_FORMULAS})


@pytest.mark.parametrize("name", sorted(FORMULAS))
@given(counts())
def test_a_full_count_is_the_count_by_every_formula(name: str, row: Counts) -> None:
    full = replace(row, sample=row.population, valid=min(row.valid, row.population), duplicates=0)
    assert FORMULAS[name].project(by(name), [full]).total == full.valid


@pytest.mark.parametrize("name", SAMPLING)
@given(counts())
def test_one_more_valid_signature_never_lowers_an_estimate(name: str, row: Counts) -> None:
    assume(row.valid + row.duplicates < row.sample)
    project = FORMULAS[name].project
    more = replace(row, valid=row.valid + 1)
    assert project(by(name), [more]).total >= project(by(name), [row]).total


@pytest.mark.parametrize("name", SAMPLING)
@given(counts())
def test_no_formula_finds_more_than_was_filed_where_no_one_signed_twice(name: str, row: Counts) -> None:
    alone = replace(row, duplicates=0)
    assert 0 <= FORMULAS[name].project(by(name), [alone]).total <= row.population


@pytest.mark.parametrize("name", SAMPLING)
def test_every_step_names_its_section_and_a_page(name: str) -> None:
    found = FORMULAS[name].project(by(name), [Counts("X", 30_000, 900, 700, 3, 500)])
    assert found.steps
    assert all(step.source and step.url.startswith("http") for step in found.steps)


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_nothing_filed_is_nothing_valid(name: str) -> None:
    assert FORMULAS[name].project(by(name), [Counts("X", 0, 0, 0)]).total == 0


@pytest.mark.parametrize("rounding", ["nearest", "down", "up"])
@pytest.mark.parametrize("name", ["colorado", "michigan", "nevada"])
@given(counts())
def test_a_projected_share_is_the_plain_fraction_made_whole(name: str, rounding: str, row: Counts) -> None:
    """C.R.S. 1-40-116(4), MCL 168.476, NRS 293.1277: all signatures times the share of the sample found valid."""
    exact = Fraction(row.population * row.valid, row.sample)
    expected = {"nearest": floor(exact + Fraction(1, 2)), "down": floor(exact), "up": -floor(-exact)}[rounding]
    formula: Callable[..., object] = SHARE[name]
    assert formula(row.population, row.sample, row.valid, row.duplicates, rounding).estimate == expected  # type: ignore[attr-defined]


@given(counts())
def test_south_dakota_drops_the_part_of_a_signature(row: Counts) -> None:
    """SDCL 2-1-16."""
    found = south_dakota(row.population, row.sample, row.valid, row.duplicates)
    assert found.estimate == row.population * row.valid // row.sample


@given(counts())
def test_arizona_subtracts_in_the_order_of_the_section(row: Counts) -> None:
    """A.R.S. 19-121.04(A): removals, then ineligible signatures, then a like percentage of what remains."""
    assume(row.sample < row.population)
    left = Fraction(row.raw)
    left -= row.removed
    left -= row.sample - row.valid
    left -= left * Fraction(row.sample - row.valid, row.sample)
    assert arizona(row.raw, row.removed, row.sample, row.valid, row.duplicates).estimate == floor(left)


@given(counts())
def test_illinois_adjusts_for_multiple_signatures_apart(row: Counts) -> None:
    """10 ILCS 5/28-12: the ratio applied to all signatures, less A(A-1) for each repeated one."""
    each = Fraction(row.population, row.sample)
    expected = floor(each * row.valid - row.duplicates * each * (each - 1))
    assert illinois(row.population, row.sample, row.valid, row.duplicates).estimate == expected


@given(counts(), st.integers(0, 3))
def test_new_zealand_is_goodmans_estimator(row: Counts, triples: int) -> None:
    """D = sum of x_i (1 - (-1)^i product for k < i of (N - n + k) / (n - k)), the product written out."""
    twice = row.duplicates
    assume(row.valid >= twice + triples and row.sample >= row.valid + twice + 2 * triples and row.sample > 2)
    big, small = row.population, row.sample
    first = Fraction(big - small, small)
    second = first * Fraction(big - small + 1, small - 1)
    third = second * Fraction(big - small + 2, small - 2)
    exact = (row.valid - twice - triples) * (1 + first) + twice * (1 - second) + triples * (1 + third)
    found = new_zealand(big, small, row.valid, twice + 2 * triples, (twice, triples))
    assert found.estimate == floor(exact)


@given(counts())
def test_new_zealand_of_pairs_is_the_pair_estimate(row: Counts) -> None:
    assume(row.sample > 1)
    exact = pair_estimate(row.population, row.sample, row.valid, row.duplicates).estimate
    assert new_zealand(row.population, row.sample, row.valid, row.duplicates).estimate == pytest.approx(exact, abs=2)


@pytest.mark.parametrize(
    ("raw", "sample", "valid", "published"),
    [
        (182_090, 9_105, 4_547, 90_935),  # 2012, initiative 82
        (161_412, 8_071, 5_848, 116_954),  # 2016, tobacco taxes
        (203_335, 10_167, 7_254, 145_076),  # 2021, initiative 25
    ],
)
def test_colorado_projects_as_published(raw: int, sample: int, valid: int, published: int) -> None:
    assert colorado(raw, sample, valid, 0).estimate == published


def test_colorado_of_2012_departs_by_one_from_what_was_published() -> None:
    """Initiative 46: 85,800 was printed, which is 4,290 / 0.05 and not 106,119 x 4,290 / 5,306."""
    assert colorado(106_119, 5_306, 4_290, 0).estimate == 85_799


def test_michigan_projects_on_the_universe_after_face_review() -> None:
    """Voters Not Politicians (2018): 427,075 filed, 1,865 removed, 466 of 505 valid."""
    assert michigan(427_075 - 1_865, 505, 466, 0).estimate == 392_372


@pytest.mark.parametrize(
    ("raw", "sample", "valid", "duplicates", "seen", "published"),
    [
        (324_511, 29_501, 25_754, 161, (158, 1), 266_903),  # first submission of 2008: exact
        (386_230, 29_710, 25_787, 160, (160, 0), 310_270),  # second: 13 x 29,710, inferred
        (393_778, 28_127, 23_031, 166, (), 292_220),  # 2013: 292,291 was printed; the source does not explain 70
    ],
)
def test_new_zealand_estimates_as_published(
    raw: int, sample: int, valid: int, duplicates: int, seen: tuple[int, ...], published: int
) -> None:
    assert new_zealand(raw, sample, valid, duplicates, seen).estimate == published


def test_one_signer_of_three_moves_new_zealand_by_thousands() -> None:
    without = new_zealand(14_000, 1_000, 903, 0).estimate
    assert abs(new_zealand(14_000, 1_000, 901, 2, (0, 1)).estimate - without) > 2_000


@pytest.mark.parametrize(
    ("duplicates", "seen", "words"),
    [(10, (9, 0), "not the 10 of duplicates"), (60, (60,), "more than the 50 valid")],
)
def test_signers_seen_several_times_must_add_up(duplicates: int, seen: tuple[int, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        new_zealand(1_000, 200, 50, duplicates, seen)


def test_arizona_has_one_rate_for_all_counties() -> None:
    parts = [Counts("Pima", 40_000, 2_000, 1_500, removed=1_000), Counts("Gila", 9_000, 450, 300)]
    found = FORMULAS["arizona"].project(by("arizona"), parts)
    assert found.total == arizona(49_000, 1_000, 2_450, 1_800, 0).estimate
    assert found.parts is None


def test_oregon_says_that_its_coefficients_are_missing() -> None:
    with pytest.raises(LawAbsent, match="the coefficients of the two samples, was not found"):
        assess(by("oregon"), [Counts("state", 100_000, 1_000, 800)], 60_000)


def test_rounding_of_the_office_is_that_of_its_day() -> None:
    """Colorado printed 145,076.43 as 145,076 and, later, 148,189.68 as 148,189; in 2016 it would have been 148,190."""
    row = [Counts("state", 215_365, 10_769, 7_410)]
    law = read_law("us-co")
    assert assess(rules_on(law, "statute", date(2016, 8, 1)), row).estimate == 148_190
    assert assess(rules_on(law, "statute", date(2021, 12, 1)), row).estimate == 148_189


@pytest.mark.parametrize(("rounding", "expected"), [("nearest", [2, 3, 3]), ("down", [2, 2, 3]), ("up", [3, 3, 3])])
def test_a_number_is_made_whole_as_told(rounding: str, expected: list[int]) -> None:
    assert [whole(value, rounding) for value in (Fraction(9, 4), Fraction(5, 2), Fraction(3))] == expected


def test_a_court_that_spoke_against_a_formula_is_named_with_the_estimate() -> None:
    row = [Counts("Arizona", 100_000, 5_000, 4_000, 10)]
    before, after = (
        assess(rules_on(read_law("us-az"), "statute", day), row) for day in (date(2025, 8, 5), date(2025, 8, 6))
    )
    assert before.estimate == after.estimate
    assert not any("Smith v. Fontes" in words for words in before.warnings)
    assert any("Smith v. Fontes" in words for words in after.warnings)
