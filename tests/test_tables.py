"""Tables in: every encoding and line ending, the right physical line, all faults of a file at once."""

from __future__ import annotations

import bz2
import csv
import datetime as dt
import gzip
import hashlib
import io
import lzma
import os
import re
import signal
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from unittest import mock

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.files import parquet, parquet_process, shape
from ballotworthy.files.shape import shape_of
from ballotworthy.files.tables import Layouts, Table, read_table
from checked import run

PEOPLE = "name,city\nMaría Núñez,Oakland\nJosé,Piña\n"
ROWS = [("María Núñez", "Oakland"), ("José", "Piña")]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that each example of a property writes anew."""
    return tmp_path_factory.mktemp("tables") / "lines.csv"


def zipped(name: str, text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, text)
    return held.getvalue()


def read(path: Path, data: bytes | str) -> Table:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_table(path)


def faults_of(path: Path, data: bytes | str) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(FileFaults) as caught:
        read(path, data)
    assert caught.value.total == len(caught.value.faults)
    return [(fault.line, fault.column, fault.what) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(PEOPLE.encode(), "utf-8", id="UTF-8"),
        pytest.param(PEOPLE.encode("utf-8-sig"), "utf-8", id="UTF-8 with mark"),
        pytest.param(PEOPLE.encode("latin-1"), "windows-1252", id="Latin-1"),
        pytest.param(PEOPLE.encode("windows-1252"), "windows-1252", id="Windows-1252"),
        pytest.param(b"\xff\xfe" + PEOPLE.encode("utf-16-le"), "utf-16", id="UTF-16 little-endian"),
        pytest.param(b"\xfe\xff" + PEOPLE.encode("utf-16-be"), "utf-16", id="UTF-16 big-endian"),
        pytest.param(PEOPLE.encode("utf-16-le"), "utf-16", id="UTF-16 little-endian without mark"),
        pytest.param(PEOPLE.encode("utf-16-be"), "utf-16", id="UTF-16 big-endian without mark"),
    ],
)
def test_every_common_encoding_reads_alike(tmp_path: Path, data: bytes, encoding: str) -> None:
    table = read(tmp_path / "people.csv", data)
    assert table.frame.rows() == ROWS
    assert table.frame.columns == ["name", "city"]
    assert table.encoding == encoding
    assert table.sha256 == hashlib.sha256(data).hexdigest()


def test_one_damaged_cell_among_many_accents_refuses_no_file(tmp_path: Path) -> None:
    data = "name,city\n" + "Peña,Reno\n" * 9 + "Gar£ia,Reno\n"
    assert read(tmp_path / "people.csv", data.encode("cp1252")).encoding == "windows-1252"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp437", "cp850"])
@pytest.mark.parametrize("name", ["PEÑA", "Peña", "JOSÉ LÓPEZ", "Günther", "Nuñez", "Raúl Pabón", "Jesús"])
def test_letters_of_an_old_macintosh_or_of_dos_are_refused_with_the_line(
    tmp_path: Path, encoding: str, name: str
) -> None:
    data = f"name,city\nAnn,Reno\n{name},Reno\n".encode(encoding, "ignore")
    what = "a letter there is not of Windows-1252; the file may come from an old Macintosh or from DOS"
    assert faults_of(tmp_path / "old.csv", data) == [(3, None, what)]


@pytest.mark.parametrize(
    "name",
    [
        "O’Brien",
        "Smith–Jones",
        "Žižek",
        "Renée",
        "Œuvray",
        "Peña—Ruiz",
        "“Bo” Lee",
        "MU¿OZ",
        "Nº 4",
        "Lee†",
        "Šime Kovač",
        "D´Arc",
        "Lebœuf",
        "Krušić",
    ],
)
def test_what_windows_1252_has_in_names_is_read(tmp_path: Path, name: str) -> None:
    data = f"name,city\n{name},Reno\n".encode("windows-1252", "ignore")
    assert (
        read(tmp_path / "people.csv", data).frame["name"][0] == data.decode("windows-1252").split("\n")[1].split(",")[0]
    )


def seen_as_windows(text: str) -> str:
    """Give what a program shows that takes UTF-8 for Windows-1252."""
    signs = (bytes([byte]) for byte in text.encode())
    return "".join(sign.decode("windows-1252") if sign not in NO_SIGN else sign.decode("latin-1") for sign in signs)


NO_SIGN = {b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"}


@pytest.mark.parametrize(
    "name",
    ["María Núñez", "ÀÉÍÓÚÑÜ SÃO", "Nguyễn Thị Hồng Đặng", "Łukasz Čapek", "Århus œuvre ß", "José’s – “MENÜ”", "Ơ Ư ẵ"],
)
def test_letters_that_a_program_took_for_windows_1252_are_read_back(tmp_path: Path, name: str) -> None:
    twice = read(tmp_path / "twice.csv", f"name,city\n{seen_as_windows(name)},Reno\n")
    assert twice.frame.rows() == [(name, "Reno")]
    again = seen_as_windows(seen_as_windows(name))
    assert read(tmp_path / "again.csv", f"name,city\n{again},Reno\n").frame.rows() == [(name, "Reno")]
    wide = read(tmp_path / "wide.csv", f"name,city\n{seen_as_windows(name)},Reno\n".encode("utf-16"))
    assert wide.frame.rows() == [(name, "Reno")]
    pl.DataFrame({"name": [seen_as_windows(name), None], "city": ["Reno", "Elko"]}).write_parquet(
        tmp_path / "x.parquet"
    )
    assert read_table(tmp_path / "x.parquet").frame.rows() == [(name, "Reno"), (None, "Elko")]
    once = read(tmp_path / "once.csv", f"name,city\n{name},Reno\n")
    assert (once.frame.rows(), once.encoding) == ([(name, "Reno")], "utf-8")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
@pytest.mark.parametrize("last", [True, False], ids=["ended", "not ended"])
def test_every_line_ending_reads_alike(tmp_path: Path, ending: str, encoding: str, last: bool) -> None:
    text = PEOPLE.replace("\n", ending)
    table = read(tmp_path / "people.csv", (text if last else text.removesuffix(ending)).encode(encoding))
    assert table.frame.rows() == ROWS
    assert table.lines.tolist() == [2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_the_separator_is_the_one_of_the_heading(tmp_path: Path, delimiter: str) -> None:
    others = "".join(each for each in ",;\t|" if each != delimiter)
    rows = [["first", "one; two, or three, four"], [f"a{others}b", "c"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read(tmp_path / "people.csv", text.getvalue())
    assert table.frame.columns == rows[0]
    assert table.frame.rows() == [tuple(rows[1])]


def test_a_stray_zero_byte_does_not_make_a_file_utf16(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "name,city\nA\x00nn,Y\n").encoding == "utf-8"


def test_cells_lose_surrounding_blanks_and_empty_ones_are_null(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", ' name , city \n  Ann ,"  "\n" ",\u00a0Bo\u00a0\n,\n')
    assert table.frame.columns == ["name", "city"]
    assert table.frame.rows() == [("Ann", None), (None, "Bo"), (None, None)]


def test_empty_lines_are_no_rows_and_rows_of_empty_cells_are(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "\n\nname,city\n\nAnn,Y\n,\n\n\nBo,Z\n\n")
    assert table.frame.rows() == [("Ann", "Y"), (None, None), ("Bo", "Z")]
    assert table.lines.tolist() == [5, 6, 9]


def test_a_file_of_one_column_is_a_table(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", 'name\nAnn\n\n"Bo, jr"\n""\n')
    assert table.frame.rows() == [("Ann",), ("Bo, jr",), (None,)]
    assert table.lines.tolist() == [2, 4, 5]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_after_a_cell_of_many_lines_keep_their_physical_number(tmp_path: Path, ending: str) -> None:
    text = 'name,"the\ncity"\n"Ann\n\nLee",Y\nBo,Z\n"Cy\n",\nDee,W\n'.replace("\n", ending)
    table = read(tmp_path / "a.csv", text)
    assert table.frame["name"].to_list() == ["Ann Lee", "Bo", "Cy", "Dee"]
    assert table.lines.tolist() == [3, 6, 7, 9]


def one_line(cell: str) -> str | None:
    return re.sub(r"[\t ]*[\r\n]+[\t ]*", " ", cell).strip() or None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('Ann "Nan" Lee', 'Ann "Nan" Lee'),
        ('Ann"', 'Ann"'),
        ("5'11\"", "5'11\""),
        ('"Ann ""Nan"" Lee"', 'Ann "Nan" Lee'),
        ('"Ann" Lee', "Ann Lee"),
        ('"Ann" "Lee"', 'Ann "Lee"'),
        ('""""', '"'),
        ("#5", "#5"),
        ("NULL", "NULL"),
        ("007", "007"),
    ],
)
def test_a_cell_reads_as_the_csv_module_reads_it(tmp_path: Path, cell: str, expected: str) -> None:
    assert read(tmp_path / "a.csv", f"name,city\n{cell},Y\n").frame.rows() == [(expected, "Y")]


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,,\n,,,\n", "\ufeff \n".encode("utf-16-be"), b"\0\x0c"],
)
def test_an_empty_file_is_told(tmp_path: Path, data: bytes) -> None:
    assert faults_of(tmp_path / "a.csv", data) == [(None, None, "the file is empty")]


