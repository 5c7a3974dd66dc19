"""What a measure's page shows beyond the petition: support, the vote by its own rule, the convention, its days."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.convention import Switches, count_applications, read_applications
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.measure import read_measure
from ballotworthy.verbs.measure import shipped_measures, show_measure

APP = build_app(["law", "measure"])
CALEXIT = {path.stem: path for path in shipped_measures()}
MEASURE = """
place = "zz-example"
kind = "initiative"
name = "A law on wells"
title = { is = "Wells.", source = "gazette" }
group = { unknown = "not asked" }
docket = { unknown = "none" }
number = { unknown = "none" }
asks = { is = "that wells be covered", source = "gazette" }
requirement = { is = 120, source = "gazette" }
"""
SOURCES = """
[sources]
gazette = { words = "Gazette", url = "https://example.org" }
"""
VOTE = """
[[votes]]
what = "the vote"
day = "2020-06-01"
rule = "yes_of_valid:>=11/20; turnout:>1/2"
words = "55 percent, where half of the register votes"
source = "gazette"
"""
POLLS = """field_start,field_end,house,n,support,oppose,undecided,question_type,question,source
2020-01-01,2020-01-03,One,1000,52,41,7,vote,Shall wells be covered?,https://example.org/one
2020-05-01,2020-05-03,One,1000,55,40,5,vote,,https://example.org/one
2020-05-01,2020-05-03,Two,1000,80,10,10,liked,Do you like wells?,https://example.org/two
"""


def asked(*words: object) -> dict[str, Any]:
    done = CliRunner().invoke(APP, ["measure", *map(str, words), "--json"], catch_exceptions=False)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def written(tmp_path: Path, more: str = "", top: str = "", polls: str = "") -> Path:
    path = tmp_path / "wells.toml"
    path.write_text(MEASURE + top + SOURCES + more)
    if polls:
        (tmp_path / "polls.csv").write_text(polls)
    return path


@pytest.mark.parametrize(
    ("numbers", "outcome", "margins"),
    [
        ("registered = 1000, cast = 600, yes = 330, no = 270", "passed", [0, 100]),
        ("registered = 1000, cast = 600, yes = 329, no = 271", "failed", [-1, 100]),
        ("registered = 1000, cast = 500, yes = 330, no = 170", "invalid", [55, 0]),
        ("yes = 330, no = 170", "unknown", [55, None]),
    ],
)
def test_a_counted_vote_is_judged_by_the_measures_own_rule(
    numbers: str, outcome: str, margins: list[int | None], tmp_path: Path
) -> None:
    path = written(tmp_path, VOTE + f'counted = {{ {numbers}, source = "gazette" }}\n')
    (vote,) = asked(path, "--on", "2020-07-01", "-o", tmp_path / "wells.html")["votes"]
    assert vote["judged"]["outcome"] == outcome
    assert [each["margin"] for each in vote["judged"]["conditions"]] == margins
    page = (tmp_path / "wells.html").read_text()
    assert f"<strong>{outcome.capitalize()}</strong> by its own rule" in page
    assert "330" in page or "329" in page


def test_districts_with_as_many_yes_as_no_count_among_all_districts(tmp_path: Path) -> None:
    numbers = "yes = 330, no = 270, districts_for = 5, districts_against = 4, districts_tied = 1"
    vote = VOTE.replace("yes_of_valid:>=11/20; turnout:>1/2", "districts:>1/2")
    path = written(tmp_path, vote + f'counted = {{ {numbers}, source = "gazette" }}\n')
    (found,) = asked(path, "--on", "2020-07-01")["votes"]
    assert found["judged"]["outcome"] == "failed"


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ('{ yes = 330, no = 270, cast = 500, source = "gazette" }', "votes.0.counted"),
        ('{ yes = -1, no = 270, source = "gazette" }', "votes.0.counted"),
        ('{ yes = "many", no = 270, source = "gazette" }', "votes.0.counted"),
        ('{ yes = 1.5, no = 270, source = "gazette" }', "votes.0.counted"),
        ('{ ayes = 1, no = 270, source = "gazette" }', "votes.0.counted"),
        ("{ yes = 330, no = 270 }", "votes.0.counted"),
        ("330", "votes.0.counted"),
    ],
)
def test_numbers_that_cannot_be_are_refused_with_their_place(counted: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(FileFaults) as caught:
        read_measure(written(tmp_path, VOTE + f"counted = {counted}\n"))
    assert [(fault.column, bool(fault.line)) for fault in caught.value.faults] == [(told, True)]


def test_the_chance_is_given_under_the_rule_of_the_vote_until_it_is_past(tmp_path: Path) -> None:
    top = 'polls = "polls.csv"\nquestion_types = ["vote", "liked"]\nvote_types = ["vote"]\n'
    path = written(tmp_path, VOTE, top, POLLS)
    vote, liked = sorted(asked(path, "--on", "2020-05-10")["support"], key=lambda group: group["kind"], reverse=True)
    (chance,) = vote["passing"]
    assert (chance["day"], chance["assumed"]) == ("2020-06-01", ["turnout:>1/2"])
    assert 0.5 < chance["p_pass"] < 0.95
    assert chance["p_pass_status_quo"] < chance["p_pass"]
    assert liked["passing"] == []
    assert vote["said"].startswith(
        "From 52% (2020-01-01 to 2020-01-03) to 55% (2020-05-01 to 2020-05-03) of the asked: +3.0"
    )
    (early,) = asked(path, "--on", "2020-02-01")["support"]
    assert [poll["id"] for poll in early["polls"]] == ["line 2"]
    late = asked(path, "--on", "2020-07-01")["support"]
    assert all(group["passing"] == [] for group in late)


def test_polls_with_mistakes_are_refused_through_the_measure_too(tmp_path: Path) -> None:
    top = 'polls = "polls.csv"\n'
    for wrong in (POLLS.replace("52,41", "62,41"), POLLS.replace("2020-05-03,One", "2999-05-03,One")):
        with pytest.raises(FileFaults, match="cannot be used: 1 fault"):
            asked(written(tmp_path, "", top, wrong), "-o", tmp_path / "wells.html")
    (tmp_path / "polls.csv").unlink()
    with pytest.raises(InputError, match="there is no file"):
        asked(tmp_path / "wells.toml")
    assert not (tmp_path / "wells.html").exists()


def test_what_happens_in_the_future_cannot_have_happened(tmp_path: Path) -> None:
    dates = '\n[[dates]]\nwhat = "{}"\nday = "2999-01-02"\nsource = "gazette"\n'
    with pytest.raises(FileFaults, match="2999-01-02 is in the future"):
        asked(written(tmp_path, dates.format("filed")))
    assert asked(written(tmp_path, dates.format("vote")))["dates"][0]["day"] == "2999-01-02"


def test_a_measure_that_goes_to_a_convention_shows_the_count_of_the_day(tmp_path: Path) -> None:
    told = asked(CALEXIT["17-0017"], "--on", "2017-10-22", "-o", tmp_path / "concon.html")["convention"]
    acts, day = read_applications(), dt.date(2017, 10, 22)
    budget = count_applications(acts, "balanced-budget", day)
    every = count_applications(acts, "general", day, Switches(any_subject=True))
    rows = {row["words"]: (row["count"], row["count_high"]) for row in told["rows"]}
    assert rows["a balanced budget amendment"] == (budget.count, budget.high)
    assert rows["any subject at all"] == (every.count, every.high)
    assert told["needed"] == 34
    page = (tmp_path / "concon.html").read_text()
    assert "clear and reasonable path" in page
    assert "states ask for a convention on 2017-10-22" in page
    own = written(tmp_path, top='[convention]\nwords = "a budget"\nsubject = "balanced-budget"\nsource = "gazette"\n')
    first = asked(own, "--on", "2025-01-01")["convention"]["rows"][0]
    assert (first["words"], first["count"]) == ("a balanced budget amendment", 27)
    with pytest.raises(FileFaults, match="no state's application on 'song' is held"):
        read_measure(written(tmp_path, top='[convention]\nwords = "x"\nsubject = "song"\nsource = "gazette"\n'))


def test_every_day_of_a_measure_is_written_as_csv_and_as_a_calendar(tmp_path: Path) -> None:
    told = asked(CALEXIT["16-0011a1"], "--on", "2017-03-01", "--csv", tmp_path / "d.csv", "--ics", tmp_path / "d.ics")
    rows = list(csv.DictReader((tmp_path / "d.csv").read_text().splitlines()))
    by = {series: [row for row in rows if row["series"] == series] for series in ("happened", "deadline", "vote")}
    assert [row["day"] for row in by["happened"]] == [each["day"] for each in told["dates"]]
    assert [row["day"] for row in by["deadline"]] == [each["day"] for each in told["deadlines"]]
    assert [(row["day"], row["within"]) for row in by["vote"]] == [("2019-03-31", "2019-03")]
    assert (tmp_path / "d.ics").read_text().count("BEGIN:VEVENT") == len(rows)


def test_python_shows_the_same_as_the_command() -> None:
    shown = show_measure(CALEXIT["17-0017"], dt.date(2017, 10, 22))
    assert shown.data["stands"] == asked(CALEXIT["17-0017"], "--on", "2017-10-22")["stands"]
    assert shown.data["compared"][1].endswith("+12 points.")
