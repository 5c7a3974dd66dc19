"""Forms that others set, against California's prescriptions: type as drawn, words, order, fields; what is no form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typst
from typer.testing import CliRunner

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.sheets import MeasureText, form_of, print_sheets
from ballotworthy.verbs.sheets_check import Checked, check_form_file
from checked import whole_app

FORM = form_of("us-ca", "amendment")
HEADING, LEAD = (each["text"] for each in FORM.data["heading"])
NOTICES = [each["text"] for each in FORM.data["notices"]]
ROW = f"{FORM.data['row_text']['bold']} {FORM.data['row_text']['plain']}"
SUMMARY = (
    "REQUIRES LEGIBLE SHEETS. Every petition sheet must be printed so that a person can read it. Fiscal effect: none."
)
LABELS = ["Print your name", "Signature", "Residence address", "City"]
pytest.importorskip("pypdfium2", reason="measuring a PDF needs the extra scan")
pytest.importorskip("cv2", reason="measuring a PDF needs the extra scan")

LAWFUL = [
    (HEADING, 11),
    (LEAD, 11),
    (SUMMARY, 11),
    *((each, 11) for each in NOTICES),
    (ROW, 8),
    *((each, 6) for each in LABELS),
]


def check(folder: Path, texts: list[tuple[str, float]], wrap: str = "{}") -> Checked:
    lines = "\n".join(f"#par(text({points}pt)[{words}])" for words, points in texts)
    (folder / "form.typ").write_text(
        '#set page("us-letter", margin: 40pt)\n' + wrap.format(f"[{lines}]").replace("[[", "[")
    )
    if wrap == "{}":
        (folder / "form.typ").write_text('#set page("us-letter", margin: 40pt)\n' + lines)
    typst.compile(str(folder / "form.typ"), output=str(folder / "form.pdf"))
    return check_form_file(folder / "form.pdf", place="us-ca", kind="amendment")


def told(done: Checked) -> list[tuple[str, str]]:
    return [(each.what, each.section) for each in done.objections]


def without(words: str) -> list[tuple[str, float]]:
    return [each for each in LAWFUL if each[0] != words]


def test_our_own_form_and_a_lawful_one_of_others_meet_no_objection(tmp_path: Path) -> None:
    own = print_sheets(FORM, MeasureText("Legible sheets.", SUMMARY), 1, 1)
    (tmp_path / "own.pdf").write_bytes(own)
    assert told(check_form_file(tmp_path / "own.pdf", place="us-ca", kind="amendment")) == []
    done = check(tmp_path, LAWFUL)
    assert told(done) == []
    assert [each.points for each in done.measured if each.asked] == [11.0] * 6


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([(HEADING, 7), *LAWFUL[1:]], [("in 7.0-point type, where 11-point is asked for", "Elec. Code § 9008(d)")]),
        ([*LAWFUL[:2], (SUMMARY, 10.8), *LAWFUL[3:]], [("title and summary are set in 10.8", "Elec. Code § 9008(d)")]),
        (without(NOTICES[1]), [("are not on it", "Elec. Code § 101(a)(3)")]),
        (without(SUMMARY), [("no title and summary stand between", "Elec. Code § 9008(d)")]),
        (without(ROW), [("are not on it", "Elec. Code § 9020(a)(5)")]),
        (without("City"), [("asks for the signer's city", "Elec. Code § 9020(a)(4)")]),
        ([(each.replace("WITHDRAW THIS PETITION AT", "TAKE IT BACK AT"), size) for each, size in LAWFUL],
         [("not as prescribed", "Elec. Code § 101(b)")]),
        ([LAWFUL[0], LAWFUL[1], LAWFUL[2], LAWFUL[4], LAWFUL[3], *LAWFUL[5:]],
         [("must come first", "Elec. Code § 101(a)(3)")]),
    ],
)  # fmt: skip
def test_each_objection_names_its_section(
    tmp_path: Path, texts: list[tuple[str, float]], said: list[tuple[str, str]]
) -> None:
    objections = told(check(tmp_path, texts))
    assert len(objections) == len(said)
    for (what, section), (words, where) in zip(objections, said, strict=True):
        assert words in what
        assert section == where


def test_type_is_measured_as_drawn_whatever_size_the_font_says(tmp_path: Path) -> None:
    """Type of 22 points drawn at half its size is of 11 points, and of 12 points at half of 6."""
    wrap = "#scale(50%, origin: top + left, reflow: true, block(width: 1000pt, {}))"
    assert told(check(tmp_path, [(words, 22) for words, _ in LAWFUL], wrap)) == []
    halved = told(check(tmp_path, [(words, 12) for words, _ in LAWFUL], wrap))
    assert len(halved) == 7
    assert all("6.0-point" in what for what, section in halved if section)


def test_a_form_printed_at_94_per_cent_is_told(tmp_path: Path) -> None:
    wrap = "#scale(94%, origin: top + left, reflow: true, block(width: 520pt, {}))"
    first = check(tmp_path, LAWFUL, wrap).objections[0]
    assert first.what == "all prescribed type is 94% of its size: the form was scaled; print it at 100%"


def test_objections_are_data_and_what_is_no_form_ends_with_2(tmp_path: Path) -> None:
    check(tmp_path, [(HEADING, 7), *LAWFUL[1:]])
    law = ("--place", "us-ca", "--kind", "amendment")
    words = ["sheets", "check", str(tmp_path / "form.pdf"), *law, "-o", str(tmp_path / "marked.png"), "--json"]
    done = CliRunner().invoke(whole_app(), words)
    assert done.exit_code == 0
    (objection,) = json.loads(done.stdout)["objections"]
    assert objection["page"] == 1
    assert 40 <= objection["box"][0] <= 60
    assert (tmp_path / "marked.png").read_bytes()[:4] == b"\x89PNG"
    (tmp_path / "letter.typ").write_text("Dear Madam, the form will follow. Yours, the committee.")
    (tmp_path / "empty.typ").write_text("#rect()")
    for name in ("letter", "empty"):
        typst.compile(str(tmp_path / f"{name}.typ"), output=str(tmp_path / f"{name}.pdf"))
    (tmp_path / "text.pdf").write_text("no PDF")
    for name, said in (
        ("letter.pdf", "no form of that kind"),
        ("empty.pdf", "no text in it"),
        ("text.pdf", "is no PDF"),
        ("none.pdf", "there is no file"),
    ):
        with pytest.raises(InputError, match=said):
            check_form_file(tmp_path / name, place="us-ca", kind="amendment")
    with pytest.raises(UnknownName, match=r"no form held for 'us-wa'\. .*us-ca"):
        check_form_file(tmp_path / "form.pdf", place="us-wa", kind="statute")
    with pytest.raises(UnknownName):
        check_form_file(tmp_path / "form.pdf", place="us-ca", kind="recall")
