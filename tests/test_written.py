"""What stands on a line in place of a thing: ditto marks, signs for nothing, void lines, totals, days cut short."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import FileFaults
from ballotworthy.petition import read_lines
from ballotworthy.petition.written import DITTO, NOT_STRUCK, NOTHING, SHORT_DITTO, VOID, said_of
from ballotworthy.roll import open_roll
from checked import SHARED, check_files, check_texts, run

here = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the cases are not at {SHARED}")
FILED = dt.date(2026, 6, 30)
ROLL = """voter_id,last_name,first_name,registration_date,address,city,zip
1,PENN,ADA,2001-02-03,31 FIR ST,Fairview,50001
2,PENN,ABE,2001-02-03,31 FIR ST,Fairview,50001
3,PENN,ABE,2001-02-03,990 LAKE RD,Fairview,50001
4,QUILL,ANNA,2026-04-01,12 MAIN ST,Bern,50002
5,TARN,BORIS,2001-02-03,33 FIR ST,Fairview,50001
"""


def lines_of(folder: Path, text: str, **options: object) -> pl.DataFrame:
    (folder / "lines.csv").write_text(text, "utf-8")
    return read_lines(folder / "lines.csv", latest=FILED, filed=FILED, **options).frame  # type: ignore[arg-type]  # options


@here
def test_case_34_a_ditto_mark_repeats_the_address_above_and_the_evidence_says_so(tmp_path: Path) -> None:
    case = SHARED / "34-ditto-address"
    found = check_files(tmp_path, case / "roll.csv", case / "lines.csv")
    assert found.outcomes() == [("valid", "", "DT1"), ("valid", "", "DT2")]
    assert str(found.lines[1]["evidence"]).startswith("address taken from line 1-1 above; ")


def test_ditto_marks_in_any_cell_repeat_the_cell_above_on_the_sheet_or_ask_a_person(tmp_path: Path) -> None:
    text = """sheet,line,name,address,city,zip,signed_on
1,1,Ada Penn,31 Fir St,Fairview,50001,2026-05-01
1,2,Abe Penn,same as above,〃,do.,''
1,3,Boris Tarn,"33 ""\",ditto,same,2026-05-02
2,1,Abe Penn,MARK,Fairview,50001,2026-05-01
2,3,Ada Penn,MARK,Fairview,50001,2026-05-01
2,4,Ada ",31 Fir St,Fairview,50001,MARK
""".replace("MARK", '""""')
    found = check_texts(tmp_path, ROLL, text)
    assert found.outcomes()[:3] == [("valid", "", "1"), ("valid", "", "2"), ("valid", "", "5")]
    assert "signed on taken from line 1-1 above" in str(found.lines[1]["evidence"])
    assert [each[:2] for each in found.outcomes()[3:5]] == [("unresolved", "unclear")] * 2
    for line in found.lines[3:5]:
        assert "address is a ditto mark with nothing above it to repeat" in str(line["evidence"])
    assert found.outcomes()[5] == ("invalid", "duplicate", "1")
    assert "name taken from line 2-3 above; " in str(found.lines[5]["evidence"])
    run("match", tmp_path / "lines.csv", "--roll", tmp_path / "x.roll", "-o", tmp_path / "m.csv")
    assert "address taken from line 1-1 above; " in (tmp_path / "m.csv").read_text("utf-8")


@pytest.mark.parametrize(
    "text", ['"', "''", "”", "〃", '" "', '- " -', ",,", "ditto", "Same", "same as above", "(same)", "SAME ADDRESS",
             "as above", "see above", "same address as above"]
)  # fmt: skip
def test_marks_that_repeat(text: str) -> None:
    assert pl.Series([text]).str.contains(DITTO).all()


@pytest.mark.parametrize("text", ["Do", "12 Same St", "Doe", "O'Brien", "Sameer", "Ida", '12"', "-", "", "above"])
def test_what_repeats_nothing(text: str) -> None:
    assert not pl.Series([text]).str.contains(DITTO).any()


def test_do_repeats_a_town_and_is_a_name_elsewhere(tmp_path: Path) -> None:
    frame = lines_of(tmp_path, "first,last,city\nAn,Le,Reno\nMinh,Do,do\n")
    assert frame.select("last_name", "city").rows() == [("Le", "Reno"), ("Do", "Reno")]
    assert pl.Series(["Do"]).str.contains(SHORT_DITTO).all()


def test_a_ditto_mark_for_the_sheet_repeats_it(tmp_path: Path) -> None:
    assert lines_of(tmp_path, 'sheet,line,name\n7,1,Ann\n"""",2,Bo\n')["sheet"].to_list() == ["7", "7"]


