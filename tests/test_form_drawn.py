"""What programs put into PDFs, and `sheets check` of it: what a careful clerk would say was written first.

Every form here is the lawful one, or it but for one thing, drawn in another way.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import typst

from ballotworthy.errors import InputError
from ballotworthy.verbs.sheets_check import Checked, check_form_file
from drawn_forms import (
    CIRCULATED,
    HEADING,
    LABELS,
    LAWFUL,
    LEAD,
    LEFT_OPEN,
    NOTICE,
    WITHDRAW,
    Said,
    every,
    laid,
    marked_up,
    moved,
    set_in_lines,
    shown,
    write_pdf,
)  # fmt: skip
from read_once import pypdfium2 as pdfium

LAID = laid()
SMALL = laid(heading=(HEADING, 7, "bold"))


def check(pdf: Path) -> Checked:
    return check_form_file(pdf, place="us-ca", kind="amendment")


def told(done: Checked) -> list[str]:
    return [each.what for each in done.objections]


def set_by_typst(folder: Path, source: str) -> Path:
    (folder / "form.typ").write_text(source)
    typst.compile(str(folder / "form.typ"), output=str(folder / "form.pdf"))
    return folder / "form.pdf"


def one_size(said: Said) -> str:
    """Show a line in a font of one point that the text matrix makes larger."""
    return f"BT /{said.face} 1 Tf {said.points} 0 0 {said.points} {said.x} {said.y} Tm ({said.text}) Tj ET"


def by_letters(lines: list[Said], off: float = 0) -> list[Said]:
    """Give each letter as a line of its own; they stand further apart than in print."""
    wide = {"bold": 0.72, "roman": 0.6}
    return [
        replace(each, text=letter, x=each.x + off + at * each.points * wide[each.face])
        for each in lines
        for at, letter in enumerate(each.text)
        if letter != " "
    ]


def narrow(parts: dict[str, list[Said]]) -> list[Said]:
    """Set the form's lines so short that single letters have room."""
    y, made = 760.0, []
    for lines in parts.values():
        for line in lines:
            for part in set_in_lines([(line.text, line.points, line.face)], top=y, width=370):
                made.append(part)
                y = part.y - line.points * 1.2
    return made


def doubled(lines: list[Said]) -> list[Said]:
    return [replace(each, x=each.x * 2, y=each.y * 2 - 600) for each in lines]


def columns() -> str:
    """Give two notices beside each other, whose lines the file has by turns."""
    left = set_in_lines([(NOTICE, 11, "bold"), (CIRCULATED, 11, "roman")], left=50, top=500, width=235)
    right = set_in_lines([(WITHDRAW, 11, "roman")], left=320, top=500, width=235)
    turns = [line for at in range(max(len(left), len(right))) for line in left[at : at + 1] + right[at : at + 1]]
    captions = [Said(each, 7, "roman", 50 + 120 * at, 250) for at, each in enumerate(LABELS)]
    row = moved(LAID["row"], up=300 - LAID["row"][0].y)
    county = moved(LAID["county"], up=330 - LAID["county"][0].y)
    return shown([*LAID["heading"], *LAID["lead"], *LAID["summary"], *turns, *county, *row, *captions])


FORM_OBJECT = (
    "/Type /XObject /Subtype /Form /BBox [0 -900 1400 1700] /Matrix [0.5 0 0 0.5 0 300] /Resources << /Font FONTS >>"
)


