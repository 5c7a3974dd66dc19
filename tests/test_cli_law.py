"""The verbs `law` and `project`: what they print, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ballotworthy.cli.main import build_app
from ballotworthy.errors import InputError, LawNotYetInForce, LawRepealed, UnknownName
from ballotworthy.law.words import in_words

app = build_app(["law", "project"])
runner = CliRunner()


def run(*arguments: str) -> Result:
    return runner.invoke(app, list(arguments), env={"COLUMNS": "160", "NO_COLOR": "1"})


@pytest.fixture
def counts(tmp_path: Path) -> str:
    path = tmp_path / "counts.csv"
    path.write_text("stratum,raw,sample,valid,duplicates\nX,24034,722,516,2\n")
    return str(path)


WHERE = ("--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20")


def test_law_prints_rules_grounds_and_pages() -> None:
    out = run("law", "us-ca", "--kind", "amendment", "--on", "2018-04-20").stdout
    assert "585,407" in out
    assert "8%" in out
    assert "ground to refuse: different-address" in out
    assert "Elec. Code § 105(a): https://self-law.org/code/ca/elections-code/105" in out
    assert "Not in the data" in out


def test_law_in_json_is_json_and_nothing_else() -> None:
    answer = json.loads(run("law", "us-ca", "--on", "2018-04-20", "--json").stdout)
    kinds = {kind["kind"]: kind for kind in answer["kinds"]}
    assert {"statute", "amendment", "referendum"} <= set(kinds)
    assert kinds["amendment"]["rules"]["requirement"]["value"] == 585_407
    assert kinds["amendment"]["rules"]["sample_share"]["value"] == "0.03"
    assert kinds["amendment"]["rules"]["line_fields"]["value"] == ["name", "address"]
    assert kinds["amendment"]["reasons"]["duplicate"]["source"] == "2 CCR 20531"


def test_law_of_today_needs_no_day() -> None:
    assert run("law", "zz-example", "--kind", "initiative").exit_code == 0


def test_law_tells_what_was_repealed() -> None:
    out = run("law", "zz-example", "--kind", "recall", "--on", "2021-01-01").stdout
    assert "ended by Recall Repeal Act 2020" in " ".join(out.split())


def test_counts_header_is_all_that_is_printed() -> None:
    assert run("law", "counts-header", "us-ca").stdout == "stratum,raw,sample,valid,duplicates\n"


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("us-cx",), UnknownName, "Did you mean"),
        (("us-ca", "--kind", "amendmentt"), UnknownName, "Did you mean amendment"),
        (("us-ca", "--on", "20 April 2018"), InputError, "YYYY-MM-DD"),
        (("us-ca", "--on", "2018-02-30"), InputError, "YYYY-MM-DD"),
        (("us-ca", "--on", "1990-01-01"), LawNotYetInForce, "1995-01-01"),
    ],
)
def test_law_refuses_with_a_remedy(arguments: tuple[str, ...], error: type[Exception], words: str) -> None:
    result = run("law", *arguments)
    assert isinstance(result.exception, error)
    assert words in str(result.exception)


def test_project_prints_verdict_steps_and_statistic(counts: str) -> None:
    out = run("project", counts, *WHERE, "--required", "15000").stdout
    for words in (
        "full-check: 15,028",
        "71.47%",
        "2 CCR 20531(b)",
        "1,074.8095",
        "15,024.1, standard error 1,584.4",
    ):
        assert words in out


@pytest.mark.parametrize("required", ["100", "15000", "20000", "500000"])
def test_exit_code_is_0_whatever_the_verdict(counts: str, required: str) -> None:
    assert run("project", counts, *WHERE, "--required", required).exit_code == 0


def test_project_in_json_is_json_and_nothing_else(counts: str) -> None:
    answer = json.loads(run("project", counts, *WHERE, "--json").stdout)
    assert (answer["estimate"], answer["requirement"], answer["verdict"]) == (15_028, 585_407, "insufficient")


def test_many_strata_are_shown_as_a_table(tmp_path: Path) -> None:
    rows = "".join(f"{name},24034,700,516,2\n" for name in ("Kern", "Kings", "Yolo", "Yuba"))
    path = tmp_path / "counts.csv"
    path.write_text("stratum,raw,sample,valid,duplicates\n" + rows)
    out = run("project", str(path), *WHERE, "--required", "50000").stdout
    assert "By stratum" in out
    assert "Kings" in out
    assert "Warning: Yuba: 700 of 24,034" in out
    assert "weight of each duplicate" not in out


def test_law_that_ended_is_told_by_project(counts: str) -> None:
    result = run("project", counts, "--place", "zz-example", "--kind", "recall", "--on", "2021-01-01")
    assert isinstance(result.exception, LawRepealed)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("inactive_count", True, "yes"),
        ("blank_lines_raw", False, "no"),
        ("requirement", 585_407, "585,407"),
        ("line_fields", ("name", "address"), "name, address"),
        ("sample_share", "0.035", "3.5%"),
        ("stratum", "county", "county"),
    ],
)
def test_values_are_written_as_people_write_them(name: str, value: object, expected: str) -> None:
    assert in_words(name, value) == expected
