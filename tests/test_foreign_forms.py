"""Forms that nobody here drew: found by their ruling, every row out, what is print told from what is writing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import foreign
from ballotworthy.errors import FileFaults
from ballotworthy.petition.pictures import CLASSES
from ballotworthy.scan import foreign_pages
from ballotworthy.scan.cells import ink_of, struck_share
from ballotworthy.scan.foreign import Found, find_page
from ballotworthy.scan.foreign_number import sure_number
from ballotworthy.scan.photographed import laid_flat
from ballotworthy.scan.posteriors import Reader, Reading
from ballotworthy.scan.registered import SCALE, Lost
from ballotworthy.scan.rows import _may_sign, _state
from ballotworthy.scan.ruling import ruled
from ballotworthy.scan.written import taken_apart
from ballotworthy.sheets import read_form
from ballotworthy.sheets.form import Cell
from ballotworthy.verbs.sheets_read import read_scans
from pictured import picture

SIGNERS = foreign.people(3, seed=8)
PAGE = "page = [850, 1100]\ntable = [0.1, 0.3, 0.9, 0.8]\nrows = 10\n"
UNKNOWN = '[[columns]]\nfield = "?"\nlabel = "Ext."\nbox = [0.5, 0, 1, 1]'
NAME = '[[columns]]\nfield = "name"\nbox = [0, 0, 0.5, 1]\n'


def read(kind: str, scans: Sequence[foreign.Image.Image], folder: Path) -> tuple[Mapping[str, Any], pl.DataFrame]:
    (folder / "form.toml").write_text(foreign.described(foreign.KINDS[kind]))
    paths = []
    for number, scan in enumerate(scans):
        paths.append(folder / f"{number}.png")
        scan.save(paths[-1], compress_level=1)
    about = read_scans(paths, folder / "out", form=folder / "form.toml").about
    return about, pl.read_csv(folder / "out" / "lines.csv", infer_schema=False).fill_null("")


def alike(read: Sequence[str], written: Sequence[str]) -> int:
    """Give how many texts are as written, but for case and spaces, which a hand leaves open."""
    return sum(
        one.replace(" ", "").lower() == other.replace(" ", "").lower() for one, other in zip(read, written, strict=True)
    )


@pytest.mark.parametrize(
    ("kind", "level", "quarter"),
    [("bottom", "middle", 2), ("letters", "easy", 1)],
)
def test_every_row_comes_out_in_its_state_whichever_way_up(tmp_path: Path, kind: str, level: str, quarter: int) -> None:
    drawn = foreign.filled(foreign.KINDS[kind], [SIGNERS[0], {}, SIGNERS[1], SIGNERS[2]], 5, level)
    _, lines = read(kind, [foreign.spoiled(drawn, level, 6, quarter=quarter)], tmp_path)
    rows = foreign.KINDS[kind].rows
    assert lines["row_state"].to_list() == ["written", "blank", "written", "written", *["blank"] * (rows - 4)]
    names = [lines["name"][row] for row in (0, 2, 3)]
    assert alike(names, [each["name"] for each in SIGNERS]) >= (2 if level == "hard" else 3)


def test_one_cell_that_asks_three_things_and_a_stamp_are_read(tmp_path: Path) -> None:
    drawn = foreign.filled(foreign.KINDS["official"], SIGNERS, 5)
    _, lines = read("official", [foreign.spoiled(drawn, "easy", 6)], tmp_path)
    assert len(lines) == 10
    for field in ("name", "city", "zip"):
        assert alike(lines[field].to_list()[:3], [each[field] for each in SIGNERS]) >= 2


def test_a_sheet_scanned_twice_is_read_once_and_another_form_is_told(tmp_path: Path) -> None:
    drawn = foreign.filled(foreign.KINDS["last-first"], SIGNERS, 5)
    scan = foreign.spoiled(drawn, "easy", 6)
    other = foreign.spoiled(foreign.blank(foreign.KINDS["two-line"]), "easy", 7)
    white = foreign.Image.new("L", (1700, 2200), 255)
    later = foreign.spoiled(foreign.filled(foreign.KINDS["last-first"], SIGNERS[::-1], 7), "easy", 9)
    scans = [scan, scan, foreign.spoiled(drawn, "middle", 8), other, white, later]
    about, lines = read("last-first", scans, tmp_path)
    told = [page.get("not_read", "") for page in about["pages"]]
    for words, said in zip(
        ("", "very scan of page 1", "scanned twice", "another form", "blank back", ""), told, strict=True
    ):
        assert words in said
        assert bool(words) is bool(said)
    (moved,) = about["pages"][5]["remarks"]  # it is sheet 2 now, and would be 3 with page 4
    assert "page 4 before it was not read" in moved
    assert len(lines) == 24
    assert alike(lines["name"].to_list()[:3], [each["name"] for each in SIGNERS]) == 3
    assert json.loads((tmp_path / "out/sheets.json").read_text())["rows"] == 24


@pytest.mark.parametrize(
    ("read", "state"),
    [
        ({"last_name": 0.9, "first_name": 0.9}, "written"),
        ({"last_name": 0.9}, "written"),
        ({"last_name": 0.9, "first_name": 0.1}, "unreadable"),
        ({"first_name": 0.9}, "unreadable"),
        ({"name": 0.1}, "unreadable"),
        ({"name": 0.9}, "written"),
    ],
)
def test_a_name_in_two_columns_is_a_name(read: dict[str, float], state: str) -> None:
    readings = {field: Reading("Ann", sure, np.zeros((1, 40))) for field, sure in read.items()}
    assert _state(["signature", *read], readings, 0.0) == state


@pytest.mark.parametrize(("tall", "wide", "signed"), [(50, 160, True), (67, 61, False), (10, 149, False)])
def test_a_tick_or_a_piece_of_a_line_is_no_signature(tall: int, wide: int, signed: bool) -> None:
    assert _may_sign(np.zeros((tall, wide), np.uint8)) is signed


def test_bars_of_large_capitals_strike_no_row_and_a_slanting_line_does(tmp_path: Path) -> None:
    kind = foreign.KINDS["captions"]
    (tmp_path / "form.toml").write_text(foreign.described(kind))
    form = read_form(tmp_path / "form.toml").form
    white = foreign.Image.new("L", (round(form.width * SCALE), round(form.height * SCALE)), 255)
    draw = foreign.ImageDraw.Draw(white)
    for x in range(110, 2000, 130):
        draw.rectangle((x, kind.top + 60, x + 70, kind.top + 66), fill=0)
    draw.line((120, kind.top + kind.row + 40, 2000, kind.top + kind.row + 90), fill=0, width=4)
    page = np.asarray(white)
    ink = ink_of(page, np.zeros_like(page))
    assert struck_share(ink, form, 0) == 0
    assert struck_share(ink, form, 1) > 0.8


class Blind:
    """A recogniser that sees nothing."""

    def read(self, pictures: Sequence[np.ndarray], **_how: bool) -> list[Reading]:
        return [Reading("", 0.0, np.zeros((1, CLASSES), np.float16)) for _ in pictures]


def test_two_full_sheets_of_other_people_are_both_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are told apart by where there is ink; what it says takes long to read, and does not matter here."""
    read_rows = foreign_pages.rows_on
    monkeypatch.setattr(
        foreign_pages, "rows_on", lambda page, common, form, _reader: read_rows(page, common, form, Blind())
    )
    kind = foreign.KINDS["bottom"]
    pages = []
    for seed in (3, 4):
        everybody = [
            each | {"name": each["name"].upper() + " " + each["name"].upper(), "address": each["address"].upper() * 2}
            for each in foreign.people(kind.rows, seed=seed)
        ]
        pages.append(foreign.spoiled(foreign.filled(kind, everybody, seed), "easy", seed))
    about, lines = read("bottom", pages, tmp_path)
    assert [page.get("sheet") for page in about["pages"]] == [1, 2]
    assert len(lines) == 2 * kind.rows