@pytest.mark.parametrize("data", ["name,city\n", "name,city", "name", "\r\nname,city\r\n\r\n"])
def test_a_heading_alone_is_told(tmp_path: Path, data: str) -> None:
    assert faults_of(tmp_path / "a.csv", data) == [(None, None, "it has a heading but no rows")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a,b\n1\n1,2\n1,2,3\n", [(2, None, "1 cell where the heading has 2"),
                                 (4, None, "3 cells where the heading has 2")]),
        ('a,b\n"1\n2",3\n4\n', [(4, None, "1 cell where the heading has 2")]),
        ('a,b\r\n"1\r\n\r\n2",3\r\n4,5,6\r\n', [(5, None, "3 cells where the heading has 2")]),
        ('a,b\n1,2\n3,"4\n5,6\n7,8\n', [(3, None, 'a quote (") opens here and never closes')]),
        ('a,b\n"1\n2",3\n"4"\n5,"6""\n7,8\n', [(5, None, 'a quote (") opens here and never closes')]),
        ('a,"b\n1,2\n', [(1, None, 'a quote (") opens here and never closes')]),
        ('a,a,\n1,"2\n', [(2, None, 'a quote (") opens here and never closes')]),
        ("a,a\n1\n", [(2, None, "1 cell where the heading has 2")]),
        ("Voters of Kern\na,b\n1,2\n3,4\n", [(1, None, "the heading has 1 of the 2 cells that every line below has")]),
    ],
)  # fmt: skip
def test_faults_are_told_all_at_once_with_their_lines(
    tmp_path: Path, data: str, expected: list[tuple[int | None, str | None, str]]
) -> None:
    assert faults_of(tmp_path / "a.csv", data) == expected


