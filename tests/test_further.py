"""Comparisons from outside: a further column weighs what Bayes' rule says, and what is faulty is refused."""

from __future__ import annotations

import json
import math
import tomllib
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from typer.testing import CliRunner, Result

import ballotworthy as bw
from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.match.further.model import edit_distance

APP = build_app(("match",))
PHONE = """
name = "phone"
lines = "Phone"
roll = "phone number"
reads = "digits"
last = 10

[[level]]
words = "agrees"
test = "exact"
m = 0.80
u = 0.0001

[[level]]
words = "differs by one digit"
test = "edit-distance"
at_most = 1
m = 0.10
u = 0.0009

[[level]]
words = "differs"
test = "otherwise"
m = 0.10
u = 0.9990
"""
VOTERS = """voter_id,last_name,first_name,address,zip,Phone Number,since,status
1,QUILL,ANNA,12 MAIN ST,98101,(206) 555-0101,2012-05-06,active
2,QUILL,ANNA,12 MAIN ST,98101,+1 206 555 0202,2012-05-09,active
3,MARSH,BEN,9 ELM ST,98101,,2011-01-01,active
4,MARSH,CORA,9 ELM ST,98101,206-555-0404,,active
"""
LINES = """sheet,line,name,address,zip,Phone,Since
1,1,Anna Quill,12 Main St,98101,206.555.0202,2012-05-08
1,2,Anna Quill,12 Main St,98101,2065550111,2013-05-08
1,3,Anna Quill,12 Main St,98101,,
1,4,Ben Marsh,9 Elm St,98101,2065550404,2011-01-01
1,5,,,,2065550101,
"""
SINCE = {
    "name": "registered",
    "lines": "since",
    "roll": "since",
    "reads": "date",
    "level": [
        {"words": "agrees", "test": "exact", "m": 0.7, "u": 0.001},
        {"words": "is within three days", "test": "date", "within_days": 3, "m": 0.2, "u": 0.009},
        {"words": "differs", "test": "otherwise", "m": 0.1, "u": 0.99},
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with two twins of one address, a couple, and a roll of them."""
    made = tmp_path_factory.mktemp("further")
    (made / "v.csv").write_text(VOTERS, "utf-8")
    (made / "lines.csv").write_text(LINES, "utf-8")
    (made / "phone.toml").write_text(PHONE, "utf-8")
    with pytest.warns(UserWarning, match="day of registration"):  # this small register has none
        bw.build_roll(made / "v.csv", made / "x.roll", taken_on="2024-01-01")
    return made


def run(folder: Path, *more: str) -> Result:
    words = ["match", str(folder / "lines.csv"), "--roll", str(folder / "x.roll"), "-o", str(folder / "m.csv"), *more]
    return CliRunner().invoke(APP, words)


def compared(folder: Path, comparison: str | dict[str, Any] | None = None, **more: Any) -> pl.DataFrame:
    given = [folder / "phone.toml" if comparison is None else comparison]
    voters = more.pop("voters", folder / "v.csv")
    done = bw.match_lines(
        folder / "lines.csv", folder / "x.roll", comparisons=given, comparison_roll=voters, **more
    )  # fmt: skip
    return done.table


def test_the_command_tells_apart_by_telephone_who_are_alike_in_all_else(folder: Path) -> None:
    done = run(folder, "--comparison", str(folder / "phone.toml"), "--comparison-roll", str(folder / "v.csv"))
    assert done.exit_code == 0, done.output
    assert "Compared phone: 4 lines and 3 voters have one." in done.output
    assert "Not used: Since. If it holds a field, say so" in done.output
    best = pl.read_csv(folder / "m.csv", infer_schema=False).filter(pl.col("rank") == "1")
    found = {row["line"]: row for row in best.iter_rows(named=True)}
    assert found["1"]["voter_id"] == "2"
    assert found["1"]["evidence"].endswith(f"phone agrees (+{math.log2(0.8 / 0.0001):.1f})")
    assert found["2"]["voter_id"] == "1"
    assert found["2"]["evidence"].endswith(f"phone differs by one digit (+{math.log2(0.1 / 0.0009):.1f})")
    assert "phone" not in found["3"]["evidence"]
    assert "phone" not in found["4"]["evidence"]  # the voter has no telephone on the roll
    assert found["5"]["voter_id"] is None  # a telephone finds nobody


def test_weights_and_odds_are_multiplied_by_what_the_level_says(folder: Path) -> None:
    beliefs = folder / "beliefs.json"
    plain = bw.match_lines(folder / "lines.csv", folder / "x.roll")
    plain.write(folder / "plain.csv", beliefs)
    further = compared(folder, beliefs=beliefs)
    keys = ["line", "voter_id"]
    both = further.join(plain.table, on=keys, suffix="_before").filter(pl.col("line") == "1").sort("voter_id")
    bits = [math.log2(0.10 / 0.9990), math.log2(0.80 / 0.0001)]  # voter 1 differs in two digits, voter 2 agrees
    for row, more in zip(both.iter_rows(named=True), bits, strict=True):
        assert row["weight"] == pytest.approx(row["weight_before"] + more, abs=0.11)
    one, two = both["probability"].to_list()
    assert both["probability_before"][0] == both["probability_before"][1]
    assert two > 0.99
    assert one / two == pytest.approx(2 ** (bits[0] - bits[1]), abs=0.0001)


def test_what_a_household_shares_says_no_more_of_the_voter_than_of_a_relative(folder: Path) -> None:
    (folder / "home.csv").write_text(
        "sheet,line,name,address,zip,Phone\n1,1,Gwendolyn Marsh,9 Elm St,98101,2065550404\n", "utf-8"
    )
    own = tomllib.loads(PHONE)
    chances = []
    for comparison in (own, {**own, "household": True}):
        table = bw.match_lines(
            folder / "home.csv", folder / "x.roll", comparisons=[comparison], comparison_roll=folder / "v.csv"
        ).table
        chances.append(table.filter(pl.col("voter_id") == "4")["probability"][0])
    assert chances[0] > 3 * chances[1], chances


def test_days_agree_or_lie_near_each_other(folder: Path) -> None:
    evidence = dict(compared(folder, SINCE).filter(pl.col("rank") == 1).select("line", "evidence").iter_rows())
    assert "registered is within three days (+4.5)" in evidence["1"]
    assert "registered differs (-3.3)" in evidence["2"]
    assert "registered" not in evidence["3"]
    assert "registered agrees (+9.5)" in evidence["4"]


def test_several_comparisons_add_up_and_stand_in_the_charts(folder: Path) -> None:
    done = bw.match_lines(
        folder / "lines.csv", folder / "x.roll", comparisons=[folder / "phone.toml", SINCE],
        comparison_roll=pl.read_csv(folder / "v.csv", infer_schema=False),
    )  # fmt: skip
    row = done.table.filter(pl.col("rank") == 1).row(0, named=True)
    assert "phone agrees (+13.0), registered is within three days (+4.5)" in row["evidence"]
    told = done.to_dict()["comparisons"]
    assert [(each["name"], each["lines"], each["voters"]) for each in told] == [("phone", 4, 3), ("registered", 3, 3)]
    assert sum(told[0]["likeliest_voters"].values()) == 2
    assert "phone|differs by one digit" in json.dumps(done.charts()["weights"].to_dict())


def test_without_a_cell_on_either_side_nothing_changes(folder: Path) -> None:
    empty = pl.read_csv(folder / "v.csv", infer_schema=False).with_columns(
        pl.lit(None, pl.String).alias("Phone Number")
    )
    plain = bw.match_lines(folder / "lines.csv", folder / "x.roll").table
    assert compared(folder, voters=empty).equals(plain)


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 4))
def test_the_edit_distance_is_that_of_the_reference(one: str, two: str, most: int) -> None:
    assert edit_distance(one, two, most) == min(Levenshtein.distance(one, two), most + 1)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("[[level]]", "[[level]"), "it is no TOML"),
        (('name = "phone"', 'name = "last name"'), "'last name' is compared already"),
        (('name = "phone"', ""), "column name: it is not given"),
        (('reads = "digits"', 'reads = "numbers"'), "column reads: it is not one of text, digits, date"),
        (("last = 10", "last = 0"), "column last: it is no number of letters or digits"),
        (("last = 10", "lest = 10"), "column lest: there is no such key"),
        (("m = 0.80", "m = 1.5"), "column level 1, m: it is no share"),
        (("m = 0.80", "m = 0.60"), "the shares m of all levels add up to 0.8"),
        (("u = 0.9990", "u = 0.5"), "the shares u of all levels add up to 0.501"),
        (("at_most = 1", ""), "column level 2, at_most: it is no whole number"),
        (('test = "exact"', 'test = "exact"\nat_most = 2'), "a test 'exact' has none"),
        (('test = "exact"', 'test = "date"\nwithin_days = 2'), "'date' does not go with reads = 'digits'"),
        (('test = "exact"', 'test = "like"'), "column level 1, test: it is not one of exact, edit-distance"),
        (('test = "otherwise"', 'test = "exact"'), "the last level, and it alone, is what is left"),
    ],
)
def test_a_faulty_declaration_is_refused_and_nothing_is_written(
    folder: Path, tmp_path: Path, change: tuple[str, str], what: str
) -> None:
    (tmp_path / "bad.toml").write_text(PHONE.replace(*change, 1), "utf-8")
    (folder / "m.csv").unlink(missing_ok=True)
    told = run(folder, "--comparison", str(tmp_path / "bad.toml"), "--comparison-roll", str(folder / "v.csv")).exception
    assert isinstance(told, FileFaults)
    assert what in str(told)
    assert not (folder / "m.csv").exists()


def test_all_faults_of_a_declaration_are_told_at_once(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "bad.toml").write_text(PHONE.replace("m = 0.80", "m = 2.0").replace("last = 10", "lest = 1"), "utf-8")
    with pytest.raises(FileFaults, match="2 faults"):
        compared(folder, str(tmp_path / "bad.toml"))


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"lines": "mobile"}, "the lines have no column 'mobile' to compare phone"),
        ({"roll": "mobile"}, "column mobile: there is no such column"),
        ({"lines": "zip"}, "'zip' of the lines is read as zip and compared already"),
    ],
)
def test_a_column_that_is_not_there_or_counts_twice_is_refused(
    folder: Path, changed: dict[str, str], what: str
) -> None:
    with pytest.raises(InputError, match=what):
        compared(folder, {**tomllib.loads(PHONE), **changed})


@pytest.mark.parametrize(
    ("voters", "what"),
    [
        ("voter_id,phone number\n1,5\n1,6\n", "line 3, column voter_id: this voter stands twice"),
        ("voter_id,phone number\n91,5\n92,6\n", "no voter of .* is on .*x.roll"),
        ("who,phone number\n1,5\n2,6\n", "column voter_id: there is no such column"),
    ],
)
def test_a_table_of_voters_that_does_not_fit_the_roll_is_refused(
    folder: Path, tmp_path: Path, voters: str, what: str
) -> None:
    (tmp_path / "v.csv").write_text(voters, "utf-8")
    with pytest.raises(InputError, match=what):
        compared(folder, voters=tmp_path / "v.csv")


@pytest.mark.parametrize(
    ("since", "what"),
    [("3/5/2012", "may be read month first or day first"), ("in May", "1 cells in .* are no day, the first at line 2")],
)
def test_a_day_that_cannot_be_read_for_certain_is_refused(folder: Path, tmp_path: Path, since: str, what: str) -> None:
    (tmp_path / "v.csv").write_text(f"voter_id,since\n1,{since}\n", "utf-8")
    with pytest.raises(InputError, match=what):
        compared(folder, SINCE, voters=tmp_path / "v.csv")


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (["--comparison", "phone.toml"], "--comparison goes with --comparison-roll"),
        (["--comparison-roll", "v.csv"], "--comparison-roll goes with --comparison"),
        (["--comparison", "phone.toml", "--comparison-roll", "v.csv", "--engine", "spark"], "the local engine"),
        (["--comparison", "none.toml", "--comparison-roll", "v.csv"], "there is no file none.toml"),
    ],
)
def test_what_does_not_go_together_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], what: str
) -> None:
    monkeypatch.chdir(folder)
    refused = run(folder, *more).exception
    assert isinstance(refused, InputError)
    assert what in str(refused)