@pytest.mark.parametrize("text", ["-", "N/A", "not struck", "Not Crossed Out", "no", "0", "none", "unstruck", "–"])
def test_what_says_that_a_line_is_not_struck(tmp_path: Path, text: str) -> None:
    assert lines_of(tmp_path, f"name,struck\nAnn,{text}\n")["struck"].to_list() == [False]
    assert pl.Series([text]).str.contains(NOT_STRUCK).all()


def test_void_lines_are_struck_and_dashes_are_nothing(tmp_path: Path) -> None:
    text = """sheet,line,name,address,city,zip,signed_on
1,1,Ada Penn,31 Fir St,Fairview,50001,2026-05-01
1,2,VOID,,,,
1,3,XXXX,XXXX,,,
1,4,---,---,---,---,---
1,5,n/a,,,,
1,6,Ann Void,12 Void St,,,2026-05-01
"""
    found = check_texts(tmp_path, ROLL, text)
    assert [each[1] for each in found.outcomes()] == ["", "struck", "struck", "blank", "blank", "uncertain"]
    assert "2 lines have VOID, crosses or the like in place of a name and count as struck." in found.said
    assert list(said_of(0, 1)) == ["1 line has VOID, crosses or the like in place of a name and counts as struck."]
    assert pl.Series(["VOID", "void line", "xxx", "Stricken"]).str.contains(VOID).all()
    assert not pl.Series(["Xan", "Voidy", "Na"]).str.contains(f"{VOID}|{NOTHING}").any()


def test_a_row_of_totals_is_no_line(tmp_path: Path) -> None:
    frame = lines_of(tmp_path, "sheet,line,name,city\n1,1,Ann,Reno\n1,2,Bo,Reno\nTotal,,2,\n,,Total lines:,2\n")
    assert frame["name"].to_list() == ["Ann", "Bo"]
    frame = lines_of(tmp_path, "sheet,line,name,city\n1,1,Total,\n1,2,Total,Reno\n")
    assert frame["name"].to_list() == ["Total", "Total"]
    assert lines_of(tmp_path, "name,city\nTotal,Reno\nGrand Total,\n")["name"].to_list() == ["Total"]


@pytest.mark.parametrize(
    "cells", ["Page total,2", "Subtotal: 2,", "2 signatures,", "Total signatures: 12,", "Sub-total,", "Grand total,9"]
)
def test_a_row_that_only_adds_up_is_no_line_though_it_is_numbered(tmp_path: Path, cells: str) -> None:
    (tmp_path / "lines.csv").write_text(f"sheet,line,name,address\n1,1,Ann Kerr,1 Elm\n1,2,{cells}\n", "utf-8")
    petition = read_lines(tmp_path / "lines.csv", latest=FILED)
    assert petition.frame["name"].to_list() == ["Ann Kerr"]
    assert "1 row of the lines file that only add up others were left out." in petition.remarks
    kept = read_lines(tmp_path / "lines.csv", latest=FILED, as_written=True)
    assert kept.frame.height == 2  # a record that has it keeps it


def test_a_cell_that_says_nothing_is_blank_and_one_that_was_lost_or_not_read_is_no_strangers(tmp_path: Path) -> None:
    names = ["(blank)", "no signature", "#REF!", "unable to read", "cannot read", "Art Blank", "Bruno Nameth"]
    homes = [",,", ",,", *["31 Fir St,Fairview,50001"] * 5]
    rows = [f"1,{at},{name},{home}" for at, (name, home) in enumerate(zip(names, homes, strict=True), 1)]
    rows.append("2,1,Ada Penn,#VALUE!,Fairview,50001")
    found = check_texts(tmp_path, ROLL, "sheet,line,name,address,city,zip\n" + "\n".join(rows))
    reasons = [reason for _, reason, _ in found.outcomes()]
    assert reasons[:5] == ["blank", "blank", "unclear", "illegible", "illegible"]  # the place has a ground for it
    assert not {"blank", "illegible"}.intersection(reasons[5:])
    assert found.outcomes()[-1][:2] == ("unresolved", "unclear")


REMARKS = (
    "31 Fir St VOID,Fairview,50001", "31 Fir St (moved),Fairview,50001", "31 Fir St - crossed out,Fairview,50001",
    "31 Fir St NOT REG,Fairview,50001", "31 Fir St,VOID,50001", "31 Fir St,Fairview (struck),50001",
    "31 Fir St withdrawn,Fairview,50001", "31 Fir St dup of line 2,Fairview,50001", "31 Fir St,Fairview,VOID",
    "31 Fir St (no longer lives here),Fairview,50001",
)  # fmt: skip
PLAIN_HOMES = (
    "31 Fir St (rear),Fairview,50001",
    "31 Fir St Apt 2 - upper,Fairview,50001",
    "31 Fir St,Fairview,50001-1234",
)
VOID_STREET = "9,KERR,ANN,2001-02-03,12 OLD VOID,Fairview,50001\n"


