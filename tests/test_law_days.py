"""A rule is looked up on the day that governs it: a law amended between signing, filing and certification."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError, LawNotYetInForce, LawRepealed
from ballotworthy.law import Days, Law, read_law, read_law_file, rules_on
from ballotworthy.law.days import GOVERNS
from ballotworthy.law.elsewhere import elsewhere, elsewhere_data, elsewhere_words

app = build_app(["law", "project"])
runner = CliRunner()

SIGNED, AMENDED, FILED, CERTIFIED = date(2020, 3, 1), date(2020, 5, 1), date(2020, 6, 1), date(2020, 9, 1)

AMENDED_TWICE = """\
name = "Somewhere"
read_on = 2026-01-01

[sources]
act = { cite = "Act, s. 1", url = "https://example.org/act" }
may = { cite = "Amendment of May 2020", url = "https://example.org/may" }
july = { cite = "Amendment of July 2020", url = "https://example.org/july" }

[rules]
stratum = [{ from = 2000-01-01, value = "state", source = "act" }]
formula = [{ from = 2000-01-01, value = "full-count", source = "act" }]
full_count = [{ from = 2000-01-01, value = "counted", source = "act" }]
line_fields = [
    { from = 2000-01-01, until = 2020-04-30, value = ["name"], source = "act", governs = "signing" },
    { from = 2020-05-01, value = ["name", "date"], source = "may", governs = "signing" },
]
requirement = [
    { from = 2000-01-01, until = 2020-06-30, value = 100, source = "act", governs = "filing" },
    { from = 2020-07-01, value = 300, source = "july", governs = "filing" },
]
verifier = [
    { from = 2000-01-01, until = 2020-06-30, value = "the county", source = "act", governs = "certification" },
    { from = 2020-07-01, value = "the state", source = "july", governs = "certification" },
]
disclosure = [
    { from = 2000-01-01, until = 2020-06-30, value = "public", source = "act" },
    { from = 2020-07-01, value = "confidential", source = "july" },
]
adoption_rule = [{ from = 2020-05-01, value = "twice", source = "may", governs = "signing" }]

[kinds.statute]
title = "statute"

