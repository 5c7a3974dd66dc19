"""A value that decides has a second source of another publisher, or is marked as having one only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults
from ballotworthy.files.places import place_codes
from ballotworthy.law import read_law, read_law_file, rules_on
from ballotworthy.law.second_sources import DECIDE, count_of, resting_on_one, resting_words
from ballotworthy.law.shapes import RULES
from ballotworthy.law.sources import publisher

app = build_app(["law", "project"])
DAY = date(2018, 4, 20)

FILE = """\
name = "Somewhere"
read_on = 2026-01-01

[sources]
act = { cite = "Act, s. 1", url = "https://www.example.org/act" }
news = { cite = "News", url = "https://example.com/news", says = "200 are needed" }

[rules]
stratum = [{ from = 2000-01-01, value = "state", source = "act" }]
formula = [{ from = 2000-01-01, value = "california", source = "act" }]
full_count = [{ from = 2000-01-01, value = "counted", source = "act" }]
deadlines = [
    { from = 2000-01-01, value = [
        { what = "x", days = 3, unit = "calendar", after = "filed", checked = ["news"] },
        { what = "y", days = 3, unit = "calendar", after = "filed" },
    ], source = "act" },
]

[kinds.statute]
title = "statute"
requirement = [{ from = 2000-01-01, value = 200, source = "act", checked = ["news"] }]
"""

HELD = {
    "ca-bc": 4,
    "ch": 2,
    "eu": 0,
    "it": 4,
    "nz": 5,
    "us": 0,
    "us-ak": 18,
    "us-ar": 25,
    "us-az": 20,
    "us-ca": 42,
    "us-co": 30,
    "us-dc": 7,
    "us-fl": 10,
    "us-id": 15,
    "us-il": 9,
    "us-ma": 15,
    "us-md": 8,
    "us-me": 12,
    "us-mi": 22,
    "us-mo": 12,
    "us-ms": 11,
    "us-mt": 24,
    "us-nd": 22,
    "us-ne": 15,
    "us-nm": 5,
    "us-nv": 55,
    "us-oh": 21,
    "us-ok": 15,
    "us-or": 20,
    "us-sd": 20,
    "us-ut": 21,
    "us-wa": 17,
    "us-wy": 4,
    "zz-example": 2,
}  # fmt: skip
"""How many values of a place had a second source when this was last raised; never lower one without a word why."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "400", "NO_COLOR": "1"})


def second_sources(place: str) -> int:
    """Count the values that decide and are checked, as they stand in the file."""
    held = {
        id(line): count_of(name, [line])[1]
        for kind in read_law(place).kinds.values()
        for name, lines in kind.rules.items()
        for line in lines
    }
    return sum(held.values())


def test_second_sources_never_become_fewer_in_any_place() -> None:
    assert set(HELD) == set(place_codes())
    assert {place: held for place, held in HELD.items() if second_sources(place) < held} == {}