def test_of_many_ragged_rows_the_first_twenty_are_told_and_all_counted(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="1,000 faults") as caught:
        read(tmp_path / "a.csv", "a,b\n" + "1\n" * 1000)
    assert [fault.line for fault in caught.value.faults] == list(range(2, 22))
    assert caught.value.total == 1000


def test_no_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no file .*none\.csv"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(InputError, match="is a folder"):
        read_table(tmp_path)


def test_parquet_reads_as_the_same_texts(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "sheet": [1, 2, None],
            "zip": [94016.0, None, 94110.0],
            "share": [0.5, 2.0, None],
            "name": [" Ann ", "", None],
            "signed_on": [dt.date(2018, 4, 20), None, dt.date(2018, 2, 28)],
            "struck": [True, False, None],
        }
    )
    frame.write_parquet(tmp_path / "lines.parquet")
    table = read_table(tmp_path / "lines.parquet")
    assert table.frame.rows() == [
        ("1", "94016", "0.5", "Ann", "2018-04-20", "true"),
        ("2", None, "2.0", None, None, "false"),
        (None, "94110", None, None, "2018-02-28", None),
    ]
    assert table.lines.tolist() == [1, 2, 3]


def test_parquet_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    pl.DataFrame({"name": ["Ann"]}).write_parquet(tmp_path / "lines.dat")
    assert read_table(tmp_path / "lines.dat").frame.rows() == [("Ann",)]


@pytest.mark.parametrize(("number", "text"), [(float("nan"), None), (1e300, "1e+300"), (-3.0, "-3")])
def test_parquet_numbers_of_any_size_read(tmp_path: Path, number: float, text: str | None) -> None:
    pl.DataFrame({"name": ["Ann"], "n": [number]}).write_parquet(tmp_path / "lines.parquet")
    assert read_table(tmp_path / "lines.parquet").frame.rows() == [("Ann", text)]


