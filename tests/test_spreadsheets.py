"""Spreadsheets: the one filled sheet is read as a CSV of it would be; several, none or a damaged one are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults
from ballotworthy.files import spreadsheets
from ballotworthy.files.tables import read_table

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
    return f"<c><v>{value}</v></c>"


def workbook(*sheets: list[list[object]]) -> bytes:
    """Give an .xlsx with these sheets, made by hand."""
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
            body = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
            packed.writestr(
                f"xl/worksheets/sheet{at}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
            )
    return out.getvalue()


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


def test_without_the_library_it_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "installed", lambda: False)
    (tmp_path / "voters.xlsx").write_bytes(workbook(PEOPLE))
    with pytest.raises(FileFaults, match=r"pip install \"ballotworthy\[excel\]\""):
        read_table(tmp_path / "voters.xlsx")
