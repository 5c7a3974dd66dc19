"""Forms of places with several faults each: every one is objected to or left to a person, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ballotworthy.verbs.sheets_check import check_form_file
from read_once import pypdfium2
from test_form_places import FORMS, HARASSED, OATH, TEXT, WARNING, check, set_form

WA, MI, AZ, CO, DC = (
    FORMS[name]
    for name in ("us-wa/initiative", "us-mi/amendment", "us-az/statute", "us-co/statute", "us-dc/initiative")
)
FAULTY: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "us-wa/initiative",
        {
            "front": [f"#block(width: 96pt, text(size: 5pt)[*WARNING* {WARNING}])", *WA["front"][2:]],
            "captions": ["Sign", "Name printed", "Street, number and name", "City", "Zip code", "County"],
            "foot": [OATH, HARASSED, "#place(bottom + left, dx: -20pt, dy: 20pt)[Return by mail]"],
            "back": [],
        },
        ["the warning covers", "left of page 1", "beside the signatures", "? the full text of the measure on the back"],
    ),
    (
        "us-mi/amendment",
        {
            "front": [*MI["front"][:2], f"#text(size: 12pt)[{'Sheets would be legible. ' * 30}]", MI["front"][3]],
            "captions": ["Signature", "Printed name", "Street address", "Zip", "Date"],
            "foot": MI["front"][4:],
            "back": [f"#text(size: 7pt)[{TEXT * 8}]", *MI["back"][:1]],
        },
        ['"WARNING" stands under', '"A person who', "summary has 120 words", "7.0-point"],
    ),
    (
        "us-az/statute",
        {
            "front": [AZ["front"][1].replace("right", "left"), "Initiative description",
                      "The measure would make sheets legible. " * 35, *AZ["front"][4:]],
            "foot": AZ["front"][:1], "rows": 16, "high": 14, "back": [],
        },
        ['"It is unlawful to sign this petition before i..." stands under', "must come first",
         '"PAID CIRCULATOR" does not', '"VOLUNTEER" does not', "description has 210 words", "16 rows",
         "corner of page 2", "? the circulator's affidavit"],
    ),
    (
        "us-co/statute",
        {
            "front": [*CO["front"], "The city of a signer and her county are told on every page."],
            "captions": ["Sign", "Print name", "Residence: street no. and name", "City", "County", "Date of signing"],
            "foot": ["#pagebreak()", *CO["front"], "TABLE"],
            "back": [CO["back"][0].replace(", notary public", ""), TEXT],
        },
        ["? whether each page is a section", "? whether page 3 is one of",
         "? whether two persons who represent", "? whether the circulator's affidavit says that it was sworn"],
    ),
    (
        "us-dc/recall",
        {
            "front": ["The member closed a warm shelter in the city.", "PAID FOR BY A Committee", DC["front"][1]],
            "captions": ["Date", "Signature", "Printed name", "Residence address"], "rows": 15,
        },
        ["signer's ward", "15 rows, where at least 20", '"PAID FOR BY" does not', "? whether it warns",
         "? whether it requests", "? whether the circulator's affidavit says that he wrote and altered"],
    ),
]  # fmt: skip
"""What is objected to, and behind a question mark what is left to a person."""


@pytest.mark.parametrize(("name", "changed", "expected"), FAULTY, ids=[each[0] for each in FAULTY])
def test_every_fault_of_a_form_is_told_and_nothing_else(
    name: str, changed: dict[str, Any], expected: list[str], tmp_path: Path
) -> None:
    done = check(tmp_path, name, ("\0", ""), **changed)
    told = [each.what for each in done.objections] + [f"? {each.what}" for each in done.unmeasured]
    assert [sum(words in what for what in told) for words in expected] == [1] * len(expected)
    assert len(told) == len(expected)


def test_a_scanned_page_of_lines_without_the_warning_is_told(tmp_path: Path) -> None:
    """Of a scan one place of a text was looked for, and every other page passed."""
    form = set_form(tmp_path, "us-co/statute", foot=["#pagebreak()", "TABLE"])
    pages = [each.render(scale=150 / 72).to_pil().convert("L") for each in pypdfium2.PdfDocument(form)]
    pages[0].save(tmp_path / "scan.pdf", save_all=True, append_images=pages[1:2], resolution=150)
    done = check_form_file(tmp_path / "scan.pdf", place="us-co", kind="statute")
    told = [(each.page, each.section) for each in done.objections if "asks for signatures" in each.what]
    assert told == [(2, "C.R.S. 1-40-110(1)")]
