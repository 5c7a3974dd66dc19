"""A form learned from one page: its rows, boxes and what they ask, and then sheets read by it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import foreign
from ballotworthy.errors import FileFaults, InputError
from ballotworthy.scan.boxes import boxes_of
from ballotworthy.scan.learned import Proposal, propose
from ballotworthy.scan.page_text import Finder
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.proposed_file import toml_of
from ballotworthy.scan.ruling import ruled
from ballotworthy.scan.table import Table
from ballotworthy.sheets import read_form
from ballotworthy.sheets.labels import beside, field_of
from ballotworthy.verbs.sheets_learn import learn_form
from ballotworthy.verbs.sheets_read import read_scans

np = pytest.importorskip("numpy")


@pytest.fixture(scope="module")
def models() -> tuple[Finder, Reader]:
    return Finder(), Reader()


@pytest.mark.parametrize(("kind", "quarter"), [("two-line", 1), ("letters", 2), ("labelled", 0)])
def test_rows_boxes_and_fields_are_found_on_a_blank_copy_whichever_way_up(
    models: tuple[Finder, Reader], kind: str, quarter: int
) -> None:
    drawn = foreign.KINDS[kind]
    page = foreign.spoiled(foreign.blank(drawn), "easy", 3, quarter=quarter)
    found = propose(np.asarray(page), *models)
    assert isinstance(found, Proposal)
    assert len(found.table.edges) - 1 == drawn.rows
    wanted = [(each.field, each.letters) for each in drawn.boxes]
    assert [(each.written or each.field, each.region.letters) for each in found.columns] == wanted
    form = tomllib.loads(toml_of(found))
    left, right = drawn.boxes[0].x, drawn.boxes[-1].x + drawn.boxes[-1].width
    bottom = drawn.top + drawn.rows * drawn.row
    placed = (left / drawn.size[0], drawn.top / drawn.size[1], right / drawn.size[0], bottom / drawn.size[1])
    assert form["table"] == pytest.approx(placed, abs=0.008)
    for column, box in zip(form["columns"], drawn.boxes, strict=True) if kind != "labelled" else ():
        place = ((box.x - left) / (right - left), (box.x + box.width - left) / (right - left))
        assert (column["box"][0], column["box"][2]) == pytest.approx(place, abs=0.01)


def test_a_form_whose_rows_are_not_of_one_height_is_not_read_until_somebody_says_who_signs_there(
    tmp_path: Path,
) -> None:
    """Its tallest rows were no rows of the form as learned: who signed there was in no table, and nobody knew."""
    kind = foreign.KINDS["last-first"]
    page = foreign.blank(kind)
    draw, foot = foreign.ImageDraw.Draw(page), kind.top + kind.rows * kind.row
    left, right = kind.boxes[0].x, kind.boxes[-1].x + kind.boxes[-1].width
    draw.rectangle((left, foot + 3, right, foot + 140), fill=255)
    for x in [each.x for each in kind.boxes] + [right]:
        draw.line((x, foot, x, foot + 140), fill=0, width=3)
    draw.line((left, foot + 140, right, foot + 140), fill=0, width=3)
    page.save(tmp_path / "page.png")
    learned = learn_form(tmp_path / "page.png", tmp_path / "form.toml")
    assert (learned.rows, learned.beyond) == (kind.rows, 1)
    with pytest.raises(FileFaults, match="of another height"):
        read_form(tmp_path / "form.toml")


def test_low_boxes_for_letters_below_a_caption_are_counted_and_lines_nearly_in_line_cut_no_row() -> None:
    page = foreign.Image.new("L", (2200, 1700), 255)
    draw = foreign.ImageDraw.Draw(page)
    for y in range(300, 1300, 145):
        draw.rectangle((60, y, 2140, y + 145), outline=0, width=2)
        draw.line([(60, y + 76), (1512, y + 76), (1512, y), (1512, y + 145)], fill=0)
        draw.line((1242, y + 76, 1242, y + 145), fill=0)  # the border of two boxes, 6 pixels from one of the letters
        draw.line([(1500, y + 26), (70, y + 26), (70, y + 72), (1500, y + 72)], fill=0)
        for letter in range(35):
            draw.line((70 + 42 * letter, y + 26, 70 + 42 * letter, y + 72), fill=0)
    table = Table(61, 2142, tuple(float(y) for y in range(300, 1316, 145)))
    regions, guessed = boxes_of(ruled(np.asarray(page)), table, [])
    assert not guessed
    assert [each.letters for each in regions if each.letters] == [34]
    assert sum(each.y1 - each.y0 > 60 for each in regions) == 3


def test_what_was_learned_from_a_filled_page_reads_the_next_one(tmp_path: Path) -> None:
    kind, signers = foreign.KINDS["shaded"], foreign.people(5, seed=3)
    words = ("Affidavit of the Circulator", "I saw each of them sign, and swear to it.", kind.title)
    back = foreign.Image.new("L", kind.size, 255)
    for line, each in enumerate(words):
        foreign.ImageDraw.Draw(back).text(
            (300, 400 + 110 * line), each, fill=20, font=foreign.ImageFont.load_default(44)
        )
    first = foreign.spoiled(foreign.filled(kind, signers[2:], 4), "easy", 5, quarter=2)
    first.save(tmp_path / "first.tif", save_all=True, append_images=[foreign.spoiled(back, "easy", 6)])
    foreign.spoiled(foreign.filled(kind, signers[:2], 6), "easy", 7).save(tmp_path / "next.png")
    learned = learn_form(tmp_path / "first.tif", tmp_path / "form.toml")
    assert learned.back == words[:2]  # the title stands on the front too
    assert read_form(tmp_path / "form.toml").back == words[:2]
    assert (learned.rows, [field for _, field in learned.columns], learned.guessed, learned.shaded) == (
        15,
        ["name", "signature", "address", "city"],
        True,
        True,
    )
    assert (tmp_path / "form.png").is_file()
    read_scans([tmp_path / "next.png"], tmp_path / "out", form=tmp_path / "form.toml")
    lines = pl.read_csv(tmp_path / "out" / "lines.csv", infer_schema=False)
    assert lines["row_state"].to_list() == ["written", "written", *["blank"] * 13]
    assert lines["name"].to_list()[:2] == [each["name"] for each in signers[:2]]
    (tmp_path / "form.toml").write_text((tmp_path / "form.toml").read_text().replace('"city"', '"?"', 1))
    with pytest.raises(FileFaults, match=r"columns 4 \(City\): its field is still"):
        read_form(tmp_path / "form.toml")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("PRINT NAME", ("name", "")),
        ("Name (Last, First)", ("name", "last-first")),
        ("Printed name (first, middle, last)", ("name", "")),
        ("Name (Last, Fir: t)", ("?", "")),
        ("PRINT LAST NAME", ("last_name", "")),
        ("Surname", ("last_name", "")),
        ("Signature of voter", ("signature", "")),
        ("Signature and address", ("?", "")),
        ("NAME (Last, First) SIGNATURE", ("?", "")),
        ("SIGN YOUR NAME", ("signature", "")),
        ("Print name as signed", ("name", "")),
        ("Residence address", ("address", "")),
        ("Aadress where registered", ("address", "")),
        ("Address, city, zip code", ("address", "address-city-zip")),
        ("City or town", ("city", "")),
        ("City / Zip", ("city", "city-zip")),
        ("ZIP", ("zip", "")),
        ("Date signed", ("signed_on", "")),
        ("Date of birth", ("birth_date", "")),
        ("Year of birth", ("birth_year", "")),
        ("Official use only", ("", "")),
        ("Clerk", ("", "")),
        ("#", ("", "")),
        ("NO.", ("", "")),
        ("STREETADDRESS", ("address", "")),
        ("Email", ("?", "")),
        ("Nombre en letra de molde", ("name", "")),
        ("Apellido, nombre", ("name", "last-first")),
        ("Firma", ("signature", "")),
        ("Domicilio (calle y número)", ("address", "")),
        ("Dirección, ciudad, código postal", ("address", "address-city-zip")),
        ("Fecha de nacimiento", ("birth_date", "")),
        ("Para uso oficial", ("", "")),
        ("Distrito", ("?", "")),
        ("", ("?", "")),
    ],
)
def test_words_say_what_is_asked_or_are_left_open(label: str, field: tuple[str, str]) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize(
    ("labels", "fields"),
    [
        (("Apellido", "Nombre", "Firma"), ["last_name", "first_name", "signature"]),
        (("Nombre", "Apellidos", "Domicilio"), ["first_name", "last_name", "address"]),
        (("Nombre", "Firma"), ["name", "signature"]),
        (("First name", "Last name", "Print name"), ["first_name", "last_name", "name"]),
    ],
)
def test_a_name_beside_a_last_name_is_the_first_name_and_alone_the_whole_one(
    labels: tuple[str, ...], fields: list[str]
) -> None:
    assert [field for field, _ in beside([field_of(each) for each in labels])] == fields


def test_a_spanish_form_is_learned_with_the_first_name_beside_the_last(models: tuple[Finder, Reader]) -> None:
    words = {"name": "Nombre", "address": "Apellido", "signature": "Firma", "city": "Ciudad"}
    drawn = foreign.KINDS["shaded"]
    boxes = tuple(replace(each, words=words[each.field]) for each in drawn.boxes)
    found = propose(np.asarray(foreign.blank(replace(drawn, boxes=boxes))), *models)
    assert [each.field for each in found.columns] == ["first_name", "signature", "last_name", "city"]


def test_columns_whose_headings_stand_in_their_middle_are_not_cut_where_the_words_begin(
    models: tuple[Finder, Reader],
) -> None:
    kind = foreign.KINDS["shaded"]
    page = foreign.blank(replace(kind, boxes=tuple(replace(each, words="") for each in kind.boxes)))
    for box in kind.boxes:
        middle = box.x + box.width / 2, kind.top - 20
        foreign.ImageDraw.Draw(page).text(middle, box.words, font=foreign.print_font(20), fill=0, anchor="mm")
    found = propose(np.asarray(page), *models)
    assert [each.field for each in found.columns] == [each.field for each in kind.boxes]
    edges = [each.region.x0 + found.table.left for each in found.columns]
    assert max(abs(one - box.x) for one, box in zip(edges, kind.boxes, strict=True)) < 20


def test_a_page_without_rows_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    foreign.Image.new("L", (1700, 2200), 255).save(tmp_path / "white.png")
    with pytest.raises(InputError, match="blank back"):
        learn_form(tmp_path / "white.png", tmp_path / "form.toml")
    with pytest.raises(InputError, match="page 2"):
        learn_form(tmp_path / "white.png", tmp_path / "form.toml", number=2)
    with pytest.raises(InputError, match=r"ends in \.toml"):
        learn_form(tmp_path / "white.png", tmp_path / "form.txt")
    assert [each.name for each in tmp_path.iterdir()] == ["white.png"]
