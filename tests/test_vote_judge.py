"""`ballotworthy vote judge`: a vote by its own rule, with real referendums, exact margins and nothing guessed."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from importlib.resources import files
from math import floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import ballotworthy as bw
from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError
from ballotworthy.vote import Numbers, judge_vote, read_rule

APP = build_app(["law", "vote"])
SHARED = Path(__file__).parents[2] / "shared" / "road" / "referendums.csv"
COUNTS = ("registered", "cast", "yes", "no", "blank", "invalid", "districts_for", "districts_against")
Row = dict[str, str]


def rows(text: str) -> list[Row]:
    return list(csv.DictReader(text.splitlines()))


OURS = rows((files("ballotworthy") / "measures/referendums.csv").read_text("utf-8"))


def judged(rule: str, **numbers: object) -> dict[str, Any]:
    words = [word for name, value in numbers.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    done = CliRunner().invoke(APP, ["vote", "judge", "--rule", rule, *words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def refused(rule: str, **numbers: object) -> str:
    with pytest.raises(InputError) as caught:
        judged(rule, **numbers)
    return str(caught.value)


def known(row: Row) -> dict[str, str]:
    return {name: row[name] for name in COUNTS if row[name]}


@pytest.mark.parametrize("row", OURS, ids=[row["id"] for row in OURS])
def test_a_referendum_comes_out_as_it_was_recorded(row: Row) -> None:
    answer = judged(row["rule"], **known(row))
    if row["id"] == "dk-1920":  # its register is published as a percentage only
        assert (answer["outcome"], answer["missing"]) == ("unknown", ["registered"])
    else:
        assert (answer["outcome"], answer["missing"]) == (row["outcome"], [])


@pytest.mark.skipif(not SHARED.is_file(), reason="the table handed to the makers of this program is not beside it")
def test_every_handed_referendum_comes_out_as_it_was_recorded() -> None:
    for row in rows(SHARED.read_text("utf-8")):
        wanted = "unknown" if row["id"] == "dk-1920" else row["outcome"]
        assert judged(row["rule_machine"], **known(row))["outcome"] == wanted, row["id"]


def test_every_referendum_has_a_source_and_an_outcome_that_is_one() -> None:
    assert all(row["source"].startswith("http") for row in OURS)
    assert {row["outcome"] for row in OURS} <= {"passed", "failed", "rejected", "invalid"}
    assert len({row["id"] for row in OURS}) == len(OURS)


MONTENEGRO = {"registered": 484718, "cast": 419236, "yes": 230711, "no": 184954}


def test_the_margin_is_in_votes_under_that_rule() -> None:
    answer = judged("yes_of_valid:>=11/20; turnout:>1/2", **MONTENEGRO)
    assert answer["conditions"] == [
        {"name": "yes_of_valid", "condition": "yes_of_valid:>=11/20", "holds": True, "margin": 2095},
        {"name": "turnout", "condition": "turnout:>1/2", "holds": True, "margin": 176877},
    ]


@pytest.mark.parametrize(
    ("rule", "numbers", "outcome", "margins"),
    [
        ("majority=valid", {"yes": 3, "no": 3}, "failed", [0]),
        ("majority = valid : 1/2", {"yes": 4, "no": 3}, "passed", [1]),
        ("yes_of_valid:>3/5", {"yes": 6, "no": 4}, "failed", [0]),
        ("yes_of_valid:>=3/5", {"yes": 6, "no": 4}, "passed", [0]),
        ("yes_of_valid:>=0.6", {"yes": 5, "no": 4}, "failed", [-1]),
        ("turnout:>=1/2;majority=valid", {"registered": 10, "cast": 4, "yes": 3, "no": 1}, "invalid", [-1, 2]),
        ("valid_of_registered:>1/2;majority=valid", {"registered": 10, "yes": 1, "no": 5}, "failed", [1, -4]),
        ("no_majority=valid;no_of_registered:>=1/5", {"registered": 10, "yes": 1, "no": 2}, "rejected", [1, 0]),
        ("no_majority=valid;no_of_registered:>=1/5", {"registered": 11, "yes": 1, "no": 2}, "passed", [1, -1]),
        ("no_majority=valid;no_of_registered:>=1/5", {"registered": 10, "yes": 2, "no": 2}, "passed", [0, 0]),
        ("districts_weighted:>23/2", {"districts_for": "17/2", "districts_against": 14.5}, "failed", [-3]),
        ("districts:>1/2", {"districts_for": 8.5, "districts_against": 8}, "passed", [0]),
        ("any(yes_of_valid:>=3/5, yes_of_cast:>1/2)", {"cast": 100, "yes": 51, "no": 40}, "passed", [1]),
        ("any(yes_of_valid:>=3/5, yes_of_cast:>1/2)", {"yes": 60, "no": 40}, "passed", [0]),
        ("any(yes_of_valid:>=3/5, yes_of_cast:>1/2)", {"cast": 120, "yes": 59, "no": 40}, "failed", [-1]),
        (
            "any(turnout:>1/2, valid_of_registered:>=1/4)",
            {"registered": 40, "cast": 9, "yes": 5, "no": 4},
            "invalid",
            [-1],
        ),
        ("yes_of_valid:>=1/2", {"yes": 0, "no": 0}, "failed", [0]),
        ("yes_of_cast:>=0", {"cast": 0, "yes": 0, "no": 0}, "failed", [0]),
        ("turnout:>=0; majority=valid", {"registered": 0, "cast": 0, "yes": 0, "no": 0}, "invalid", [0, 0]),
        ("districts:>=1/2", {"districts_for": 0, "districts_against": 0}, "failed", [0]),
    ],
)
def test_each_condition_is_judged_by_its_law(
    rule: str, numbers: dict[str, object], outcome: str, margins: list[int]
) -> None:
    answer = judged(rule, **numbers)
    assert (answer["outcome"], [each["margin"] for each in answer["conditions"]]) == (outcome, margins)


def test_a_number_that_nobody_gave_is_named_and_makes_it_unknown() -> None:
    answer = judged("majority=valid; turnout:>1/2; yes_of_cast:>1/2", yes=5, no=3)
    assert (answer["outcome"], answer["missing"]) == ("unknown", ["cast", "registered"])
    assert [each["holds"] for each in answer["conditions"]] == [True, None, None]
    done = CliRunner().invoke(APP, ["vote", "judge", "--rule", "turnout:>1/2", "--cast", "5"])
    assert done.stdout.splitlines()[0] == "Unknown: a number is missing."
    assert "Nobody gave: registered." in done.stdout


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("", "is empty"),
        (" ; ", "is empty"),
        ("yes", "“yes” is no condition"),
        ("yes_of_valid:>=11/0", "has no fraction"),
        ("yes_of_valid:>=6/5", "a share over one"),
        ("yes_of_valid:<=1/2", "no condition"),
        ("majority:>1/2", "the conditions are"),
        ("majority=valid:3/5", "write yes_of_valid:>3/5"),
        ("turnouts:>1/2", "turnout:>=N/M"),
        ("any(majority=valid)", "any(CONDITION, CONDITION)"),
        ("any(majority=valid, any(turnout:>1/2, turnout:>1/3))", "no condition"),
        ("any(no_majority=valid, no_of_registered:>=1/5)", "cannot be one of the ways to pass"),
        ("any(yes_of_valid:>1/2, no_of_registered:>=1/5)", "has a veto in it (no_of_registered:>=1/5)"),
        ("yes_of_valid:>=" + "9" * 5000, "no fraction"),
        ("bad; worse; majority=valid", "“bad” is no condition; “worse” is no condition"),
    ],
)
def test_a_rule_that_is_none_is_refused_with_what_could_stand_there(rule: str, told: str) -> None:
    assert told in refused(rule, yes=1, no=1)


def test_numbers_that_cannot_be_true_together_are_refused_all_at_once() -> None:
    told = refused("majority=valid", registered=5, cast=8, yes=6, no=3, blank=1)
    assert "are 10 together, and 8 ballots were cast" in told
    assert "10 ballots were cast, and 5 people are registered" in told
    assert "--districts-for x is no number" in refused("districts:>1/2", districts_for="x")


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"yes": 35.5, "no": 1}, "yes is float. Give a whole number."),
        ({"yes": "35", "no": True}, "yes is str. Give a whole number. no is bool. Give a whole number."),
        ({"districts_for": "17/2", "districts_against": 3}, "districts_for is str. Give a number."),
        (
            {"districts_for": 1 / 3, "districts_against": 3},
            "districts_for is no number of districts, such as 12 or 8.5",
        ),
    ],
)
def test_what_is_no_number_is_told_from_python_too(numbers: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        bw.judge_vote("majority=valid", **numbers)
    with pytest.raises(InputError, match=r"nobody gave|is no |Give a "):
        bw.plan_audit("majority=valid", cards=50, **numbers)


def test_half_districts_are_judged_from_python() -> None:
    halves = {"districts_for": 8.5, "districts_against": Fraction(29, 2)}
    assert bw.judge_vote("districts_weighted:>=17/2", **halves).outcome == "passed"  # type: ignore[arg-type]


SHARES = st.builds(Fraction, st.integers(0, 20), st.just(20))


@given(yes=st.integers(0, 10**9), no=st.integers(0, 10**9), share=SHARES, strict=st.booleans())
def test_a_share_is_judged_in_exact_arithmetic(yes: int, no: int, share: Fraction, strict: bool) -> None:
    judged = judge_vote(f"yes_of_valid:{'>' if strict else '>='}{share}", Numbers(yes=yes, no=no))
    (found,) = judged.conditions
    above = 20 * yes - int(share * 20) * (yes + no)
    assert found.holds == (yes + no > 0 and (above > 0 if strict else above >= 0))
    assert found.margin == floor(Fraction(above, 20))
    assert judged.outcome == ("passed" if found.holds else "failed")


PARTS = st.sampled_from(
    ["majority=valid", "turnout:>1/2", "no_of_registered:>=1/4", "any(yes_of_cast:>1/2, yes_of_valid:>=3/5)"]
)


@given(parts=st.lists(PARTS, min_size=1, max_size=5))
def test_a_rule_is_read_again_as_it_was_written(parts: list[str]) -> None:
    rule = read_rule(parts)
    assert read_rule(str(rule)) == rule
