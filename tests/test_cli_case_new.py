"""`ballotworthy case new` and `intake`: opened whole or not at all; no line without its stratum."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ballotworthy.casework.room import enter
from ballotworthy.cli.main import build_app
from ballotworthy.errors import BallotworthyError
from checked import run as told

APP = build_app(["case"])
NEW = ("--case", "N-1", "--office", "An office", "--measure", "A law on wells", "--by", "ann")
CALIFORNIA = ("--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20")


def run(*words: object) -> str:
    done = CliRunner().invoke(APP, ["case", *map(str, words)], catch_exceptions=False, env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*words: object) -> str:
    with pytest.raises(BallotworthyError) as caught:
        run(*words)
    return str(caught.value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*CALIFORNIA, "--person", "bob=sing"), "the opening of the case is refused: its people"),
        ((*CALIFORNIA, "--person", "bob"), "not of the form ID=ROLES"),
        ((*CALIFORNIA, "--required", "5"), "--required-source"),
        ((*CALIFORNIA, "--required", "5", "--required-source", " "), "--required-source"),
        ((*CALIFORNIA, "--disclosure", "perhaps"), "refused"),
        ((*CALIFORNIA, "--filed", "yesterday"), "--filed"),
        ((*CALIFORNIA, "--office-key", "nowhere.key"), "nowhere.key"),
        (("--place", "us-mi", "--kind", "recall", "--on", "2025-02-03"), "--required N --required-source TEXT"),
    ],
)
def test_a_refused_opening_leaves_nothing_and_a_retry_works(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert told in refused("new", case, *NEW, *words)
    assert list(tmp_path.iterdir()) == []
    assert "Opened N-1" in run("new", case, *NEW, *CALIFORNIA)
    assert sorted(path.name for path in case.iterdir()) == ["case.record", "private"]


@pytest.mark.parametrize(("number", "says"), [("585407", False), ("500000", True)])
def test_a_number_beside_the_laws_own_is_told_before_the_case_is_opened_and_in_its_status(
    number: str, says: bool, tmp_path: Path
) -> None:
    words = ("case", "new", tmp_path / "case", *NEW, *CALIFORNIA, "--required", number, "--required-source", "order 7")
    done = CliRunner().invoke(APP, list(map(str, words)), catch_exceptions=False)
    told = (
        "This case goes by 500,000 signatures required (order 7), and not by the 585,407 of the law pinned (Secretary"
    )
    assert (told in done.stderr, told in run("status", tmp_path / "case")) == (says, says)
    own = json.loads(run("status", tmp_path / "case", "--json"))["own_number"]
    assert (own or {}).get("held") == (585_407 if says else None)


MAINE = ("--place", "us-me", "--kind", "statute", "--on", "2019-02-20", "--filed", "2018-10-31")
WASHINGTON = ("--place", "us-wa", "--kind", "initiative-legislature", "--on", "2013-01-03")


@pytest.mark.parametrize(
    ("words", "told", "number"),
    [
        (MAINE, "by the day of filing, 2018-10-31: signatures required: 61,123, not 63,067. Open it with", "61123"),
        (WASHINGTON, "goes by the day of registration, which a case does not hold: 241,153 until 2012-11-06", "241153"),
    ],
)
def test_a_case_is_not_opened_by_the_number_of_another_day(
    words: tuple[str, ...], told: str, number: str, tmp_path: Path
) -> None:
    complaint = refused("new", tmp_path / "case", *NEW, *words)
    assert told in complaint
    assert "--required N --required-source TEXT" in complaint
    assert list(tmp_path.iterdir()) == []
    run("new", tmp_path / "case", *NEW, *words, "--required", number, "--required-source", "the office")


def test_a_case_of_the_day_of_filing_is_opened_by_its_number(tmp_path: Path) -> None:
    run("new", tmp_path / "case", *NEW, *MAINE[:4], "--on", "2018-10-31")
    rules = json.loads((tmp_path / "case" / "case.record").read_bytes().splitlines()[1])
    assert rules["body"]["values"]["requirement"] == 61_123


@pytest.mark.parametrize("day", [("--on", "2099-06-01"), ("--on", "2024-05-03", "--filed", "2099-06-01")])
def test_a_case_of_a_petition_filed_on_a_day_to_come_is_not_opened(tmp_path: Path, day: tuple[str, ...]) -> None:
    place = ("--place", "zz-example", "--kind", "initiative")
    told = refused("new", tmp_path / "case", *NEW, *place, *day)
    assert "cannot have been filed on 2099-06-01: that day has not come" in told
    assert list(tmp_path.iterdir()) == []


def test_a_batch_received_on_a_day_to_come_is_not_taken_in(tmp_path: Path) -> None:
    case = tmp_path / "case"
    run("new", case, *NEW, *CALIFORNIA)
    (tmp_path / "lines.csv").write_text("sheet,line,name,address\n1,1,Ada Penn,1 Fir St\n")
    words = ("--by", "ann", "--stratum", "Lake")
    told = refused("intake", case, tmp_path / "lines.csv", *words, "--received", "2099-06-01")
    assert "cannot have been received on 2099-06-01: that day has not come" in told
    assert "1 line taken in" in run("intake", case, tmp_path / "lines.csv", *words)


def test_a_folder_of_sheets_is_taken_in_with_its_pictures_or_nothing_of_it(tmp_path: Path) -> None:
    case, sheets = tmp_path / "case", tmp_path / "sheets"
    mine = ("--by", "ann", "--stratum", "Lake")
    run("new", case, *NEW, *CALIFORNIA)
    (sheets / "rows").mkdir(parents=True)
    (sheets / "lines.csv").write_text("sheet,line,row_state,name,address\n1,1,written,Ada Penn,1 Fir St\n1,2,blank,,\n")
    (sheets / "rows" / "1-1.png").write_bytes(b"one")
    assert "no picture of line 1-2" in refused("intake", case, sheets, *mine)
    (sheets / "rows" / "1-2.png").write_bytes(b"two")
    (sheets / "lines.csv").write_text("sheet,line,name,signed_on\n1,1,Ada,soon\n1,2,,\n")
    assert "soon" not in refused("intake", case, sheets, *mine)
    kept = case / "private" / "images"
    assert [path for path in kept.rglob("*") if path.is_file()] == []
    (sheets / "lines.csv").write_text("sheet,line,row_state,name,address\n1,1,written,Ada Penn,1 Fir St\n1,2,blank,,\n")
    assert "1 sheet, 2 lines taken in" in run("intake", case, sheets, *mine)
    assert sorted(path.read_bytes() for path in kept.glob("*.png")) == [b"one", b"two"]
    assert [path.name for path in (case / "private").glob(".*")] == []


def test_a_folder_of_somebody_elses_files_is_left_as_it_was(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "notes.txt").write_text("mine")
    assert "exists and is not an earlier output" in refused("new", case, *NEW, *CALIFORNIA)
    assert [path.name for path in tmp_path.rglob("*")] == ["case", "notes.txt"]


@pytest.mark.parametrize("verb", [("status",), ("new", *NEW, *CALIFORNIA), ("fix", "--by", "ann")])
def test_an_empty_record_is_told_as_such(verb: tuple[str, ...], tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.record").write_bytes(b"")
    assert "case.record is empty, or holds no whole event: the opening of a case" in refused(verb[0], case, *verb[1:])


# Names that nobody could tell apart.


def test_an_id_of_a_case_that_holds_what_nobody_sees_is_refused(tmp_path: Path) -> None:
    assert "it holds U+200B, which nobody sees" in refused(
        "new", tmp_path / "case", *NEW, *CALIFORNIA, "--case", "1\u200b-2"
    )
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize(
    ("row", "words", "told"),
    [
        ("01,1,Bo Ray,Alpine", (), "line 1-1 is listed twice"),
        ("2\u200b,1,Bo Ray,Alpine", (), "line “2\u200b-1” may look like another"),
        ("2,1,Bo Ray,Alp\u0456ne", (), "stratum “Alpіne” looks like stratum “Alpine”"),
        ("2,1,Bo Ray,Alpine", ("--batch", "01"), "batch “01” looks like batch “1”"),
    ],
)
def test_what_differs_by_its_look_alone_is_refused_before_it_is_listed(
    row: str, words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    case, lines = opened(tmp_path, "sheet,line,name,county\n1,1,Ann Lee,Alpine\n")
    run("intake", case, lines, "--by", "ann")
    before = (case / "case.record").read_bytes()
    lines.write_text(f"sheet,line,name,county\n{row}\n", "utf-8")
    assert told in refused("intake", case, lines, "--by", "ann", *(words or ("--batch", "2")))
    assert (case / "case.record").read_bytes() == before


# One rule for the stratum of a line.


def opened(tmp_path: Path, text: str, *where: str) -> tuple[Path, Path]:
    case, lines = tmp_path / "case", tmp_path / "lines.csv"
    run("new", case, *NEW, *(where or CALIFORNIA))
    lines.write_text(text)
    return case, lines


def strata(case: Path, lines: Path, *words: str) -> str:
    run("intake", case, lines, "--by", "ann", *words)
    return (case / "case.record").read_text()


def test_a_statewide_case_without_counties_is_refused_where_the_law_samples_by_county(tmp_path: Path) -> None:
    case, lines = opened(tmp_path, "sheet,line,name\n1,1,Ann Lee\n")
    before = (case / "case.record").read_bytes()
    told = refused("intake", case, lines, "--by", "ann")
    assert "no column tells the county of a line" in told
    assert "--stratum NAME" in told
    assert (case / "case.record").read_bytes() == before
    assert '["1","1","Alpine","","",""]' in strata(case, lines, "--stratum", "Alpine")


def test_a_line_without_a_county_is_refused_by_its_row_unless_the_batch_says_it(tmp_path: Path) -> None:
    case, lines = opened(tmp_path, "sheet,line,name,County Name\n1,1,Ann Lee,Kern\n1,2,Bo Ray, \n1,3,,\n")
    told = refused("intake", case, lines, "--by", "ann")
    assert "line 3, column County Name: the cell is empty" in told
    assert "line 4" not in told  # a blank line does not count as filed there
    record = strata(case, lines, "--stratum", "Alpine")
    blank = '["1","3","Alpine","","blank:neither a name nor an address stands there",""]'
    assert f'["1","1","Kern","","",""],["1","2","Alpine","","",""],{blank}' in record


def test_where_the_law_divides_nothing_the_place_is_the_stratum_whatever_columns_there_are(tmp_path: Path) -> None:
    where = ("--place", "us-mi", "--kind", "amendment", "--on", "2018-04-20")
    case, lines = opened(tmp_path, "sheet,line,name,county\n1,1,Ann Lee,Kent\n", *where)
    assert '["1","1","Michigan","","",""]' in strata(case, lines)


def test_a_case_is_opened_for_practice_and_its_record_says_so(tmp_path: Path) -> None:
    asked = ["--place", "zz-example", "--kind", "initiative", "--on", "2026-11-20", "--by", "ann", "--practice"]
    code, said = told("case", "new", tmp_path / "c", "--case", "1", "--office", "O", "--measure", "M", *asked)
    assert (code, "for practice: it is never certified" in said) == (0, True)
    assert b'"practice":true' in (tmp_path / "c/case.record").read_bytes()


def test_a_frame_of_which_no_line_can_be_drawn_is_not_fixed(tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text("sheet,line,name,district\n1,1,,North\n1,2,,North\n", "utf-8")
    asked = ["--place", "zz-example", "--kind", "initiative", "--on", "2026-11-20", "--by", "ann"]
    assert told("case", "new", tmp_path / "c", "--case", "1", "--office", "O", "--measure", "M", *asked)[0] == 0
    code, said = told("case", "intake", tmp_path / "c", tmp_path / "lines.csv", "--by", "ann")
    assert (code, "Not used" in said) == (0, False)  # the district is the stratum
    before = (tmp_path / "c/case.record").read_bytes()
    code, said = told("case", "fix", tmp_path / "c", "--by", "ann")
    assert (code, "none of the 2 lines can be drawn: all are blank" in said) == (2, True)
    assert (tmp_path / "c/case.record").read_bytes() == before


def test_the_deadlines_of_a_case_pass_over_the_holidays_that_the_calendar_of_the_law_passes_over(
    tmp_path: Path,
) -> None:
    filed = ("--place", "us-ca", "--kind", "county-initiative", "--on", "2026-11-20")
    run("new", tmp_path / "case", *NEW, *filed, "--required", "30", "--required-source", "the board")
    days = [each["day"] for each in json.loads(run("status", tmp_path / "case", "--json"))["deadlines"]]
    law = ["law", "calendar", "us-ca", "--kind", "county-initiative", "--filed", "2026-11-20", "--json"]
    told = CliRunner().invoke(build_app(["law"]), law).stdout
    assert days == [each["day"] for each in json.loads(told)["due"]] == ["2027-01-06", "2027-04-05"]


COUNTY = ("--place", "us-ca", "--kind", "county-initiative", "--on", "2026-11-20", "--filed", "2026-11-20")
NUMBER = ("--required", "50", "--required-source", "the registrar's letter")


def signed(folder: Path, name: str, counties: str = "", first: int = 1) -> Path:
    """Write lines, one a sheet, each with a county where one is given."""
    rows = [f"{first + at},1,Al Bo,{county}" for at, county in enumerate(counties.split("|"))]
    path = folder / name
    path.write_text("\n".join(["sheet,line,name,county", *rows]) + "\n", "utf-8")
    return path


def test_a_county_that_is_one_whole_by_law_is_named_and_stays_one(tmp_path: Path) -> None:
    case, lines = tmp_path / "case", signed(tmp_path, "1.csv")
    run("new", case, *NEW, *COUNTY, *NUMBER)
    for counties, why in (
        ("", "The column county is empty."),
        ("Kern|Inyo|Kern", "The column county names 2 of them"),
        ("Kernn|Kernn", "The column county says Kernn wherever it says anything; type that name if it is the one"),
    ):
        said = refused("intake", case, signed(tmp_path, "0.csv", counties), "--by", "ann")
        assert ("the county is one whole by law, and nothing says which" in said, why in said) == (True, True)
    run("intake", case, lines, "--by", "ann", "--stratum", "Kern")
    more = signed(tmp_path, "2.csv", first=5)
    again = ("intake", case, more, "--by", "ann", "--batch", "2")
    assert "those of the case stand under Kern: Inyo would be another part" in refused(*again, "--stratum", "Inyo")
    run(*again)
    assert {stratum for stratum, _ in enter(case, lambda: dt.datetime.now(dt.UTC)).case().frame.rows} == {"Kern"}


def test_a_county_that_every_line_names_is_taken_where_the_law_knows_it(tmp_path: Path) -> None:
    run("new", tmp_path / "case", *NEW, *COUNTY, *NUMBER)
    run("intake", tmp_path / "case", signed(tmp_path, "1.csv", "Kern|Kern|"), "--by", "ann")
    rows = enter(tmp_path / "case", lambda: dt.datetime.now(dt.UTC)).case().frame.rows
    assert {stratum for stratum, _ in rows} == {"Kern"}


@pytest.mark.parametrize("counties", ["Kern|KERN", "Kern|Kern County", "Kern|County of Kern", "Kern| kern  Co."])
def test_two_spellings_of_a_county_are_never_two_strata_without_a_word(counties: str, tmp_path: Path) -> None:
    case = tmp_path / "case"
    run("new", case, *NEW, *CALIFORNIA)
    assert "write them alike" in refused("intake", case, signed(tmp_path, "1.csv", counties), "--by", "ann")
    first, second = counties.split("|")
    run("intake", case, signed(tmp_path, "2.csv", first), "--by", "ann")
    later = signed(tmp_path, "3.csv", second, first=7)
    assert "write them alike" in refused("intake", case, later, "--by", "ann", "--batch", "2")
