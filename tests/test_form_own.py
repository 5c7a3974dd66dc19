"""`sheets check --measure`: a form with other words than the measure's own is told, and one with its words is not."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from ballotworthy.verbs.sheets_check import Checked, check_form_file
from test_form_printer import SUMMARY, TITLE, set_form

TEXT = """SECTION 1. Every sheet of a petition shall be legible to a person.
SECTION 2. The county elections official may have any sheet printed anew that a person cannot read."""
ADDED = "SECTION 3. The county board shall hear every circulator in public before any sheet is refused."


def given(folder: Path, attached: str, **measure: str) -> tuple[Path, Path]:
    """Give a form with a text, and the measure's own words."""
    words = {"title": TITLE, "summary": SUMMARY, "identifier": "26-0001.", "text": TEXT, **measure}
    (folder / "measure.toml").write_text("\n".join(f"{key} = {json.dumps(said)}" for key, said in words.items()))
    return set_form(folder, attached=f"#text(size: 8pt)[{attached}]"), folder / "measure.toml"


def check(folder: Path, attached: str, **measure: str) -> Checked:
    form, measured = given(folder, attached, **measure)
    return check_form_file(form, place="us-ca", kind="statute", measure=measured)


@pytest.mark.parametrize("attached", [TEXT, TEXT.replace(" printed anew", "#pagebreak() printed anew")])
def test_the_measures_own_words_are_right_also_where_a_page_ends_within_them(attached: str, tmp_path: Path) -> None:
    done = check(tmp_path, attached)
    assert (done.objections, done.unmeasured) == ((), ())
    assert any("the words in measure.toml are the official ones" in each for each in done.not_checked)


def test_one_word_more_in_the_text_and_another_summary_are_objected_to(tmp_path: Path) -> None:
    done = check(tmp_path, TEXT.replace("cannot", "says he cannot"), summary=SUMMARY.replace("none", "some"))
    summary, text = done.objections
    assert summary.what.startswith("the measure's summary is not on it to the letter: 1 of 1 passage, ")
    assert text.what.endswith('1 of 2 passages, beginning with "SECTION 2. The county elections official may..."')
    assert text.section == "Elec. Code § 9008(b)"


def test_a_section_that_the_measure_does_not_have_is_told(tmp_path: Path) -> None:
    done = check(tmp_path, f"{TEXT} {ADDED}")
    (added,) = done.unmeasured
    assert added.what.startswith("what page 1 says beside the measure's own words: 77 letters")
    assert "SECTION3Thecountyboard" in added.what


def test_a_scan_is_never_said_to_bear_nothing_but_the_measures_own_words(tmp_path: Path) -> None:
    """A section added on a scanned page of the text was told by nothing: only pages of type were looked at for it."""
    form, measured = given(tmp_path, f"{TEXT} {ADDED}")
    pages = [page.render(scale=2, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(form)]
    pages[0].save(tmp_path / "form.tiff", save_all=True, append_images=pages[1:], dpi=(144, 144))
    done = check_form_file(tmp_path / "form.tiff", place="us-ca", kind="statute", measure=measured)
    told = [each.what for each in done.unmeasured]
    assert any(each.startswith("whether page 1 says anything beside the measure's own words") for each in told)