def test_words_in_a_home_that_void_the_line_are_for_a_person_and_a_street_called_so_is_not(tmp_path: Path) -> None:
    rows = [f"{at},1,Ada Penn,{home}" for at, home in enumerate((*REMARKS, *PLAIN_HOMES), 1)]
    rows.append("99,1,Ann Kerr,12 Old Void,Fairview,50001")
    found = check_texts(tmp_path, ROLL + VOID_STREET, "sheet,line,name,address,city,zip\n" + "\n".join(rows))
    reasons = [reason for _, reason, _ in found.outcomes()]
    assert reasons[: len(REMARKS)] == ["remark"] * len(REMARKS)
    assert "remark" not in reasons[len(REMARKS) :]
    assert found.outcomes()[-1] == ("valid", "", "9")


@pytest.mark.parametrize(
    ("text", "told", "opened"),
    [
        ("name,Struck,Invalid\nAnn,,X\nBo,,no\n", "the column Invalid, which was not read", [True, False]),
        ("name,Circulator Struck\nAnn,Yes\nBo,\n", "the column Circulator Struck, which was not read", [True, False]),
        ("name,Signature\nAnn,Y\nBo,N\n", "the column Signature", [False, True]),
        ("name,Notes\nAnn,struck by circulator\nBo,called twice\n", "the column Notes", [True, False]),
        ("name,Notes\nAnn,line struck at the table\nBo,signer cannot be read\n", "the column Notes", [True, True]),
        ("name,Status\nAnn,ok\nBo,Withdrawn\n", "the column Status", [False, True]),
        ("name,Valid\nAnn,N\nBo,Y\n", "the column Valid", [True, False]),
        ("name,Accepted\nAnn,yes\nBo,Rejected\n", "the column Accepted", [False, True]),
        ("name,Age\nAnn,17\nBo,71\n", "the column Age", [True, False]),
        ("name,Dup?\nAnn,Y\nBo,N\n", "the column Dup?", [True, False]),
        ("name,Signature\nAnn,[no signature]\nBo,on file\n", "the column Signature", [True, False]),
        ("name,Remarks\nAnn,Anulada\nBo,signature does not match\n", "the column Remarks", [True, True]),
        ("name,Removed\nAnn,illegible\nBo,\n", "", [True, False]),
        ("name,Zed Kerr\nAnn,VOID\nBo,\n", "the column #2", [True, False]),
        ("name,Signature,Notes,Invalid\nAnn,on file,strong voter,\nBo,Y,removed his hat,0\n", "", [False, False]),
        ("name,outcome,reason,probability,evidence\nAnn,invalid,struck,0,\nBo,valid,,1,\n", "", [False, False]),
    ],
)
def test_lines_of_which_an_unread_column_says_that_they_do_not_count_are_told_and_left_open(
    tmp_path: Path, text: str, told: str, opened: list[bool]
) -> None:
    (tmp_path / "lines.csv").write_text(text, "utf-8")
    read = read_lines(tmp_path / "lines.csv", latest=FILED)
    assert [told in each for each in read.remarks if each.startswith("Warning")] == [True] * bool(told)
    assert [doubt != "" for doubt in read.frame["doubt"]] == opened


@pytest.mark.parametrize("title", ["Lines entered by hand", "Lines entered by hand,,,", ",Lines entered,,"])
def test_a_title_above_the_headings_is_told_as_one(tmp_path: Path, title: str) -> None:
    with pytest.raises(
        FileFaults, match=r"the heading has 1 of the 4 cells .* If it is a title or a note, take it out"
    ):
        lines_of(tmp_path, f"{title}\nsheet,line,name,city\n1,1,Ann,Reno\n1,2,Bo,Reno\n")


def test_a_zip_code_behind_the_town_is_read(tmp_path: Path) -> None:
    frame = lines_of(tmp_path, 'name,City State Zip\nAnn,"Reno, NV 89501-1234"\nBo,Elko NV\n')
    assert frame.select("city", "zip").rows() == [("Reno, NV", "89501"), ("Elko NV", None)]


@here
@pytest.mark.parametrize("case", ["18-day-first-lines", "36-two-digit-year-of-signing"])
def test_cases_18_and_36_days_are_read_as_they_were_meant(tmp_path: Path, case: str) -> None:
    found = check_files(tmp_path, SHARED / case / "roll.csv", SHARED / case / "lines.csv")
    assert {each[0] for each in found.outcomes()} == {"valid"}


