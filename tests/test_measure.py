"""`ballotworthy measure`: the road of a question, every number with its source, and what is not known said so."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.measure import read_measure
from ballotworthy.verbs.measure import shipped_measures
from ballotworthy.vote import read_rule

APP = build_app(["law", "measure"])
CALEXIT = {path.stem: path for path in shipped_measures()}


def asked(*words: object) -> Any:
    done = CliRunner().invoke(APP, ["measure", *map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


class Links(HTMLParser):
    """Gathers the links and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's call
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def page(path: Path) -> Links:
    found = Links()
    found.feed(path.read_text())
    return found


def test_the_eight_calexit_measures_are_shipped() -> None:
    assert sorted(CALEXIT) == [
        "15-0037", "16-0011a1", "17-0005", "17-0017", "18-0001", "20-0001", "24-0001a2", "new-hope",
    ]  # fmt: skip


@pytest.mark.parametrize("name", CALEXIT)
def test_every_fact_has_an_address_or_says_why_it_is_not_known(name: str) -> None:
    told = asked(CALEXIT[name], "--on", "2026-11-28")
    for fact in ("title", "group", "docket", "number", "asks", "requirement"):
        assert bool(told[fact]["is"]) != bool(told[fact]["unknown"])
        assert not told[fact]["is"] or told[fact]["address"].startswith("http")
    for listed in ("dates", "votes", "statements"):
        assert all(each["address"].startswith("http") for each in told[listed])
    assert "memory" not in json.dumps(told)
    for each in told["votes"]:
        assert not each["rule"] or str(read_rule(each["rule"])) == each["rule"]


@pytest.mark.parametrize(
    ("name", "on", "stands"),
    [
        ("16-0011a1", "2016-11-20", "not filed yet"),
        ("16-0011a1", "2016-12-01", "waits for title and summary"),
        ("16-0011a1", "2017-03-01", "may gather signatures"),
        ("16-0011a1", "2017-04-17", "withdrawn"),
        ("17-0017", "2017-10-22", "waits for title and summary"),
        ("17-0017", "2026-11-28", "did not qualify"),
        ("24-0001a2", "2025-07-22", "may gather signatures"),
        ("24-0001a2", "2025-07-23", "the time to file signatures has passed, and no filing is held"),
    ],
)
def test_where_a_measure_stands_follows_from_its_days(name: str, on: str, stands: str) -> None:
    assert asked(CALEXIT[name], "--on", on)["stands"] == stands


def test_deadlines_come_from_the_law_that_is_held() -> None:
    told = asked(CALEXIT["16-0011a1"], "--on", "2017-03-01")
    assert told["next"]["day"] == "2017-07-25"
    assert told["next"]["source"].startswith("Elec. Code")
    office = [each["day"] for each in told["dates"] if each["what"] == "circulation-deadline"]
    assert office == [told["next"]["day"]]
    assert asked(CALEXIT["16-0011a1"], "--on", "2017-08-01")["next"] is None


def test_whether_the_office_may_refuse_is_cited_or_not_held(tmp_path: Path) -> None:
    held = asked(CALEXIT["17-0017"], "--on", "2017-10-22")["may_refuse"]
    assert "may not refuse" in held["words"]
    assert held["source"].startswith("Schmitz v. Younger")
    elsewhere = tmp_path / "wells.toml"
    elsewhere.write_text(MEASURE.replace("zz-example", "us-wa"))
    assert asked(elsewhere, "--on", "2020-01-01")["may_refuse"]["words"] == "not held"


def test_the_same_words_may_draw_opposite_headlines_and_both_are_shown() -> None:
    (said,) = [
        each for each in asked(CALEXIT["17-0017"], "--on", "2018-01-01")["statements"] if each["day"] == "2017-10-22"
    ]
    assert said["answered"] == "no"
    dodges, supports = (each["headline"] for each in said["reports"])
    assert "dodges" in dodges
    assert "supports" in supports


def test_all_makes_a_page_each_and_an_index_and_every_link_is_a_source_or_a_page(tmp_path: Path) -> None:
    out = tmp_path / "calexit"
    asked("--all", "-o", out, "--on", "2026-11-28")
    names = sorted(path.name for path in out.iterdir())
    assert names == sorted([*(f"{name}.html" for name in CALEXIT), "index.html"])
    pages = [link for link in page(out / "index.html").links if not link.startswith("http")]
    assert sorted(pages) == sorted(f"{name}.html" for name in CALEXIT)
    for name in CALEXIT:
        found = page(out / f"{name}.html")
        assert all(link.startswith(("http", "#")) for link in found.links)
        assert "not known" in found.text
        content = (out / f"{name}.html").read_text()
        assert not re.search(r"<script|<link|\bsrc=|@import|url\(", content)
        assert "default-src 'none'" in content


# Files of one's own, and bad ones.

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

[sources]
gazette = { words = "Gazette", url = "https://example.org" }