def test_half_a_page_and_one_at_94_per_cent_are_told_and_all_rows_of_the_latter_come_out(tmp_path: Path) -> None:
    page = foreign.blank(foreign.KINDS["captions"])
    half = page.crop((0, 0, page.width, page.height // 2))
    small = foreign.Image.new("L", page.size, 255)
    small.paste(page.resize([round(each * 0.94) for each in page.size]), (60, 50))
    about, lines = read("captions", [half, small], tmp_path)
    assert "the lines of the form were not found" in about["pages"][0]["not_read"]
    remark, moved = about["pages"][1]["remarks"]
    assert re.match(r"its form has 9[45]% of its size", remark)
    assert "page 1 before it was not read" in moved
    assert lines["row_state"].to_list() == ["blank"] * 8


def test_a_photograph_is_laid_flat_by_the_edges_of_its_sheet_and_a_scan_is_left_as_it_is(tmp_path: Path) -> None:
    kind = foreign.KINDS["captions"]
    (tmp_path / "form.toml").write_text(foreign.described(kind))
    page = foreign.blank(kind)
    found = find_page(np.asarray(foreign.photographed(page, 3)), read_form(tmp_path / "form.toml"), Reader())
    assert isinstance(found, Found)
    assert (found.laid.share > 0.9, found.laid.outside, found.remarks) == (True, (), ())
    assert laid_flat(np.asarray(foreign.spoiled(page, "hard", 4))) is None


def test_a_photograph_with_a_corner_past_its_edge_is_read_as_far_as_it_shows(tmp_path: Path) -> None:
    """Rows in that corner are told, though nobody seems to have signed there: what lies outside is not blank."""
    drawn = foreign.filled(foreign.KINDS["captions"], [*SIGNERS[:2], {}, SIGNERS[2]], 5)
    whole = foreign.photographed(drawn, 4).rotate(20, expand=True, fillcolor=60)
    lit = np.flatnonzero((np.asarray(whole) > 110).mean(axis=0) > 0.02)
    about, lines = read("captions", [whole.crop((0, 0, lit[-1] - (lit[-1] - lit[0]) // 10, whole.height))], tmp_path)
    states = ["written", "written", "blank", "written", "blank", "blank", "covered", "covered"]
    assert lines["row_state"].to_list() == states
    assert alike(lines["name"].gather([0, 1, 3]).to_list(), [each["name"] for each in SIGNERS]) == 3
    (remark,) = about["pages"][0]["remarks"]
    assert "a part of its row 7 to 8 lies past the edge of the picture" in remark


def test_backs_belong_to_the_front_before_them_and_a_number_belongs_to_one_sheet(tmp_path: Path) -> None:
    kind = foreign.KINDS["captions"]
    back = foreign.Image.new("L", kind.size, 255)
    draw, font = foreign.ImageDraw.Draw(back), foreign.ImageFont.load_default(44)
    for line, words in enumerate(
        ("Affidavit of the Circulator", "I saw each of them sign, and swear to it.", "Signed:")
    ):
        draw.text((300, 400 + 110 * line), words, fill=20, font=font)
    fronts = []
    for each in (SIGNERS[:2], SIGNERS[2:]):
        page = foreign.filled(kind, each, 5)
        place = kind.size[0] - 300, 60
        foreign.ImageDraw.Draw(page).text(place, "3", fill=20, font=foreign.ImageFont.load_default(56))
        fronts.append(foreign.spoiled(page, "easy", 6))
    left, top = (kind.size[0] - 330) / kind.size[0], 40 / kind.size[1]
    box = f"sheet_number = [{left:.4f}, {top:.4f}, {left + 0.1:.4f}, {150 / kind.size[1]:.4f}]\n"
    backs = [foreign.spoiled(back, "middle", at, quarter=2 * at) for at in range(2)]
    rest = [fronts[0], backs[1], fronts[1]]
    backs[0].save(tmp_path / "all.tif", save_all=True, append_images=rest)
    text = 'back = ["AFFIDAVIT OF THE CIRCULATOR", "I saw each of them sign"]\n' + foreign.described(kind)
    (tmp_path / "form.toml").write_text(box + text)
    about = read_scans([tmp_path / "all.tif"], tmp_path / "out", form=tmp_path / "form.toml").about
    pages = about["pages"]
    sides = [(page.get("sheet"), page.get("side")) for page in pages]
    assert sides == [(None, None), (3, 1), (3, 2), (2, 1)]
    assert "read as 3, as that of page 2: it is sheet 2 here" in pages[3]["remarks"][-1]
    assert "it is a back, and the page before it is no front" in pages[0]["not_read"]
    assert about["lacking"] == ["of sheet 2 the back was not scanned: scan it, or see that it is there"]


@pytest.mark.parametrize(
    ("text", "also", "number"),
    [("17", {}, 17), ("0208", {}, 208), ("I7", {}, None), ("17", {1: ("1", 0.1)}, None), ("1 7", {}, None),
     ("1-7", {}, None), ("0", {}, None), ("1234567", {}, None)],
)  # fmt: skip
def test_a_number_of_a_sheet_is_read_where_figures_alone_are_likely(
    text: str, also: dict[int, tuple[str, float]], number: int | None
) -> None:
    assert sure_number(picture(text, also).astype(np.float64)) == number


def test_rows_under_a_note_or_a_torn_corner_are_told_and_a_tick_signs_none(tmp_path: Path) -> None:
    kind = foreign.KINDS["captions"]
    page = foreign.filled(kind, [*SIGNERS[:2], SIGNERS[2] | {"name": ""}], 5)
    draw = foreign.ImageDraw.Draw(page)
    tick = kind.top + 2 * kind.row + 70
    draw.line([(700, tick), (714, tick + 22), (746, tick - 34)], fill=40, width=5)
    draw.rectangle((300, kind.top + 3 * kind.row + 20, 900, kind.top + 4 * kind.row + 50), fill=245)
    draw.polygon([(2200, kind.top + 5 * kind.row + 60), (2200, 1700), (1200, 1700)], fill=15)
    about, lines = read("captions", [foreign.spoiled(page, "middle", 6)], tmp_path)
    states = ["written", "written", "no-signature", "covered", "covered", "blank", "covered", "covered"]
    assert lines["row_state"].to_list() == states
    assert "not to be seen in rows 4, 5, 7 and 8" in about["pages"][0]["remarks"][-1]


def test_no_row_of_two_sheets_fed_together_is_taken_for_the_lower_ones(tmp_path: Path) -> None:
    """The upper one's rows fall on the lower one's by its own ruling: another's name stood under this row's number."""
    kind = foreign.KINDS["two-line"]
    page, over = foreign.filled(kind, SIGNERS, 5), foreign.filled(kind, SIGNERS[::-1], 7)
    page.paste(over, (0, 6 * kind.row))
    about, lines = read("two-line", [foreign.spoiled(page, "easy", 6)], tmp_path)
    assert lines["row_state"].to_list() == ["covered"] * 10
    assert "two were fed together" in about["pages"][0]["remarks"][-1]


def test_the_edge_of_a_sheet_laid_flat_is_no_line_of_its_form() -> None:
    """The right edge of a table told by shading was laid on it, and all columns cut as far off."""
    page = np.full((1700, 2200), 250, np.uint8)
    page[:, -5:] = page[:5] = 60
    found = ruled(page)
    assert not found.upright.any()
    assert not found.level.any()


def test_a_note_over_rows_that_are_told_by_shading_alone_is_told_on_a_photograph(tmp_path: Path) -> None:
    kind = foreign.KINDS["shaded"]
    page = foreign.filled(kind, SIGNERS[:2], 5)
    note = kind.top + 4.5 * kind.row, kind.top + 6.4 * kind.row
    foreign.ImageDraw.Draw(page).rectangle((600, note[0], 1000, note[1]), fill=246)
    about, lines = read("shaded", [foreign.spoiled(page, "photo", 6)], tmp_path)
    states = ["written"] * 2 + ["blank"] * 2 + ["covered"] * 3 + ["blank"] * 8
    assert lines["row_state"].to_list() == states
    assert "not to be seen in rows 5, 6 and 7" in about["pages"][0]["remarks"][-1]
    for field in ("name", "address"):
        assert alike(lines[field].to_list()[:2], [each[field] for each in SIGNERS[:2]]) == 2


def test_a_page_that_fits_one_line_off_is_laid_as_its_print_says(tmp_path: Path) -> None:
    kind = foreign.KINDS["two-line"]
    title = 'words = "PETITION TO THE COUNTY CLERK"\nbox = [0.076, 0.0455, 0.7, 0.0682]'
    (tmp_path / "form.toml").write_text(foreign.described(kind) + f"\n[[print]]\n{title}\n")
    page = foreign.blank(kind)
    moved = foreign.Image.new("L", page.size, 255)
    moved.paste(page, (0, kind.row // 2))
    below = kind.top + kind.rows * kind.row + kind.row // 2
    foreign.ImageDraw.Draw(moved).rectangle((0, below - 20, 1700, below + 20), fill=255)
    found = find_page(np.asarray(moved), read_form(tmp_path / "form.toml"), Reader())
    assert isinstance(found, Found)
    assert found.laid.turns == 0


def test_a_page_that_fits_one_line_off_is_not_read_where_no_print_tells_which(tmp_path: Path) -> None:
    kind = foreign.KINDS["shaded"]
    (tmp_path / "form.toml").write_text(foreign.described(kind))
    form, page, reader = read_form(tmp_path / "form.toml"), foreign.filled(kind, SIGNERS[:2], 5), Reader()
    moved = foreign.Image.new("L", page.size, 255)
    moved.paste(page, (0, kind.row // 2))
    last = kind.top + (kind.rows - 1) * kind.row + kind.row // 2
    foreign.ImageDraw.Draw(moved).rectangle((0, last + 2, moved.width, last + kind.row + 6), fill=255)
    found = find_page(np.asarray(moved), form, reader)
    assert isinstance(found, Lost)
    assert "its rows fit as well one line higher or lower" in found.why
    assert isinstance(find_page(np.asarray(page), form, reader), Found)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("rows = 3", 'none of them holds a name. Give one field = "name"'),
        (PAGE + NAME + UNKNOWN, 'columns 2 (Ext.): its field is still "?"'),
        (PAGE + NAME.replace("0.5", "1.5"), "it has no box in the row"),
        (PAGE + NAME.replace('"name"', '"nmae"'), "its field is not known. One of: name"),
        (PAGE + NAME + NAME, "the field name is there twice"),
        (PAGE.replace("10", "0") + NAME, "it is no number of rows"),
        (PAGE.replace("850", "0") + NAME, "not a width and a height"),
        (f"sheet_number = [0.9, 0.1, 0.2, 0.3]\n{PAGE}{NAME}", "sheet_number: it is no box on the page"),
        (f'back = ["Sworn"]\n{PAGE}{NAME}', "it is no list of lines of at least 8 letters"),
        (PAGE + NAME + "colour = 1", "the key colour is not known"),
        (PAGE + NAME + 'written = "backwards"', "written is not known there"),
        (PAGE + NAME + "letters = true", "letters is no number of boxes"),
        ("rows = ", "it is no TOML"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_used_says_what_to_write(tmp_path: Path, toml: str, said: str) -> None:
    (tmp_path / "form.toml").write_text(toml)
    with pytest.raises(FileFaults) as caught:
        read_form(tmp_path / "form.toml")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("written", "text", "fields"),
    [
        ("last-first", "Quill, Marta Ann", {"name": "Marta Ann Quill"}),
        ("last-first", "Marta Quill", {"name": "Marta Quill"}),
        ("last-first", "Quill,", {"name": "Quill,"}),
        ("address-city-zip", "12 Oak St, Reno 89501", {"address": "12 Oak St", "city": "Reno", "zip": "89501"}),
        (
            "address-city-zip",
            "12 Oak St, Reno, NV 89501-1234",
            {"address": "12 Oak St", "city": "Reno", "zip": "89501"},
        ),
        ("address-city-zip", "12 Oak St Reno", {"address": "12 Oak St Reno", "city": "", "zip": ""}),
        ("city-zip", "Reno, NV 89501", {"city": "Reno", "zip": "89501"}),
        ("city-zip", "Reno", {"city": "Reno", "zip": ""}),
        ("", "12 Oak St, Reno", {"address": "12 Oak St, Reno"}),
    ],
)
def test_what_one_cell_holds_is_taken_apart_only_where_it_says_so(
    written: str, text: str, fields: Mapping[str, str]
) -> None:
    cell = Cell({"last-first": "name", "city-zip": "city"}.get(written, "address"), "", 0, 0, 1, 1, 0, written)
    assert taken_apart(cell, text) == fields


@pytest.mark.parametrize("title", ["PETITION TO THE COUNTY CLERK", "RECALL OF MAYOR HOLLOWAY"])
def test_a_sheet_of_another_petition_on_the_same_form_is_known_by_its_title(tmp_path: Path, title: str) -> None:
    kind = foreign.KINDS["bottom"]
    first = 180 / 2200
    words = "We, the undersigned voters of the county, ask that the measure below be put to the people this year."
    prints = [("PETITION TO THE COUNTY CLERK", 100 / 2200, 150 / 2200)]
    prints += [(words, first + 34 * each / 2200, first + (34 * each + 28) / 2200) for each in range(3)]
    text = foreign.described(kind)
    for said, top, bottom in prints:
        text += f'\n[[print]]\nwords = "{said}"\nbox = [0.076, {top:.4f}, 0.7, {bottom:.4f}]\n'
    (tmp_path / "form.toml").write_text(text)
    page = foreign.spoiled(foreign.blank(replace(kind, title=title)), "easy", 3)
    found = find_page(np.asarray(page), read_form(tmp_path / "form.toml"), Reader())
    assert isinstance(found, Lost) is title.startswith("RECALL")
    assert "of another petition" in getattr(found, "why", "of another petition")
