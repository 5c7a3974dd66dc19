"""Measures of places other than the shipped ones, whole and odd: what a page says before the vote and after it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults, InputError, UnknownName
from walked import untraced, walked

APP = build_app(["law", "measure"])
SOURCES = """
[sources]
state = { words = "Gazette of the state", url = "https://example.org/state" }
paper = { words = "Ditch Gazette", url = "https://example.org/paper?a=1&b=2" }
"""
WATER = """
place = "us-co"
kind = "amendment"
name = "Water before wells, “Ditch & Well” <2024>"
title = { is = "An amendment concerning the order in which water is taken", source = "state" }
group = { is = "Farmers of the Ditch", source = "paper" }
docket = { unknown = "not printed" }
number = { is = "2023-2024 #91", source = "state" }
asks = { unknown = "nobody has read its 14 pages" }
requirement = { is = 124238, source = "state" }
polls = "polls.csv"
petition = "result.json"
"""
ROAD = """
[[dates]]
what = "filed"
day = "2024-01-10"
source = "state"

[[dates]]
what = "title-and-summary"
day = "2024-02-07"
source = "state"

[[dates]]
what = "qualified"
day = "2024-09"
precision = "month"
source = "state"

[[votes]]
what = "the vote of November 2024"
day = "2024-11-05"
rule = "yes_of_valid:>=11/20"
words = "55 percent of the votes on it"
source = "state"
COUNTED