[[dates]]
what = "filed"
day = "2020-01-02"
source = "gazette"
"""


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "measure.toml"
    path.write_text(text)
    with pytest.raises(FileFaults) as caught:
        read_measure(path)
    return [f"{fault.line}: {fault.what}" for fault in caught.value.faults]


def test_a_measure_of_ones_own_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "wells.toml"
    path.write_text(MEASURE)
    told = asked(path, "-o", tmp_path / "wells.html", "--on", "2020-02-01")
    assert (told["stands"], told["requirement"]["is"]) == ("waits for title and summary", "120")
    assert "A law on wells" in page(tmp_path / "wells.html").text
    assert "Support: no poll of this question is held." in told["unknown"]


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = MEASURE.replace('group = { unknown = "not asked" }', 'group = { is = "Us" }').replace(
        'name = "A law on wells"', 'name = "A law on wells"\nnmae = "x"'
    )
    text += """
[[dates]]
what = "title-and-summary"
day = "2019-01-02"
source = "gazette"

[[dates]]
what = "sung"
day = "2019-01-02"
source = "nowhere"

[[votes]]
what = "the vote"
words = "most"
rule = "yes:>1/2"
source = "gazette"

[[statements]]
day = "2019-13-02"
who = "the clerk"
question = "Why?"
answer = "Because."
answered = "perhaps"
judged_by = "us"
source = "gazette"
colour = "red"
"""
    told = faults(tmp_path, text)
    assert told == [
        "5: this key is not known",
        "7: it has no source",
        "21: title-and-summary (2019-01-02) is before filed (2020-01-02)",
        "26: 'sung' is nothing that happens to a measure",
        "26: there is no source called 'nowhere'",
        told[5],
        "37: answered is neither yes, no nor partly",
        "37: colour is not known here",
        "37: day '2019-13-02' is no day",
    ]
    assert told[5].startswith("31: the rule of the vote cannot be read")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('place = "zz-example"', 'place = "zz-nowhere"'), "there is no such place"),
        (('kind = "initiative"', 'kind = "song"'), "has no such kind"),
        (('url = "https://example.org"', 'url = "example"'), "the address is none"),
        (('{ is = 120, source = "gazette" }', '{ is = 120, unknown = "x", source = "gazette" }'), "known or unknown"),
        (("is = 120", "is = -120"), "no number of signatures"),
        (("is = 120", "is = true"), "no number of signatures"),
        (("is = 120", 'is = "120"'), "no number of signatures"),
        (('{ unknown = "not asked" }', '{ unknown = " " }'), "it says nothing"),
        (('{ unknown = "not asked" }', "{ unknown = true }"), "it is no text"),
    ],
)
def test_a_wrong_fact_is_refused(change: tuple[str, str], told: str, tmp_path: Path) -> None:
    assert any(told in each for each in faults(tmp_path, MEASURE.replace(*change)))


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ((("withdrawn", "2020-02-01"), ("qualified", "2020-02-02")), "qualified (2020-02-02) is after withdrawn"),
        ((("qualified", "2020-02-01"), ("failed", "2020-02-02")), "it failed to qualify (2020-02-02) and qualified"),
        ((("filed", "2020-01-03"),), "filed stands twice (2020-01-02, 2020-01-03)"),
        ((("filed-with-signatures", "2020-01-01"),), "filed-with-signatures (2020-01-01) is before filed (2020-01-02)"),
        ((("vote", "2020-01-01"),), "vote (2020-01-01) is before filed (2020-01-02)"),
    ],
)
def test_days_that_contradict_each_other_are_refused(
    events: tuple[tuple[str, str], ...], told: str, tmp_path: Path
) -> None:
    rows = [f'[[dates]]\nwhat = "{what}"\nday = "{day}"\nsource = "gazette"\n' for what, day in events]
    assert any(told in each for each in faults(tmp_path, MEASURE + "\n" + "\n".join(rows)))
    if events[0][0] == "vote":
        vote = '[[votes]]\nwhat = "the vote"\nwords = "most"\nday = "2020-01-01"\nsource = "gazette"\n'
        assert any(told in each for each in faults(tmp_path, f"{MEASURE}\n{vote}"))


def test_what_may_happen_again_or_after_the_end_is_read(tmp_path: Path) -> None:
    rows = [
        f'[[dates]]\nwhat = "{what}"\nday = "{day}"\nsource = "gazette"\n'
        for what, day in (
            ("amended", "2020-01-05"), ("amended", "2020-01-06"), ("withdrawn", "2020-02-01"),
            ("circulation-deadline", "2020-06-01"),
        )
    ]  # fmt: skip
    path = tmp_path / "wells.toml"
    path.write_text(MEASURE + "\n" + "\n".join(rows))
    assert asked(path, "--on", "2020-07-01")["stands"] == "withdrawn"


def test_a_wrong_call_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "measure.toml"
    path.write_text("place = ")
    for words, told in (
        ((), "name a measure.toml"), ((path,), "is no TOML"), ((tmp_path / "none.toml",), "there is no file"),
        ((CALEXIT["17-0017"], CALEXIT["17-0005"]), "several measures are shown with --all"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=re.escape(told)):
            asked(*words)
