"""Lines are looked at before they come in: what they are, what is missing, and nothing in the record until a yes."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_opened import NEW as CASE
from office_opened import SLUG, new_case
from office_site import fix_frame, take_in
from test_office_newcomer import invented, text_of
from test_office_pictures import NEW, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from office_site import Office

__all__ = ["sheets"]


def file_of(lines: pl.DataFrame) -> io.BytesIO:
    file = io.BytesIO(lines.write_csv().encode())
    file.name = "lines.csv"
    return file


def looked_at(client: Any, lines: pl.DataFrame, **said: str) -> tuple[str, str]:
    """Upload lines; give the address of the first look, and its words."""
    page = client.post(f"/cases/{SLUG}/lines", {"file": file_of(lines), **said}, follow=True)
    return page.redirect_chain[-1][0], text_of(page)


def test_lines_are_looked_at_without_a_name_and_come_in_only_after_a_yes(office: Office) -> None:
    manager = new_case(office)
    lines = invented(office, "lines").filter(pl.col("sheet") != "3").rename({"name": "who"})
    before, uploads = office.room(SLUG).at(), office.folder / "uploads"
    address, words = looked_at(manager, lines, columns="name=who")
    assert "struck district Column" in words, "the column by which the law divides is read too"
    for told in (f"Lines {lines.height} , how many the filer promised is not said", "Missing sheet numbers 3", "who"):
        assert told in words
    page = manager.get(address).text
    assert [name for name in lines["who"].drop_nulls() if name in page] == []
    assert page.count('<tr><th scope="row">') >= 10
    assert (office.room(SLUG).at(), len(list(uploads.iterdir()))) == (before, 1)
    assert manager.post(address, {"discard": "1"}).status_code == 302
    assert (office.room(SLUG).at(), list(uploads.iterdir())) == (before, [])
    assert "not here any more" in text_of(manager.get(address))
    assert manager.post(address).status_code == 400

    address, _ = looked_at(manager, lines, columns="name=who")
    assert office.client("anna").get(address).status_code == 404
    assert manager.post(address).status_code == 302
    assert office.room(SLUG).case().batches["1"].counted["lines"] == lines.height
    assert list(uploads.iterdir()) == []
    assert "These lines were taken in" in text_of(manager.get(address))
    address, words = looked_at(manager, lines, columns="name=who")
    assert f"{lines.height} of these lines are in the case already" in words
    assert manager.post(address).status_code >= 400
    assert set(office.room(SLUG).case().batches) == {"1"}


def test_a_promise_that_is_not_kept_is_explained_at_the_look_and_one_not_made_is_said_so(office: Office) -> None:
    manager = new_case(office)
    lines = invented(office, "lines").head(40)
    promised = {"lines_promised": "41", "sheets_promised": "9"}
    address, words = looked_at(manager, lines, **promised)
    assert ("41 promised" in words, "Why other numbers were counted" in words) == (True, True)
    assert (manager.post(address).status_code, office.room(SLUG).case().batches) == (400, {})
    assert manager.post(address, {"explained": "one line was cut off"}).status_code == 302
    assert office.room(SLUG).case().batches["1"].received["lines"] == 41
    told = f"41 lines promised, 40 counted on {lines['sheet'].n_unique()} sheets, 9 promised. one line was cut off"
    assert told in text_of(manager.get(f"/cases/{SLUG}"))
    assert take_in(manager, SLUG, {"file": file_of(invented(office, "lines")[40:60])}).status_code == 302
    assert "how many lines were promised was not said" in text_of(manager.get(f"/cases/{SLUG}"))
    _, words = looked_at(manager, invented(office, "lines")[60:70], batch="1")
    assert ("batch 1 was received already" in words, "Yes: take in" in words) == (True, False)


@pytest.mark.parametrize("which", ["lines_promised", "sheets_promised"])
@pytest.mark.parametrize("promised", ["1000000000", "9" * 30, "9" * 900])
def test_a_promise_that_no_petition_keeps_is_refused_at_the_form(office: Office, which: str, promised: str) -> None:
    manager = new_case(office)
    page = manager.post(f"/cases/{SLUG}/lines", {"file": file_of(invented(office, "lines").head(3)), which: promised})
    assert (page.status_code, "look at the number that the filer wrote again" in text_of(page)) == (400, True)
    assert list((office.folder / "uploads").iterdir()) == []


def test_what_is_refused_is_said_at_the_form_and_what_was_typed_is_kept(office: Office) -> None:
    from ballotworthy.office.models import Job

    manager = new_case(office)
    typed = {"batch": "Monday", "lines_promised": "many", "received": "2024-05-01", "dates": "either", "lenient": "on"}
    page = manager.post(f"/cases/{SLUG}/lines", {"file": file_of(invented(office, "lines").head(3)), **typed})
    kept = [
        'name="batch" placeholder="1" value="Monday"', 'inputmode="numeric" value="many"', 'value="2024-05-01"',
        'value="either" selected', 'name="lenient" checked', "Write in digits how many the filer says there are",
        'role="alert" id="refused"',
    ]  # fmt: skip
    assert (page.status_code, [each for each in kept if each not in page.text]) == (400, [])
    strange = io.BytesIO(b"sheet,sheet\n1,2\n")
    strange.name = "strange.csv"
    said = {"batch": "Tuesday", "columns": "name=Printed name", "lines_promised": "1,234"}
    page = manager.post(f"/cases/{SLUG}/lines", {"file": strange, **said})  # the job refuses it
    kept = ['value="Tuesday"', ">name=Printed name</textarea>", 'value="1234"']
    assert (page.status_code, [each for each in kept if each not in page.text]) == (422, [])
    assert "<details open><summary>How the file is written" in page.text
    job = Job.objects.filter(state=Job.REFUSED).last()
    later = manager.get(f"/cases/{SLUG}/jobs/{job.pk}?waited")
    assert later.headers["Location"] == f"/cases/{SLUG}?refused={job.pk}"
    page = manager.get(later.headers["Location"])
    assert (page.status_code, 'id="refused"' in page.text, [each for each in kept if each not in page.text]) == (
        200,
        True,
        [],
    )
    assert take_in(manager, SLUG, {"file": file_of(invented(office, "lines").head(10))}).status_code == 302
    assert fix_frame(manager, SLUG) == 302
    page = manager.post(f"/cases/{SLUG}/lines", {"file": file_of(invented(office, "lines").head(3)), "received": "x"})
    assert (page.status_code, 'id="refused"' in page.text, "is kept here" in page.text) == (400, True, False)
    assert manager.get(f"/cases/{SLUG}/lines").status_code == 302


def test_all_files_of_a_job_are_named(office: Office) -> None:
    from ballotworthy.office.models import Job

    manager = new_case(office)
    scans = []
    for name in ("monday.pdf", "tuesday.pdf"):
        scans.append(io.BytesIO(b"%PDF-1.4 cut short"))
        scans[-1].name = name
    page = manager.post(f"/cases/{SLUG}/scans", {"file": scans, "form": ""})
    assert page.status_code == 400
    job = Job.objects.filter(kind="sheets").last()
    assert "<dt>Files<dd>monday.pdf, tuesday.pdf" in manager.get(f"/cases/{SLUG}/jobs/{job.pk}").text


def test_another_look_and_a_fixed_frame_leave_no_file_that_was_looked_at(office: Office) -> None:
    manager, uploads = new_case(office), office.folder / "uploads"
    lines = invented(office, "lines")
    looked_at(manager, lines.head(10))
    address, _ = looked_at(manager, lines.head(20))
    assert len(list(uploads.iterdir())) == 1
    assert manager.post(address).status_code == 302
    late, _ = looked_at(manager, lines[20:30])
    page = text_of(manager.get(f"/cases/{SLUG}"))
    assert "A batch came in by mistake" in page
    assert fix_frame(manager, SLUG) == 302
    assert list(uploads.iterdir()) == []
    assert manager.post(late).status_code == 400
    assert office.room(SLUG).case().frame.fixed["lines"] == 20


def test_a_file_that_somebody_looked_at_and_left_is_deleted_after_a_week(office: Office) -> None:
    from ballotworthy.office.models import Job
    from ballotworthy.office.uploads import forget_old_looks

    manager, uploads = new_case(office), office.folder / "uploads"
    looked_at(manager, invented(office, "lines").head(10))
    forget_old_looks()
    assert len(list(uploads.iterdir())) == 1
    Job.objects.filter(kind="look").update(ended=dt.datetime.now(dt.UTC) - dt.timedelta(days=8))
    forget_old_looks()
    assert list(uploads.iterdir()) == []


def test_a_reading_made_for_the_case_is_thrown_away_and_any_other_stays(office: Office, sheets: Path) -> None:
    manager = office.client("manager")
    from ballotworthy.office.models import HeldCase, Job

    manager.post("/cases/new", NEW)
    own = sheets.rename(sheets.with_name("scans-0a1b2c"))
    another = sheets.with_name("scans-202411")
    for copied in (sheets, another):
        shutil.copytree(own, copied)
    held, at = HeldCase.objects.get(slug="scans"), dt.datetime.now(dt.UTC)
    Job.objects.create(held=held, kind="sheets", state=Job.DONE, said={"out": own.name}, at=at)
    for folder, status, words in ((sheets, 400, False), (another, 400, False), (own, 302, True)):
        address = manager.post("/cases/scans/lines", {"sheets": folder.name}).headers["Location"]
        assert ("throw this reading away" in manager.get(address).text) is words
        assert manager.post(address, {"discard": "1"}).status_code == status
        assert folder.exists() is not words
    assert "Thrown away by manager." in text_of(manager.get(address.replace("lines", "jobs")))
    assert manager.post(address).status_code == 400, "it is not there any more"


def test_sheets_that_changed_since_they_were_looked_at_do_not_come_in(office: Office, sheets: Path) -> None:
    manager = office.client("manager")
    manager.post("/cases/new", NEW)
    address = manager.post("/cases/scans/lines", {"sheets": "monday"}).headers["Location"]
    assert "Yes: take in 40 lines" in text_of(manager.get(address))
    lines = sheets / "lines.csv"
    lines.write_text(re.sub("\n[^\n]*\n$", "\n", lines.read_text("utf-8")), "utf-8")
    refused = manager.post(address)
    assert (refused.status_code, "not those that were looked at" in text_of(refused)) == (409, True)
    assert office.room("scans").case().batches == {}


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (("1", "2", "5", "7"), "3, 4, 6"),
        (("1", "2", "3"), ""),
        (("1", "A-3"), ""),
        ((), ""),
        (("7", "100234"), ""),
        (("1", "40"), "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 and 18 more"),
    ],
)
def test_missing_sheet_numbers_are_told_where_sheets_bear_numbers(numbers: tuple[str, ...], told: str) -> None:
    from ballotworthy.casework.missing_sheets import missing_sheets

    assert missing_sheets(set(numbers)) == told


def test_a_register_in_place_of_the_petition_and_a_file_of_another_case_are_doubted(office: Office) -> None:
    manager = new_case(office)
    lines = invented(office, "lines").head(50)
    _, words = looked_at(manager, invented(office, "roll").head(40))
    assert "are those of a register. Is this file the petition?" in words
    assert "no column holds the numbers of sheets or lines" in words
    address, words = looked_at(manager, lines)
    assert "Warning" not in words
    assert "another case" not in words
    assert manager.post(address).status_code == 302
    manager.post("/cases/new", {**CASE, "case": "another"})
    page = text_of(manager.post("/cases/another/lines", {"file": file_of(lines)}, follow=True))
    assert "taken in by another case" in page


def test_pages_of_scans_that_were_not_read_are_told_before_their_lines_are_missed(office: Office, sheets: Path) -> None:
    manager = office.client("manager")
    manager.post("/cases/new", NEW)
    pages = [{"file": "a.pdf", "page_of_file": 3, "not_read": "0 of its 4 corner marks were found"}]
    (sheets / "sheets.json").write_text(json.dumps({"pages": pages, "lacking": []}), "utf-8")
    answer = manager.post("/cases/scans/lines", {"sheets": "monday"}, follow=True)
    assert "page 3 of a.pdf: 0 of its 4 corner marks" in text_of(answer)
    assert not office.room("scans").case().batches


def test_scans_of_which_no_row_was_read_leave_nothing_and_say_why(office: Office) -> None:
    shutil.rmtree(office.folder / "sheets", ignore_errors=True)
    pytest.importorskip("pypdfium2", reason="the extra scan is not installed")
    manager = new_case(office)
    scan = io.BytesIO(b"%PDF-1.4 cut short")
    scan.name = "monday.pdf"
    answer = manager.post(f"/cases/{SLUG}/scans", {"file": scan, "form": ""}, follow=True)
    assert (answer.status_code, "No row of a sheet was read" in text_of(answer)) == (400, True)
    assert "monday.pdf" in text_of(answer)
    assert not list((office.folder / "sheets").iterdir())


def test_scans_of_more_pages_than_are_read_at_once_are_refused_before_any_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    from ballotworthy.office.jobs import sheets as reading

    pytest.importorskip("cv2", reason="the extra scan is not installed")
    shutil.rmtree(office.folder / "sheets", ignore_errors=True)
    monkeypatch.setattr(reading, "MOST_PAGES", 2)
    manager, scan = new_case(office), io.BytesIO()
    page = Image.new("L", (80, 100))
    page.save(scan, "TIFF", save_all=True, append_images=[page, page])
    scan.seek(0)
    scan.name = "monday.tif"
    answer = manager.post(f"/cases/{SLUG}/scans", {"file": scan, "form": ""}, follow=True)
    assert (answer.status_code, "have 3 pages, and at most 2 are read at once" in text_of(answer)) == (400, True)
    assert not [*(office.folder / "uploads").iterdir(), *(office.folder / "sheets").glob("*")]


def test_a_yes_that_is_pressed_again_once_the_lines_came_in_says_so_and_asks_for_no_other_upload(
    office: Office,
) -> None:
    manager = new_case(office)
    lines = pl.DataFrame({"sheet": ["1"], "line": ["1"], "name": ["Al Bo"], "district": ["N"]})
    address, _ = looked_at(manager, lines)
    assert manager.post(address).status_code == 302
    before = office.room(SLUG).at()
    told = text_of(manager.post(address, follow=True))
    assert ("These lines were taken in. Nothing was entered twice." in told, "Upload it again" in told) == (True, False)
    assert office.room(SLUG).at() == before


def test_a_cell_of_a_whole_page_is_shown_by_its_beginning(office: Office) -> None:
    manager = new_case(office)
    lines = pl.DataFrame({"sheet": ["1"], "line": ["1"], "name": ["Al " + "b" * 100_000], "district": ["N"]})
    address, _ = looked_at(manager, lines)
    page = manager.get(address).text
    assert (f"<code>Aa {'a' * 57}…</code>" in page, len(page) < 20_000) == (True, True)