[[statements]]
day = "2024-12-02"
who = "the state engineer"
question = "Does it end pumping?"
answer = "I cannot say before the rules are written."
answered = "partly"
judged_by = "us"
source = "paper"
"""
COUNT = 'counted = { cast = 3200000, yes = 1650000, no = 1350000, source = "state" }'
POLLS = """date,house,n,support,oppose,undecided
2024-05-04,Rocky & Sons,800,61,30,9
2024-07-04,Rocky & Sons,700,58,35,7
"""
RESULT = {"verdict": "sufficient", "estimate": 1234, "raw": 2000, "requirement": 1000, "place": "us-co"}
RESULT |= {"kind": "amendment", "requirement_source": {"cite": "Const. art. V", "url": "https://example.org/law"}}


def water(folder: Path, counted: str = COUNT, result: dict[str, Any] | None = None, road: str = ROAD) -> Path:
    (folder / "polls.csv").write_text(POLLS)
    (folder / "result.json").write_text(json.dumps(result or RESULT))
    path = folder / "water.toml"
    path.write_text(WATER + SOURCES + road.replace("COUNTED", counted))
    return path


def asked(path: Path, on: str, *words: object) -> dict[str, Any]:
    done = CliRunner().invoke(
        APP, ["measure", str(path), "--on", on, *map(str, words), "--json"], catch_exceptions=False
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_nothing_that_came_later_is_shown_of_a_day(tmp_path: Path) -> None:
    path = water(tmp_path)
    early, late = (asked(path, on, "-o", tmp_path / f"{on}.html") for on in ("2024-06-01", "2025-01-01"))
    assert [each["what"] for each in early["dates"]] == ["filed", "title-and-summary"]
    assert early["statements"] == []
    assert early["votes"][0]["judged"] is None
    assert early["later"] == "1 event, 1 statement, 1 count of a vote"
    assert (late["later"], len(late["dates"]), len(late["statements"])) == ("", 3, 1)
    assert late["votes"][0]["judged"]["outcome"] == "passed"
    words = walked(tmp_path / "2024-06-01.html").words
    assert "Left out, since after 2024-06-01: 1 event, 1 statement, 1 count of a vote." in words
    assert "Passed" not in words


@pytest.mark.parametrize(
    ("on", "counted", "stands"),
    [
        ("2024-11-05", COUNT, "voted on"),
        ("2024-11-04", COUNT, "on the ballot"),
        ("2024-11-05", "", "on the ballot"),
        ("2024-11-06", "", "on the ballot; the day of its vote has passed, and no count is held"),
    ],
)
def test_a_counted_vote_ends_the_road_and_one_without_a_count_is_told(
    on: str, counted: str, stands: str, tmp_path: Path
) -> None:
    assert asked(water(tmp_path, counted), on)["stands"] == stands


def test_a_chance_of_nothing_is_told_and_so_is_a_day_before_all_polls(tmp_path: Path) -> None:
    path = water(tmp_path)
    rows = [f"{row},vote" for row in POLLS.splitlines()[1:]]
    (tmp_path / "polls.csv").write_text("\n".join([f"{POLLS.splitlines()[0]},question_type", *rows]) + "\n")
    text = path.read_text().replace('polls = "polls.csv"', 'polls = "polls.csv"\nvote_types = ["vote"]')
    path.write_text(text.replace(">=11/20", ">=99/100"))
    (passing,) = asked(path, "2024-07-10")["support"][0]["passing"]
    assert passing["p_pass"] == 0.0
    assert passing["said"].startswith("under 1% if the undecided vote as the decided, under 1% if all")
    assert "Support: no poll of this question had ended by 2024-03-01." in asked(path, "2024-03-01")["unknown"]


def test_the_station_of_the_vote_has_its_day(tmp_path: Path) -> None:
    asked(water(tmp_path), "2025-01-01", "-o", tmp_path / "water.html")
    page = (tmp_path / "water.html").read_text()
    assert "Voted reached" in page
    assert 'class="day" fill="currentColor">2024-11-05</text>' in page


def test_a_margin_of_no_whole_vote_is_told_as_such(tmp_path: Path) -> None:
    """1,650,000 of 3,000,000 is 55 percent to the vote."""
    path = water(tmp_path)
    assert asked(path, "2025-01-01")["votes"][0]["judged"]["said"] == [
        "yes_of_valid:>=11/20: holds, by less than one vote"
    ]
    strict = path.read_text().replace('rule = "yes_of_valid:>=11/20"', 'rule = "yes_of_valid:>11/20"')
    path.write_text(strict)
    assert asked(path, "2025-01-01")["votes"][0]["judged"]["said"] == [
        "yes_of_valid:>11/20: does not hold, by less than one vote"
    ]


@pytest.mark.parametrize("wrong", [{"place": "us-ca"}, {"kind": "statute"}])
def test_the_check_of_another_petition_is_refused(wrong: dict[str, str], tmp_path: Path) -> None:
    path = water(tmp_path, result=RESULT | wrong)
    with pytest.raises(InputError, match=r"is a check of .*; water\.toml is of us-co, amendment"):
        asked(path, "2025-01-01", "-o", tmp_path / "water.html")
    assert not (tmp_path / "water.html").exists()


EXAMPLE = Path(__file__).parents[1] / "docs" / "example"


def of_record(folder: Path, record: bytes) -> Path:
    (folder / "case.record").write_bytes(record)
    (folder / "case.record.head.json").write_bytes((EXAMPLE / "case.record.head.json").read_bytes())
    path = water(folder, road=ROAD.partition("[[statements]]")[0])
    text = path.read_text().replace('"result.json"', '"case.record"').replace("us-co", "zz-example")
    path.write_text(text.replace('"amendment"', '"initiative"'))
    return path


def test_a_published_record_is_recounted_and_its_verdict_shown(tmp_path: Path) -> None:
    path = of_record(tmp_path, (EXAMPLE / "case.record").read_bytes())
    told = asked(path, "2026-11-28", "-o", tmp_path / "water.html")["petition"]
    (certificate,) = [json.loads((EXAMPLE / "certificate.json").read_text())["verdict"]]
    assert {name: told[name] for name in ("verdict", "estimate", "raw", "requirement")} == {
        name: certificate[name] for name in ("verdict", "estimate", "raw", "requirement")
    }
    walk = walked(tmp_path / "water.html")
    assert "From case.record, a record that holds when recounted, by the key in it; its digest" in walk.words
    assert walk.bare == []
    early = asked(path, "2026-11-01")
    assert early["petition"] is None
    assert "The petition: the count of its signatures came after 2026-11-01." in early["unknown"]


def test_a_record_that_does_not_hold_is_refused(tmp_path: Path) -> None:
    record = (EXAMPLE / "case.record").read_bytes().replace(b'"estimate":218', b'"estimate":219', 1)
    with pytest.raises(InputError, match=r"case\.record does not hold: .* \(V\d+\)"):
        asked(of_record(tmp_path, record), "2026-11-28")


def test_numbers_that_an_office_published_are_shown_with_their_source(tmp_path: Path) -> None:
    path = water(tmp_path)
    published = (
        'petition = { verdict = "sufficient", valid = 131000, filed = 190000, day = "2024-09-02", source = "state" }'
    )
    path.write_text(path.read_text().replace('petition = "result.json"', published))
    told = asked(path, "2025-01-01", "-o", tmp_path / "water.html")["petition"]
    assert (told["how"], told["verdict"], told["estimate"], told["raw"]) == ("published", "sufficient", 131000, 190000)
    walk = walked(tmp_path / "water.html")
    assert "Sufficient: 131,000 valid signatures of 190,000 filed." in walk.words
    assert walk.bare == []
    assert asked(path, "2024-09-01")["petition"] is None


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ('{ verdict = "sufficient" }', "it has no source"),
        ('{ valid = 3, source = "state" }', "verdict is missing"),
        ('{ verdict = "x", valid = "3", source = "state" }', "valid is no number of signatures"),
        ('{ verdict = "x", sampled = 3, source = "state" }', "sampled is not known here"),
        ('{ verdict = "x", valid = 4, filed = 3, source = "state" }', "4 valid signatures are more than the 3 filed"),
        ('{ verdict = "good", valid = 4, source = "state" }', "'good' is no verdict. Write one of sufficient"),
        (
            '{ verdict = "sufficient", valid = 4, source = "state" }',
            "sufficient with 4 valid signatures, and 124,238 are",
        ),
        ('{ verdict = "x", day = "2999-01-01", source = "state" }', "in the future"),
    ],
)
def test_published_numbers_with_a_fault_are_refused(published: str, told: str, tmp_path: Path) -> None:
    path = water(tmp_path)
    path.write_text(path.read_text().replace('petition = "result.json"', f"petition = {published}"))
    with pytest.raises(FileFaults, match=told):
        asked(path, "2025-01-01")


def test_the_petition_is_told_with_what_was_filed_and_required(tmp_path: Path) -> None:
    asked(water(tmp_path), "2025-01-01", "-o", tmp_path / "water.html")
    walk = walked(tmp_path / "water.html")
    assert "Sufficient: 1,234 valid signatures estimated of 2,000 filed; 1,000 are required Const. art. V" in walk.words
    assert "https://example.org/law" in [href for href, _ in walk.links]


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ('question_types = ["vote", "liked"]', "no kind of question in polls.csv 'liked'"),
        ('vote_types = ["votes"]', "Did you mean vote"),
        ('question_types = ["asked"]\nvote_types = ["vote"]', "no kind of question among question_types 'vote'"),
    ],
)
def test_a_kind_of_question_that_is_not_in_the_table_is_refused(named: str, told: str, tmp_path: Path) -> None:
    path = water(tmp_path)
    rows = [f"{row},{kind}" for row, kind in zip(POLLS.splitlines(), ("question_type", "vote", "asked"), strict=True)]
    (tmp_path / "polls.csv").write_text("\n".join(rows) + "\n")
    path.write_text(path.read_text().replace('polls = "polls.csv"', f'polls = "polls.csv"\n{named}'))
    with pytest.raises(UnknownName, match=told):
        asked(path, "2025-01-01")


def test_two_numbers_of_signatures_required_are_both_told(tmp_path: Path) -> None:
    told = asked(water(tmp_path), "2025-01-01")["unknown"]
    assert "Which number of signatures is required: the check took 1,000, and the office gave 124,238." in told
    same = asked(water(tmp_path, result=RESULT | {"requirement": 124238}), "2025-01-01")["unknown"]
    assert not [line for line in same if line.startswith("Which number")]


def test_each_number_of_an_own_page_is_a_link_or_says_that_it_is_unknown(tmp_path: Path) -> None:
    path = water(tmp_path)
    for on in ("2024-06-01", "2025-01-01"):
        asked(path, on, "-o", tmp_path / "water.html")
        walk = walked(tmp_path / "water.html")
        assert walk.bare == []
        assert set(untraced(walk)) <= {"polls-1", "support"}  # these polls say no source
    assert "the question (Rocky & Sons): 61%" in walk.words
    assert "What it asks for: nobody has read its 14 pages." in walk.words


def test_a_vote_of_the_future_cannot_have_been_counted(tmp_path: Path) -> None:
    path = water(tmp_path, road=ROAD.replace("2024-11-05", "2999-11-05"))
    with pytest.raises(FileFaults, match="2999-11-05 is in the future"):
        asked(path, "2025-01-01")


def test_an_end_without_a_first_day_stands_behind_the_beginning(tmp_path: Path) -> None:
    road = """
[[dates]]
what = "withdrawn"
day = "2026-11-22"
precision = "by"
source = "state"

[[dates]]
what = "filed"
day = "1890"
precision = "year"
source = "state"
"""
    told = asked(water(tmp_path, road=road), "2026-11-28")
    assert [(each["what"], each["day"]) for each in told["dates"]] == [
        ("filed", "1890"),
        ("withdrawn", "by 2026-11-22"),
    ]
    (silence,) = [line for line in told["unknown"] if line.startswith("The law of that time")]
    assert silence.endswith(" on.")  # the first rule that is not of that day, and no list of all others