def test_parquet_that_is_none_or_holds_lists_is_told(tmp_path: Path) -> None:
    what = "it is not a Parquet file of plain columns"
    assert faults_of(tmp_path / "a.parquet", b"name\nAnn\n") == [(None, None, what)]
    assert faults_of(tmp_path / "a.csv", b"PAR1 and then nothing") == [(None, None, what)]
    pl.DataFrame({"names": [["Ann", "Bo"]]}).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(FileFaults, match=what):
        read_table(tmp_path / "b.parquet")


def test_parquet_without_rows_is_told(tmp_path: Path) -> None:
    pl.DataFrame({"name": []}, schema={"name": pl.String}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(FileFaults, match="no rows"):
        read_table(tmp_path / "a.parquet")


cells = st.text('ab" ,;\n\té', max_size=6)
wild = st.text('ab",;\n', max_size=30)


@given(
    st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=6), st.sampled_from(",;\t|"), st.booleans()
)
def test_whatever_the_csv_module_writes_is_read_back(
    written: Path, rows: list[list[str]], delimiter: str, quoted: bool
) -> None:
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows([["name", "city"], *rows])
    assume(not any("\n" in cell and delimiter in cell for row in rows for cell in row))  # looks like rows swallowed
    table = read(written, text.getvalue())
    assert table.frame.rows() == [tuple(map(one_line, row)) for row in rows]
    starts = np.cumsum([2, *(1 + sum(cell.count("\n") for cell in row) for row in rows[:-1])])
    assert table.lines.tolist() == starts.tolist()


@settings(max_examples=500)
@given(wild)
def test_the_shape_of_any_text_is_that_of_the_csv_module(text: str) -> None:
    found = shape_of(text.encode(), ",")
    reader = csv.reader(io.StringIO(text))
    begins, cells = [], []
    line = 1
    for row in reader:
        begins.append(line)
        cells.append(len(row))
        line = reader.line_num + 1
    assert found.cells.tolist() == cells
    assert found.lines.tolist() == begins
    assert (found.open_quote > 0) == _stays_open(text)


@settings(max_examples=300)
@given(st.text("ab,; \n\t", max_size=60).filter(lambda text: text.strip("\n")))
def test_the_shape_of_a_text_is_the_same_in_parts(text: str) -> None:
    whole = shape_of(text.encode(), ",")
    with mock.patch.object(shape, "WORTH_CUTTING", 0), mock.patch.object(shape.os, "cpu_count", return_value=4):
        parts = shape_of(text.encode(), ",")
    assert parts.lines.tolist() == whole.lines.tolist()
    assert parts.cells.tolist() == whole.cells.tolist()
    assert (parts.open_quote, parts.loose, parts.padded) == (whole.open_quote, whole.loose, whole.padded)


def _stays_open(text: str) -> bool:
    """Tell whether a line put behind the text becomes part of its last cell."""
    return list(csv.reader(io.StringIO(text + "\nEND")))[-1] != ["END"]


@settings(max_examples=500)
@given(wild)
def test_any_text_that_is_accepted_reads_as_the_csv_module_reads_it(written: Path, text: str) -> None:
    whole = "a,b\n" + text
    try:
        table = read(written, whole)
    except FileFaults:
        return
    if table.literal:
        return
    rows = [row for row in csv.reader(io.StringIO(whole)) if row][1:]
    assert table.frame.rows() == [tuple(map(one_line, row[:2])) for row in rows]
    assert all(not cell.strip() for row in rows for cell in row[2:])
    assert len(table.lines) == len(rows)


