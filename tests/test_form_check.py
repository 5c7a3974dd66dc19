"""Forms that others set, against California's prescriptions: type as drawn, words, order, face and fields."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typst
from typer.testing import CliRunner

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.sheets import MeasureText, print_sheets
from ballotworthy.verbs.sheets_check import Checked, check_form_file
from checked import whole_app
from drawn_forms import CIRCULATED, FORM, HEADING, LAWFUL, LEAD, LEFT_OPEN, PLAIN, SUMMARY, WITHDRAW, Part, marked_up


def check(folder: Path, parts: dict[str, Part], wrap: str = "{}") -> Checked:
    (folder / "form.typ").write_text('#set page("us-letter", margin: 40pt)\n' + wrap.format(marked_up(parts)))
    typst.compile(str(folder / "form.typ"), output=str(folder / "form.pdf"))
    return check_form_file(folder / "form.pdf", place="us-ca", kind="amendment")


def told(done: Checked) -> list[tuple[str, str]]:
    return [(each.what, each.section) for each in done.objections]


def without(name: str) -> dict[str, Part]:
    return {key: part for key, part in LAWFUL.items() if key != name}


def in_points(points: float) -> dict[str, Part]:
    return {name: (text, points, face) for name, (text, _, face) in LAWFUL.items()}


def test_our_own_form_and_a_lawful_one_of_others_meet_no_objection(tmp_path: Path) -> None:
    own = print_sheets(FORM, MeasureText("Legible sheets.", SUMMARY), 1, 1)
    (tmp_path / "own.pdf").write_bytes(own)
    for done in (
        check_form_file(tmp_path / "own.pdf", place="us-ca", kind="amendment"),
        check(tmp_path, LAWFUL),
    ):
        assert told(done) == []
        assert [each for each in done.unmeasured if each.section not in LEFT_OPEN] == []
        assert [each.points for each in done.measured if each.asked] == [11.0] * 6
        assert [each.bold for each in done.measured] == [True, True, True, False, False, None, None]
        assert all(each.contrast and each.contrast > 18 for each in done.measured)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({**LAWFUL, "heading": (HEADING, 7, "bold")},
         [("in 7.0-point type, where 11-point is asked for", "Elec. Code § 9008(d)")]),
        ({**LAWFUL, "summary": (SUMMARY, 10.8, "roman")},
         [("title and summary are set in 10.8", "Elec. Code § 9008(d)")]),
        (without("summary"), [("no title and summary stand between", "Elec. Code § 9008(d)")]),
        ({name: LAWFUL[name] for name in ("heading", "lead", "summary", "notice", "withdraw", "circulated", "county",
                                          "row", "Print your name", "Signature", "Residence address", "City")},
         [("must come first", "Elec. Code § 101(b)")]),
        ({**LAWFUL, "heading": (HEADING, 11, "italic")}, [("in italics, where roman", "Elec. Code § 9008(d)")]),
        ({**LAWFUL, "lead": (LEAD, 11, "roman")}, [("not in boldface", "Elec. Code § 9008(d)")]),
        ({**LAWFUL, "circulated": (CIRCULATED, 11, "bold")}, [("in boldface, where none", "Elec. Code § 101(a)(3)")]),
        ({**LAWFUL, "row": (f"Do not sign unless {PLAIN}", 8, "row")},
         [("other capitals than prescribed", "Elec. Code § 9020(a)(5)")]),
    ],
)  # fmt: skip
def test_each_objection_to_how_it_is_set_names_its_section(
    tmp_path: Path, parts: dict[str, Part], said: list[tuple[str, str]]
) -> None:
    objections = told(check(tmp_path, parts))
    assert len(objections) == len(said)
    for (what, section), (words, where) in zip(objections, said, strict=True):
        assert words in what
        assert section == where


def test_words_and_fields_that_lack_or_differ_are_told_each_with_its_section(tmp_path: Path) -> None:
    parts = {**without("circulated"), "withdraw": (WITHDRAW.replace("WITHDRAW", "TAKE BACK"), 11, "roman")}
    del parts["row"], parts["City"]
    objections = told(check(tmp_path, parts))
    assert [section.removeprefix("Elec. Code § ") for _, section in objections] == [
        "101(a)(3)", "101(b)", "9020(a)(5)", "9020(a)(4)",
    ]  # fmt: skip
    for (what, _), words in zip(
        objections, ("are not on it", "not as prescribed", "are not on it", "the signer's city"), strict=True
    ):
        assert words in what


def test_type_is_measured_as_drawn_whatever_size_the_font_says(tmp_path: Path) -> None:
    """Type of 22 points drawn at half its size is of 11 points, and of 12 points at half of 6."""
    wrap = "#scale(50%, origin: top + left, reflow: true, block(width: 1000pt)[{}])"
    assert told(check(tmp_path, in_points(22), wrap)) == []
    halved = told(check(tmp_path, in_points(12), wrap))
    assert len(halved) == 7
    assert all("6.0-point" in what for what, section in halved if section)


def test_a_form_printed_at_94_per_cent_is_told(tmp_path: Path) -> None:
    wrap = "#scale(94%, origin: top + left, reflow: true, block(width: 520pt)[{}])"
    first = check(tmp_path, LAWFUL, wrap).objections[0]
    assert first.what == "all prescribed type is 94% of its size: the form was scaled; print it at 100%"


def test_faint_type_and_other_capitals_are_remarks_and_margins_are_measured(tmp_path: Path) -> None:
    """No section held here says how black type must be or how wide a margin: what is seen is told."""
    parts = {
        **LAWFUL,
        "circulated": (f"#text(fill: luma(190))[{CIRCULATED}]", 11, "roman"),
        "notice": ("Notice to the public:", 11, "bold"),
    }
    done = check(tmp_path, parts)
    assert told(done) == []
    assert [each for each in done.remarks if "contrast of 1.9 to 1" in each]
    assert [each for each in done.remarks if each.startswith('"NOTICE TO THE PUBLIC:" has other capitals')]
    (margin,) = done.margins
    assert margin is not None
    assert margin[0] == pytest.approx(40, abs=1)
    assert margin[1] == pytest.approx(40, abs=5)


def test_objections_are_data_and_what_is_no_form_ends_with_2(tmp_path: Path) -> None:
    check(tmp_path, {**LAWFUL, "heading": (HEADING, 7, "bold")})
    law = ("--place", "us-ca", "--kind", "amendment")
    words = ["sheets", "check", str(tmp_path / "form.pdf"), *law, "-o", str(tmp_path / "marked.png")]
    done = CliRunner().invoke(whole_app(), [*words, "--json"])
    assert done.exit_code == 0
    (objection,) = json.loads(done.stdout)["objections"]
    assert objection["page"] == 1
    assert 40 <= objection["box"][0] <= 60
    assert (tmp_path / "marked.png").read_bytes()[:4] == b"\x89PNG"
    shown = CliRunner().invoke(whole_app(), words).stdout
    assert ": 1 objection, 3 things not measured." in shown
    assert "No section held here asks for a margin." in shown
    (tmp_path / "letter.typ").write_text("Dear Madam, the form will follow. Yours, the committee.")
    (tmp_path / "empty.typ").write_text("#rect()")
    for name in ("letter", "empty"):
        typst.compile(str(tmp_path / f"{name}.typ"), output=str(tmp_path / f"{name}.pdf"))
    (tmp_path / "text.pdf").write_text("no PDF")
    for name, said in (
        ("letter.pdf", "no form of that kind"),
        ("empty.pdf", "nothing on it could be read"),
        ("text.pdf", "is no PDF"),
        ("none.pdf", "there is no file"),
    ):
        with pytest.raises(InputError, match=said):
            check_form_file(tmp_path / name, place="us-ca", kind="amendment")
    with pytest.raises(UnknownName, match=r"no form held for 'us-or'\. .*us-ca"):
        check_form_file(tmp_path / "form.pdf", place="us-or", kind="statute")
    with pytest.raises(UnknownName):
        check_form_file(tmp_path / "form.pdf", place="us-ca", kind="recall")
