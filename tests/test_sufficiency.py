"""Counts and law to a verdict: bands, tests, full counts, and the counts file with all its faults."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ballotworthy.errors import FileFaults, InputError, LawAbsent, LawRepealed
from ballotworthy.law import Cited, Rules, read_law, rules_on
from ballotworthy.stats import california
from ballotworthy.sufficiency import (
    BY_USER,
    Counts,
    assess,
    assessment_json,
    read_counts,
    sample_size,
    thresholds_of,
)

DAY = date(2018, 4, 20)
CALIFORNIA = rules_on(read_law("us-ca"), "amendment", DAY)
WASHINGTON = rules_on(read_law("us-wa"), "initiative", DAY)
DISTRICT = rules_on(read_law("us-dc"), "initiative", DAY)
EXAMPLE = rules_on(read_law("zz-example"), "initiative", DAY)


@st.composite
def rows(draw: st.DrawFn) -> Counts:
    raw = draw(st.integers(1, 400_000))
    sample = draw(st.integers(1, raw))
    valid = draw(st.integers(0, sample))
    return Counts(
        draw(st.text(min_size=1, max_size=3)),
        raw,
        sample,
        valid,
        draw(st.integers(0, min(9, sample - valid))),
    )


@pytest.mark.parametrize(
    ("rules", "raw", "expected"),
    [
        (CALIFORNIA, 24_034, 722),
        (CALIFORNIA, 499, 499),
        (CALIFORNIA, 500, 500),
        (CALIFORNIA, 16_667, 501),
        (CALIFORNIA, 0, 0),
        (WASHINGTON, 100, 3),
        (WASHINGTON, 101, 4),
        (DISTRICT, 3_000, 100),
        (EXAMPLE, 5_000, 500),
    ],
)
def test_sample_is_as_large_as_the_law_orders(rules: Rules, raw: int, expected: int) -> None:
    assert sample_size(rules, raw) == expected


def test_place_without_a_sample_says_so() -> None:
    with pytest.raises(LawAbsent, match="orders no sample"):
        sample_size(replace(DISTRICT, sample_least=None), 100)


def test_bands_of_six_californias_are_the_published_ones() -> None:
    bands = thresholds_of(CALIFORNIA, 807_615)
    assert bands
    assert (bands.insufficient_below, bands.sufficient_above) == (767_235, 888_377)


@pytest.mark.parametrize(
    ("required", "verdict"),
    [
        (15_819, "insufficient"),  # 95% is 15,028.05
        (15_818, "full-check"),  # 95% is 15,027.1
        (13_662, "full-check"),  # 110% is 15,028.2
        (13_661, "sufficient"),  # 110% is 15,027.1
    ],
)
def test_bands_decide_to_the_signature(required: int, verdict: str) -> None:
    found = assess(CALIFORNIA, [Counts("X", 24_034, 722, 516, 2)], required)
    assert (found.estimate, found.verdict) == (15_028, verdict)


def test_exactly_110_percent_is_within_the_band() -> None:
    rows_of = [Counts("Alpine", 2_000, 1_000, 550, 0)]
    assert assess(CALIFORNIA, rows_of, 1_000).estimate == 1_100
    assert assess(CALIFORNIA, rows_of, 1_000).verdict == "full-check"
    assert assess(CALIFORNIA, rows_of, 999).verdict == "sufficient"


def banded(**limits: object) -> Rules:
    """Give the rules of California with other limits."""
    cited = {name: None if value is None else Cited(value, CALIFORNIA.formula.source) for name, value in limits.items()}
    return replace(CALIFORNIA, **cited)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, (950, 1_101)),
        ({"insufficient_at": True}, (951, 1_101)),  # C.R.S. 1-40-117(2): ninety percent or less
        ({"sufficient_at": True}, (950, 1_100)),  # one hundred ten percent or more
        (
            {"insufficient_below": None, "sufficient_above": Decimal("0.95"), "sample_otherwise": "insufficient"},
            (951, 951),
        ),  # 10 ILCS 5/28-12
        ({"insufficient_below": None}, (None, 1_101)),
        ({"insufficient_below": Decimal("1.00"), "sufficient_above": None}, (1_000, 1_000)),  # A.R.S. 19-121.04(B)
        ({"insufficient_below": Decimal("0.90"), "sufficient_above": None}, (900, None)),
    ],
)
def test_a_limit_belongs_to_the_side_the_law_says(limits: dict[str, object], expected: tuple[int, int | None]) -> None:
    bands = thresholds_of(banded(**limits), 1_000)
    assert bands
    assert (bands.insufficient_below, bands.sufficient_above) == expected


@pytest.mark.parametrize(
    ("limits", "valid", "verdict"),
    [
        ({"sufficient_above": None}, 474, "insufficient"),
        ({"sufficient_above": None}, 1_000, "undecided"),
        ({"sufficient_above": None, "sample_otherwise": "full-check"}, 1_000, "full-check"),
        ({"insufficient_below": None}, 100, "undecided"),
        ({"insufficient_below": None}, 551, "sufficient"),
        ({"insufficient_below": None, "sample_otherwise": "full-check"}, 100, "full-check"),
        ({"insufficient_below": None, "sufficient_above": None}, 1, "undecided"),
        ({"insufficient_below": None, "sufficient_above": None}, 1_000, "undecided"),
        ({"sample_otherwise": "undecided"}, 500, "undecided"),
        ({"sample_otherwise": "undecided"}, 551, "sufficient"),
    ],
)
def test_a_sample_decides_only_what_a_rule_that_is_held_says(
    limits: dict[str, object], valid: int, verdict: str
) -> None:
    found = assess(banded(**limits), [Counts("X", 2_000, 1_000, valid)], 1_000)
    assert found.verdict == verdict
    assert bool(found.undecided) == (verdict == "undecided")


def test_strata_are_projected_apart_and_added() -> None:
    parts = [
        Counts("Kern", 24_034, 722, 516, 2),
        Counts("Yolo", 3_720, 500, 307, 8),
        Counts("Inyo", 300, 300, 220, 5),
    ]
    found = assess(CALIFORNIA, parts, 10_000)
    assert found.estimate == 15_028 + california(3_720, 500, 307, 8).estimate + 220
    assert found.raw == 28_054
    assert {step.stratum for step in found.steps} == {"Kern", "Yolo", "Inyo", ""}


def test_requirement_of_the_law_is_cited_and_that_of_the_user_marked() -> None:
    part = [Counts("Kern", 24_034, 722, 516, 2)]
    assert assess(CALIFORNIA, part).requirement.source.cite.startswith("Secretary of State")
    assert assess(CALIFORNIA, part, 9).requirement.source == BY_USER
    assert str(BY_USER) == "given by the user, not by law"


def test_fewer_filed_than_required_ends_the_matter() -> None:
    found = assess(CALIFORNIA, [Counts("Kern", 24_034, 722, 722, 0)])
    assert (found.verdict, found.verdict_source.cite) == ("insufficient", "Elec. Code § 9030(b)")


@pytest.mark.parametrize(("valid", "verdict"), [(999, "insufficient"), (1_000, "sufficient")])
def test_full_count_decides_by_the_requirement(valid: int, verdict: str) -> None:
    found = assess(CALIFORNIA, [Counts("Kern", 1_200, 1_200, valid, 0)], 1_000)
    assert (found.verdict, found.estimate) == (verdict, valid)
    assert found.verdict_source.cite == "Elec. Code § 9031"


@pytest.mark.parametrize(("valid", "verdict"), [(949, "insufficient"), (1_000, "full-check"), (1_101, "sufficient")])
def test_full_count_treated_as_a_sample_is_decided_by_the_bands(valid: int, verdict: str) -> None:
    counts = [Counts("Kern", 1_200, 1_200, valid, 0)]
    assert assess(CALIFORNIA, counts, 1_000, treat_as_sample=True).verdict == verdict


@pytest.mark.parametrize(("valid", "verdict"), [(8_961, "sufficient"), (7_600, "full-check"), (5_000, "full-check")])
def test_washington_accepts_or_checks_all_and_never_rejects_a_sample(valid: int, verdict: str) -> None:
    found = assess(WASHINGTON, [Counts("state", 328_632, 10_012, valid, 13)], 241_153)
    assert found.verdict == verdict
    assert "acceptable pairs in the sample" in {step.name for step in found.steps}


def test_washington_rejects_on_a_full_count() -> None:
    assert assess(WASHINGTON, [Counts("state", 300_000, 300_000, 200_000, 9)]).verdict == "insufficient"


def test_washington_takes_one_sample() -> None:
    with pytest.raises(InputError, match="takes one sample"):
        assess(WASHINGTON, [Counts("a", 9, 3, 3), Counts("b", 9, 3, 3)], 5)


def test_district_counts_everything_and_then_still_tests_the_hands() -> None:
    part = Counts("1", 5_000, 5_000, 4_000, 10)
    assert assess(DISTRICT, [part], 4_001).verdict == "insufficient"
    reached = assess(DISTRICT, [part], 4_000)
    assert reached.verdict == "full-check"
    assert "authenticity" in reached.verdict_rule
    with pytest.raises(InputError, match="projects no sample"):
        assess(DISTRICT, [replace(part, sample=4_500)], 4_000)


def test_requirement_that_law_does_not_give_is_asked_for() -> None:
    with pytest.raises(LawAbsent, match="requirement of us-dc initiative"):
        assess(DISTRICT, [Counts("1", 10, 10, 10)])
    repealed = rules_on(read_law("zz-example"), "recall", date(2021, 1, 1))
    with pytest.raises(LawRepealed, match="Recall Repeal Act 2020"):
        assess(repealed, [Counts("North", 10, 10, 10)])


def test_removed_signatures_are_not_projected() -> None:
    part = Counts("state", 394_716, 12_000, 11_000, 5, removed=891)
    assert part.population == 393_825
    found = assess(WASHINGTON, [part], 259_622)
    assert found.raw == 394_716
    assert found.estimate < 393_825 * 11_000 // 12_000


def strata() -> st.SearchStrategy[list[Counts]]:
    return st.lists(rows(), min_size=1, max_size=5, unique_by=lambda row: row.stratum)


@given(strata(), st.integers(1, 2_000_000))
def test_one_more_valid_signature_never_worsens_the_verdict(counts: list[Counts], required: int) -> None:
    first = counts[0]
    assume(first.valid + first.duplicates < first.sample)
    order = ["insufficient", "full-check", "sufficient"]
    for rules in (CALIFORNIA, EXAMPLE):
        before = assess(rules, counts, required)
        after = assess(rules, [replace(first, valid=first.valid + 1), *counts[1:]], required)
        assert order.index(after.verdict) >= order.index(before.verdict)


@given(strata(), st.integers(1, 2_000_000))
def test_full_counts_are_exact(counts: list[Counts], required: int) -> None:
    full = [replace(row, sample=row.raw) for row in counts]
    found = assess(CALIFORNIA, full, required)
    assert found.estimate == sum(row.valid for row in full)
    assert (found.verdict == "sufficient") == (found.estimate >= required)
    assert found.pair_estimate == pytest.approx(found.estimate, rel=1e-9, abs=1e-6)


def test_sample_smaller_than_lawful_is_warned_of() -> None:
    found = assess(CALIFORNIA, [Counts("Kern", 24_034, 700, 516, 2)], 15_000)
    assert found.warnings == ("Kern: 700 of 24,034 signatures sampled; Elec. Code § 9030(d) orders 722",)


@pytest.mark.parametrize("required", [0, -5])
def test_requirement_below_one_is_refused(required: int) -> None:
    with pytest.raises(InputError, match="cannot be the requirement"):
        assess(CALIFORNIA, [Counts("Kern", 10, 10, 10)], required)


def test_no_counts_are_refused() -> None:
    with pytest.raises(InputError, match="no counts"):
        assess(CALIFORNIA, [])


def test_negative_counts_and_rows_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="Kern, valid: -1 signatures"):
        assess(CALIFORNIA, [Counts("Kern", 10, 10, -1)], 5)
    with pytest.raises(InputError, match="Kern: there are 2 rows"):
        assess(CALIFORNIA, [Counts("Kern", 10, 10, 9), Counts("Kern", 10, 10, 9)], 5)


def test_a_size_in_words_only_is_told_in_words() -> None:
    with pytest.raises(LawAbsent, match="gives the size of the sample in words: the number of the table"):
        sample_size(rules_on(read_law("us-sd"), "statute", date(2020, 1, 1)), 15_718)


def test_contradictory_counts_are_refused_with_their_stratum() -> None:
    with pytest.raises(InputError, match="Kern, sample: 11 sampled of 10"):
        assess(CALIFORNIA, [Counts("Kern", 10, 11, 10)], 5)


def test_json_holds_the_promised_keys_and_plain_numbers() -> None:
    answer = json.loads(assessment_json(assess(CALIFORNIA, [Counts("X", 24_034, 722, 516, 2)], 15_000)))
    assert {"place", "kind", "on", "raw", "requirement", "estimate", "verdict", "steps"} <= set(answer)
    assert (answer["place"], answer["on"], answer["raw"]) == ("us-ca", "2018-04-20", 24_034)
    assert (answer["requirement"], answer["estimate"], answer["verdict"]) == (15_000, 15_028, "full-check")
    assert {"name", "value", "source"} <= set(answer["steps"][0])


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


HEAD = "stratum,raw,sample,valid,duplicates"


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}\nX,24034,722,516,2\n",
        f"\ufeff{HEAD}\r\nX,24034,722,516,2\r\n",
        f"{HEAD}\nX,24034,722,516,2\n".encode("utf-16"),
        " Stratum ,RAW,sample,valid,duplicates\n X , 24034 ,722,516,2",
        "valid,duplicates,stratum,raw,sample\n516,2,X,24034,722\n\n",
    ],
)
def test_counts_are_read_in_any_common_form(tmp_path: Path, data: str | bytes) -> None:
    assert read_counts(write(tmp_path / "c.csv", data)) == (Counts("X", 24_034, 722, 516, 2),)


def test_optional_columns_are_read(tmp_path: Path) -> None:
    text = f"{HEAD},removed,invalid,seen_2,seen_3,district\nX,100,50,40,2,5,8,2,,West\n"
    expected = Counts("X", 100, 50, 40, 2, removed=5, invalid=8, seen_2=2, seen_3=None, district="West")
    assert read_counts(write(tmp_path / "c.csv", text)) == (expected,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (f"{HEAD}\n", "no rows"),
        ("stratum,raw,sample,valid\nX,1,1,1\n", "line 1, column duplicates: the column is missing"),
        (f"{HEAD},extra\nX,1,1,1,0,1\n", "line 1, column extra: the column is not known"),
        (f"{HEAD}\nX,1e3,1,1,0\n", "line 2, column raw: '1e3' is not a whole number"),
        (f'{HEAD}\nX,"24,034",722,516,2\n', "line 2, column raw: '24,034' is not a whole number"),
        (f"{HEAD}\nX,-4,1,1,0\n", "line 2, column raw"),
        (f"{HEAD}\nX,,1,1,0\n", "line 2, column raw: the cell is empty"),
        (f"{HEAD}\n,1,1,1,0\n", "line 2, column stratum: the stratum has no name"),
        (f"{HEAD}\nX,9,9,9\n", "line 2"),
        (f'{HEAD}\n"X,9,9,9,0\n', "line 2"),
        (f"{HEAD}\nX,9,9,9,0\nX,9,9,9,0\n", "line 3, column stratum: 'X' stands twice"),
        (f"{HEAD},district\nX,9,9,9,0,A\nX,9,9,9,0,A\n", "line 3, column stratum: 'X, A' stands twice"),
        (f"{HEAD}\nX,99,99,40,21\n", "line 2, column duplicates: 21 duplicates beside 40 valid"),
        (f"{HEAD}\nX,9,10,9,0\n", "line 2, column sample: 10 sampled of 9"),
        (f"{HEAD}\nX,9,8,9,0\n", "line 2, column valid: 9 valid, duplicate and invalid in a sample of 8"),
        (f"{HEAD}\nX,9,0,0,0\n", "line 2, column sample: nothing was sampled of 9"),
        (f"{HEAD},removed\nX,9,0,0,0,10\n", "line 2, column removed: 10 removed of 9"),
        (f"{HEAD},seen_2\nX,9,8,4,0,5\n", "line 2, column seen_2"),
        (f"{HEAD}\nKings,9,9,9,0\nkings ,9,9,9,0\n", "line 3, column stratum: 'kings' stands twice"),
        (f"{HEAD}\nX,9,9,9,0\nY,5,5,5,0\nTotal,14,14,14,0\n", "line 4, column stratum: 'Total' stands beside"),
        (f"{HEAD}\nX,9,9,9,0\nALL COUNTIES,9,9,9,0\n", "line 3, column stratum: 'ALL COUNTIES' stands beside"),
        (f"{HEAD}\nBoth,14,14,14,0\nX,9,9,9,0\nY,5,5,5,0\n", "line 2, column stratum: each number of the row is"),
        (f"{HEAD},district\nX,9,9,9,0,A\nX,5,5,5,0,Total\n", "line 3, column stratum: 'Total' stands beside"),
    ],
)
def test_fault_of_a_counts_file_is_told_with_line_and_column(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FileFaults) as caught:
        read_counts(write(tmp_path / "c.csv", text))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\nTotal,9,9,9,0\n",
        f"{HEAD}\nX,9,9,9,0\nY,9,9,9,0\nZ,0,0,0,0\n",
        f"{HEAD},district\nAll,9,9,9,0,A\nAll,5,5,5,0,B\n",
        f"{HEAD}\nX,9,9,9,0\nY,9,9,9,0\n",
        f"{HEAD},counted_by\nX,1,1,1,0,machine\nY,1,1,1,0,machine\nZ,2,2,2,0,machine\n",
        f"{HEAD},counted_by\nX,4,4,1,3,machine\n",
    ],
)
def test_what_only_looks_like_a_total_or_a_miscount_is_read(tmp_path: Path, text: str) -> None:
    assert len(read_counts(write(tmp_path / "c.csv", text))) == text.count("\n") - 1


def test_all_faults_of_a_counts_file_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileFaults) as caught:
        read_counts(write(tmp_path / "c.csv", f"{HEAD}\nX,a,b,1,0\nY,9,10,1,0\nY,9,9,9,0\n"))
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [
        (2, "raw"),
        (2, "sample"),
        (3, "sample"),
        (4, "stratum"),
    ]


def test_missing_counts_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        read_counts(tmp_path / "none.csv")


def test_a_limit_that_belongs_to_sufficient_is_reached_and_not_passed() -> None:
    rows_of = [Counts("Alpine", 2_000, 1_000, 550, 0)]
    one_limit = banded(insufficient_below=None, sample_otherwise="insufficient")
    assert "1,100 reaches 110%" in assess(banded(sufficient_at=True), rows_of, 1_000).verdict_rule
    assert "1,100 is above 110%" in assess(CALIFORNIA, rows_of, 999).verdict_rule
    assert "1,100 does not exceed 110%" in assess(one_limit, rows_of, 1_000).verdict_rule