# what is no table, and tables without headings


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(PEOPLE.encode()), "it is packed with gzip"),
        (bz2.compress(PEOPLE.encode()), "it is packed with bzip2"),
        (lzma.compress(PEOPLE.encode()), "it is packed with xz"),
        (zipped("voters.txt", PEOPLE), "it is a zip archive"),
        (zipped("xl/workbook.xml", "<workbook/>"), "it is an Excel spreadsheet"),
        (zipped("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "it is an OpenDocument spreadsheet"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "it is a spreadsheet or database of an old Office program"),
        (b"%PDF-1.7\n" + bytes(100), "it is a PDF"),
        (b"\xff\xd8\xff\xe0" + b"ab\ncd,\n" * 20, "it is a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"ab\ncd,\n" * 20, "it is a picture"),
        (b"<!DOCTYPE html>\n<table><tr><td>QUILL</td></tr></table>", "it is a web page or XML, not a table"),
    ],
    ids=["gzip", "bzip2", "xz", "zip", "xlsx", "ods", "xls", "pdf", "jpeg", "png", "html"],
)
@pytest.mark.parametrize("name", ["voters.csv", "voters.xlsx"])
def test_a_file_of_another_kind_is_told_as_what_it_is(tmp_path: Path, data: bytes, what: str, name: str) -> None:
    (fault,) = faults_of(tmp_path / name, data)
    assert fault in {(None, None, what), (None, None, f"{what} that cannot be read: damaged, or locked by a password")}


def padded(*people: str) -> str:
    return "".join(f"{name:<30}{name[::-1]:<30}1980  OAK\n" for name in people)


def test_lines_of_fixed_width_are_told_unless_their_layout_is_known(tmp_path: Path) -> None:
    what = "its columns stand at fixed places of the line, without a separator"
    assert faults_of(tmp_path / "a.lst", padded("QUILL", "TARN")) == [(None, None, what)]
    known = Layouts(headless=lambda _: False, fixed=lambda _: {"name": (1, 30), "born": (61, 64)})
    table = read_table(tmp_path / "a.lst", known)
    assert (table.form, table.frame.rows()) == ("fixed", [("QUILL", "1980"), ("TARN", "1980")])


def test_a_known_layout_without_headings_is_read_from_its_first_line_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('"QUILL","ANNA"\n"TARN","BORIS"\n')
    known = Layouts(headless=lambda rows: rows[0][0] == "QUILL", fixed=lambda _: None)
    table = read_table(tmp_path / "a.txt", known)
    assert (table.form, table.frame.columns) == ("headless", ["#1", "#2"])
    assert (table.frame.rows(), table.lines.tolist()) == ([("QUILL", "ANNA"), ("TARN", "BORIS")], [1, 2])
    assert read_table(tmp_path / "a.txt", heading=False).frame.rows() == table.frame.rows()


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("zip,age,zip\n1,2,3\n", ["zip", "age", "zip #3"], [("1", "2", "3")]),
        ("zip, zip ,zip\n1,2,3\n", ["zip", "zip #2", "zip #3"], [("1", "2", "3")]),
        ("name,,city,\nAnn,x,Y,\n", ["name", "#2", "city"], [("Ann", "x", "Y")]),
        ("name,city,\nAnn,Y,\n", ["name", "city"], [("Ann", "Y")]),
        ("name,city\nAnn,Y,\nBo,Z,\n", ["name", "city"], [("Ann", "Y"), ("Bo", "Z")]),
        ("name,city,\nAnn,Y\nBo,Z\n", ["name", "city"], [("Ann", "Y"), ("Bo", "Z")]),
        ("name\tcity\t\t\nAnn\tY\t\t\n", ["name", "city"], [("Ann", "Y")]),
    ],
)
def test_headings_that_repeat_or_are_missing_are_numbered_and_empty_columns_at_the_end_are_none(
    tmp_path: Path, text: str, columns: list[str], rows: list[tuple[str, ...]]
) -> None:
    table = read(tmp_path / "a.csv", text)
    assert (table.frame.columns, table.frame.rows()) == (columns, rows)
    assert table.repeated == (("zip",) if "zip #3" in columns else ())


# quotation marks that would swallow rows

VOTERS = [("1", "QUILL", "ANNA", "RENO"), ("2", "TARN", "BORIS", "ELKO"), ("3", "ROWE", "EDITH", "RENO"),
          ("4", "VANCE", "CLARA", "ELKO"), ("5", "HOLM", "OTTO", "RENO")]  # fmt: skip


def file_of(delimiter: str, marked: Mapping[tuple[int, int], str]) -> str:
    """Give a file of voters, the cells at some rows and columns written otherwise."""
    rows = [[marked.get((at, place), cell) for place, cell in enumerate(row)] for at, row in enumerate(VOTERS)]
    return "".join(delimiter.join(row) + "\n" for row in [["id", "last", "first", "city"], *rows])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("last", [1, 2, 4])
