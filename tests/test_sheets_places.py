"""The form of each place that is printed: lawful by its own file, the same bytes, and read back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import filled
from ballotworthy.errors import BallotworthyError
from ballotworthy.sheets import form_of
from test_sheets import run

TITLE = (
    "Initiative Measure No. 9001 concerns the print of sheets. This measure would require that every sheet on which "
    "signatures are gathered be printed legibly. Should this measure be enacted into law?"
)
SUMMARY = "It would let the office refuse sheets that a person of ordinary eyesight cannot read."
DAY = "May 4, 2026"
SWORN = "Each signed in my presence; each signer is a qualified elector. Sworn before me, a notary public."
CERTIFIED = (
    "The circulator is 18 years of age or older, let nobody sign the petition more than once, and agrees to accept "
    "the jurisdiction of this state for the purpose of any legal proceeding or hearing that concerns a petition sheet "
    "executed by the circulator."
)
FORMS: dict[str, dict[str, str]] = {
    "us-az/statute": {
        "closing": "what the section has here, with the warning.",
        "affidavit": SWORN,
        "compared": DAY,
    },
    "us-az/referendum": {
        "act": "senate bill No. 1 entitled Sheets, passed by the first session of the legislature of the state of "
        "Arizona, at the general session of said legislature,",
        "closing": "what the section has here, with the warning.",
        "affidavit": SWORN,
    },
    "us-co/statute": {
        "warning": "Before signing, you are encouraged to read the text or the title.",
        "representatives": "Ann Ash, 9 Oak Street, Denver, and Bob Beech, 10 Elm Street, Pueblo.",
        "affidavit": "pay any person for signing, and what else the section has.",
        "provided": DAY,
    },
    "us-dc/initiative": {
        "paid_for_by": "Legible Sheets, 1 A Street NW, B. Clerk, treasurer",
        "provided": DAY,
    },
    "us-dc/recall": {
        "paid_for_by": "Legible Sheets, 1 A Street NW, B. Clerk, treasurer",
        "proposers": "Ann Ash, 9 Oak Street NW",
        "response": "The officer has not responded.",
    },
    "us-mi/amendment": {
        "warning": "and what else the section says of those who do so.",
        "certificate": CERTIFIED,
    },
    "us-mi/referendum": {
        "warning": "and what else the section says of those who do so.",
        "certificate": CERTIFIED,
    },
    "us-wa/initiative": {"secretary": "A. Clerk", "election": "3rd day of November, 2026"},
    "us-wa/initiative-legislature": {"secretary": "A. Clerk"},
    "us-wa/referendum": {
        "secretary": "A. Clerk",
        "election": "regular election to be held on the 3rd day of November, 2026",
        "act": "filed to revoke a bill that would make sheets legible and that was passed by the 69th legislature of "
        "the State of Washington at the last regular session of said legislature",
    },
}
DRAFTS = {"us-az/referendum", "us-dc/recall"}
"""Of which the measure's file does not say that somebody made more of it."""


def printed(folder: Path, name: str, more: dict[str, str], text: str = "All sheets shall be legible.") -> Path:
    """Give the PDF of one sheet of the form of that name."""
    place, kind = name.split("/")
    said = {"title": TITLE, "summary": SUMMARY, "identifier": "9001", "text": text}
    lines = [f"{key} = {json.dumps(words)}" for key, words in said.items()] + ["[form]"]
    lines += [f"{key} = {json.dumps(words)}" for key, words in more.items()]
    (folder / "measure.toml").write_text("\n".join(lines), "utf-8")
    pdf = folder / "sheet.pdf"
    run("sheets", "print", "--measure", folder / "measure.toml", "--place", place, "--kind", kind, "-o", pdf)
    return pdf


@pytest.mark.parametrize("name", FORMS)
def test_a_printed_form_meets_no_objection_of_its_own_place(name: str, tmp_path: Path) -> None:
    place, kind = name.split("/")
    pdf = printed(tmp_path, name, FORMS[name])
    done: dict[str, Any] = json.loads(run("sheets", "check", pdf, "--place", place, "--kind", kind, "--json"))
    assert [done["objections"], done["unmeasured"], done["remarks"]] == [[], [], []]
    form = form_of(place, kind)
    pages = filled.pypdfium2.PdfDocument(pdf)
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert [said for said in [*FORMS[name].values(), SUMMARY] if said not in words and said != DAY] == []
    assert "{" not in words
    assert ("DRAFT" in words) is (name in DRAFTS)
    assert words.count("Serial number 9001") == (2 if place == "us-az" else 0)
    assert sum(cell.field == "signature" for cell in form.cells) == 1


def test_a_certificate_longer_than_the_room_under_the_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BallotworthyError, match="too long for the room under its rows"):
        printed(tmp_path, "us-mi/statute", {"warning": "W.", "certificate": "Long words of a certificate " * 200})