@pytest.mark.parametrize(
    ("content", "more"),
    [
        pytest.param(shown(every(LAID)), {}, id="plain"),
        pytest.param("\n".join(map(one_size, every(LAID))), {}, id="size in the text matrix"),
        pytest.param("0.5 0 0 0.5 0 300 cm " + shown(doubled(every(LAID)), size=2), {}, id="double, halved"),
        pytest.param("/X Do", {"objects": {"X": (FORM_OBJECT, shown(doubled(every(LAID)), size=2).encode())}},
                     id="in a form object"),
        pytest.param(shown(every(LAID)), {"page": "/Rotate 90"}, id="a page that is turned"),
        pytest.param("0 1 -1 0 780 0 cm " + shown(every(LAID)), {"box": "0 0 792 612"}, id="lines that are turned"),
        pytest.param(shown(moved(every(LAID), 100, 100)), {"box": "0 0 812 992", "page": "/CropBox [100 100 712 892]"},
                     id="cropped"),
        pytest.param(shown(by_letters(narrow(LAID))[::-1]), {}, id="letter by letter, from the last"),
        pytest.param(shown(by_letters(narrow(LAID))) + shown(by_letters(narrow(LAID), 0.3)), {}, id="printed twice"),
        pytest.param(columns(), {}, id="two columns line by line"),
    ],
)  # fmt: skip
def test_the_lawful_form_meets_no_objection_however_it_is_drawn(
    tmp_path: Path, content: str, more: dict[str, object], request: pytest.FixtureRequest
) -> None:
    done = check(write_pdf(tmp_path / "form.pdf", content, **more))  # type: ignore[arg-type]
    if "twice" in request.node.name:  # what is printed twice is bold to the eye, or cannot be told
        assert all("boldface" in each for each in told(done))
    else:
        assert told(done) == []
        assert [each for each in done.unmeasured if each.section not in LEFT_OPEN] == []


@pytest.mark.parametrize(
    "about",
    [
        '#set text(font: "DejaVu Sans")',
        '#set text(font: "Liberation Sans")',
        '#set text(font: "Liberation Serif", hyphenate: true)\n#set par(justify: true)\n#set page(width: 4in)',
        "#set page(columns: 2)",
    ],
)
def test_other_fonts_hyphens_and_columns_meet_no_objection(tmp_path: Path, about: str) -> None:
    """Ligatures of three letters, words parted at the ends of lines, and text in other languages beside."""
    beside = "#par(text(11pt)[AVISO AL PÚBLICO: esta petición puede circular. إشعار للجمهور])"
    source = f'#set page("us-letter", margin: 40pt)\n{about}\n{marked_up(LAWFUL)}\n{beside}'
    done = check(set_by_typst(tmp_path, source))
    assert told(done) == []
    assert [each for each in done.unmeasured if each.section not in LEFT_OPEN] == []


def test_words_that_are_in_the_file_but_cannot_be_seen_are_told(tmp_path: Path) -> None:
    """Cut off by the page's edge, white, under a box, and never painted."""
    top, low = LAID["circulated"][0].y + 12, LAID["circulated"][-1].y - 4
    content = "\n".join(
        [
            shown(every(LAID, "notice", "withdraw")),
            "1 1 1 rg",
            shown(LAID["notice"]),
            f"0 0 0 rg 40 {low} 540 {top - low} re f",
            shown(LAID["withdraw"], before="3 Tr"),
        ]
    )
    done = check(write_pdf(tmp_path / "form.pdf", content, page="/CropBox [0 0 612 735]"))
    hidden = [each for each in done.objections if "not to be seen on the page" in each.what]
    assert [each.section.removeprefix("Elec. Code § ") for each in hidden] == [
        "9008(d)", "101(a)(1)", "101(a)(3)", "101(b)",
    ]  # fmt: skip


def test_small_type_is_told_where_it_stands_on_a_page_that_is_turned_or_cropped(tmp_path: Path) -> None:
    (turned,) = check(write_pdf(tmp_path / "form.pdf", shown(every(SMALL)), page="/Rotate 90")).objections
    assert "7.0-point" in turned.what
    assert turned.box is not None
    assert turned.box[:3] == pytest.approx((740, 50, 745), abs=1.5)
    assert 200 < turned.box[3] < 340
    cropped = write_pdf(
        tmp_path / "form.pdf",
        shown(moved(every(SMALL), 100, 100)),
        box="0 0 812 992",
        page="/CropBox [100 100 712 892]",
    )
    (small,) = check(cropped).objections
    assert small.box is not None
    assert (small.box[0], small.box[1], small.box[3]) == pytest.approx((50, 47, 52), abs=1.5)
    assert 200 < small.box[2] < 340


