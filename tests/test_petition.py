"""The lines of a petition: numbered, dated, blank and struck ones kept, all faults of the file at once."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ballotworthy.errors import FileFaults, UnknownName
from ballotworthy.petition import Petition, fingerprint, line_ids, read_lines

LATEST = dt.date(2018, 4, 30)


def read(folder: Path, text: str, **options: Any) -> Petition:
    (folder / "lines.csv").write_text(text)
    return read_lines(folder / "lines.csv", latest=LATEST, **options)


def faults_of(folder: Path, text: str, **options: Any) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(FileFaults) as caught:
        read(folder, text, **options)
    return [(fault.line, fault.column, fault.what) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name\nAnn\nBo\nCy\n", ["1-1", "1-2", "1-3"]),
        ("sheet,name\n7,Ann\n7,Bo\n8,Cy\n7,Dee\n", ["7-1", "7-2", "8-1", "7-3"]),
        ("line,name\n4,Ann\n9,Bo\n", ["1-4", "1-9"]),
        ("sheet,line,name\nA,1,Ann\nB,1,Bo\n", ["A-1", "B-1"]),
        ("Page Number,Row,Signer\n007,01,Ann\n8,1,Bo\n", ["7-1", "8-1"]),
    ],
)
def test_a_line_is_known_by_sheet_and_line_counted_by_row_where_absent(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    petition = read(tmp_path, text)
    assert line_ids(petition.frame).to_list() == expected
    assert petition.frame.select("sheet", "line").dtypes == [pl.String, pl.String]


def test_the_files_own_columns_are_kept_with_sheet_and_line_before_them(tmp_path: Path) -> None:
    given = read(tmp_path, "Signer,Shoe Size\nAnn,7\n").given
    assert (given.columns, given.rows()) == (["sheet", "line", "Signer", "Shoe Size"], [("1", "1", "Ann", "7")])
    given = read(tmp_path, "Signer,Page,Row\nAnn,7,3\n").given
    assert (given.columns, given.rows()) == (["Signer", "Page", "Row"], [("Ann", "7", "3")])


def test_all_columns_of_the_issue_are_known(tmp_path: Path) -> None:
    names = ["sheet", "line", "first", "middle", "last", "suffix", "house_number", "street", "unit", "city", "zip",
             "birth_date", "signed_on", "county", "circulator"]  # fmt: skip
    petition = read(tmp_path, ",".join(names) + "\n1,1,Ann,Q,Lee,Jr,12,Oak,4,Y,94016,1950-01-02,2018-04-20,Kern,C1\n")
    assert set(petition.columns.values()) == set(names)
    row = petition.frame.row(0, named=True)
    assert (row["first_name"], row["street_name"]) == ("Ann", "Oak")
    assert (row["birth_date"], row["signed_on"]) == (dt.date(1950, 1, 2), dt.date(2018, 4, 20))


def test_blank_and_struck_lines_are_lines(tmp_path: Path) -> None:
    text = "name,address,signed_on,struck\nAnn,12 Oak,,\n,,,\n,,2018-04-20,\n,12 Oak,,\nBo,,,x\n"
    frame = read(tmp_path, text).frame
    assert frame["line"].to_list() == ["1", "2", "3", "4", "5"]
    assert frame["blank"].to_list() == [False, True, True, False, False]
    assert frame["struck"].to_list() == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("cell", "struck"),
    [("x", True), ("X", True), ("yes", True), ("true", True), ("1", True),
     ("", False), (" ", False), ("no", False), ("N", False), ("FALSE", False), ("0", False)],
)  # fmt: skip
def test_a_line_is_struck_where_its_column_says_so(tmp_path: Path, cell: str, struck: bool) -> None:
    assert read(tmp_path, f"name,struck\nAnn,{cell}\n").frame["struck"].to_list() == [struck]


def test_lines_without_a_column_for_struck_are_not_struck(tmp_path: Path) -> None:
    assert read(tmp_path, "name\nAnn\nBo\n").frame["struck"].to_list() == [False, False]


def test_a_sheet_and_line_that_repeats_is_told_with_both_places(tmp_path: Path) -> None:
    text = 'sheet,line,name\n1,1,"Ann\nLee"\n1,2,Bo\n\n1,1,Cy\n1,1,Dee\n'
    what = "sheet and line of line 2 of the file stand here again"
    assert faults_of(tmp_path, text) == [(6, "sheet, line", what), (7, "sheet, line", what)]


def test_one_number_written_otherwise_is_one_line(tmp_path: Path) -> None:
    what = "sheet and line of line 2 of the file stand here again"
    text = "sheet,line,name\n1,1,Ann\n01,1,Bo\n1,1.0,Cy\n1,10,Dee\n10,1,Eve\n1.5,1,Flo\nA1,1,Gus\n"
    assert faults_of(tmp_path, text) == [(3, "sheet, line", what), (4, "sheet, line", what)]


def test_what_a_record_named_otherwise_before_keeps_its_name(tmp_path: Path) -> None:
    frame = read(tmp_path, "sheet,line,name\n007,1.0,Ann\n", as_written=True).frame
    assert line_ids(frame).to_list() == ["007-1.0"]


def test_two_lines_of_one_id_are_told_however_it_is_put_together(tmp_path: Path) -> None:
    text = "sheet,line,name\n1-2,3,Ann\n1,2-3,Bo\n"
    assert faults_of(tmp_path, text) == [(3, "sheet, line", "sheet and line of line 2 of the file stand here again")]


def test_a_missing_sheet_or_line_number_is_told_once(tmp_path: Path) -> None:
    text = "sheet,line,name\n1,,Ann\n,1,Bo\n1,,Cy\n1,1,Dee\n"
    what = "the sheet or line number is missing"
    assert faults_of(tmp_path, text) == [(at, "sheet, line", what) for at in (2, 3, 4)]


def test_a_sheet_number_that_stands_on_the_first_of_its_lines_alone_is_told_as_merged_cells(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="merged over several rows"):
        read(tmp_path, "sheet,line,name\n1,1,Ann\n,2,Bo\n")


def test_letters_that_were_lost_before_are_told(tmp_path: Path) -> None:
    assert any(
        "letters lost before" in each and "(U+FFFD): 1." in each for each in read(tmp_path, "name\nPe\ufffda\n").remarks
    )


def test_many_missing_numbers_are_counted_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="60,000 faults"):
        read(tmp_path, "sheet,line,name\n" + ",,Ann\n" * 60_000)


def test_days_are_read_and_their_faults_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "name,signed_on,dob\nAnn,2018-02-30,1950-01-01\nBo,4/20/2018,2018-02-30\nCy,2018-05-01,Smith\n"
    assert faults_of(tmp_path, text) == [
        (2, "signed_on", "the text there is not a day of the calendar"),
        (3, "dob", "the text there is not a day of the calendar"),
        (4, "dob", "the text there is not a day of the calendar"),
        (4, "signed_on", "the day there lies after 2018-04-30"),
    ]


def test_when_lenient_cells_that_are_no_day_are_empty_and_counted(tmp_path: Path) -> None:
    petition = read(tmp_path, "name,signed_on\nAnn,2018-02-30\nBo,4/20/2018\nCy,x\n", lenient=True)
    assert petition.frame["signed_on"].to_list() == [None, dt.date(2018, 4, 20), None]
    assert petition.set_aside == 2
    assert petition.given["signed_on"].to_list() == ["2018-02-30", "4/20/2018", "x"]


def test_lenient_is_lenient_about_days_only(tmp_path: Path) -> None:
    assert len(faults_of(tmp_path, "sheet,line,name\n1,1,Ann\n1,1,Bo\n", lenient=True)) == 1


def test_other_headings_are_mapped(tmp_path: Path) -> None:
    text = "Who,name,Where\nAnn Lee,office use,12 Oak\n"
    petition = read(tmp_path, text, given={"name": "Who", "address": "Where"})
    assert petition.frame.select("name", "address").rows() == [("Ann Lee", "12 Oak")]
    assert dict(petition.columns) == {"name": "Who", "address": "Where"}


def test_a_mapped_field_or_heading_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean address"):
        read(tmp_path, "name\nAnn\n", given={"adress": "name"})
    assert faults_of(tmp_path, "name\nAnn\n", given={"zip": "ZIP5"}) == [(1, "ZIP5", "there is no such column")]


def test_a_file_without_names_is_told_with_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(
        FileFaults, match=r"no column holds the signers' names\. The file has: a, b\. .*--map name=HEADING"
    ):
        read(tmp_path, "a,b\n1,2\n")


def test_parquet_lines_read_as_csv_lines(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"sheet": [1, 1], "name": ["Ann", "Bo"], "signed_on": [dt.date(2018, 4, 20), None], "struck": [False, True]}
    )
    frame.write_parquet(tmp_path / "lines.parquet")
    petition = read_lines(tmp_path / "lines.parquet", latest=LATEST)
    assert petition.frame.select("sheet", "line", "name", "signed_on", "struck").rows() == [
        ("1", "1", "Ann", dt.date(2018, 4, 20), False),
        ("1", "2", "Bo", None, True),
    ]


def test_the_source_is_named_without_its_folder_and_with_its_digest(tmp_path: Path) -> None:
    petition = read(tmp_path, "name\nAnn\n")
    assert petition.source == "lines.csv"
    assert petition.sha256 == hashlib.sha256(b"name\nAnn\n").hexdigest()


def test_the_fingerprint_is_what_sha256sum_gives_of_the_ids_one_a_line() -> None:
    assert fingerprint(["1-1", "1-2"]) == hashlib.sha256(b"1-1\n1-2\n").hexdigest()
    assert fingerprint(["1-2", "1-1"]) != fingerprint(["1-1", "1-2"])
    assert fingerprint([]) == hashlib.sha256(b"").hexdigest()
