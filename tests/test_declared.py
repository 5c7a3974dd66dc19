"""The circulator's declaration on scanned backs: empty blanks, the signature, and its day beside the signers'."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import filled
from ballotworthy.check.seen_declared import declared_days, with_seen_declared
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.sheets import form_of
from pictured import folder_of, picture
from read_once import Image, ImageDraw
from test_roll_reads import DATED, FILED
from test_sheets import CA, run

NAME, HOME, FROM, UNTIL, DAY, PLACE, SIGNED = range(7)
BLANKS = ((70, 73), (62, 90), (303, 187), (400, 187), (157, 243), (246, 243), (62, 261))
"""Where California's blanks stand: left and line, in points."""
TEXTS = ("Ann Gray", "12 Oak St, Salem", "3/1/18", "4/2/18", "4/3/18", "Salem", "A. Gray")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Image.Image, Image.Image]:
    """Front, filled, and back, empty, of a Californian sheet."""
    made = tmp_path_factory.mktemp("declared")
    (made / "measure.toml").write_text(
        'title = "Legible sheets."\nsummary = "Sheets are legible."\nidentifier = "(26-0001.)"\ntext = "A text."'
    )
    run("sheets", "print", "--measure", made / "measure.toml", *CA, "-o", made / "ca.pdf")
    row = {"name": "Ann Ash", "signature": "Ann Ash", "address": "9 Oak Rd", "city": "Reno", "zip": "89501"}
    front = filled.fill(filled.blank_page(made / "ca.pdf"), form_of("us-ca", "amendment"), {1: row})
    return front, filled.blank_page(made / "ca.pdf", 1)


def declared(page: Image.Image, *without: int, **other: str) -> Image.Image:
    """Fill the blanks of a back but some."""
    page, rng = page.copy(), np.random.default_rng(1)
    draw, font = ImageDraw.Draw(page), filled.hand("fontpkg_kalam", "Kalam-Regular.ttf", 46)
    for at, ((left, line), text) in enumerate(zip(BLANKS, TEXTS, strict=True)):
        x = (left + 4) * filled.DPI / 72
        for letter in "" if at in without else other.get(str(at), text):
            draw.text((x, (line - 13) * filled.DPI / 72 + rng.normal(0, 1.5)), letter, font=font, fill=30)
            x += font.getlength(letter)
    return page


def read(folder: Path, front: Image.Image, back: Image.Image, **how: float) -> list[str]:
    """Read a sheet; give what is said of its back."""
    folder.mkdir()
    scans = filled.save_pdf([filled.scanned(each, **how) for each in (front, back)], folder / "a.pdf")  # type: ignore[arg-type]
    run("sheets", "read", scans, "-o", folder / "out", *CA)
    page = json.loads((folder / "out" / "sheets.json").read_text())["pages"][1]
    assert page["side"] == 2
    return [each for each in page["remarks"] if "declaration" in each]


@pytest.mark.parametrize("how", [{}, {"dpi": 110, "turn": 2.0, "noise": 12.0}, {"dpi": 150, "turn": 179.0}])
def test_what_is_empty_in_a_declaration_is_told_and_nothing_else(
    pages: tuple[Image.Image, Image.Image], how: dict[str, float], tmp_path: Path
) -> None:
    front, back = pages
    assert read(tmp_path / "whole", front, declared(back), **how) == []
    (unsigned,) = read(tmp_path / "unsigned", front, declared(back, SIGNED, DAY), **how)
    assert "nothing was seen in the declaration at “Executed on”, “signature”" in unsigned
    (empty,) = read(tmp_path / "empty", front, back, **how)
    assert "nothing was seen in the declaration's 7 blanks" in empty


def test_a_declaration_dated_before_its_last_signature_is_told(
    pages: tuple[Image.Image, Image.Image], tmp_path: Path
) -> None:
    said = []
    for name, day in (("after", "4/3/18"), ("before", "3/3/18"), ("never", "Reno")):
        read(tmp_path / name, pages[0], declared(pages[1], **{str(DAY): day}))
        said.append(" ".join(lines_of(tmp_path / name / "out").read(FILED, FILED, "us-ca").remarks))
    assert "declaration" not in said[0]
    assert (
        "The circulator's declaration is dated before a signer of its sheet, by the days as read: sheet 1." in said[1]
    )
    assert "The day of the circulator's declaration could not be read: sheet 1." in said[2]


@pytest.mark.parametrize(("day", "early"), [("2/28/18", True), ("3/5/18", False), ("3/2/18", False), ("5/3/18", False)])
def test_a_declaration_is_set_beside_the_days_of_the_lines(day: str, early: bool, tmp_path: Path) -> None:
    """A day that may be two is the place's, and a signer's day after the filing was misread."""
    rows = [
        {"name": "Ann Ash", "address": "9 Oak Rd", "signed_on": each} for each in ("3/1/2018", "3/20/2018", "9/9/2018")
    ]
    rows[1]["row_state"], rows[1]["struck"] = "struck", "yes"
    folder = folder_of(tmp_path / "x", rows)
    (folder / "sheets.json").write_text(json.dumps({"pages": [{"sheet": 1, "declaration": {"dated": day}}]}))
    remarks = " ".join(lines_of(folder).read(FILED, FILED, "us-ca").remarks)
    assert ("is dated before a signer" in remarks) is early


@pytest.mark.parametrize(
    ("shown", "also", "days", "said"),
    [
        ("4/3/18", {}, ["2018-04-03"], ""),
        ("4/S/18", {}, ["2018-04-05"], ""),  # a 5 that looks like an S
        ("3/3/18", {}, ["2018-03-03"], "is dated before a signer"),
        ("4/3/18", {2: ("5", 0.4)}, ["2018-04-03", "2018-04-05"], ""),  # open, and after the signers either way
        ("3/8/18", {2: ("3", 0.5)}, ["2018-03-03", "2018-03-08"], "could not be read"),  # before them on one of two
        ("4/3/19", {}, [], "could not be read"),  # after the filing
        ("Reno", {}, [], "could not be read"),
    ],
)
def test_a_declarations_day_is_one_of_the_lawful_ones_or_open(
    shown: str, also: dict[int, tuple[str, float]], days: list[str], said: str, tmp_path: Path
) -> None:
    rows = [{"name": "Ann Ash", "address": "9 Oak Rd", "signed_on": each} for each in ("3/1/2018", "3/5/2018")]
    folder = folder_of(tmp_path / "x", rows)
    np.save(folder / "readings" / "1-declaration-dated.npy", picture(shown, also))
    (folder / "sheets.json").write_text(json.dumps({"pages": [{"sheet": 1, "declaration": {"dated": "3/1/18"}}]}))
    petition = lines_of(folder).read(FILED, FILED, "us-ca")
    assert "is dated before a signer" in " ".join(petition.remarks)  # by its text
    assert sorted(map(str, declared_days(petition, DATED)["1", "dated"])) == days
    told = " ".join(with_seen_declared(petition, DATED).remarks)
    assert said in told
    assert ("declaration" in told) is bool(said)
