"""The evidence as a waterfall: its steps add up, and the command draws and tells it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ballotworthy.match import Beliefs, find
from ballotworthy.match.waterfall import waterfalls
from ballotworthy.report.waterfall_plot import waterfall_picture
from checked import run
from checks import person, signers
from conftest import SmallRoll

PEOPLE = [person("Robert Tanaka", "12 Oak St"), person("Roberta Tanaka", "12 Oak St"), person("Ann Lee", "9 Elm St")]


def test_steps_go_from_the_prior_to_the_weight_of_the_candidate(small_roll: SmallRoll) -> None:
    roll = small_roll(PEOPLE)
    found = find(signers([person("Bob Tanaka", "12 Oak St")]), roll, beliefs=Beliefs())
    first, *others = waterfalls(found, roll, 0)
    assert first.record == found.records[0, 0] == 0
    assert others
    assert first.steps[0].words == "one of 3 voters"
    total = 0.0
    for step in first.steps:
        total += step.weight
        assert step.total == pytest.approx(total)
    assert sum(step.weight for step in first.compared) == pytest.approx(found.weights[0, 0])
    assert first.chance == found.chances[0, 0]
    assert [step.words for step in first.compared] == [
        "last name agrees",
        "first name is a nickname",
        "house number agrees",
        "street agrees",
    ]
    assert waterfall_picture(first.steps, first.chance, 600).startswith(b"\x89PNG")


def test_the_sum_at_the_end_is_the_odds_of_the_probability(small_roll: SmallRoll) -> None:
    lines = [person("Bob Tanaka", "12 Oak St"), person("R Tanaka", "12 Oak St"), person("Ann Li", ""), PEOPLE[2]]
    roll = small_roll(PEOPLE)
    found = find(signers(lines), roll, beliefs=Beliefs())
    told = [each for line in range(len(lines)) for each in waterfalls(found, roll, line)]
    assert min(each.chance for each in told) < 0.2 < 0.8 < max(each.chance for each in told)
    for each in told:
        odds = 2 ** each.steps[-1].total
        assert odds / (1 + odds) == pytest.approx(each.chance)
    between = waterfalls(found, roll, 1)[0].steps[-1]
    assert between.words == "beside all others, first of all another voter"


def test_the_command_tells_a_line_and_refuses_one_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roll.csv").write_text("voter_id,name,address\n7,Robert Tanaka,12 Oak St\n8,Ann Lee,9 Elm St\n", "utf-8")
    Path("lines.csv").write_text("sheet,line,name,address\n1,1,Bob Tanaka,12 Oak St\n1,2,,\n", "utf-8")
    assert run("roll", "build", "roll.csv", "-o", "x.roll")[0] == 0
    told = json.loads(said("1-1", "--json", "--plot", "best.png"))
    assert told["candidates"][0]["voter_id"] == "7"
    assert Path("best.png").is_file()
    assert "No voter was found" in said("1-2")
    rows = {row[0]: row[1:] for row in re.findall(r"│ (.*?) +│ (.*?) +│ (.*?) +│ (.*?) +│", said("1-1"))}
    assert rows == {
        "name": ("Bob Tanaka", "Robert Tanaka", "written otherwise"),
        "address": ("12 Oak St", "12 Oak St", ""),
        "status": ("", "active", ""),
    }
    law = ["--place", "zz-example", "--kind", "initiative", "--on", "2026-06-30"]
    assert "The check says valid." in said("1-1", *law, "-o", "line.html")
    page = Path("line.html").read_text("utf-8")
    assert "<td>Bob Tanaka</td><td>Robert Tanaka</td>" in page
    assert "first name is a nickname" in page
    assert "The check says valid." in page
    code, refusal = run(*ASKED, "1-1", "-o", "line.pdf")
    assert (code, Path("line.pdf").exists()) == (2, False)
    assert "line.pdf does not end in .html" in refusal
    code, refusal = run(*ASKED, "3-1")
    assert code == 2
    assert "there is no line 3-1" in refusal.replace("\n", " ")


ASKED = ("explain", "lines.csv", "--roll", "x.roll", "--line")


def said(line: str, *more: str) -> str:
    code, told = run(*ASKED, line, *more)
    assert code == 0, told
    return told