def test_the_line_for_the_county_stays_one_line_and_what_is_left_to_people_is_told(tmp_path: Path) -> None:
    page = filled.pypdfium2.PdfDocument(printed(tmp_path, "us-ca/amendment", {}))[0]
    assert re.search("city and county, of _{30}", page.get_textpage().get_text_range())
    place = ("--place", "us-ca", "--kind", "amendment", "-o", tmp_path / "again.pdf")
    told = run("sheets", "print", "--measure", tmp_path / "measure.toml", *place)
    assert [each in told for each in ("Left to you: the “Official Top Funders” sheet", "(Elec. Code § 107)")] == [
        True
    ] * 2


def test_a_filled_sheet_of_washington_is_read_and_its_corner_stays_blank(tmp_path: Path) -> None:
    name = "us-wa/initiative"
    form = form_of(*name.split("/"))
    first = printed(tmp_path, name, FORMS[name]).read_bytes()
    pdf = printed(tmp_path, name, FORMS[name])
    assert pdf.read_bytes() == first
    page = filled.blank_page(pdf)
    corner = page.crop((0, page.height - 450, 450, page.height))  # WAC 434-379-008(2)(f): one and one-half inches
    assert corner.getextrema() == (255, 255)
    person = {"signature": "Ann Ash", "name": "Ann Ash", "address": "9 Oak Rd", "city": "Reno", "zip": "98501"}
    scan = filled.scanned(filled.fill(page, form, {2: person, 20: person}), turn=181, noise=4)
    scan.save(tmp_path / "scan.png", compress_level=1)
    place = ("--place", "us-wa", "--kind", "initiative")
    about = json.loads(run("sheets", "read", tmp_path / "scan.png", *place, "-o", tmp_path / "out", "--json"))
    assert about["pages"][0]["remarks"] == []
    lines = pl.read_csv(tmp_path / "out" / "lines.csv", infer_schema=False)
    assert lines["row_state"].to_list() == ["blank", "written", *["blank"] * 17, "written"]
    assert [lines[field].to_list()[1::18] for field in ("name", "zip")] == [["Ann Ash"] * 2, ["98501"] * 2]


def test_a_section_of_colorado_has_its_warning_on_each_page_and_is_read_in_any_order(tmp_path: Path) -> None:
    name = "us-co/statute"
    pdf, form = printed(tmp_path, name, FORMS[name]), form_of(*name.split("/"))
    pages = [page.get_textpage().get_text_range() for page in filled.pypdfium2.PdfDocument(pdf)]
    said = ("IT IS AGAINST THE LAW", "Section 1", "All sheets shall be legible.", "Date of signing", "Affidavit")
    assert [[each in page for each in said] for page in pages] == [
        [True, True, True, False, False], [True, True, False, True, False], [True, True, False, False, True]
    ]  # fmt: skip
    person = {"signature": "Ann Ash", "name": "Ann Ash", "address": "9 Oak Rd", "city": "Reno", "county": "Weld"}
    sides = [filled.fill(filled.blank_page(pdf, 1), form, {12: person}), *(filled.blank_page(pdf, at) for at in (2, 0))]
    scans = [filled.scanned(each, turn=1, noise=4) for each in sides]
    place = ("--place", "us-co", "--kind", "statute")
    scan = filled.save_pdf(scans, tmp_path / "scan.pdf")
    about = json.loads(run("sheets", "read", scan, *place, "-o", tmp_path / "out", "--json"))
    assert [(each["sheet"], each["side"], each.get("not_read")) for each in about["pages"]] == [
        (1, 1, None), (1, 2, None), (1, 3, None)
    ]  # fmt: skip
    assert about["lacking"] == []
    lines = pl.read_csv(tmp_path / "out" / "lines.csv", infer_schema=False)
    assert lines["row_state"].to_list() == [*["blank"] * 11, "written"]
    assert [lines[field].to_list()[-1] for field in ("name", "county")] == ["Ann Ash", "Weld"]


@pytest.mark.parametrize(
    ("more", "text", "said"),
    [
        ({"secretary": "A. Clerk"}, "T.", "election under [form]: the day of the general election"),
        ({**FORMS["us-wa/initiative"], "governor": "X"}, "T.", "no room for governor"),
        (FORMS["us-wa/initiative"], "", "text: the full text of the measure, for the back (RCW 29A.72.100)"),
        (FORMS["us-wa/initiative"], "Long words\n" * 900, "too long for the back"),
        ({**FORMS["us-wa/initiative"], "secretary": "\u8acb"}, "T.", "fonts-noto-cjk"),
        ({**FORMS["us-wa/initiative"], "title": "T"}, "T.", "form.title"),
    ],
)
def test_what_a_form_asks_for_and_cannot_hold_is_told(
    more: dict[str, str], text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(BallotworthyError) as told:
        printed(tmp_path, "us-wa/initiative", more, text)
    assert said in str(told.value)
    assert not (tmp_path / "sheet.pdf").exists()
