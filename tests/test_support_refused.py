"""Tables of polls with mistakes in them: each is refused with its place and a remedy, all of them at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults, InputError, UnknownName
from ballotworthy.support import read_polls

APP = build_app(["law", "support"])
HEAD = "id,field_start,field_end,house,n,support,oppose,undecided,question_type"
TODAY, VOTE = dt.date(2026, 1, 1), dt.date(2020, 4, 1)
GOOD = "a,2020-01-01,2020-01-03,One,1000,52,41,7,vote"


def table(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "polls.csv"
    path.write_text("\n".join([head, *rows]) + "\n")
    return path


def faults(path: Path, houses: dict[str, str] | None = None) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(FileFaults) as caught:
        read_polls(path, today=TODAY, vote=VOTE, houses=houses)
    assert all(fault.remedy for fault in caught.value.faults)
    return [(fault.line, fault.column, fault.what) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ("b,2020-01-01,2020-01-03,One,1000,52,58,7,vote", "support", "the percentages add up to 117"),
        ("b,2020-01-01,2020-01-03,One,1000,52,48,3,vote", "support", "the percentages add up to 103"),
        ("b,2020-01-01,2020-01-03,One,1000,0.52,0.41,0.07,vote", "support", "in a table of percentages"),
        ("b,2020-01-01,2020-01-03,One,1000,0,0,90,vote", "support", "nobody is for it and nobody against"),
        ("b,2020-01-01,2020-01-03,One,1000,152,4,7,vote", "support", "no percentage"),
        ("b,2020-01-01,2020-01-03,One,1000,-2,4,7,vote", "support", "no percentage"),
        ("b,2020-01-01,2020-01-03,One,1000,many,4,7,vote", "support", "no percentage"),
        ("b,2020-01-01,2020-01-03,One,0,52,41,7,vote", "n", "nobody was asked"),
        ("b,2020-01-01,2020-01-03,One,-5,52,41,7,vote", "n", "fewer than nobody"),
        ("b,2020-01-01,2020-01-03,One,some,52,41,7,vote", "n", "no number"),
        ("b,2020-01-01,2020-13-03,One,1000,52,41,7,vote", "end", "no day"),
        ("b,2020-02-30,2020-03-03,One,1000,52,41,7,vote", "start", "no day"),
        ("b,2020-01-05,2020-01-03,One,1000,52,41,7,vote", "end", "before it begins"),
        ("b,2020-05-01,2020-05-02,One,1000,52,41,7,vote", "end", "after the vote of 2020-04-01"),
        ("b,2020-03-31,2020-04-02,One,1000,52,41,7,vote", "end", "after the vote of 2020-04-01"),
        ("b,2999-01-01,2999-01-02,One,1000,52,41,7,vote", "end", "in the future"),
        ("b,2020-01-01,2020-01-03,,1000,52,41,7,vote", "house", "empty"),
        ("b,2020-01-01,2020-01-03,One,1,000,52,41,7,vote", None, "10 cells where the heading has 9"),
        ("b,2020-01-01,2020-01-03,One,1000,5", None, "6 cells where the heading has 9"),
        ('b,2020-01-01,2020-01-03,"One,1000,52,41,7,vote', None, "opens here and never closes"),
        ("b,2020-01-01,2020-01-03,One,1000,52,41,7,vote", "id", "the same poll stands on line 2"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_place(
    row: str, column: str | None, told: str, tmp_path: Path
) -> None:
    (found,) = faults(table(tmp_path, GOOD, row))
    assert found[:2] == (3, column)
    assert told in found[2]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows = (
        "b,2020-01-01,2020-01-03,One,0,52,58,7,vote",
        "c,2020-13-01,2020-13-02,One,9,55,40,5,vote",
        "d,2020-01-01,2020-01-02,T.W.O.,9,50,40,5,vote",
        "e,2020-01-01,2020-01-02,TWO,9,50,40,5,vote",
    )
    told = [(line, column) for line, column, _ in faults(table(tmp_path, GOOD, *rows))]
    assert told == [(None, "house"), (3, "support"), (3, "n"), (4, "start"), (4, "end")]


def test_days_are_read_at_every_precision_and_one_cell_is_one_fault(tmp_path: Path) -> None:
    days = ("2017-01-19", "2017-W03", "2017-01", "2017")
    rows = [f"{day},House {at},1000,50" for at, day in enumerate(days)]
    path = table(tmp_path, *rows, head="date,house,n,support")
    found = {poll.house: poll.when for poll in read_polls(path, today=TODAY)}
    assert [(f"{when.first}", f"{when.last}") for _, when in sorted(found.items())] == [
        ("2017-01-19", "2017-01-19"),
        ("2017-01-16", "2017-01-22"),
        ("2017-01-01", "2017-01-31"),
        ("2017-01-01", "2017-12-31"),
    ]
    wrong = table(tmp_path, "2017-W54,One,1000,50", head="date,house,n,support")
    assert [(line, column) for line, column, _ in faults(wrong)] == [(2, "end")]


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("TWO", "T.W.O.", True),
        ("Survation", "Survaton", True),
        ("SOM", "SOM/Environics", True),
        ("Angus Reid", "Angus Reid Global", True),
        ("Léger", "Leger", True),
        ("Morgan F2F", "Morgan Phone", False),
        ("ICM", "ORB", False),
        ("Populus", "Opinium", False),
    ],
)
def test_a_house_under_two_names_is_asked_about_and_never_guessed(
    one: str, two: str, alike: bool, tmp_path: Path
) -> None:
    rows = (f"a,2020-01-01,2020-01-03,{one},1000,52,41,7,vote", f"b,2020-01-01,2020-01-03,{two},900,52,41,7,vote")
    path = table(tmp_path, *rows)
    if not alike:
        assert {poll.house for poll in read_polls(path, today=TODAY)} == {one, two}
        return
    ((line, column, told),) = faults(path)
    assert (line, column) == (None, "house")
    assert repr(one) in told
    assert repr(two) in told
    assert {poll.house for poll in read_polls(path, today=TODAY, houses={two: one})} == {one}
    assert {poll.house for poll in read_polls(path, today=TODAY, houses={two: two})} == {one, two}


def test_columns_that_are_missing_or_double_are_refused(tmp_path: Path) -> None:
    assert [told[1] for told in faults(table(tmp_path, "2020-01-01", head="day"))] == ["end", "house", "support"]
    assert [told[1] for told in faults(table(tmp_path, GOOD, head=HEAD.replace("id,", "house,")))] == ["house"]


@pytest.mark.parametrize(("text", "told"), [("", "is empty"), ("\n", "is empty"), (HEAD, "a heading but no rows")])
def test_a_file_without_polls_says_what_it_lacks(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "polls.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=told):
        read_polls(path, today=TODAY)
    path.unlink()
    with pytest.raises(InputError, match="there is no file"):
        read_polls(path, today=TODAY)


@pytest.mark.parametrize("text", ["\0\0", 'a,"b'])
def test_a_file_that_is_no_table_of_polls_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "polls.csv"
    path.write_text(text)
    with pytest.raises(InputError):
        read_polls(path, today=TODAY)


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-8-sig").replace(b"\n", b"\r\n"),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.replace(",1000,", ',"=""1000""",').encode(),
        lambda text: f"{text}\n,,,,,,,,\n".encode(),
    ],
    ids=["utf-16", "crlf", "semicolons", "tabs", "guarded", "empty rows"],
)
def test_a_table_is_read_as_spreadsheets_save_it(saved: Callable[[str], bytes], tmp_path: Path) -> None:
    path = table(tmp_path, GOOD, "b,2020-02-01,2020-02-03,Two,800,55,40,5,vote")
    plain = read_polls(path, today=TODAY)
    path.write_bytes(saved(path.read_text()))
    assert read_polls(path, today=TODAY) == plain