def test_low_letters_and_tiny_ones_are_small_type(tmp_path: Path) -> None:
    """Eleven points wide and half as high is five and a half; all of a notice in one point is one."""
    low = shown(every(LAID, "circulated")) + shown(LAID["circulated"], matrix="1 0 0 0.5")
    assert "5.5-point" in told(check(write_pdf(tmp_path / "form.pdf", low)))[0]
    tiny = replace(LAID["circulated"][0], text=CIRCULATED, points=1)
    first, *others = told(check(write_pdf(tmp_path / "form.pdf", shown([*every(LAID, "circulated"), tiny]))))
    assert "1.0-point" in first
    assert others == []


def test_a_page_with_a_unit_of_its_own_is_not_measured(tmp_path: Path) -> None:
    for unit, scale in (("2", 0.5), ("0.5", 1)):
        content = f"{scale} 0 0 {scale} 0 0 cm {shown(every(LAID))}"
        done = check(write_pdf(tmp_path / "form.pdf", content, page=f"/UserUnit {unit}"))
        assert told(done) == []
        assert "the size of the type" in done.unmeasured[0].what
        assert "UserUnit" in done.remarks[0]
    assert told(check(write_pdf(tmp_path / "form.pdf", shown(every(LAID)), page="/UserUnit 1.0"))) == []


def picture(source: Path, dpi: int = 200) -> tuple[bytes, int, int]:
    page = pdfium.PdfDocument(source)[0].render(scale=dpi / 72).to_pil().convert("L")
    held = io.BytesIO()
    page.save(held, "JPEG", quality=90)
    return held.getvalue(), *page.size


@pytest.mark.parametrize("layer", ["", "with a layer of invisible text of eleven points"])
def test_of_a_form_that_is_a_picture_type_is_measured_by_its_capitals(tmp_path: Path, layer: str) -> None:
    """What is clearly too small is objected to; what may be just large enough, and boldface, is left to a person."""
    raw, wide, high = picture(write_pdf(tmp_path / "small.pdf", shown(every(SMALL))))
    about = f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceGray /BitsPerComponent 8"
    content = "q 612 0 0 792 0 0 cm /I Do Q\n" + (shown(every(LAID), before="3 Tr") if layer else "")
    pdf = write_pdf(tmp_path / "form.pdf", content, objects={"I": (f"{about} /Filter /DCTDecode", raw)})
    done = check(pdf)
    (small,) = done.objections
    assert small.section == "Elec. Code § 9008(d)"
    assert "about 7." in small.what or "about 6." in small.what
    assert small.box == pytest.approx((50, 42, 290, 56), abs=8)
    measured = {each.words: each for each in done.measured}
    assert measured[HEADING].points == pytest.approx(7, abs=measured[HEADING].off)
    for words in (LEAD, NOTICE, CIRCULATED, WITHDRAW, "the title and summary"):
        assert measured[words].points == pytest.approx(11, abs=measured[words].off)
        assert measured[words].off < 1.5
    open_ = " ".join(each.what for each in done.unmeasured)
    assert "whether it is 11-point" in open_
    assert "boldface and roman type, where the form is a picture" in open_
    assert any("read as a picture" in each for each in done.remarks)


@pytest.mark.parametrize(("turned", "dots"), [(181.5, 200), (90, None)])
def test_a_scan_is_read_askew_and_whichever_way_up_and_measured_if_it_says_how_large_it_is(
    tmp_path: Path, turned: float, dots: int | None
) -> None:
    page = pdfium.PdfDocument(write_pdf(tmp_path / "small.pdf", shown(every(SMALL))))[0].render(scale=200 / 72)
    scan = page.to_pil().convert("L").rotate(turned, fillcolor=255, expand=turned == 90, resample=3)
    scan.save(tmp_path / "scan.png", **({"dpi": (dots, dots)} if dots else {}))
    done = check(tmp_path / "scan.png")
    if dots is None:
        assert told(done) == []
        assert "the size of the type" in done.unmeasured[0].what
        return
    (small,) = done.objections
    assert "about 7." in small.what or "about 6." in small.what
    assert small.box == pytest.approx((612 - 290, 792 - 56, 612 - 50, 792 - 42), abs=14)


