"""Sheets printed and read back through the command line: every row comes out, and what cannot be read is told."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from click.testing import Result
from typer.testing import CliRunner

import filled
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.files.places import place_file
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.sheets import Form, form_of, plain_form
from ballotworthy.sheets.pile import lacking
from checked import whole_app
from read_once import Image, cv2, pypdfium2

CA = ("--place", "us-ca", "--kind", "amendment")
ROWS = {
    1: {
        "name": "Marta Quill",
        "signature": "Marta Quill",
        "address": "418 Juniper Ct",
        "city": "Salem",
        "zip": "97301",
    },
    2: {"name": "Bob Gray", "signature": "B Gray", "address": "12 Elm St", "city": "Reno", "zip": "89501"},
    3: {"name": "Peggy Young", "address": "77 Olive Way", "city": "Gypsum", "zip": "81637"},
    4: {"name": "Ann Ash", "signature": "Ann Ash", "address": "9 Oak Rd", "city": "Reno", "zip": "89501"},
}


def refuse(*_words: object, **_more: object) -> None:
    raise AssertionError("the network was asked")


def ended(*words: object) -> Result:
    """Run the command line without a network; give how it ended."""
    with pytest.MonkeyPatch.context() as cut_off:
        for where, call in ((socket.socket, "connect"), (socket, "create_connection"), (socket, "getaddrinfo")):
            cut_off.setattr(where, call, refuse)
        return CliRunner().invoke(whole_app(), list(map(str, words)))


def run(*words: object) -> str:
    """Give what the command line prints, or raise what it ended with."""
    done = ended(*words)
    if done.exception:
        raise done.exception
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with measure.toml, plain.pdf (sheets 299 and 300) and ca.pdf (sheets 1 and 2, with backs)."""
    made = tmp_path_factory.mktemp("sheets")
    (made / "measure.toml").write_text(
        'title = "Legible sheets."\nsummary = "Sheets are legible."\nidentifier = "(26-0001.)"'
    )
    run("sheets", "print", "--measure", made / "measure.toml", "-n", 2, "--first", 299, "-o", made / "plain.pdf")
    run("sheets", "print", "--measure", made / "measure.toml", *CA, "-n", 2, "-o", made / "ca.pdf")
    return made


def read(scans: list[Path], out: Path, *form: str) -> tuple[dict[str, Any], pl.DataFrame]:
    about = json.loads(run("sheets", "read", *scans, "-o", out, *form, "--json"))
    return about, pl.read_csv(out / "lines.csv", infer_schema=False)


def filled_page(folder: Path, form: Form, name: str) -> Image.Image:
    page = filled.fill(filled.blank_page(folder / f"{name}.pdf"), form, ROWS)
    return filled.strike(page, form, 4)


def test_a_printed_sheet_stays_one_of_its_form_when_only_a_source_of_the_law_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = form_of("us-ca", "amendment")
    text = place_file("us-ca", "sheet.toml").read_text("utf-8")
    shutil.copytree(place_file("us-ca", "sheet.toml").parent, tmp_path / "us-ca")
    monkeypatch.setenv("BALLOTWORTHY_PLACES", str(tmp_path))
    for old, new, same in (("read on 2026", "read on 2027", True), ("row = 68", "row = 66", False)):
        changed = text.replace(old, new)
        assert changed != text
        (tmp_path / "us-ca" / "sheet.toml").write_text(changed, "utf-8")
        assert (form_of("us-ca", "amendment").digest == shipped.digest) is same


def test_the_same_input_gives_the_same_bytes_in_another_process_and_another_number_others(
    folder: Path, tmp_path: Path
) -> None:
    about = ("sheets", "print", "--measure", folder / "measure.toml", "-n", "2", "--first")
    again, other = tmp_path / "again.pdf", tmp_path / "other.pdf"
    subprocess.run([sys.executable, "-m", "ballotworthy", *about, "299", "-o", again], check=True, capture_output=True)
    run(*about, 300, "-o", other)
    assert again.read_bytes() == (folder / "plain.pdf").read_bytes()
    assert other.read_bytes() != again.read_bytes()


