"""What was read from which heading, what was not used and what could not be asked is said wherever lines are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ballotworthy.files.columns import bare_heading, headings_told
from ballotworthy.petition.lines import FIELDS
from checked import SHARED, check_files, check_texts, run

ROLL = """voter_id,last_name,first_name,registration_date,status,address,city,zip
1,QUILL,ANNA,2001-02-03,active,12 MAIN ST APT 3,Reno,89501
2,TARN,BORIS,2001-02-03,active,3 OAK ST,Reno,89501
"""


def test_headings_read_and_not_used_and_grounds_not_asked_are_in_output_report_and_result(tmp_path: Path) -> None:
    lines = "Pg,Print Name,Wohnort,Office Use\n1,Anna Quill,12 Main St,x\n2,Boris Tarn,77 Lake Rd,\n"
    found = check_texts(tmp_path, ROLL, lines)
    told = found.result["columns"]
    assert told["read"] == {"name": "Print Name"}
    assert told["unused"] == ["Pg", "Wohnort", "Office Use"]
    asked = {each["reason"]: each["why"] for each in told["not_asked"]}
    assert set(asked) == {"struck", "no-address", "different-address", "no-date", "date-outside", "registered-late",
                          "out-of-jurisdiction"}  # fmt: skip
    assert asked["no-address"] == "no column of the lines holds addresses"
    report = (tmp_path / "out/report.html").read_text("utf-8")
    assert "Read name from Print Name." in found.said
    for place in (found.said, report):
        assert "Not used: Pg, Wohnort, Office Use. If one of them holds a field" in place
        assert "no column of the lines holds addresses" in place
    assert "different-address" in report


def test_where_all_columns_are_there_nothing_is_left_unasked_but_what_the_roll_lacks(tmp_path: Path) -> None:
    lines = (
        "sheet,line,name,address,city,zip,signed_on,county,struck\n1,1,Anna Quill,12 Main St,Reno,89501,2026-05-01,X,\n"
    )
    told = check_texts(tmp_path, ROLL, lines).result["columns"]
    assert (told["unused"], [each["reason"] for each in told["not_asked"]]) == ([], ["out-of-jurisdiction"])


def test_columns_without_a_filled_cell_are_told_as_what_is_not_there(tmp_path: Path) -> None:
    head = "voter_id,last_name,first_name,registration_date,status,address,city,zip,county"
    roll = f"{head}\n1,QUILL,ANNA,,,,Reno,89501,\n2,TARN,BORIS,,,,Reno,89501,\n"
    lines = (
        "sheet,line,name,address,city,zip,signed_on,county,struck\n1,1,Anna Quill,12 Main St,Reno,89501,2026-05-01,,\n"
    )
    told = check_texts(tmp_path, roll, lines).result["columns"]["not_asked"]
    assert {each["reason"]: each["why"] for each in told} == {
        "registered-late": "no column of the roll holds the day of registration",
        "cancelled": "no column of the roll holds the status",
        "different-address": "no column of the roll holds addresses",
        "out-of-jurisdiction": "no column of the lines names the county",
    }
    _, said = run("roll", "build", tmp_path / "roll.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    assert "not one cell is filled under address, county, registration_date: taken as not there" in said


def test_days_that_no_ground_asks_for_and_a_roll_taken_long_after_are_told(tmp_path: Path) -> None:
    lines = "name,address,city,zip,signed_on\nAnna Quill,12 Main St Apt 3,Reno,89501,2025-07-01\n"
    (tmp_path / "roll.csv").write_text(ROLL, "utf-8")
    (tmp_path / "lines.csv").write_text(lines, "utf-8")
    run("roll", "build", tmp_path / "roll.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    asked = ["--roll", tmp_path / "x.roll", "--place", "us-ca", "--kind", "statute", "--required", "1", "--json"]
    code, said = run("check", tmp_path / "lines.csv", *asked, "--on", "2025-06-01", "-o", tmp_path / "out")
    assert code == 0, said
    notes = " ".join(json.loads(said)["notes"])
    assert "1 line is dated outside 2024-12-03 to 2025-06-01, the time for gathering signatures." in notes
    assert "none was refused for it" in notes
    assert "The roll was taken on 2026-06-30, long after 2025-06-01" in notes


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the cases are not at {SHARED}")
def test_case_07_an_address_under_another_heading_is_read(tmp_path: Path) -> None:
    case = SHARED / "07-lines-address-heading-not-read"
    found = check_files(tmp_path, case / "roll.csv", case / "lines.csv")
    assert found.result["columns"]["read"]["address"] == "Residence Address (Street & Number)"
    assert [each[:2] for each in found.outcomes()] == [
        ("valid", ""), ("invalid", "different-address"), ("invalid", "no-address"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Residence Address (Street & Number)", "address"),
        ("Signer's Residence Address", "address"),
        ("STREET ADDRESS (No P.O. Boxes)", "address"),
        ("Address of Signer", "address"),
        ("Signature Name", "name"),
        ("Printed Name of Signer", "name"),
        ("Name (Please Print)", "name"),
        ("Voter\N{RIGHT SINGLE QUOTATION MARK}s Printed Name", "name"),
        ("Elector Name", "name"),
        ("City/Town", "city"),
        ("City, Village or Township", "city"),
        ("Zip Code (5 digits)", "zip"),
        ("Date of Signing", "signed_on"),
        ("Date Signed (mm/dd/yyyy)", "signed_on"),
        ("Line #", "line"),
        ("Page No.", "sheet"),
        ("Apt #", "unit"),
        ("Birthday", "birth_date"),
        ("County of Residence", "county"),
        ("Collector", "circulator"),
        ("Crossed Off", "struck"),
        # what only sounds like one
        ("Mailing Address", None),
        ("Signature of Circulator's Witness", None),
        ("Date Registered", None),
        ("Voter Number", None),
        ("Signer #", None),
        ("Address (mailing)", None),
        ("Voter Type", None),
    ],
)
def test_headings_of_petition_sheets_are_known(tmp_path: Path, heading: str, field: str | None) -> None:
    from ballotworthy.files.columns import find_columns

    found = find_columns(tmp_path, [heading], FIELDS, {})
    assert found == ({field: heading} if field else {})


def test_a_number_beside_a_whole_address_is_the_lines_and_not_the_houses(tmp_path: Path) -> None:
    lines = "Number,Name,Address,Date\n7,Boris Tarn,3 Oak St,2026-05-01\n"
    found = check_texts(tmp_path, ROLL, lines)
    assert found.result["columns"]["read"]["line"] == "Number"
    assert found.outcomes() == [("valid", "", "2")]


def test_match_and_intake_say_it_too(tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text(ROLL, "utf-8")
    (tmp_path / "lines.csv").write_text("Printed Name,Shoe Size\nAnna Quill,7\n", "utf-8")
    run("roll", "build", tmp_path / "roll.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    asked = ["match", tmp_path / "lines.csv", "--roll", tmp_path / "x.roll", "-o", tmp_path / "m.csv"]
    code, said = run(*asked)
    assert (code, "Read name from Printed Name.\nNot used: Shoe Size." in said) == (0, True)
    code, said = run(*asked, "--json")
    assert json.loads(said[said.index("{") :])["columns"] == {"read": {"name": "Printed Name"}, "unused": ["Shoe Size"]}
    case = ["--place", "zz-example", "--kind", "initiative", "--on", "2026-06-30", "--by", "ann"]
    code, said = run("case", "new", tmp_path / "c", "--case", "1", "--office", "O", "--measure", "M", *case)
    assert code == 0, said
    code, said = run("case", "intake", tmp_path / "c", tmp_path / "lines.csv", "--stratum", "North", "--by", "ann")
    assert (code, "Not used: Shoe Size." in said) == (0, True)


@pytest.mark.parametrize(
    "text", ["1,1,Anna Quill,12 Main St\n1,2,Bo Tarn,3 Oak St\n", "QUILL,ANNA,MAE,MILLBROOK\nTARN,BORIS,X,RENO\n",
             "QUILL,QUILL,ANNA\nTARN,BORIS,X\n", "LI,BO\nHO,AN\n"]
)  # fmt: skip
@pytest.mark.parametrize("verb", ["roll", "match", "check"])
def test_a_file_without_headings_is_told_so_without_a_name_and_nothing_is_written(
    tmp_path: Path, text: str, verb: str
) -> None:
    (tmp_path / "roll.csv").write_text(ROLL, "utf-8")
    run("roll", "build", tmp_path / "roll.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    (tmp_path / "f.csv").write_text(text, "utf-8")
    out = tmp_path / "out.csv"
    asked = {
        "roll": ["roll", "build", tmp_path / "f.csv", "--taken-on", "2026-06-30", "-o", out],
        "match": ["match", tmp_path / "f.csv", "--roll", tmp_path / "x.roll", "-o", out],
        "check": ["check", tmp_path / "f.csv", "--roll", tmp_path / "x.roll", "--place", "zz-example", "--kind",
                  "initiative", "--on", "2026-06-30", "-o", out],
    }  # fmt: skip
    code, said = run(*asked[verb])
    assert (code, out.exists()) == (2, False)
    assert "seems to hold data" in said
    assert not any(
        name in said.upper() for name in ("QUILL", "TARN", "ANNA", "MAE", "BORIS", "MILLBROOK", "LI,", " BO")
    )


def test_headings_with_some_usual_words_are_told() -> None:
    assert headings_told(["Voter ID", "Nachname"]) == "The file has: Voter ID, #2"
    assert bare_heading("Signer's Address (Street & Number)") == "address"