def test_words_that_are_outlines_are_read_as_a_picture(tmp_path: Path) -> None:
    """Two notices are outlines: their words are read, and nothing that could not be measured counts as lawful."""
    notices = f"#par(text(11pt)[{CIRCULATED}])\n#par(text(11pt)[{WITHDRAW}])"
    (tmp_path / "n.typ").write_text(f"#set page(width: 532pt, height: auto, margin: 0pt, fill: none)\n{notices}")
    typst.compile(str(tmp_path / "n.typ"), output=str(tmp_path / "n.svg"), format="svg")
    whole = marked_up({name: part for name, part in LAWFUL.items() if name != "withdraw"})
    (line,) = [each for each in whole.splitlines() if CIRCULATED in each]
    source = whole.replace(line, '#image("n.svg", width: 100%)')
    done = check(set_by_typst(tmp_path, f'#set page("us-letter", margin: 40pt)\n{source}'))
    assert told(done) == []
    assert {each.words for each in done.measured if each.pictured} == {CIRCULATED, WITHDRAW}
    assert any("boldface, where the form is a picture" in each.what for each in done.unmeasured)
    assert any("the title and summary" in each.what for each in done.unmeasured)


def test_the_contrast_of_a_colour_is_that_of_the_standard(tmp_path: Path) -> None:
    """WCAG 2.1: pure red on white is 3.998 to 1; letters in black beside it are at 21."""
    content = shown(every(LAID, "notice")) + "\n1 0 0 rg\n" + shown(LAID["notice"])
    seen = {each.words: each.contrast for each in check(write_pdf(tmp_path / "form.pdf", content)).measured}
    assert (seen[NOTICE], seen[CIRCULATED]) == (pytest.approx(3.998, abs=0.05), pytest.approx(21, abs=0.5))


def test_a_misworded_notice_is_not_saved_by_the_recogniser(tmp_path: Path) -> None:
    """Type that says another word is near enough for a recogniser; it is the type that counts."""
    parts = laid(withdraw=(WITHDRAW.replace("MEASURE HAVE", "MEASURE MAY HAVE"), 11, "roman"))
    (what,) = told(check(write_pdf(tmp_path / "form.pdf", shown(every(parts)))))
    assert "not as prescribed" in what


def test_a_broken_page_is_refused_with_what_to_do(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "form.pdf", shown(every(LAID)))
    pdf.write_bytes(pdf.read_bytes().replace(b"/Type /Page /Parent", b"/Type /Pale /Parent"))
    with pytest.raises(InputError, match=r"page 1 of form\.pdf is broken\. Save the form anew"):
        check(pdf)


def test_what_is_drawn_is_read_where_the_file_says_that_words_stand(tmp_path: Path) -> None:
    """A font whose every letter is one and the same shape, and a page in which it says that it is the notice."""
    shape, number = b"600 0 0 0 550 700 d1 50 0 150 700 re 50 300 450 100 re f", 10
    names, widths = " ".join(["/b"] * 91), " ".join(["600"] * 91)
    font = (
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.0005 0 0 0.0005 0 0] "
        f"/CharProcs << /b {number} 0 R >> /Encoding << /Type /Encoding /Differences [32 {names}] >> "
        f"/FirstChar 32 /LastChar 122 /Widths [{widths}] /ToUnicode {number + 1} 0 R >>"
    )
    says = b"begincmap 1 begincodespacerange <20> <7a> endcodespacerange 1 beginbfrange <20> <7a> <0020> endbfrange"
    lines = [replace(each, face="odd") for each in LAID["circulated"]]
    content = shown(every(LAID, "circulated")) + shown(lines)
    pdf = write_pdf(tmp_path / "form.pdf", content, fonts={"odd": font}, objects={"P": ("", shape), "U": ("", says)})
    done = check(pdf)
    (half,) = done.objections
    assert "about 5.8-point" in half.what  # its size says 11, its shapes are half as high
    assert [each.section for each in done.unmeasured if "what is drawn" in each.what] == ["Elec. Code § 101(a)(3)"]


def test_each_page_that_asks_for_signatures_bears_the_heading(tmp_path: Path) -> None:
    labels = {name: LAWFUL[name] for name in ("county", *LABELS)}
    source = f'#set page("us-letter", margin: 40pt)\n{marked_up(LAWFUL)}\n#pagebreak()\n{marked_up(labels)}'
    done = check(set_by_typst(tmp_path, source))
    assert [(each.page, each.section) for each in done.objections] == [(2, "Elec. Code § 9008(b), (d)")]