def test_a_filled_californian_sheet_upside_down_and_noisy_is_read(folder: Path, tmp_path: Path) -> None:
    form = form_of("us-ca", "amendment")
    scan = filled.scanned(filled_page(folder, form, "ca"), turn=182, noise=6)
    back = filled.scanned(filled.blank_page(folder / "ca.pdf", 1))
    about, lines = read([filled.save_pdf([scan, back], tmp_path / "scan.pdf")], tmp_path / "out", *CA)
    assert lines["row_state"].to_list() == ["written", "written", "no-signature", "struck", "blank"]
    assert lines["struck"].fill_null("").to_list() == ["", "", "?", "?", ""]
    assert lines["sheet"].unique().to_list() == ["1"]
    assert lines["name"].to_list()[:3] == ["Marta Quill", "Bob Gray", "Peggy Young"]
    assert lines["zip"].to_list()[:3] == ["97301", "89501", "81637"]
    assert [page["side"] for page in about["pages"]] == [1, 2]
    posteriors = np.load(tmp_path / "out/readings/1-1-name.npy")
    assert posteriors.shape[1] == 40
    np.testing.assert_allclose(posteriors.astype(float).sum(1), 1, atol=0.01)
    assert (tmp_path / "out/cells/1-2-signature.png").is_file()


def test_a_plain_sheet_at_100_dpi_and_three_degrees_is_read(folder: Path, tmp_path: Path) -> None:
    page = filled.scanned(filled_page(folder, plain_form(), "plain"), turn=3, dpi=100)
    page.save(tmp_path / "scan.png", compress_level=1)
    _, lines = read([tmp_path / "scan.png"], tmp_path / "out")
    assert lines["row_state"].to_list() == ["written", "written", "no-signature", "struck", *["blank"] * 6]
    assert set(lines["sheet"]) == {"299"}
    assert lines["name"].to_list()[:3] == ["Marta Quill", "Bob Gray", "Peggy Young"]


