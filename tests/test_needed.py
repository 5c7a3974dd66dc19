"""How many signatures to file: the chances against petitions drawn by lot, and the search for the least number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import comb
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import InputError, LawAbsent, LawNotYetInForce
from ballotworthy.law import Cited, Rules, Source, read_law, rules_on
from ballotworthy.stats.chances import normal, poisson, reached
from ballotworthy.stats.needed import Procedure, Quality, chances, needed
from ballotworthy.sufficiency.goal import goal, procedure_of

DRAWS = 1500
ACT = Source("Invented Act, s. 1", "https://example.org/act")


def rules_of(place: str, kind: str, **changed: object) -> Rules:
    return replace(rules_on(read_law(place), kind, date(2018, 4, 20)), **changed)  # type: ignore[arg-type]


INVENTED = rules_of("zz-example", "initiative")
CALIFORNIA = rules_of("us-ca", "amendment")
WASHINGTON = rules_of("us-wa", "initiative")
COLORADO = replace(INVENTED, formula=Cited("colorado", ACT))
NONE_COUNTS = replace(INVENTED, duplicates=Cited("none", ACT))


def drawn_petitions(procedure: Procedure, raw: int, quality: Quality) -> tuple[float, float, float]:
    """Draw petitions line by line as the model says, judge each by the place's own formula, and give the shares.

    Of `raw` lines some are first signatures, some repeat one of them, the rest is invalid; then a sample is
    drawn without replacement, in which a pair shows if both of its lines are there.
    """
    assert procedure.sample is not None
    assert procedure.outcome is not None
    draw = np.random.default_rng(20181122)
    first = quality.validity - quality.duplicates
    n = procedure.sample(raw)
    passed = np.zeros(3)
    for _ in range(DRAWS):
        counted, repeats, invalid = draw.multinomial(raw, [first, quality.duplicates, 1 - quality.validity])
        ours, again, _ = draw.multivariate_hypergeometric([counted, repeats, invalid], n)
        pairs = int(draw.hypergeometric(again, counted - again, ours)) if again else 0
        valid = int(ours + again) - quality.lost * pairs
        verdict = procedure.outcome(raw, n, valid, pairs)
        enough = counted - (quality.lost - 1) * repeats >= procedure.required
        alone, stays = verdict == "sufficient", verdict != "insufficient"
        passed += [alone, stays, alone or (stays and enough)]
    return tuple((passed / DRAWS).tolist())


@pytest.mark.parametrize(
    ("rules", "required", "raw", "quality"),
    [
        pytest.param(CALIFORNIA, 585_407, 825_000, Quality(0.74, 0.03), id="in the middle of the bands"),
        pytest.param(CALIFORNIA, 585_407, 905_000, Quality(0.74, 0.03), id="near the upper band"),
        pytest.param(CALIFORNIA, 15_000, 21_200, Quality(0.74, 0.03), id="few pairs in the sample"),
        pytest.param(CALIFORNIA, 15_000, 24_500, Quality(0.70, 0.02), id="few pairs, near the upper band"),
        pytest.param(CALIFORNIA, 15_000, 20_000, Quality(0.75, 0.0), id="no pair at all"),
        pytest.param(INVENTED, 1000, 1_500, Quality(0.70, 0.04), id="a tenth is sampled"),
        pytest.param(INVENTED, 120, 190, Quality(0.70, 0.05), id="half is sampled"),
        pytest.param(NONE_COUNTS, 1000, 1_600, Quality(0.74, 0.04), id="neither line of a pair counts"),
        pytest.param(WASHINGTON, 259_622, 380_000, Quality(0.74, 0.03), id="Washington's test"),
        pytest.param(COLORADO, 1000, 1_560, Quality(0.74, 0.03), id="pairs are not projected"),
    ],
)
def test_chances_are_those_of_petitions_drawn_by_lot(rules: Rules, required: int, raw: int, quality: Quality) -> None:
    procedure = procedure_of(rules, required)
    found = chances(procedure, raw, quality)
    expected = drawn_petitions(procedure, raw, quality)
    assert (found.sample, found.open, found.end) == pytest.approx(expected, abs=0.035)


def test_a_full_count_is_a_binomial() -> None:
    found = chances(Procedure(50), 80, Quality(0.7, 0.1))
    assert found.end == pytest.approx(sum(comb(80, k) * 0.6**k * 0.4 ** (80 - k) for k in range(50, 81)))
    assert found.sample == found.open == found.end


@given(st.integers(1, 400), st.floats(0.01, 0.99), st.integers(0, 410))
def test_the_tail_of_a_binomial_is_the_sum_of_its_terms(trials: int, share: float, least: int) -> None:
    terms = (comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(least, trials + 1))
    assert reached(trials, share, least) == pytest.approx(sum(terms), abs=1e-9)


@pytest.mark.parametrize(("trials", "share", "least", "expected"), [(10, 0.0, 1, 0), (10, 1.0, 10, 1), (10, 0.5, 0, 1)])
def test_the_tail_of_a_binomial_at_its_ends(trials: int, share: float, least: int, expected: float) -> None:
    assert reached(trials, share, least) == expected


@pytest.mark.parametrize("mean", [0.0, 0.3, 5.0, 700.0])
def test_the_terms_of_a_poisson_have_its_mean_and_variance(mean: float) -> None:
    counts, weights = poisson(mean, 48)
    assert weights.sum() == pytest.approx(1)
    assert counts @ weights == pytest.approx(mean, abs=0.01)
    assert (counts - mean) ** 2 @ weights == pytest.approx(mean, rel=0.01, abs=1e-9)


def test_the_normal_distribution_is_the_textbook_s() -> None:
    assert [normal(z) for z in (-1.959964, 0.0, 1.644854)] == pytest.approx([0.025, 0.5, 0.95], abs=1e-6)


def test_fewer_than_required_end_the_matter_where_the_law_says_so() -> None:
    assert chances(procedure_of(INVENTED, 1000), 999, Quality(1.0)).open == 0


@given(st.floats(0.05, 0.99), st.integers(1, 2000), st.floats(0.3, 1.0))
def test_the_least_number_of_a_full_count_is_the_least(chance: float, required: int, validity: float) -> None:
    def of(raw: int) -> float:
        return reached(raw, validity, required)

    found = needed(of, chance, required)
    assert of(found) >= chance
    assert of(found - 1) < chance


@pytest.mark.parametrize("rules", [INVENTED, CALIFORNIA, WASHINGTON], ids=["invented", "California", "Washington"])
def test_the_answer_reaches_the_chance_and_less_does_not(rules: Rules) -> None:
    found = goal(rules, 0.74, 0.03, 0.9, required=12_000)
    procedure = procedure_of(rules, 12_000)
    quality = Quality(0.74, 0.03)
    assert found.asked.sample is not None
    assert found.chances.end >= 0.9
    assert chances(procedure, round(found.asked.end * 0.99), quality).end < 0.9
    assert chances(procedure, found.asked.sample, quality).sample >= 0.9
    assert chances(procedure, round(found.asked.sample * 0.99), quality).sample < 0.9


def test_better_lines_need_fewer_of_them() -> None:
    rows = goal(CALIFORNIA, 0.74, 0.03, 0.95).rows
    assert [row.validity for row in rows] == [0.65, 0.70, 0.75, 0.80, 0.85]
    assert [row.end for row in rows] == sorted((row.end for row in rows), reverse=True)
    assert all(row.sample is not None and row.sample > row.end for row in rows)


def test_districts_are_reached_together_with_the_chance() -> None:
    rules = replace(rules_of("us-dc", "initiative"), districts_needed=Cited(2, ACT))
    found = goal(rules, 0.74, 0.03, 0.9, required=500, districts={"Ward 1": 100, "Ward 2": 200, "Ward 3": 300})
    assert [district.name for district in found.districts] == ["Ward 1", "Ward 2", "Ward 3"]
    assert found.districts_needed == 2
    one, two, _ = (reached(each.raw, 0.71, each.required) for each in found.districts)
    assert one * two >= 0.9
    assert reached(found.districts[0].raw - 1, 0.71, 100) < 0.9**0.5


def test_numbers_of_districts_that_the_law_holds_are_taken() -> None:
    held = replace(INVENTED, district_requirement=Cited(MappingProxyType({"North": 400, "South": 300}), ACT))
    assert [(each.name, each.required) for each in goal(held, 0.74, 0.03, 0.9).districts] == [
        ("North", 400),
        ("South", 300),
    ]


def test_districts_without_numbers_are_told() -> None:
    found = goal(rules_of("us-dc", "initiative"), 0.74, 0.03, 0.9, required=500)
    assert found.districts == ()
    assert "5% in each of 5 districts" in found.notes[0]
    assert "--district" in found.notes[0]


def test_a_greatest_share_of_one_district_is_told() -> None:
    held = replace(INVENTED, district_most_share=Cited(Decimal("0.2"), ACT))
    assert goal(held, 0.74, 0.03, 0.9).notes[0].startswith("at most 20% may come from one district")


def test_a_sample_without_a_size_asks_for_one() -> None:
    rules = replace(INVENTED, sample_share=None, sample_least=None)
    with pytest.raises(LawAbsent, match="--sample"):
        goal(rules, 0.74, 0.03, 0.9)
    assert goal(rules, 0.74, 0.03, 0.9, sample_share=Decimal("0.1")).drawn is not None


def test_a_requirement_not_held_is_asked_for() -> None:
    rules = rules_on(read_law("us-wa"), "referendum", date(2006, 1, 1))
    with pytest.raises(LawNotYetInForce):
        goal(rules, 0.74, 0.03, 0.9)


@pytest.mark.parametrize(
    ("validity", "duplicates", "chance", "words"),
    [
        (0.0, 0.0, 0.9, "validity of 0 cannot be"),
        (1.1, 0.0, 0.9, "validity of 1.1 cannot be"),
        (float("nan"), 0.0, 0.9, "validity of nan cannot be"),
        (0.7, 0.35, 0.9, "duplicates of 0.35 cannot be"),
        (0.7, -0.1, 0.9, "duplicates of -0.1 cannot be"),
        (0.7, 0.1, 1.0, "chance of 1 cannot be asked for"),
        (0.7, 0.1, 0.0, "chance of 0 cannot be asked for"),
    ],
)
def test_what_cannot_be_is_refused(validity: float, duplicates: float, chance: float, words: str) -> None:
    with pytest.raises(InputError, match=words):
        goal(INVENTED, validity, duplicates, chance)


def test_a_chance_out_of_reach_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        needed(lambda _: 0.5, 0.9, 100)