def test_every_rule_that_decides_is_a_rule() -> None:
    assert set(DECIDE) - set(RULES) == set()
    assert len(DECIDE) == len(set(DECIDE))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.ballotpedia.org/2024/07/09/x", "ballotpedia.org"),
        ("http://ballotpedia.org/wiki", "ballotpedia.org"),
        ("https://blogs.sos.wa.gov/x", "sos.wa.gov"),
        ("https://www.sos.wa.gov/x", "sos.wa.gov"),
        ("https://leginfo.legislature.ca.gov/x", "legislature.ca.gov"),
        ("http://www.scoop.co.nz/x", "scoop.co.nz"),
        ("https://www.mass.gov:443/x", "mass.gov"),
        ("https://www.ksl.com/x", "ksl.com"),
        ("https://nzherald.co.nz", "nzherald.co.nz"),
    ],
)
def test_an_address_tells_its_publisher(url: str, expected: str) -> None:
    assert publisher(url) == expected


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("https://example.com/news", "https://archive.example.org/act", 21, "news stands at example.org"),
        (', says = "200 are needed"', "", 21, "source news checks a value and is not quoted"),
        ('value = 200, source = "act", checked = ["news"]', 'value = 200, source = "act", checked = ["x"]', 21, "'x'"),
        (
            'value = 200, source = "act", checked = ["news"]',
            'value = 200, source = "act", checked = "news"',
            21,
            "'news'",
        ),
        ('value = 200, source = "act", checked = ["news"]', 'value = 200, source = "act", checked = []', 21, "'[]'"),
        ('after = "filed", checked = ["news"]', 'after = "filed", checked = ["act"]', 13, "source act checks a value"),
        ('says = "200 are needed"', 'says = ""', 6, "says is missing or not text"),
        ('says = "200 are needed"', 'sais = "200 are needed"', 6, "unknown key 'sais' in source news"),
    ],
)
def test_a_second_source_that_is_none_is_refused(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in FILE
    (tmp_path / "law.toml").write_text(FILE.replace(old, new))
    with pytest.raises(FileFaults) as caught:
        read_law_file(tmp_path / "law.toml")
    assert any(words in fault.what and fault.line == line and fault.remedy for fault in caught.value.faults)


def test_each_time_of_a_list_is_counted_on_its_own(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(FILE)
    kind = read_law_file(tmp_path / "law.toml").kinds["statute"]
    assert count_of("deadlines", kind.rules["deadlines"]) == (2, 1)
    assert count_of("requirement", kind.rules["requirement"]) == (1, 1)
    assert count_of("full_count", kind.rules["full_count"]) == (0, 0)


def test_a_time_that_is_only_cited_anew_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(FILE)
    checked, plain = read_law_file(tmp_path / "law.toml").kinds["statute"].rules["deadlines"][0].value
    assert checked.checked
    assert replace(plain, what="x") == checked


def test_a_verdict_names_the_values_that_stand_in_one_source(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(FILE)
    rules = rules_on(read_law_file(tmp_path / "law.toml"), "statute", DAY)
    assert resting_on_one(rules) == ("formula",)
    assert resting_words(rules) == ["Read in one source only, so compare with the official text: formula."]
    (tmp_path / "law.toml").write_text(
        FILE.replace('"california", source = "act"', '"california", source = "act", checked = ["news"]')
    )
    assert resting_words(rules_on(read_law_file(tmp_path / "law.toml"), "statute", DAY)) == []


def test_the_number_of_the_law_is_not_named_where_the_user_gave_one(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(
        FILE.replace('value = 200, source = "act", checked = ["news"]', 'value = 200, source = "act"')
    )
    rules = rules_on(read_law_file(tmp_path / "law.toml"), "statute", DAY)
    assert resting_on_one(rules) == ("requirement", "formula")
    assert resting_on_one(rules, required_given=True) == ("formula",)


def test_law_prints_the_second_source_with_its_words_and_the_mark_of_a_single_one() -> None:
    out = run("law", "zz-example", "--kind", "initiative").stdout
    assert "Petition Act 2000, s. 2; checked: Exampleland Gazette, 3 May 2000 " in out
    assert "Petition Act 2000, s. 6 (one source)" in out
    assert "says: A thousand signatures are enough" in out


def test_law_answers_second_sources_as_data() -> None:
    rules = json.loads(run("law", "zz-example", "--kind", "initiative", "--json").stdout)["kinds"][0]["rules"]
    assert rules["requirement"]["one_source"] is False
    assert rules["requirement"]["checked"][0]["url"] == "https://example.com/2000-05-03"
    assert rules["sample_least"] == rules["sample_least"] | {"one_source": True, "checked": []}
    assert rules["stratum"]["one_source"] is False


def test_places_answer_how_many_values_have_a_second_source() -> None:
    places = {each["place"]: each for each in json.loads(run("law", "--json").stdout)["places"]}
    example = places["zz-example"]["kinds"][0]
    assert (example["checked"], example["deciding"]) == (2, 16)


def test_project_tells_which_values_of_its_verdict_stand_in_one_source(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_text("stratum,raw,sample,valid,duplicates\nNorth,2000,200,150,0\n")
    where = ("--place", "zz-example", "--kind", "initiative", "--on", "2018-04-20")
    out = " ".join(run("project", str(tmp_path / "counts.csv"), *where).stdout.split())
    assert "Read in one source only, so compare with the official text: formula, sample least, " in out
    told = json.loads(run("project", str(tmp_path / "counts.csv"), *where, "--json").stdout)
    assert told["one_source"][:2] == ["formula", "sample_least"]
