"""Spreadsheets: the one filled sheet is read as a CSV of it would be; several, none or a damaged one are refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults
from ballotworthy.files import spreadsheets
from ballotworthy.files.tables import read_table
from ballotworthy.petition import read_lines
from ballotworthy.roll import read_voters

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def cell(value: object) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
    return f"<c ><v>{value}</v></c>"


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>'
)


def workbook(*sheets: list[list[object]], looks: str = "", styles: str = STYLES) -> bytes:
    """Give an .xlsx with these sheets, made by hand; `looks` are those of the rows: s struck, n not, h hidden."""
    numbers = range(1, len(sheets) + 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        named = "".join(f'<sheet name="List {at}" sheetId="{at}" r:id="r{at}"/>' for at in numbers)
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'
        )
        parts = "".join(
            f'<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in numbers
        )
        packed.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELATIONS}">{parts}</Relationships>')
        for at, rows in enumerate(sheets, 1):
            body = "".join(row_of(row, look) for row, look in zip_longest(rows, looks, fillvalue=""))
            packed.writestr(
                f"xl/worksheets/sheet{at}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
            )
        packed.writestr("xl/styles.xml", styles)
    return out.getvalue()


def row_of(values: Sequence[object] | str, look: Sequence[object] | str) -> str:
    style = {"s": '<c s="1" ', "n": '<c s="2" '}.get(str(look), "<c ")
    cells = "".join(cell(value).replace("<c ", style, 1) for value in values) + '<c s="1"/>'
    hidden = ' hidden="1"' if look == "h" else ""
    return f"<row{hidden}>{cells}</row>"


PEOPLE: list[list[object]] = [["Name", "House", "Note"], ["QUILL, ANNA", 12, "a\nb"], ["TARN", 7.5, ""]]


@pytest.mark.parametrize("name", ["voters.xlsx", "voters.csv"])
def test_the_filled_sheet_is_read_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(workbook(PEOPLE, []))
    table = read_table(tmp_path / name)
    assert table.frame.rows() == [("QUILL, ANNA", "12", "a b"), ("TARN", "7.5", None)]
    assert table.lines.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (workbook(PEOPLE, PEOPLE), "2 sheets of it hold something: List 1, List 2"),
        (workbook([]), "no sheet of it holds anything"),
        (workbook(PEOPLE)[:700], "cannot be read: damaged"),
    ],
    ids=["two sheets", "empty", "cut"],
)
def test_what_cannot_be_read_for_certain_is_refused(tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "voters.xlsx").write_bytes(data)
    with pytest.raises(FileFaults, match=what):
        read_table(tmp_path / "voters.xlsx")


def test_a_row_struck_through_is_for_a_person_and_a_hidden_one_is_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Sheet", "Line", "Name"], *([1, at, f"Ann Kerr {at}"] for at in range(1, 6))]
    (tmp_path / "lines.xlsx").write_bytes(workbook(rows, looks=" s nh"))
    petition = read_lines(tmp_path / "lines.xlsx", latest=dt.date(2026, 6, 30))
    assert petition.frame["doubt"].to_list() == ["the file is not sure that it is struck; ", "", *[""] * 3]
    assert not petition.frame["struck"].any()
    assert [each for each in petition.remarks if "row" in each] == [
        "In the spreadsheet something is struck through in row 2: a person must see whether the line is. Write yes or "
        "no in a column struck.",
        "The spreadsheet hides row 5, which was read as the others were.",
    ]


def test_what_the_file_says_of_a_stroke_stands(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Name", "Struck"], ["Ann Kerr", "no"], ["Bo Lang", "yes"], ["Cy Moor", ""]]
    (tmp_path / "lines.xlsx").write_bytes(workbook(rows, looks=" sss"))
    petition = read_lines(tmp_path / "lines.xlsx", latest=dt.date(2026, 6, 30))
    assert petition.frame["struck"].to_list() == [False, True, False]
    assert petition.frame["doubt"].to_list() == ["", "", "the file is not sure that it is struck; "]


def test_without_the_library_it_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "installed", lambda: False)
    (tmp_path / "voters.xlsx").write_bytes(workbook(PEOPLE))
    with pytest.raises(FileFaults, match=r"pip install \"ballotworthy\[excel\]\""):
        read_table(tmp_path / "voters.xlsx")


def test_a_voter_whose_row_is_struck_through_is_for_a_person_and_a_hidden_row_is_told(tmp_path: Path) -> None:
    heads: list[object] = ["voter_id", "last_name", "first_name", "address", "status"]
    voters = [[at, "KERR", first, "4 Old Rd", status] for at, (first, status) in enumerate(
        (("ANN", "active"), ("BO", "active"), ("CY", "cancelled"), ("DEE", "active")), 1)]  # fmt: skip
    (tmp_path / "roll.xlsx").write_bytes(workbook([heads, *voters], looks=" s sh"))
    read = read_voters(tmp_path / "roll.xlsx", taken_on=dt.date(2026, 6, 30))
    why = "something in the row of this voter is struck through in the spreadsheet; "
    assert read.frame["doubt"].to_list() == [why, "", "", ""]
    assert [each for each in read.remarks if "spreadsheet" in each] == [
        "Warning: voters not cancelled in whose row of the spreadsheet something is struck through: 1, the first on "
        "line 2. Lines of theirs stay open.",
        "Warning: the spreadsheet hides row 5, which was read as the others were.",
    ]
