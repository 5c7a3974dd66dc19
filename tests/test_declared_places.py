"""Declarations whose blanks stand where the measure's words leave them: read where it is named, with the law."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

import filled
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.sheets import form_of
from read_once import ImageDraw
from test_roll_reads import FILED
from test_sheets import run
from test_sheets_places import FORMS, printed

OATH = (
    " ______________________________ (signature of affiant)   ______________ (date)   Subscribed and sworn to before "
    "me on ______________ by ______________________________ (notary public)."
)
ASKED = {
    "us-az/statute": ("affidavit", 2),
    "us-co/statute": ("", 2),
    "us-mi/amendment": ("certificate", 1),
}
"""Which word of the measure has the blanks, and on which page of the PDF's sheet they are."""
SAYS = {
    "us-az/statute": "a sheet is removed on which the signature of circulator or notary is dated earlier",
    "us-co/statute": "a signature dated after the affidavit was completed may be rejected",
    "us-mi/amendment": "the form tells the circulator not to sign or date the certificate until after circulating the "
    "petition (MCL 168.544c(1))",
}


def blanks(page: filled.pypdfium2.PdfPage, under: float) -> list[tuple[str, float, float]]:
    """Give what is asked behind each blank of a page, or stands before it, and its place in points from the top."""
    words, height = page.get_textpage(), page.get_height()
    text = words.get_text_range()
    found = []
    for each in re.finditer("_{6,}", text):
        left, bottom, _, _ = words.get_charbox(each.start())
        behind = re.match(r"\s*\(([^)]*)\)", text[each.end() :])
        if height - bottom > under:
            found.append((behind[1] if behind else text[: each.start()].split()[-1], left, height - bottom))
    return found


def read(folder: Path, name: str, pdf: Path, texts: dict[str, str], *more: object) -> tuple[list[str], str]:
    """Fill the blanks, read the sheet; give remarks on the page with the declaration, and all notes."""
    place, kind = name.split("/")
    form = form_of(place, kind)
    document = filled.pypdfium2.PdfDocument(pdf)
    front = len(document) - 2  # the cover of a section stands before
    number = ASKED[name][1]
    person = {"name": "Ann Ash", "signature": "Ann Ash", "address": "9 Oak Rd", "signed_on": "4/2/18"}
    pages = [filled.blank_page(pdf, at) for at in range(front, len(document))]
    filled.fill(pages[0], form, {1: person})
    rng, font = np.random.default_rng(1), filled.hand("fontpkg_kalam", "Kalam-Regular.ttf", 44)
    draw = ImageDraw.Draw(pages[number - 1])
    for what, left, line in blanks(document[front + number - 1], form.top + form.rows * form.row if number == 1 else 0):
        x = (left + 4) * filled.DPI / 72
        for letter in texts.get(what, "Ann Ash"):
            draw.text((x, (line - 13) * filled.DPI / 72 + rng.normal(0, 1.5)), letter, font=font, fill=30)
            x += font.getlength(letter)
    folder.mkdir()
    scans = filled.save_pdf([filled.scanned(each) for each in pages], folder / "a.pdf")
    run("sheets", "read", scans, "-o", folder / "out", "--place", place, "--kind", kind, *more)
    told = json.loads((folder / "out" / "sheets.json").read_text())["pages"][number - 1]
    notes = " ".join(lines_of(folder / "out").read(FILED, FILED, place).remarks)
    return [each for each in told["remarks"] if "declaration" in each], notes


@pytest.mark.parametrize("name", ASKED)
def test_a_declaration_is_read_where_the_measure_is_named_and_the_law_is_told(name: str, tmp_path: Path) -> None:
    word, _ = ASKED[name]
    more = {**FORMS[name], **({word: FORMS[name][word] + OATH} if word else {})}
    pdf = printed(tmp_path, name, more)
    days = {"date": "4/3/18", "date signed": "4/3/18", "on": "3/3/18"}
    measure = ("--measure", tmp_path / "measure.toml")
    remarks, notes = read(tmp_path / "early", name, pdf, {**days, "signature of affiant": ""}, *measure)
    assert f"is dated before a signer of its sheet, by the days as read: sheet 1. Look at both: {SAYS[name]}" in notes
    if name == "us-az/statute":
        assert remarks == [
            "nothing was seen in the declaration at “signature of affiant”; see whether it is complete: a sheet is "
            "removed whose affidavit is not completed or signed, or not notarized with the notary's signature and seal "
            "(A.R.S. 19-121.01(A)(1)(d), (e))"
        ]
        _, notes = read(tmp_path / "unnamed", name, pdf, days)
        assert "Not looked at: the circulator's declaration" in notes
