"""Walks the pages of measures: every number in them is a link to its source, or says that this is not known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.verbs.measure import shipped_measures
from walked import Walk, untraced, walked

APP = build_app(["law", "measure"])


def test_the_walk_finds_a_bare_number_and_a_link_to_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<main><p id="b">12 of <a href="https://example.org">13</a> <a href="#c">14</a></p></main>')
    walk = walked(path)
    assert walk.bare == ["12 of"]
    assert untraced(walk) == ["c"]


def test_each_number_of_the_shipped_pages_is_a_link_or_says_that_it_is_unknown(tmp_path: Path) -> None:
    out = tmp_path / "calexit"
    CliRunner().invoke(APP, ["measure", "--all", "-o", str(out), "--on", "2026-11-28"], catch_exceptions=False)
    asked = next(path for path in shipped_measures() if path.stem == "17-0017")
    then = ["measure", str(asked), "-o", str(out / "then.html"), "--on", "2017-10-22"]
    CliRunner().invoke(APP, then, catch_exceptions=False)
    for name in ("index", "then", *(each.stem for each in shipped_measures())):
        walk = walked(out / f"{name}.html")
        assert walk.bare == []
        assert untraced(walk) == []


def test_the_index_says_its_day_and_what_was_not_filed_by_then(tmp_path: Path) -> None:
    out = tmp_path / "early"
    CliRunner().invoke(APP, ["measure", "--all", "-o", str(out), "--on", "2016-01-01"], catch_exceptions=False)
    words = walked(out / "index.html").words
    assert "as of 2016-01-01" in words
    assert words.count("not filed yetnot yet") == 6  # all but the two of 2015
    early = walked(out / "24-0001a2.html").words
    assert "The day of its filing: none by 2016-01-01 is held." in early
    assert "Left out, since after 2016-01-01: 3 events, 1 statement." in early


WELLS = """
place = "us-wa"
kind = "initiative"
name = "A law on 12 wells"
title = { is = "Wells of 1900.", source = "gazette" }
group = { unknown = "nobody said in 2023" }
docket = { unknown = "none" }
number = { unknown = "none" }
asks = { is = "that 12 wells be covered", source = "gazette" }
requirement = { is = 120, source = "gazette", doubt = "or 121" }
polls = "polls.csv"
petition = "result.json"

[sources]
gazette = { words = "Gazette", url = "https://example.org" }
state = { words = "Canvass of 2024", url = "https://example.org/canvass" }

[convention]
words = "a budget within 2 years"
subject = "balanced-budget"
source = "gazette"

[[dates]]
what = "filed"
day = "2024-01-02"
source = "gazette"

[[votes]]
what = "the vote of 2024"
DAY
rule = "yes_of_valid:>=1/2"
words = "50 percent"
source = "gazette"
counted = { registered = 3000000, cast = 2000000, yes = 900900, no = 900001, source = "state" }

[[statements]]
day = "2024-02-03"
who = "clerk 7"
question = "May 12 wells be covered?"
answer = "Ask in 30 days."
answered = "no"
judged_by = "us, in 2024"
source = "gazette"
reports = [{ headline = "Clerk silent on 12 wells", source = "gazette" }]
"""
POLLS = """field_start,field_end,house,n,support,oppose,undecided,question_type,question,source,doubt
2024-01-01,2024-01-03,One,1000,52,41,7,vote,Shall 12 wells be covered?,https://example.org/one,n of 1000 or so
2024-02-01,2024-02-03,One,1000,55,40,5,vote,Shall 12 wells be covered?,https://example.org/one,
2024-02-01,2024-02-03,Two,1000,80,,,vote,,a leaflet,
"""


def shown(tmp_path: Path, day: str) -> tuple[Walk, dict[str, object]]:
    filed = day.replace('"2010-11-', '"2010-01-') if "2010" in day else 'day = "2024-01-02"'
    (tmp_path / "wells.toml").write_text(WELLS.replace('day = "2024-01-02"', filed).replace("DAY", day))
    (tmp_path / "polls.csv").write_text(POLLS)
    (tmp_path / "result.json").write_text('{"verdict": "sufficient", "estimate": 1234}')
    words = ["measure", str(tmp_path / "wells.toml"), "-o", str(tmp_path / "w.html"), "--on", "2024-12-01", "--json"]
    done = CliRunner().invoke(APP, words, catch_exceptions=False)
    (vote,) = json.loads(done.stdout)["votes"]
    return walked(tmp_path / "w.html"), vote["recount"]


def test_each_number_of_a_page_with_everything_on_it_is_a_link_or_says_that_it_is_unknown(tmp_path: Path) -> None:
    walk, recount = shown(tmp_path, 'day = "2024-11-05"')
    assert walk.bare == []
    assert untraced(walk) == []
    assert "(source not held: a leaflet)" in walk.words
    assert "1,234 valid signatures estimated" in walk.words
    assert recount["automatic"] is True  # 899 votes: under 2,000, and under half a percent
    assert "899 votes between yes and no, 0.049% of the votes on it: automatic recount" in walk.words
    assert recount["url"] in [href for href, _ in walk.links]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("", "the day of the vote is not known"),
        ('day = "2010-11-02"', "no recount law of us-wa for initiative is held of that day"),
        ('day = "2024"\nprecision = "year"', ""),
    ],
)
def test_recount_law_that_is_not_held_is_told_so(day: str, why: str, tmp_path: Path) -> None:
    walk, recount = shown(tmp_path, day)
    assert recount["held"] is (not why)
    assert f"not known: {why}." in walk.words if why else "automatic recount" in walk.words