def test_stray_marks_in_a_file_that_quotes_no_cell_are_letters(tmp_path: Path, delimiter: str, last: int) -> None:
    table = read(tmp_path / "a.txt", file_of(delimiter, {(0, 2): '"BUD', (last, 2): '"CLARA'}))
    assert table.frame.height == len(VOTERS)
    assert table.literal
    assert (table.frame["first"][0], table.frame["first"][last]) == ('"BUD', '"CLARA')
    assert table.lines.tolist() == [2, 3, 4, 5, 6]


def test_stray_marks_in_a_file_that_quotes_cells_are_refused_with_their_line(tmp_path: Path) -> None:
    text = file_of(",", {(0, 2): '"BUD', (2, 2): '"EDITH', (4, 3): '"RENO, NV"'})
    with pytest.raises(FileFaults) as caught:
        read(tmp_path / "a.csv", text)
    assert [(fault.line, "closes on line 4" in fault.what) for fault in caught.value.faults] == [(2, True)]
    inside = file_of(",", {(0, 2): '"BUD', (1, 3): '"ELKO, NV"'})
    with pytest.raises(FileFaults):
        read(tmp_path / "a.csv", inside)


def test_a_cell_of_several_lines_stays_one(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", file_of(",", {(0, 3): '"12 Oak St\nReno"'}))
    assert (table.frame.height, table.frame["city"][0], table.literal) == (5, "12 Oak St Reno", False)


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=6), st.sampled_from(",;|\t"))
def test_stray_marks_never_make_a_voter_vanish(written: Path, at: set[tuple[int, int]], delimiter: str) -> None:
    try:
        table = read(written, file_of(delimiter, {place: '"' + VOTERS[place[0]][place[1]] for place in at}))
    except FileFaults:
        return
    assert table.frame.height == len(VOTERS)


@pytest.mark.parametrize("end", [",", ",,", ",,,"])
def test_separators_at_the_end_of_every_row_are_no_fault(tmp_path: Path, end: str) -> None:
    file = tmp_path / "f.csv"
    file.write_text(f"name,city\nAnn,Reno{end}\nBo,Elko{end}\n", "utf-8")
    assert read_table(file).frame.rows() == [("Ann", "Reno"), ("Bo", "Elko")]