def test_a_day_that_may_be_two_stands_against_nobody_until_the_order_is_said(tmp_path: Path) -> None:
    text = "sheet,line,name,address,city,signed_on\n1,1,Anna Quill,12 Main St,Bern,03/05/2026\n"
    found = check_texts(tmp_path, ROLL, text)
    assert found.outcomes() == [("valid", "", "4")]
    assert "1 day in signed_on may be read month first or day first, and no cell of the file tells which" in found.said
    for order, outcome in (("month-first", ("invalid", "registered-late", "4")), ("day-first", ("valid", "", "4"))):
        assert check_texts(tmp_path, ROLL, text, "--dates", order).outcomes() == [outcome]
    more = text + "1,2,Ada Penn,31 Fir St,Fairview,05/13/2026\n"
    assert check_texts(tmp_path, ROLL, more).outcomes() == [("invalid", "registered-late", "4"), ("valid", "", "1")]
    more = text + "1,2,Ada Penn,31 Fir St,Fairview,13/05/2026\n"
    assert check_texts(tmp_path, ROLL, more).outcomes() == [("valid", "", "4"), ("valid", "", "1")]


@here
def test_case_16_a_register_of_a_place_that_writes_the_day_first_is_read_so_and_it_is_said(tmp_path: Path) -> None:
    roll = SHARED / "16-day-first-roll-nz/roll.csv"
    code, said = run("roll", "build", roll, "--taken-on", "2026-06-30", "--place", "nz", "-o", tmp_path / "x.roll")
    assert (code, "no cell of the file tells which: read day first, as is the custom there" in said) == (0, True)
    assert days_in(tmp_path / "x.roll") == [dt.date(1980, 2, 3), dt.date(1955, 7, 8)]


@pytest.mark.parametrize("lenient", [[], ["--lenient"]])
def test_a_register_whose_own_days_come_first_keeps_no_misread_half(tmp_path: Path, lenient: list[str]) -> None:
    text = "voter_id,last_name,birth_date,address\n1,QUILL,03/02/1980,1 A ST\n2,TARN,31/12/1955,2 B ST\n"
    (tmp_path / "roll.csv").write_text(text)
    code, said = run(
        "roll", "build", tmp_path / "roll.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll", *lenient
    )
    assert code == 0, said
    assert days_in(tmp_path / "x.roll") == [dt.date(1980, 2, 3), dt.date(1955, 12, 31)]


def days_in(roll: Path) -> list[dt.date | None]:
    return open_roll(roll).voters.collect()["birth_date"].to_list()


def test_years_not_written_out_are_those_of_the_window_and_no_line_is_lost_to_lenient(tmp_path: Path) -> None:
    text = """sheet,line,name,address,city,zip,signed_on
1,1,Ada Penn,31 Fir St,Fairview,50001,5/20/26
1,2,Abe Penn,31 Fir St,Fairview,50001,5/21
1,3,Boris Tarn,33 Fir St,Fairview,50001,soon
"""
    (tmp_path / "lines.csv").write_text(text)
    with pytest.raises(FileFaults, match="1 fault"):
        read_lines(tmp_path / "lines.csv", latest=FILED, filed=FILED)
    found = check_texts(tmp_path, ROLL, text, "--lenient")
    assert found.outcomes() == [("valid", "", "1"), ("valid", "", "2"), ("unresolved", "unclear", "")]
    assert str(found.lines[2]["evidence"]).startswith("the day of signing could not be read; ")


@given(st.lists(st.sampled_from(['"', "same", "do.", "12 Oak", "", "N/A", '33 "']), min_size=1, max_size=8))
def test_what_is_taken_from_above_stands_above(cells: list[str]) -> None:
    from ballotworthy.petition.written import as_meant

    numbers = [str(at) for at in range(1, len(cells) + 1)]
    columns = {"sheet": ["1"] * len(cells), "line": numbers, "address": [cell or None for cell in cells]}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    meant = as_meant(frame)
    before = [None, *meant["address"].to_list()[:-1]]
    for cell, address, over, above, doubt in zip(
        cells, meant["address"], before, meant["above"], meant["doubt"], strict=True
    ):
        if cell in ('"', "same", "do."):
            assert address == over
            assert (bool(above), bool(doubt)) == (over is not None, over is None)
        elif cell == '33 "':
            assert address == ("33 Oak" if over else None)
        else:
            assert (address, above, doubt) == (cell if cell == "12 Oak" else None, "", "")
