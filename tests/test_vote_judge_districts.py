"""`vote judge --districts`: a table of districts counted and added up by the program, with those that are even."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ballotworthy as bw
from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults, InputError

APP = build_app(["vote"])
HEAD = "Canton,Yes,No,Weight"
FOUR = ("Alder,600,300,1", "Birch,520,470,whole", "Cedar,200,500,half", "Doum,250,250,1/2")


def table(tmp_path: Path, rows: Sequence[str], head: str = HEAD) -> Path:
    path = tmp_path / "districts.csv"
    path.write_text("\n".join((head, *rows, "")))
    return path


def judged(rule: str, path: Path, *more: str) -> dict[str, Any]:
    done = CliRunner().invoke(APP, ["vote", "judge", "--rule", rule, "--districts", str(path), *more, "--json"])
    assert done.exit_code == 0, done.exception
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_districts_are_counted_by_their_weight_and_added_up(tmp_path: Path) -> None:
    told = judged("majority=valid; districts_weighted:>3/2", table(tmp_path, FOUR))
    assert told["districts"] == {"of": 4, "for": 2, "against": 0.5, "tied": 0.5, "ties": ["Doum"]}
    assert (told["outcome"], told["numbers"]["yes"], told["numbers"]["no"]) == ("passed", 1570, 1520)
    without = judged("majority=valid; districts_weighted:>3/2", table(tmp_path, FOUR[1:]))
    assert (without["outcome"], without["numbers"]["yes"]) == ("failed", 970)


def test_a_district_with_as_many_yes_as_no_counts_among_all(tmp_path: Path) -> None:
    """Two of three districts are not more than three fifths of four: the tied one is no district less."""
    rows = ("A,2,1", "B,2,1", "C,1,2", "D,2,2")
    told = judged("districts:>3/5", table(tmp_path, rows, "district,yes,no"))
    assert (told["outcome"], told["conditions"][0]["margin"]) == ("failed", -1)
    assert judged("districts:>3/5", table(tmp_path, rows[:3], "district,yes,no"))["outcome"] == "passed"
    given = bw.judge_vote("districts:>3/5", districts_for=2, districts_against=1, districts_tied=1)
    assert given.outcome == "failed"


def test_turnout_of_the_whole_is_that_of_the_districts_where_all_tell_it(tmp_path: Path) -> None:
    rows = ("A,20,10,100,40,6,4", "B,30,5,60,40,5,0")
    path = table(tmp_path, rows, "district,yes,no,registered,cast,blank,invalid")
    told = judged("turnout:>=1/2; districts:>1/2", path, "--registered", "160")
    assert told["outcome"] == "passed"
    assert told["numbers"] | {"registered": 160, "cast": 80, "blank": 11, "invalid": 4} == told["numbers"]


def test_people_read_which_districts_are_even(tmp_path: Path) -> None:
    words = ["vote", "judge", "--rule", "majority=valid", "--districts", str(table(tmp_path, FOUR))]
    said = CliRunner().invoke(APP, words).stdout
    assert "Of 4 districts: 2 for it, 1/2 against, 1/2 with as many yes as no (Doum), neither for nor against." in said


def test_python_counts_the_same(tmp_path: Path) -> None:
    found = bw.judge_vote("districts:>1/2", districts=table(tmp_path, FOUR))
    assert found.districts is not None
    assert (found.districts.for_it, found.districts.ties, found.outcome) == (Fraction(2), ("Doum",), "passed")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((*FOUR, "alder,1,2,1"), "stands here again"),
        ((*FOUR, "Total,1570,1520,"), "take totals out"),
        ((*FOUR, "Elm,many,2,1"), "this is no number"),
        ((*FOUR, "Elm,1,2,0"), "this is no weight"),
        ((*FOUR, "Elm,1,2,1/0"), "this is no weight"),
        ((), "no"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(tmp_path: Path, rows: Sequence[str], what: str) -> None:
    with pytest.raises((FileFaults, InputError), match=what):
        bw.judge_vote("districts:>1/2", districts=table(tmp_path, rows))


def test_a_district_whose_numbers_cannot_be_true_is_refused_with_its_line(tmp_path: Path) -> None:
    path = table(tmp_path, ("A,20,10,25",), "district,yes,no,cast")
    with pytest.raises(FileFaults, match="30 together, and 25 ballots were cast"):
        bw.judge_vote("districts:>1/2", districts=path)


def test_a_number_that_the_districts_contradict_is_refused_with_both(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="districts for 3, in the districts 2; yes 1571, in the districts 1570"):
        bw.judge_vote("districts:>1/2", yes=1571, districts_for=3, districts=table(tmp_path, FOUR))