def test_two_polls_of_one_house_and_the_same_days_are_told(tmp_path: Path) -> None:
    path = table(tmp_path, GOOD, GOOD.replace("a,", "b,").replace(",1000,52,", ",700,54,"))
    done = CliRunner().invoke(APP, ["support", str(path), "--on", "2020-02-01"], catch_exceptions=False)
    assert "One, 2020-01-01 to 2020-01-03: 2 polls of the same days; leave one out if it is one sample" in done.stdout
    again = table(tmp_path, GOOD, GOOD.replace("2020-01-01,2020-01-03", "2020-02-01,2020-02-03"))
    assert "same days" not in CliRunner().invoke(APP, ["support", str(again)]).stdout


def test_stray_quotes_swallow_no_poll(tmp_path: Path) -> None:
    rows = ('"One,1000,52,41,7,vote', "Two,800,55,40,5,vote", 'Three",900,58,37,5,vote')
    path = table(tmp_path, *(f"{at},2020-01-0{at},2020-01-0{at},{row}" for at, row in enumerate(rows, 1)))
    assert [told[2] for told in faults(path)] == ['a quote (") opens here and swallows rows']


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "song"), "kind of question"),
        (("--place", "us-ca"), "place of polls"),
        (("--rule", "most"), "no condition"),
        (("--undecided", "all"), "neither proportional nor status-quo"),
        (("--map", "song=house"), "fields are"),
        (("--house", "One"), "NAME=NAME"),
        (("--on", "2019-01-01"), "before the first poll"),
        (("--turnout", "0"), "no share between"),
        (("--turnout", "many"), "is no share"),
        (("--over", "34"), "no share between"),
        (("--vote", "2020-01-02"), "after the vote"),
    ],
)
def test_a_wrong_call_is_refused_and_nothing_is_written(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    path, out = table(tmp_path, GOOD), tmp_path / "out.html"
    with pytest.raises((InputError, UnknownName), match=told):
        CliRunner().invoke(
            APP, ["support", str(path), *words, "--plot", str(out), "--csv", f"{out}.csv"], catch_exceptions=False
        )
    assert sorted(each.name for each in tmp_path.iterdir()) == ["polls.csv"]