def test_headings_that_stand_again_are_told_by_line(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("name,city\nAnn,Reno\nname,city\nBo,Elko\nname , city\n", "utf-8")
    with pytest.raises(FileFaults) as caught:
        read_table(file)
    assert [each.line for each in caught.value.faults] == [3, 5]
    assert "the headings stand here again" in str(caught.value)


def test_a_second_line_of_headings_below_merged_ones_is_refused_and_a_row_below_nameless_ones_is_read(
    tmp_path: Path,
) -> None:
    text = "Signer,,Residence,\nFirst Name,Last Name,Address,City\nAnn,Kerr,4 Oak,Reno\n"
    assert faults_of(tmp_path / "a.csv", text.encode()) == [(2, None, "a second line of headings seems to stand here")]
    assert read(tmp_path / "b.csv", b"Name,,City,\nAnn,x,Reno,y\nBo,,Elko,\n").frame.height == 2


def test_a_row_that_shares_one_cell_with_the_headings_is_a_row(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("name,city\nname,Reno\n", "utf-8")
    assert read_table(file).frame.rows() == [("name", "Reno")]


def test_columns_under_a_heading_parted_by_blanks_alone_are_refused_as_such(tmp_path: Path) -> None:
    file = tmp_path / "f.txt"
    file.write_text("NAME       CITY   ZIP\nAnn Kerr   Reno   89501\nBo Lee     Elko   89801\n", "utf-8")
    with pytest.raises(FileFaults, match="stand at fixed places of the line"):
        read_table(file)


def test_a_parquet_file_of_one_long_cell_again_and_again_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "swollen.parquet"
    pl.DataFrame({"name": ["x" * 60_000] * 5_000}).write_parquet(path)
    assert path.stat().st_size < 100_000
    with pytest.raises(FileFaults, match="its cells grow to 300,000,000 bytes"):
        read_table(path)


def test_a_parquet_page_that_grows_beyond_measure_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.parquet"
    pl.DataFrame({"name": ["x" * 4_000_000]}).write_parquet(path)
    monkeypatch.setattr(parquet, "SWOLLEN", 1 << 20)
    monkeypatch.setattr(parquet, "read_apart", None)
    with pytest.raises(FileFaults, match=r"its cells grow to 4,0\d\d,\d\d\d bytes"):
        read_table(path)


@pytest.mark.parametrize("codec", ["zstd", "snappy", "uncompressed"])
def test_pages_of_all_columns_and_row_groups_are_counted(codec: Literal["zstd", "snappy", "uncompressed"]) -> None:
    whole = io.BytesIO()
    frame = pl.DataFrame({"name": [f"Ann {at}" for at in range(3_000)], "day": [dt.date(2026, 1, 1)] * 3_000})
    frame.write_parquet(whole, compression=codec, row_group_size=1_000)
    pages = list(parquet.pages_of(whole.getvalue()))
    assert len(pages) >= 6
    assert sum(pages) > 3_000 * len("Ann 1234")


def test_headers_that_are_nested_without_end_are_refused() -> None:
    deep = b"PAR1" + b"\x19" + b"\x19" * 5_000
    with pytest.raises(ValueError, match="too deep"):
        list(parquet.pages_of(deep + (5_000).to_bytes(4, "little") + b"PAR1"))


def test_what_breaks_the_library_itself_ends_in_a_message_that_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    whole, path = io.BytesIO(), tmp_path / "voters.parquet"
    pl.DataFrame({"name": [None, *(f"Ann {at}" for at in range(299))]}).write_parquet(whole, compression="uncompressed")
    told = whole.getvalue().index(bytes.fromhex("2c15d804")) + 2  # a page says that it holds 300 values
    damaged = bytearray(whole.getvalue())
    damaged[told] = 0xFF  # and now that a number is missing, so that there are 2**61 of them
    path.write_bytes(bytes(damaged))
    code, said = run("draw", path, "--seed", "1", "-n", "1")
    assert (code, "voters.parquet" in said, "not a Parquet file of plain columns" in said) == (2, True, True), said
    monkeypatch.setattr(parquet, "pages_of", lambda _: [])  # what no header tells breaks the library, which aborts
    code, said = run("draw", path, "--seed", "1", "-n", "1")
    assert (code, "voters.parquet" in said, "the library that reads Parquet broke down" in said) == (2, True, True)
    path.write_bytes(whole.getvalue())
    assert run("draw", path, "--seed", "1", "-n", "1")[0] == 0  # and what comes after it is read
    assert capfd.readouterr() == ("", "")


def test_parquet_is_read_by_one_process_that_is_kept_and_by_another_where_that_one_is_gone(tmp_path: Path) -> None:
    for name in ("Ann", "Bo", "Cy", "Di"):
        pl.DataFrame({"name": [name]}).write_parquet(tmp_path / f"{name}.parquet")

    def read(name: str) -> int:
        assert read_table(tmp_path / f"{name}.parquet").frame.rows() == [(name,)]
        (process,) = parquet_process._kept.values()
        return process.pid

    first = read("Ann")
    assert read("Bo") == first
    os.kill(first, signal.SIGKILL)
    other = read("Cy")
    assert read("Di") == other != first
    (tmp_path / "Di.parquet").write_bytes((tmp_path / "Di.parquet").read_bytes()[:-9])
    with pytest.raises(FileFaults):
        read("Di")
    assert read("Bo") == other


def test_a_parquet_file_of_very_many_cells_in_a_few_bytes_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "voters.parquet"
    pl.DataFrame({"number": [7] * 3_000_000}).write_parquet(path)
    monkeypatch.setattr(parquet, "SWOLLEN", 1 << 20)
    monkeypatch.setattr(parquet, "read_apart", None)
    with pytest.raises(FileFaults, match="its cells grow to 3,000,000 bytes"):
        read_table(path)


def test_cells_guarded_from_spreadsheets_hold_what_they_guard(tmp_path: Path) -> None:
    rows = ['="00123",="Main St",="",a="b"', '"=""00124""",QUILL,x,y']
    (tmp_path / "a.csv").write_text("\n".join(["id,street,empty,odd", *rows]) + "\n", "utf-8")
    frame = read_table(tmp_path / "a.csv").frame
    assert frame.rows() == [("00123", "Main St", None, 'a="b"'), ("00124", "QUILL", "x", "y")]
