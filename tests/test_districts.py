"""The spread over districts: minima, maxima, what is not known, and what the verdict becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ballotworthy.law import Cited, Rules, Source, read_law, rules_on
from ballotworthy.sufficiency import Counts, assess, counts_header

LAW = Source("an act", "https://example.org/act")
BASE = replace(
    rules_on(read_law("zz-example"), "initiative", date(2018, 4, 20)),
    formula=Cited("full-count", LAW),
    distribution_unit=Cited("county", LAW),
)
NEEDED = replace(BASE, district_share=Cited(Decimal("0.05"), LAW), districts_needed=Cited(2, LAW))
TABLE = replace(NEEDED, district_requirement=Cited({"A": 100, "B": 200, "C": 300}, LAW))
MOST = replace(BASE, district_most_share=Cited(Decimal("0.25"), LAW), district_basis=Cited("requirement", LAW))


def row(name: str, valid: int, required: int | None = None, at_most: int | None = None) -> Counts:
    return Counts(name, 5_000, 5_000, valid, district=name, required=required, at_most=at_most)


@pytest.mark.parametrize(
    ("valid", "verdict"),
    [
        ((100, 200, 299), "sufficient"),
        ((100, 199, 300), "sufficient"),
        ((99, 199, 5_000), "insufficient"),
    ],
)
def test_districts_of_the_laws_table_decide(valid: tuple[int, ...], verdict: str) -> None:
    rows = [row(name, count) for name, count in zip("ABC", valid, strict=True)]
    found = assess(TABLE, rows, 500)
    assert found.verdict == verdict
    assert [district.required for district in found.districts] == [100, 200, 300]


def test_a_district_without_a_row_has_no_signatures() -> None:
    assert assess(TABLE, [row("C", 4_000)], 500).verdict == "insufficient"


def test_rows_of_one_district_are_added_up() -> None:
    rows = [Counts("Elko", 90, 90, 60, district="A"), Counts("Nye", 90, 90, 50, district="A"), row("B", 400)]
    found = assess(TABLE, rows, 500)
    assert [(district.name, district.estimate) for district in found.districts] == [("A", 110), ("B", 400)]
    assert found.verdict == "sufficient"
    assert {step.stratum for step in found.steps} >= {"Elko, A", "Nye, A", "B"}


def test_the_number_of_a_district_may_come_with_the_counts() -> None:
    rows = [row("A", 482, required=482), row("B", 190, required=191)]
    assert assess(NEEDED, rows, 500).verdict == "insufficient"
    assert assess(NEEDED, [*rows, row("C", 9, required=9)], 500).verdict == "sufficient"


def test_what_is_not_known_is_not_decided() -> None:
    found = assess(NEEDED, [row("A", 482, required=482), row("B", 190)], 500)
    assert (found.verdict, [point.rule for point in found.undecided]) == ("undecided", ["district_requirement"])
    assert "in 1 of the districts (B)" in found.undecided[0].missing
    found = assess(NEEDED, [Counts("state", 5_000, 5_000, 4_000)], 500)
    assert found.verdict == "full-check"
    assert "2 districts (county) must have their number" in found.verdict_rule


def test_too_few_in_all_is_insufficient_wherever_they_live() -> None:
    assert assess(NEEDED, [Counts("state", 5_000, 5_000, 499)], 500).verdict == "insufficient"


@pytest.mark.parametrize(("met", "verdict"), [(1, "insufficient"), (2, "sufficient")])
def test_the_office_may_have_published_only_how_many_districts_have_it(met: int, verdict: str) -> None:
    rows = [Counts("state", 5_000, 5_000, 4_000)]
    assert assess(NEEDED, rows, 500, districts_met=met).verdict == verdict


@pytest.mark.parametrize(("big", "estimate", "verdict"), [(100, 399, "insufficient"), (101, 400, "sufficient")])
def test_no_more_of_one_district_count_than_the_law_lets(big: int, estimate: int, verdict: str) -> None:
    """Of 400 required at most a quarter may come from one county: Mass. Const. amend. art. 48."""
    rows = [row("A", 900), row("B", 100), row("C", 100), row("D", 99 + (big - 100))]
    found = assess(MOST, rows, 400)
    assert (found.estimate, found.verdict) == (estimate, verdict)
    assert "less those over the most of a district" in {step.name for step in found.steps}


def test_a_maximum_may_come_with_the_counts() -> None:
    rules = replace(BASE, district_most_share=Cited(Decimal("0.115"), LAW))
    assert assess(rules, [row("A", 900, at_most=400), row("B", 100, at_most=400)], 501).verdict == "insufficient"


def test_a_sample_decides_districts_by_the_bands() -> None:
    rules = replace(TABLE, formula=Cited("nevada", LAW), districts_needed=Cited(1, LAW))
    part = Counts("A", 5_000, 1_000, 20, district="A")
    assert assess(rules, [part, Counts("B", 5_000, 1_000, 700, district="B")], 1_000).verdict == "sufficient"
    assert [d.met for d in assess(rules, [part], 10).districts] == [None]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (BASE, []),
        (NEEDED, ["district", "required"]),
        (TABLE, ["district"]),
        (MOST, ["district"]),
        (replace(MOST, district_basis=None), ["district", "at_most"]),
    ],
)
def test_the_header_asks_for_what_the_law_leaves_open(rules: Rules, expected: list[str]) -> None:
    assert list(counts_header(rules))[5:] == expected


def test_the_european_thresholds_decide_right2water() -> None:
    rules = rules_on(read_law("eu"), "initiative", date(2018, 1, 1))
    names = ("DE", "IT", "ES", "AT", "BE", "EL", "NL", "SK", "HU", "SI", "FI", "LT", "LU")
    counted = (1_236_455, 65_223, 58_051, 57_643, 40_549, 33_220, 21_469, 20_988, 18_245, 17_546, 14_598, 13_252, 5_566)
    rows = [Counts(name, count, count, count) for name, count in zip(names, counted, strict=True)]
    found = assess(rules, rows)
    assert found.verdict == "sufficient"
    assert sum(district.met is True for district in found.districts) == 13


@pytest.mark.parametrize(
    ("loose", "capped", "verdict"),
    [
        (1, 900, "insufficient"),  # 100 of the 900 count: one line without a district changes nothing
        (150, 100, "undecided"),  # 401 with the lines that nobody can place, 251 without them
        (1, 100, "insufficient"),
        (1, 0, "insufficient"),
    ],
)
def test_a_line_without_a_district_takes_no_maximum_away(loose: int, capped: int, verdict: str) -> None:
    """Of 400 required at most 100 may come from one county; what may be of any of them stays open."""
    rows = [row("A", 900), row("B", 100), Counts("C", capped or 1, capped or 1, min(51, capped), district="C")]
    found = assess(MOST, [*rows, Counts("nowhere", loose, loose, loose)], 400)
    assert [each.counted for each in found.districts][:2] == [100, 100]
    assert found.verdict == verdict
    if verdict == "undecided":
        assert "of which districts (county) 150 of the valid signatures are" in found.undecided[0].missing


def test_a_verdict_that_does_not_need_the_lines_without_a_district_stands() -> None:
    rows = [row(name, 100) for name in "ABCD"]
    assert assess(MOST, [*rows, Counts("nowhere", 9, 9, 9)], 400).verdict == "sufficient"


def test_a_district_that_lines_without_one_could_fill_is_open() -> None:
    rows = [row("A", 100), row("B", 195), row("C", 290)]
    found = assess(TABLE, [*rows, Counts("nowhere", 7, 7, 7)], 500)
    assert [each.met for each in found.districts] == [True, None, False]
    assert [each.met for each in assess(TABLE, rows, 500).districts] == [True, False, False]


def test_version_1_of_the_record_knows_no_districts_where_a_row_has_none() -> None:
    rows = [row("A", 900), Counts("nowhere", 1, 1, 1)]
    assert assess(MOST, rows, 400, each_named=True).districts == ()
    assert assess(MOST, rows, 400, each_named=True).verdict == "undecided"
    assert assess(MOST, rows, 400).verdict == "insufficient"
