"""The parts of a report: its axis, its bands, the order of its tables, its numbers in words."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.files.quantities import plural
from ballotworthy.report.scale import LEAST_SHARE, axis, bands_of
from ballotworthy.report.tables import circulators, outcomes, sources, strata
from ballotworthy.report.words import count, day, number, of_draws, share

RESULT = {
    "estimate": 6380,
    "requirement": 6155,
    "thresholds": {"insufficient_below": 5848, "sufficient_above": 6771},
    "machine": {"expected": 6380.4, "low": 6345, "high": nan},
    "draws": None,
}


@given(
    values=st.lists(st.floats(0, 1e7), max_size=5),
    first=st.floats(1, 1e6),
    width=st.floats(0, 1e6),
)
def test_the_axis_holds_every_value_and_leaves_room_for_the_labels_of_the_outer_bands(
    values: list[float], first: float, width: float
) -> None:
    low, high = axis(values, first, first + width)
    assert all(low < value < high for value in [*values, first, first + width])
    assert first - low >= 0.999 * LEAST_SHARE * (high - low)
    assert high - first - width >= 0.999 * LEAST_SHARE * (high - low)


def test_the_bands_meet_at_the_thresholds() -> None:
    bands = bands_of(RESULT)
    assert [band.limits for band in bands] == ["below 5,848", "5,848 to 6,770", "6,771 or more"]
    assert [band.end for band in bands[:-1]] == [band.start for band in bands[1:]] == [5848, 6771]


def test_without_thresholds_the_bands_meet_at_the_requirement() -> None:
    bands = bands_of({**RESULT, "thresholds": None})
    assert [band.limits for band in bands] == ["below 6,155", "6,155 or more"]


def test_strata_stand_by_size_and_circulators_by_need_of_review() -> None:
    rows = [
        {"name": "a", "lines": 10, "valid": 9, "validity": 0.9},
        {"name": "b", "lines": 30, "valid": 24, "validity": 0.8},
        {"name": "c", "lines": 20, "valid": 19, "validity": 0.95, "review": "out of line"},
    ]
    assert [row["name"] for row in strata(rows, "county").rows] == ["b", "c", "a"]
    assert [row["name"] for row in circulators(rows).rows] == ["c", "b", "a"]


def test_outcomes_add_up_their_reasons_and_stand_in_order() -> None:
    rows = [
        {"outcome": outcome, "lines": lines}
        for outcome, lines in [("unresolved", 40), ("invalid", 563), ("invalid", 941), ("valid", 6370)]
    ]
    assert [(each.label, each.lines) for each in outcomes(rows)] == [
        ("Valid", 6370),
        ("Not valid", 1504),
        ("Not resolved", 40),
    ]


def test_sources_are_those_with_an_address_each_once() -> None:
    statute = {"cite": "Elec. Code § 9030(d)", "url": "https://a.example"}
    user = {"cite": "given by the user", "url": ""}
    result = {
        "requirement_source": user,
        "verdict_source": statute,
        "by_reason": [statute],
        "steps": [{"source": "", "url": ""}, {"source": statute["cite"], "url": statute["url"]}],
    }
    assert sources(result) == {"https://a.example": ["Elec. Code § 9030(d)"]}


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0.7506, "75.1%"),
        (1, "100%"),
        (0, "0%"),
        (0.0, "0%"),
        (0.9996, "99.96%"),
        (1.00001, "100.001%"),
        (0.0004, "0.04%"),
        (1.0366, "103.7%"),
        (None, "\N{EN DASH}"),
        (nan, "\N{EN DASH}"),
    ],
)
def test_a_share_is_never_rounded_to_what_it_is_not(value: float | None, printed: str) -> None:
    assert share(value) == printed


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (number(6380.4), "6,380"),
        (number(None), "\N{EN DASH}"),
        (count(1, "line"), "1 line"),
        (count(1200, "county"), "1,200 counties"),
        (plural("stratum"), "strata"),
        (plural("survey"), "surveys"),
        (day("2018-04-20"), "20 April 2018"),
        (day("soon"), "soon"),
        (day(None), "\N{EN DASH}"),
        (of_draws(0.0, 1000), "none"),
        (of_draws(1.0, 1000), "all 1,000"),
        (of_draws(0.037, 1000), "37 of 1,000"),
    ],
)
def test_words(made: str, expected: str) -> None:
    assert made == expected
