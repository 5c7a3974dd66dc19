"""How a count stands a challenge: by lot, at worst, and the fewest lines to fail, held against trying every choice."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ballotworthy.errors import InputError
from ballotworthy.law import read_law, rules_on
from ballotworthy.sufficiency import Counts, Struck, assess, challenge, strike
from ballotworthy.sufficiency.challenge import by_lot, worst
from checked import whole_app

RULES = rules_on(read_law("us-ca"), "amendment", date(2018, 4, 20))
ROWS = (Counts("Kern", 40, 8, 6, 1), Counts("Yolo", 12, 12, 7, 2))


def size(struck: list[Struck]) -> int:
    return sum(each.valid + each.duplicates + each.invalid + each.unsampled for each in struck)


@pytest.mark.parametrize("lines", range(8))
def test_no_other_choice_of_as_many_lines_takes_more(lines: int) -> None:
    taken = assess(RULES, strike(ROWS, worst(ROWS, lines)), 30).estimate
    parts = [range(lines + 1)] * 6
    for valid, twice, bad, other, second, rest in itertools.product(*parts):
        if valid + twice + bad + other + second + rest != lines:
            continue
        if valid > 6 or twice > 1 or bad > 1 or second > 7 or rest > 3 or other > 32:
            continue
        struck = [Struck("Kern", valid, twice, bad, other), Struck("Yolo", second, 0, rest, 0)]
        assert assess(RULES, strike(ROWS, struck), 30).estimate >= taken


@given(st.integers(0, 52))
def test_both_ways_strike_as_many_as_asked_and_never_more_than_there_is(lines: int) -> None:
    for struck in (by_lot(ROWS, lines), worst(ROWS, lines)):
        assert size(struck) == lines
        strike(ROWS, struck)


def test_the_fewest_to_fail_is_the_first_that_fails() -> None:
    rows = (Counts("whole", 1000, 1000, 800, 0),)
    found = challenge(RULES, rows, 100, 750)
    assert (found.by_lot.estimate, found.at_worst.estimate) == (720, 700)
    assert found.to_fail == 51
    assert challenge(RULES, rows, 0, 900).to_fail == 0
    assert challenge(RULES, rows, 0, 750).at_worst.estimate == 800
    with pytest.raises(InputError, match="1,001 lines cannot be struck of 1,000 filed"):
        challenge(RULES, rows, 1001, 750)


def test_project_says_it_of_a_file_and_of_a_checks_folder(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_text("stratum,raw,sample,valid,duplicates\nwhole,1000,1000,800,0\n")
    where = ["--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20", "--required", "750"]
    for path in (tmp_path, tmp_path / "counts.csv"):
        words = ["project", str(path), *where, "--strike-lines", "100"]
        told = json.loads(CliRunner().invoke(whole_app(), [*words, "--json"]).stdout)["challenge"]
        assert told == {
            "lines": 100,
            "by_lot": {"estimate": 720, "verdict": "insufficient"},
            "at_worst": {"estimate": 700, "verdict": "insufficient"},
            "to_fail": 51,
        }
        said = " ".join(CliRunner().invoke(whole_app(), words).stdout.split())
        assert "Well chosen, 51 struck lines are the fewest that leave it not sufficient." in said
        one = CliRunner().invoke(whole_app(), [*words[:-1], "1"]).stdout
        assert "A challenge of 1 line: by lot" in one
