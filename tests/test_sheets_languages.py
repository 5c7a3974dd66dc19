"""Measures in other letters: set in a font that has them, or refused with the font that is missing."""

from __future__ import annotations

import ctypes
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.sheets import MeasureText, plain_form, print_sheets, read_measure
from ballotworthy.sheets.glyphs import letters_in

pdfium = pytest.importorskip("pypdfium2", reason="reading a PDF needs the extra scan")

KALAM = Path(str(files("fontpkg_kalam"))) / "files"
HINDI = "सुपाठ्य पन्ने"


def printed(title: str, folder: Path | None = None, language: str = "") -> bytes:
    return print_sheets(plain_form(), MeasureText(title, "Sheets are legible.", language=language), 1, 1, folder)


@pytest.mark.parametrize("title", ["¿SEÑALAR LÍNEA 1.ª?", "PHẢI DỄ ĐỌC", "ÑG MGA LUMAGDÂ"])
def test_spanish_vietnamese_and_tagalog_need_no_other_font(title: str) -> None:
    page = pdfium.PdfDocument(printed(title, language="vi"))[0]
    assert title in unicodedata.normalize("NFC", page.get_textpage().get_text_range())


def test_letters_in_two_parts_are_set_as_one(tmp_path: Path) -> None:
    made = []
    for form in ("NFC", "NFD"):
        words = unicodedata.normalize(form, "Phải dễ đọc")
        (tmp_path / "measure.toml").write_text(f'title = "{words}"\nsummary = "{words}"\nlanguage = "vi"', "utf-8")
        made.append(read_measure(tmp_path / "measure.toml"))
    assert made[0] == made[1]


def test_letters_that_our_font_lacks_are_set_in_a_font_of_a_folder_and_in_no_other() -> None:
    made = printed(HINDI, KALAM)
    assert made == printed(HINDI, KALAM)
    assert fonts_of(made) == {"Kalam-Bold", "LibertinusSerif-Bold", "LibertinusSerif-Regular"}
    assert "Kalam-Bold" not in fonts_of(printed("Legible", KALAM))


def fonts_of(made: bytes) -> set[str]:
    document, names = pdfium.PdfDocument(made), set()
    for each in document[0].get_objects([pdfium.raw.FPDF_PAGEOBJ_TEXT]):
        buffer = ctypes.create_string_buffer(80)
        pdfium.raw.FPDFFont_GetBaseFontName(pdfium.raw.FPDFTextObj_GetFont(each), buffer, 80)
        names.add(buffer.value.decode().partition("+")[2])
    return names


@pytest.mark.parametrize(
    ("title", "folder", "language", "said"),
    [
        (HINDI, None, "", r"U\+0920 DEVANAGARI LETTER TTHA, .* and 6 more\)\. Install .* fonts-noto-core"),
        (
            HINDI + "請",
            KALAM,
            "zh-Hant",
            r"no font of .* has all letters of the measure \(U\+8ACB CJK .* fonts-noto-cjk",
        ),
        ("請", KALAM, "", 'Write language = one of "zh-Hans", "zh-Hant", "ko", "ja"'),
        ("請", KALAM, "en", "whose shapes differ by language"),
        ("請", Path(__file__).parent / "data", "ko", "holds no fonts"),
    ],
)
def test_letters_that_are_in_no_font_are_named_and_how_to_get_one(
    title: str, folder: Path | None, language: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        printed(title, folder, language)


def test_a_language_that_is_not_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / "measure.toml").write_text('title = "T"\nsummary = "S"\nlanguage = "zh"', "utf-8")
    with pytest.raises(FileFaults, match=r"language.*zh-Hant"):
        read_measure(tmp_path / "measure.toml")


def test_the_letters_of_a_font_file_are_told_and_what_is_no_font_is_refused(tmp_path: Path) -> None:
    held = letters_in(KALAM / "Kalam-Regular.ttf", 0)
    assert {ord(each) for each in "aZ9अ"} <= held
    assert not {ord(each) for each in "請한я"} & held
    (tmp_path / "none.ttf").write_bytes(b"\0\1\0\0\0\1no table here")
    with pytest.raises(ValueError, match="no font that could be read"):
        letters_in(tmp_path / "none.ttf", 0)
