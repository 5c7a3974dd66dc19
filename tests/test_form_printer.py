"""`sheets check` of Californian forms as a printer spoils them: what a page with signatures must bear."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typst

from ballotworthy.verbs.sheets_check import Checked, check_form_file
from drawn_forms import BOLD, CIRCULATED, COUNTY, HEADING, LEAD, NOTICE, PLAIN, WITHDRAW
from read_once import Image, cv2, pypdfium2

TITLE = "REQUIRES LEGIBLE SHEETS. INITIATIVE STATUTE."
SUMMARY = "Every petition sheet must be printed so that a person can read it. Fiscal effect: none. (26-0001A1.)"
OATH = (
    "I, ______________ (print name), am 18 years of age or older.",
    "Residence address: ______________",
    "City: ______________",
    "I circulated this section and witnessed the appended signatures being written. Each is, to the best of my "
    "information and belief, the genuine signature of the person whose name it purports to be. I showed each signer a "
    "valid and unfalsified Official Top Funders sheet.",
    "All signatures were obtained between the dates of ________ and ________.",
    "I certify under penalty of perjury under the laws of the State of California that this is true and correct. "
    "Executed on ________ at ________.",
    "Signature: ______________",
)


def row(number: int, form: dict[str, Any]) -> str:
    address = "" if number in form["unasked"] else form["address"]
    small = f"#text(size: 7pt)[*{BOLD}* {PLAIN}]"
    mark = f"{number}." if form["numbers"] else ""
    return (
        f"#grid(columns: (16pt, 1fr, 1fr, {form['official']}pt), stroke: 0.5pt, inset: 3pt, [{mark}], "
        f"[#text(size: 7pt)[Print name:]#v(10pt){small}#v(4pt)#text(size: 7pt)[Signature:]#v(10pt)], "
        f"[#text(size: 7pt)[{address}]#v(16pt)#text(size: 7pt)[City:]], [#text(size: 7pt)[Official use only]])"
    )


def set_form(folder: Path, **changed: Any) -> Path:
    """Set the form as a printer might; give its PDF."""
    form = {
        "identifier": "26-0001.", "title": TITLE, "ink": "black", "notices": 11, "county": COUNTY, "rows": [1, 2, 3],
        "unasked": [], "address": "Residence address ONLY:", "official": 73, "numbers": True, "oath": OATH,
        "attached": "", **changed,
    }  # fmt: skip
    head = [f"*{HEADING}*", f"*{LEAD}*", form["identifier"], f"*{form['title']}*"]
    head.append(f"#text(fill: {form['ink']})[{SUMMARY}]")
    notices = [f"#text(size: {form['notices']}pt)[{each}]" for each in (f"*{NOTICE}*", CIRCULATED, WITHDRAW)]
    rows = [row(each, form) for each in form["rows"]]
    before = [*head, form["attached"], "#pagebreak()"] if form["attached"] else []
    parts = [*before, *head, *notices, form["county"], *rows, "#pagebreak()", *form["oath"]]
    source = '#set page(paper: "us-letter", margin: 0.6in)\n#set text(font: "Libertinus Serif", size: 11pt)\n'
    (folder / "form.typ").write_text(source + "\n\n".join(parts), "utf-8")
    typst.compile(str(folder / "form.typ"), output=str(folder / "form.pdf"))
    return folder / "form.pdf"


def check(folder: Path, **changed: Any) -> Checked:
    return check_form_file(set_form(folder, **changed), place="us-ca", kind="statute")


def said(done: Checked) -> list[tuple[str, str]]:
    """Give objections and what was left open, with the numbers of their sections."""
    told = [(each.what, each.section) for each in done.objections]
    told += [(each.what, each.section) for each in done.unmeasured]
    return [(what, section.removeprefix("Elec. Code § ")) for what, section in told]


@pytest.mark.parametrize("changed", [{}, {"attached": "#text(size: 8pt)[SECTION 1. Sheets shall be legible.]"}])
def test_a_right_form_is_right_also_with_its_text_in_front(changed: dict[str, Any], tmp_path: Path) -> None:
    """The blanks of the declaration on the back, on lines of their own, ask no signer for anything."""
    assert said(check(tmp_path, **changed)) == []


@pytest.mark.parametrize(
    ("changed", "words", "section"),
    [
        ({"county": ""}, "page 1 neither names a county nor leaves room", "9021(a)"),
        ({"official": 50}, "the space for the elections official is 0.69 inches wide", "100(b)"),
        ({"address": "Mailing address:"}, "nothing on it asks for the signer's residence address", "9020(a)(3)"),
        ({"unasked": [2]}, "residence address: 2 of its places do, and 3 ask", "9020(a)(3)"),
        ({"rows": [1, 3, 4]}, "the rows are numbered 1, 3, 4", "100(c)"),
        ({"numbers": False}, "no column of numbers was found", "100(c)"),
        ({"identifier": ""}, "no number like 25-0042", "9008(a)"),
        ({"title": TITLE.capitalize()}, "no title in capital letters", "9008(b)"),
        ({"oath": ()}, "the circulator's declaration, which does not stand in this file", "104(a)"),
        ({"oath": OATH[:-3] + OATH[-2:]}, "between which dates the signatures were obtained", "104(a)(3)"),
    ],
)  # fmt: skip
def test_each_fault_of_a_printer_is_told_with_its_section(
    changed: dict[str, Any], words: str, section: str, tmp_path: Path
) -> None:
    ((what, where),) = said(check(tmp_path, **changed))
    assert words in what
    assert section == where


def test_larger_notices_and_a_faint_summary_are_remarks(tmp_path: Path) -> None:
    """§ 101 says "in 11-point type", where § 9008 says "11-point or larger": larger type is told, not objected to."""
    done = check(tmp_path, notices=12, ink='rgb("#bbbbbb")')
    assert said(done) == []
    assert sum("12.0-point type" in each for each in done.remarks) == 3
    assert any(each.startswith("the title and summary have a contrast of 1.9 to 1") for each in done.remarks)


def test_every_page_with_a_place_to_be_marked_is_in_the_picture(tmp_path: Path) -> None:
    """Objections on the second page, too, are shown: pages stand one under the other."""
    marked = tmp_path / "marked.png"
    form = set_form(
        tmp_path, title=TITLE.capitalize(), attached="#text(size: 8pt)[SECTION 1. Sheets shall be legible.]"
    )
    done = check_form_file(form, place="us-ca", kind="statute", picture=marked)
    assert [each.page for each in done.objections] == [2]
    second = cv2.imread(str(marked))
    assert second.shape[0] == pytest.approx(11 * 150, abs=2)
    assert (second == (0, 0, 220)).all(axis=2).any()


def test_pages_that_are_pictures_are_read_however_many_there_are(tmp_path: Path) -> None:
    """Rows that stand on the fifth picture are no missing rows."""
    page = pypdfium2.PdfDocument(set_form(tmp_path, oath=()))[0].render(scale=100 / 72).to_pil().convert("L")
    scrap = Image.new("L", (200, 200), 255)
    scrap.paste(0, (90, 90, 110, 110))
    scrap.save(tmp_path / "scan.pdf", save_all=True, append_images=[scrap, scrap, scrap, page], resolution=100)
    done = check_form_file(tmp_path / "scan.pdf", place="us-ca", kind="statute")
    assert not any("asks for the signer" in what or "are not on it" in what for what, _ in said(done))
    assert {each.words for each in done.measured if each.pictured} >= {HEADING, LEAD, NOTICE}