[reasons]
no-date = [{ from = 2020-05-01, words = "no date", source = "may", governs = "signing" }]
duplicate = [{ from = 2000-01-01, words = "twice", source = "act" }]
"""


@pytest.fixture
def amended(tmp_path: Path) -> Law:
    path = tmp_path / "law.toml"
    path.write_text(AMENDED_TWICE, encoding="utf-8")
    return read_law_file(path)


def values(found: Law, days: date | Days) -> tuple[Any, ...]:
    rules = rules_on(found, "statute", days)
    names = ("line_fields", "requirement", "verifier", "disclosure")
    return tuple(rules.needed(name).value for name in names)


def test_one_day_given_governs_every_rule(amended: Law) -> None:
    assert values(amended, SIGNED) == (("name",), 100, "the county", "public")
    assert values(amended, CERTIFIED) == (("name", "date"), 300, "the state", "confidential")
    assert values(amended, Days(CERTIFIED)) == values(amended, CERTIFIED)


def test_each_rule_is_looked_up_on_the_day_that_governs_it(amended: Law) -> None:
    days = Days(CERTIFIED, signing=SIGNED, filing=FILED, certification=CERTIFIED)
    assert values(amended, days) == (("name",), 100, "the state", "confidential")


def test_a_day_that_is_not_given_is_the_governing_one(amended: Law) -> None:
    assert values(amended, Days(SIGNED, certification=CERTIFIED)) == (("name",), 100, "the state", "public")


def test_a_ground_that_came_after_the_signing_is_none(amended: Law) -> None:
    assert set(rules_on(amended, "statute", CERTIFIED).reasons) == {"no-date", "duplicate"}
    assert set(rules_on(amended, "statute", Days(CERTIFIED, signing=SIGNED)).reasons) == {"duplicate"}


def test_a_rule_not_yet_in_force_on_its_own_day_is_silent_and_names_that_day(amended: Law) -> None:
    rules = rules_on(amended, "statute", Days(CERTIFIED, signing=SIGNED))
    assert rules.adoption_rule is None
    with pytest.raises(LawNotYetInForce, match=r"by the day of signing\) is not yet in force on 2020-03-01"):
        rules.needed("adoption_rule")


def test_what_was_looked_up_elsewhere_is_told_rule_by_rule(amended: Law) -> None:
    rules = rules_on(amended, "statute", Days(CERTIFIED, signing=AMENDED, filing=FILED))
    assert elsewhere(rules) == {
        "requirement": ("filing", FILED),
        "line_fields": ("signing", AMENDED),
        "adoption_rule": ("signing", AMENDED),
        "reasons.no-date": ("signing", AMENDED),
    }
    assert elsewhere_data(rules)["requirement"] == {"governs": "filing", "day": "2020-06-01"}
    assert elsewhere_words(rules)[0] == "As on the day of filing (2020-06-01): signatures required."
    assert elsewhere_words(rules)[1].endswith("ground to refuse: no-date.")
    assert elsewhere_words(rules_on(amended, "statute", Days(FILED, filing=FILED))) == []


ACTS = st.fixed_dictionaries({act: st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 9)) for act in GOVERNS})


@given(ACTS)
def test_days_are_refused_just_when_they_are_out_of_order(given: dict[str, date | None]) -> None:
    named = [day for act in GOVERNS if (day := given[act]) is not None]
    if named == sorted(named):
        days = Days(date(2019, 1, 1), **given)
        assert all(days.of(act) == (given[act] or date(2019, 1, 1)) for act in GOVERNS)
        assert days.of(None) == date(2019, 1, 1)
    else:
        with pytest.raises(InputError, match="correct one of them"):
            Days(date(2019, 1, 1), **given)


def run(*arguments: str) -> Result:
    return runner.invoke(app, list(arguments), env={"COLUMNS": "200", "NO_COLOR": "1"})


def answer(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exception is None, result.exception
    return json.loads(result.stdout)


MAINE = ("us-me", "--kind", "statute")


def test_law_takes_the_requirement_of_the_day_of_filing() -> None:
    kind = answer("law", *MAINE, "--on", "2019-02-20", "--filed", "2018-10-31")["kinds"][0]
    assert kind["rules"]["requirement"]["value"] == 61_123
    assert kind["looked_up_elsewhere"]["requirement"] == {"governs": "filing", "day": "2018-10-31"}
    assert answer("law", *MAINE, "--on", "2019-02-20")["kinds"][0]["rules"]["requirement"]["value"] == 63_067


@pytest.mark.parametrize(
    ("place", "kind", "days", "required"),
    [
        (
            "us-me",
            "statute",
            Days(date(2023, 1, 26), filing=date(2022, 11, 1)),
            63_067,
        ),  # Secretary of State, 1 Dec 2022
        (
            "us-me",
            "statute",
            Days(date(2023, 1, 26), filing=date(2022, 12, 27)),
            67_682,
        ),  # Secretary of State, 26 Jan 2023
        ("us-me", "statute", Days(date(2018, 12, 20)), 63_067),
        ("us-wa", "initiative-legislature", Days(date(2013, 1, 3), registration=date(2012, 6, 1)), 241_153),  # I-522
        ("us-nv", "statute", Days(date(2014, 12, 1), filing=date(2014, 11, 12)), 101_667),  # marijuana, 2014
        ("us-nv", "amendment", Days(date(2018, 6, 19)), 112_544),  # Secretary of State
        ("us-ak", "recall", Days(date(2021, 1, 19), registration=date(2020, 2, 21)), 71_252),  # Governor Dunleavy
        ("us-or", "statute", Days(date(2024, 7, 5)), 117_173),
        ("us-or", "referendum", Days(date(2025, 12, 29)), 78_116),
        ("us-mt", "referendum", Days(date(2014, 7, 1)), 24_175),
        ("us-sd", "statute", Days(date(2013, 12, 6)), 15_855),
    ],
)
def test_a_number_changes_on_the_day_the_law_says(place: str, kind: str, days: Days, required: int) -> None:
    assert rules_on(read_law(place), kind, days).needed("requirement").value == required


def test_a_number_whose_own_day_was_not_given_is_told_where_it_was_another_lately() -> None:
    told = elsewhere_words(rules_on(read_law("us-wa"), "initiative-legislature", date(2013, 1, 3)))
    assert told == [
        "The day of registration was not given, so 2013-01-03 stands for it; until 2012-11-06 another number held for "
        "signatures required: 241,153. Give --registered if that day was earlier."
    ]
    given = Days(date(2013, 1, 3), registration=date(2012, 12, 1))
    assert "241,153" not in " ".join(elsewhere_words(rules_on(read_law("us-wa"), "initiative-legislature", given)))
    assert elsewhere_words(rules_on(read_law("us-wa"), "initiative-legislature", date(2014, 1, 3))) == []


def test_law_says_the_other_day_to_people() -> None:
    out = " ".join(run("law", *MAINE, "--on", "2019-02-20", "--filed", "2018-10-31").stdout.split())
    assert "61,123 (as on the day of filing, 2018-10-31)" in out
    assert "As on the day of filing (2018-10-31): signatures required." in out


def test_a_day_of_filing_alone_governs_everything() -> None:
    told = answer("law", *MAINE, "--filed", "2018-10-31")
    assert told["on"] == "2018-10-31"
    assert told["kinds"][0]["looked_up_elsewhere"] == {}


def test_the_last_of_other_days_governs_where_none_is_named() -> None:
    assert answer("law", *MAINE, "--signed", "2018-10-31", "--certified", "2019-02-20")["on"] == "2019-02-20"


def test_an_initiative_registered_under_old_thresholds_keeps_them() -> None:
    days = Days(date(2020, 3, 1), registration=date(2019, 6, 1))
    law_of_union = read_law("eu")
    then, now = (rules_on(law_of_union, "initiative", each) for each in (days, date(2020, 3, 1)))
    assert then.needed("district_requirement").value["DE"] == 72_000
    assert now.needed("district_requirement").value["DE"] == 67_680


def test_a_verdict_that_hangs_on_a_day_that_was_not_given_is_open(tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    asked = ("project", str(counts), "--place", "us-wa", "--kind", "initiative-legislature", "--on", "2013-01-03")
    counts.write_text("stratum,raw,sample,valid,duplicates\nall,300000,300000,243000,0\n")
    left = answer(*asked)
    assert (left["requirement"], left["verdict"], left["undecided"][0]["rule"]) == (246_372, "undecided", "requirement")
    assert left["undecided"][0]["would_decide"] == "the day of registration (--registered DAY)"
    assert "sufficient by 241,153, which held until 2012-11-06; insufficient by" in left["undecided"][0]["missing"]
    assert answer(*asked, "--registered", "2012-06-01")["verdict"] == "sufficient"
    assert answer(*asked, "--registered", "2012-12-01")["verdict"] == "insufficient"
    assert answer(*asked, "--required", "246372")["verdict"] == "insufficient"
    counts.write_text("stratum,raw,sample,valid,duplicates\nall,300000,300000,247000,0\n")
    assert answer(*asked)["verdict"] == "sufficient"  # by either number


def test_project_decides_by_the_requirement_of_the_day_of_filing(tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("stratum,raw,sample,valid,duplicates\nMaine,70000,70000,62000,100\n")
    asked = ("project", str(counts), "--place", *MAINE[:1], *MAINE[1:], "--on", "2019-02-20")
    late, early = answer(*asked, "--filed", "2019-02-20"), answer(*asked, "--filed", "2018-10-31")
    assert (late["requirement"], late["verdict"]) == (63_067, "insufficient")
    assert (early["requirement"], early["verdict"]) == (61_123, "sufficient")
    assert early["looked_up_elsewhere"]["requirement"]["day"] == "2018-10-31"
    assert "As on the day of filing (2018-10-31)" in " ".join(run(*asked, "--filed", "2018-10-31").stdout.split())


def test_deadlines_go_by_the_day_of_filing_whatever_the_governing_day() -> None:
    asked = ("law", "calendar", "us-ca", "--kind", "amendment", "--on", "2024-06-03", "--filed", "2023-06-01")
    waiting = {each["after"]: each["days"] for each in answer(*asked)["waiting"]}
    assert waiting["full-check-ordered"] == 30


def test_days_on_which_nothing_held_are_told() -> None:
    result = run("law", *MAINE, "--on", "2026-02-20", "--filed", "2002-10-20")
    assert isinstance(result.exception, LawNotYetInForce | LawRepealed) or "not yet in force on 2002-10-20" in " ".join(
        result.stdout.split()
    )