def test_each_bad_page_is_told_and_none_stops_the_rest(folder: Path, tmp_path: Path) -> None:
    page = filled.scanned(filled.blank_page(folder / "plain.pdf"))
    width, height = page.size
    half = page.crop((0, 0, width, height // 2))
    torn = page.copy()
    torn.paste(255, (0, 0, 200, 200))
    two = page.copy()
    other = filled.scanned(filled.blank_page(folder / "plain.pdf", 1))
    two.paste(other.crop((0, height - 220, width // 2 + 90, height - 40)), (0, height - 220))
    white = Image.new("L", page.size, 255)
    foreign = filled.scanned(filled.blank_page(folder / "ca.pdf"))
    pages = [half, white, foreign, torn, page, two]
    for number, each in enumerate(pages, 1):
        each.save(tmp_path / f"{number}.png", compress_level=1)
    (tmp_path / "7.pdf").write_bytes(b"no PDF at all")
    (tmp_path / "8.txt").write_text("no scan")
    (tmp_path / "9.jpg").write_bytes(b"no picture")
    Image.new("1", (20_000, 20_000)).save(tmp_path / "91.png")
    (tmp_path / "92.pdf").write_bytes(filled.locked())
    about, lines = read(sorted(tmp_path.glob("[0-9]*")), tmp_path / "out")
    told = [page.get("not_read", "") for page in about["pages"]]
    for words, said in zip(
        ("its lower part is past the edge", "blank back", "another form (us-ca/amendment)", "", "page 4 again",
         "one by one", "no PDF", "no scan", "not a picture", "20,000 x 20,000", "locked with a password"),
        told, strict=True,
    ):  # fmt: skip
        assert words in said
        assert bool(words) is bool(said)
    assert about["pages"][3]["remarks"] == ["3 of 4 corner marks were found"]
    assert len(lines) == 10
    assert set(lines["row_state"]) == {"blank"}


def test_a_picture_with_an_edge_past_it_gives_every_row_and_none_under_another_number(
    folder: Path, tmp_path: Path
) -> None:
    form = plain_form()
    page = filled.scanned(filled_page(folder, form, "plain"))
    above = round((form.top + 1.5 * form.row) * 200 / 72)  # row 1 is past it, and half of row 2
    page.crop((0, above, page.width, page.height)).save(tmp_path / "1.png")
    about, lines = read([tmp_path / "1.png"], tmp_path / "upper")
    assert lines["row_state"].to_list() == ["unreadable", "covered", "no-signature", "struck", *["blank"] * 6]
    assert (lines["sheet"][0], lines["name"][2], about["not_read"]) == ("299", "Peggy Young", 0)
    told = about["pages"][0]["remarks"]
    assert [words in each for words, each in zip(("upper part", "1 of its rows", "its row 2 "), told, strict=True)]
    bare = page.copy()
    bare.paste(255, (0, 300, page.width, page.height - 250))  # no print tells where its rows are
    bare.crop((0, above, page.width, page.height)).save(tmp_path / "2.png")
    page.crop((300, 0, page.width, page.height)).save(tmp_path / "3.png")
    page.save(tmp_path / "4.png")
    about, lines = read([tmp_path / "2.png", tmp_path / "3.png"], tmp_path / "bare")
    assert lines["row_state"].to_list() == ["unreadable"] * 10
    assert set(lines["struck"]) == {"?"}
    assert "too little was found" in about["pages"][0]["remarks"][1]
    assert "page 1 again" in about["pages"][1]["not_read"]
    about, lines = read([tmp_path / "3.png", tmp_path / "4.png"], tmp_path / "whole")
    assert lines["name"].to_list()[:3] == ["Marta Quill", "Bob Gray", "Peggy Young"]
    assert len(lines) == 10
    assert about["pages"][0]["not_read"] == "page 2 shows the whole of its sheet, and was read"


def test_no_row_is_read_where_the_picture_goes_on_past_marks_that_are_hidden(folder: Path, tmp_path: Path) -> None:
    form = plain_form()
    page, over = (
        filled.scanned(filled_page(folder, form, "plain")),
        filled.scanned(filled.blank_page(folder / "plain.pdf")),
    )
    high, row = page.height // 2, round(form.row * 200 / 72)
    page.paste(over.crop((0, 2 * row, page.width, 2 * row + high)), (0, 0))  # two rows off, its ruling on the other's
    page.save(tmp_path / "1.png")
    about, lines = read([tmp_path / "1.png"], tmp_path / "out")
    assert lines["row_state"].to_list() == ["covered"] * 10
    assert "another sheet lies over it" in about["pages"][0]["remarks"][-1]


def test_pictures_of_16_bits_and_transparent_ones_are_read_and_a_black_one_is_no_blank_back(
    folder: Path, tmp_path: Path
) -> None:
    first, second = (np.asarray(filled.scanned(filled.blank_page(folder / "plain.pdf", each))) for each in (0, 1))
    cv2.imwrite(str(tmp_path / "1.tif"), first.astype(np.uint16) * 257)
    Image.fromarray(np.dstack([np.zeros_like(second), 255 - second])).save(tmp_path / "2.png")  # ink on nothing
    Image.fromarray(np.zeros_like(first)).save(tmp_path / "3.png")
    about, _ = read(sorted(tmp_path.glob("[0-9]*")), tmp_path / "out")
    assert [page.get("sheet") for page in about["pages"]] == [299, 300, None]
    assert "blank back" not in about["pages"][2]["not_read"]


def test_what_people_typed_is_not_lost_when_sheets_are_read_again(folder: Path, tmp_path: Path) -> None:
    scan, out = tmp_path / "scan.png", tmp_path / "out"
    filled.scanned(filled.blank_page(folder / "plain.pdf")).save(scan, compress_level=1)
    read([scan], out)
    read([scan], out)
    typed = (out / "lines.csv").read_text().replace("blank,", "written,", 1)
    (out / "lines.csv").write_text(typed)
    with pytest.raises(BallotworthyError, match="would be lost"):
        run("sheets", "read", scan, "-o", out)
    assert (out / "lines.csv").read_text() == typed
    with pytest.raises(BallotworthyError, match="beside them out/, which is no scan"):
        run("sheets", "read", tmp_path, "-o", tmp_path / "other")


def test_a_form_printed_at_94_percent_is_told(folder: Path, tmp_path: Path) -> None:
    page = filled.scanned(filled.blank_page(folder / "plain.pdf"))
    fitted = Image.new("L", page.size, 255)
    small = page.resize([round(each * 0.94) for each in page.size])
    fitted.paste(small, ((page.width - small.width) // 2, (page.height - small.height) // 2))
    fitted.rotate(90, expand=True).save(tmp_path / "1.png", compress_level=1)
    filled.scanned(filled.blank_page(folder / "plain.pdf", 1), turn=0.5).save(tmp_path / "2.png", compress_level=1)
    about, _ = read([tmp_path / "1.png", tmp_path / "2.png"], tmp_path / "out")
    assert ["printed at 94%" in remark for remark in about["pages"][0]["remarks"]] == [True]
    assert about["pages"][1]["remarks"] == []


def test_the_number_is_in_the_marks_where_the_code_is_gone(folder: Path, tmp_path: Path) -> None:
    page = filled.scanned(filled.blank_page(folder / "plain.pdf"))
    middle = page.width // 2
    page.paste(255, (middle - 90, page.height - 240, middle + 90, page.height))
    page.save(tmp_path / "scan.png", compress_level=1)
    assert set(read([tmp_path / "scan.png"], tmp_path / "out")[1]["sheet"]) == {"299"}


def test_the_patterns_are_those_of_the_published_dictionary() -> None:
    from ballotworthy.sheets.marks import cells_of

    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_250)
    for mark in range(250):
        drawn = cv2.aruco.generateImageMarker(dictionary, mark, 6) < 128
        assert (np.array(cells_of(mark)) == drawn).all()


@pytest.mark.parametrize(
    ("toml", "words", "said"),
    [
        ('title = "T."', (), "summary: there is no text"),
        ('title = "T."\nsummary = "S."\nfont = "x"', (), "font: this key is not known"),
        ('title = "T."\nsummary = "S."', ("--place", "us-ca"), "Give both --place and --kind"),
        ('title = "T."\nsummary = "S."', ("--place", "us-ca", "--kind", "recall"), "recall"),
        ('title = "T."\nsummary = "S."', ("--first", "57600"), "Number them from 1 to"),
        (f'title = "T."\nsummary = "{"Long words. " * 400}"', (), "too long"),
        ('title = "T."\nsummary = "請願書"', (), "our font lacks"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_nothing_written(
    tmp_path: Path, toml: str, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "measure.toml").write_text(toml, "utf-8")
    with pytest.raises(BallotworthyError) as told:
        run("sheets", "print", "--measure", tmp_path / "measure.toml", *words, "-o", tmp_path / "x.pdf")
    assert said in str(told.value)
    assert told.value.exit_code == 2
    assert not (tmp_path / "x.pdf").exists()


def test_the_law_is_printed_in_the_type_that_it_asks_for(folder: Path) -> None:
    page = filled.pypdfium2.PdfDocument(folder / "ca.pdf")[0]
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    notice = text.index("THIS PETITION MAY BE CIRCULATED")
    assert text.index("INITIATIVE MEASURE TO BE SUBMITTED DIRECTLY TO THE VOTERS.") < text.index("LEGIBLE") < notice
    assert notice < text.index("Print name")
    for words in ("INITIATIVE MEASURE", "LEGIBLE", "NOTICE TO", "THIS PETITION", "THE PROPONENTS"):
        assert size_at(textpage, text.index(words)) >= 10.99


def size_at(textpage: Any, index: int) -> float:
    """Give the size of a letter as drawn: the font's size times its matrix, since either alone can lie."""
    import ctypes

    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    return float(pdfium.FPDFText_GetFontSize(textpage, index) * (matrix.b**2 + matrix.d**2) ** 0.5)


def test_without_the_extra_reading_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from ballotworthy.errors import InputError
    from ballotworthy.scan import installed
    from ballotworthy.verbs.sheets_read import read_scans

    monkeypatch.setattr(installed, "find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"pip install \"ballotworthy\[scan\]\""):
        read_scans([tmp_path / "scan.png"], tmp_path / "out")


def pile(folder: Path, tmp_path: Path, *pages: tuple[str, int]) -> list[Path]:
    """Give scans of printed pages in order, at 100 dpi; `plain` is numbered from 299, `ca` has two sides."""
    paths = []
    for number, (name, index) in enumerate(pages, 1):
        paths.append(tmp_path / f"{number:02}.png")
        filled.scanned(filled.blank_page(folder / f"{name}.pdf", index), dpi=100).save(paths[-1], compress_level=1)
    return paths


def test_sheets_of_another_measure_on_the_same_form_are_told_and_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('title = "Another matter."\nsummary = "It asks something else."')
    run("sheets", "print", "--measure", tmp_path / "other.toml", "--first", 300, "-o", tmp_path / "other.pdf")
    scans = pile(folder, tmp_path, ("plain", 0))
    filled.scanned(filled.blank_page(tmp_path / "other.pdf"), dpi=100).save(tmp_path / "02.png", compress_level=1)
    about, lines = read([*scans, tmp_path / "02.png"], tmp_path / "out")
    assert "of another measure than page 1" in about["pages"][1]["not_read"]
    assert set(lines["sheet"]) == {"299"}
    named = tmp_path / "other.toml"
    about, lines = read([*scans, tmp_path / "02.png"], tmp_path / "named", "--measure", str(named))
    assert "than the measure that was named" in about["pages"][0]["not_read"]
    assert set(lines["sheet"]) == {"300"}


@pytest.mark.parametrize(
    ("sides", "backed", "said"),
    [
        ([(1, 1), (2, 1), (5, 1), (9, 1)], False, ["no sheet 3 to 4, 6 to 8"]),
        ([(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)], True, ["of sheet 2 the back was not scanned"]),
        ([(1, 1), (2, 1)], True, ["no back of any sheet"]),
        ([(1, 1), (1, 2), (2, 2)], True, ["of sheet 2 the back was scanned and not the front"]),
        (
            [(1, 1), (1, 2), (2, 1), (3, 2), (4, 1), (4, 2)],
            True,
            ["page 3 is the front of sheet 2", "of sheet 3 the back", "of sheet 2 the back"],
        ),
        ([(4, 1), (2, 1), (3, 1)], False, []),
    ],
)
def test_what_a_pile_lacks_is_told_with_what_to_do(sides: list[tuple[int, int]], backed: bool, said: list[str]) -> None:
    pages = [
        {"page": number, "file": "a.pdf", "sheet": sheet, "side": side} for number, (sheet, side) in enumerate(sides, 1)
    ]
    told = lacking([*pages, {"page": 99, "file": "a.pdf", "not_read": "it is torn"}], backed=backed)
    assert len(told) == len(said)
    for words, one in zip(said, told, strict=True):
        assert words in one
        assert "scan" in one.lower()


def test_a_missing_back_and_a_streak_are_told_where_the_folder_is_used(folder: Path, tmp_path: Path) -> None:
    page = filled.scanned(filled_page(folder, form_of("us-ca", "amendment"), "ca"), dpi=150)
    streaked = np.array(page)
    streaked[:, 700:702] = np.minimum(streaked[:, 700:702], 150)
    Image.fromarray(streaked).save(tmp_path / "1.png", compress_level=1)
    out = tmp_path / "out"
    told = run("sheets", "read", tmp_path / "1.png", "-o", out, *CA)
    assert "Missing: no back of any sheet was scanned" in told
    assert re.search(r"Look at page 1 of 1.png: a streak runs through the whole page, 5\d% of its width", told)
    remarks = " ".join(lines_of(out).read().remarks)
    assert "no back of any sheet" in remarks
    assert "a streak runs" in remarks


ON_ONE_CORE = """
import os
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from ballotworthy.cli.main import main
main()
"""
"""Another process, which counts one core where this one counts all."""


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_killed_run_is_gone_on_with_and_gives_the_bytes_of_an_unbroken_one_and_of_a_process_on_one_core(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.scan import own_pages
    from ballotworthy.verbs.sheets_read import read_scans

    pages = [filled.scanned(filled_page(folder, plain_form(), "plain"), dpi=100), Image.new("L", (850, 1100), 255)]
    pages += [pages[0], filled.scanned(filled.blank_page(folder / "plain.pdf", 1), dpi=100)]
    pdf = filled.save_pdf(pages, tmp_path / "scan.pdf")
    whole = read_scans([pdf], tmp_path / "whole")
    looked: list[int] = []

    def killed(*given: Any) -> Any:
        looked.append(1)
        if len(looked) == 4:
            raise KeyboardInterrupt
        return lay_straight(*given)

    lay_straight = own_pages.lay_straight
    monkeypatch.setattr(own_pages, "lay_straight", killed)
    with pytest.raises(KeyboardInterrupt):
        read_scans([pdf], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    again = read_scans([pdf], tmp_path / "out")
    assert (again.went_on, len(looked)) == (3, 5)
    assert again.about == whole.about
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "scan.pdf", "whole"]
    words = ["sheets", "read", str(pdf), "-o", str(tmp_path / "alone")]
    subprocess.run([sys.executable, "-c", ON_ONE_CORE, *words], check=True, capture_output=True)
    assert everything(tmp_path / "alone") == everything(tmp_path / "whole")


def pdf_of(*objects: bytes) -> bytes:
    """Give a PDF of objects, numbered from 1; the first is its catalogue."""
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, each)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def pdf_of_empty_pages(count: int) -> bytes:
    """Give a PDF of so many pages with nothing on them."""
    kids = b" ".join(b"%d 0 R" % (3 + at) for at in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"] * count
    return pdf_of(*objects)


def test_empty_pages_are_not_drawn_and_told_as_one_run_and_a_pdf_without_pages_as_such(tmp_path: Path) -> None:
    """Also behind one that is no PDF: pdfium says the same of both then."""
    (tmp_path / "1.pdf").write_bytes(pdf_of_empty_pages(3_000))
    (tmp_path / "2.pdf").write_bytes(b"no PDF at all")
    (tmp_path / "3.pdf").write_bytes(pdf_of_empty_pages(0))
    done = ended("sheets", "read", *(tmp_path / f"{each}.pdf" for each in (1, 2, 3)), "-o", tmp_path / "out")
    told = done.stdout
    assert "Not read: pages 1 to 3,000 of 1.pdf: nothing is on it" in told
    assert "Not read: page 1 of 2.pdf: it is no PDF" in told
    assert "Not read: page 1 of 3.pdf: it is a PDF without pages" in told
    assert len(told.splitlines()) == 4
    assert isinstance(done.exception, InputError)
    assert str(done.exception).startswith("no row of a sheet was read. ")


def test_the_test_page_has_rulers_of_the_length_that_it_says(tmp_path: Path) -> None:
    for paper, width in (("letter", 612), ("a4", 595.28)):
        made = json.loads(run("sheets", "scale", "-o", tmp_path / f"{paper}.pdf", "--paper", paper, "--json"))
        page = pypdfium2.PdfDocument(made["file"])[0]
        assert page.get_size()[0] == pytest.approx(width, abs=0.1)
        dark = page.render(scale=2, grayscale=True).to_numpy().reshape(round(page.get_height() * 2), -1) < 160
        across, down = np.flatnonzero(dark[301]), np.flatnonzero(dark[378:, 144])
        assert np.ptp(across) / 144 == pytest.approx(made["across"], abs=0.02)
        assert np.ptp(down) / 144 == pytest.approx(made["down"], abs=0.02)
    again = run("sheets", "scale", "-o", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "letter.pdf").read_bytes()
    assert "must measure 6 inches across and 7 inches down" in again
    with pytest.raises(BallotworthyError, match="Give one of: letter, legal, a4"):
        run("sheets", "scale", "-o", tmp_path / "x.pdf", "--paper", "napkin")
