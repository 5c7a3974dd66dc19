"""`sheets check` of forms with several rows and pages, as a stranger set them: what he expected was written first."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from ballotworthy.sheets.labels import field_of
from ballotworthy.verbs.sheets_check import Checked, check_form_file
from drawn_forms import BOLD, CIRCULATED, COUNTY, HEADING, LEAD, LEFT_OPEN, NOTICE, PLAIN, SUMMARY, WITHDRAW

UNLESS, NAME, SIGN = f"*{BOLD}* {PLAIN}", "Print Name:", "Signature:"
ROW = (NAME, UNLESS, SIGN)
HEAD = [f"*{HEADING}*", f"*{LEAD}*"]
NOTICES = [f"*{NOTICE}*", CIRCULATED, WITHDRAW, COUNTY]


def table(rows: list[tuple[str, ...]], address: str = "Residence Address ONLY:") -> str:
    cells = []
    for row in rows:
        left = "#v(14pt)#line(length: 100%, stroke: 0.5pt)".join(f"#text(size: 8pt)[{each}]" for each in row)
        cells += [f"[{left}#v(14pt)]", f"[#text(size: 8pt)[{address}]#v(18pt)#text(size: 8pt)[City:]]"]
    return f"#table(columns: (1fr, 1fr), inset: 4pt, {', '.join(cells)})"


def check(folder: Path, *parts: str) -> Checked:
    source = '#set page(paper: "us-letter", margin: 0.6in)\n#set text(font: "Libertinus Serif", size: 11pt)\n'
    (folder / "form.typ").write_text(source + "\n\n".join(parts), "utf-8")
    typst.compile(str(folder / "form.typ"), output=str(folder / "form.pdf"))
    return check_form_file(folder / "form.pdf", place="us-ca", kind="amendment")


def told(done: Checked) -> list[str]:
    return [each.what for each in done.objections]


def open_of(done: Checked) -> list[str]:
    held = [each for each in done.unmeasured if each.section not in LEFT_OPEN]
    return [each.what for each in held if "boldface could not be told" not in each.what]


def test_rows_that_each_bear_all_are_lawful(tmp_path: Path) -> None:
    done = check(tmp_path, *HEAD, SUMMARY, *NOTICES, table([ROW] * 4))
    assert (told(done), open_of(done)) == ([], [])


def test_where_letters_go_is_not_where_a_signer_lives(tmp_path: Path) -> None:
    done = check(tmp_path, *HEAD, SUMMARY, *NOTICES, table([ROW] * 4, "Mailing Address:"))
    assert told(done) == ["nothing on it asks for the signer's residence address"]
    assert field_of("E-mail address")[0] == field_of("Mailing address")[0] == "?"
    assert field_of("Residence address (not a mailing address)")[0] == "address"


def test_a_second_page_of_signatures_bears_title_and_summary(tmp_path: Path) -> None:
    first = [*HEAD, SUMMARY, *NOTICES, table([ROW] * 3), "#pagebreak()"]
    done = check(tmp_path, *first, *HEAD, *NOTICES, table([ROW] * 3))
    assert told(done) == ["no title and summary stand between the heading and the notices of page 2"]
    done = check(tmp_path, *first, *HEAD, SUMMARY, *NOTICES, table([ROW] * 3))
    assert told(done) == []


def test_what_a_row_must_bear_is_counted_by_rows(tmp_path: Path) -> None:
    done = check(tmp_path, *HEAD, SUMMARY, *NOTICES, table([ROW, ROW, (NAME, SIGN), ROW]))
    assert told(done) == []
    (said,) = open_of(done)
    assert said.endswith("it is there 3 times, and 4 places ask for name and signature")


@pytest.mark.parametrize(
    ("row", "words"),
    [((UNLESS, NAME, SIGN), "stands above the printed name"), ((NAME, SIGN, UNLESS), "stands below the signature")],
)
def test_the_text_of_a_row_has_its_place_in_it(row: tuple[str, ...], words: str, tmp_path: Path) -> None:
    (said,) = told(check(tmp_path, *HEAD, SUMMARY, *NOTICES, table([row] * 3)))
    assert said.endswith(words)


def test_a_form_that_itself_shows_the_top_funders_is_left_open(tmp_path: Path) -> None:
    shown = "*OFFICIAL TOP FUNDERS. Valid only for May 2026*"
    done = check(tmp_path, *HEAD, SUMMARY, shown, *NOTICES, table([(NAME, SIGN)] * 3))
    assert told(done) == []
    assert any("the form itself speaks of" in each for each in open_of(done))


def test_notices_behind_the_rows_leave_the_summary_unmeasured(tmp_path: Path) -> None:
    done = check(tmp_path, *HEAD, SUMMARY, COUNTY, table([ROW] * 3), *NOTICES[:3])
    assert not any("county" in each for each in told(done))
    assert any("must come first" in each for each in told(done))
    assert not any("summary are set" in each for each in told(done))
    assert any("is not where the notices begin" in each for each in open_of(done))


def test_words_of_a_notice_in_the_summary_are_not_judged_as_the_notice(tmp_path: Path) -> None:
    summary = f"{SUMMARY} It asks for a notice to the public."
    assert told(check(tmp_path, *HEAD, summary, *NOTICES, table([ROW] * 3))) == []
