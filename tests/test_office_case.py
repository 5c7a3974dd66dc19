"""A case in the browser from upload to certificate, and a stranger who recounts what is exported."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import polars as pl
import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import roll_of
from office_opened import NEW, SEED, SLUG, new_case, with_lines
from office_site import take_in

if TYPE_CHECKING:
    from office_site import Office


def test_from_upload_to_a_certificate_that_a_stranger_recounts(office: Office, tmp_path: Path) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.verbs.case_decide import decide_lines
    from ballotworthy.verbs.case_work import next_lines
    from ballotworthy.verify import verify

    manager = new_case(office)
    with_lines(office, manager)
    said = {"seed": SEED, "present": "Ada\nBob", "rolled": "Ada", "fingerprint": "confirmed", "struck": "7"}
    assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 302
    assert manager.post(f"/cases/{SLUG}/sample").status_code == 302
    room, truth = office.room(SLUG), office.truth()
    lines = next_lines(room, person="manager", number=10_000).lines
    rulings = [
        RuledLine(line, "valid", voter_id=voter) if voter and reason in ("", "duplicate")
        else RuledLine(line, "invalid", reason or "illegible")
        for line in lines for voter, reason in [truth[line]]
    ]  # fmt: skip
    decide_lines(room, rulings[:-1], by="manager")
    assert manager.post(f"/cases/{SLUG}/count").status_code == 409
    page = manager.get(f"/cases/{SLUG}/work/first").content.decode()
    last = rulings[-1].line
    assert f'data-line="{last}"' in page
    said = {"line": last, "roll": roll_of(page), "reason": "illegible"}
    assert manager.post(f"/cases/{SLUG}/work/first/rule", said).status_code == 302
    assert manager.post(f"/cases/{SLUG}/count").status_code == 302
    again, before = manager.post(f"/cases/{SLUG}/count"), room.at().events
    assert (again.status_code, "counted already" in again.content.decode(), room.at().events) == (409, True, before)
    if "verdict full-check" in manager.get(f"/cases/{SLUG}").content.decode():
        pytest.fail("the invented petition was meant to be decided by its sample")
    assert manager.post(f"/cases/{SLUG}/certify", {"signed": "somebody", "alone": "one clerk"}).status_code == 400
    assert manager.post(f"/cases/{SLUG}/certify", {"signed": "manager"}).status_code == 409
    assert manager.post(f"/cases/{SLUG}/certify", {"signed": "manager", "alone": "one clerk"}).status_code == 302
    paper = b"".join(manager.get(f"/cases/{SLUG}/certificate.pdf").streaming_content)
    assert paper.startswith(b"%PDF")
    made = manager.post(f"/cases/{SLUG}/exports", {"audience": "public", "purpose": "a request"})
    assert made.status_code == 302
    listed = re.search(rf'href="(/cases/{SLUG}/exports/\d+)"', manager.get(f"/cases/{SLUG}/exports").content.decode())
    assert listed
    with ZipFile(io.BytesIO(b"".join(manager.get(listed[1]).streaming_content))) as pack:
        pack.extractall(tmp_path)
    out = tmp_path / SLUG
    with (out / "case.record").open("rb") as record:
        recounted = verify(
            record, head=(out / "case.record.head.json").read_bytes(),
            certificate=(out / "certificate.json").read_bytes(),
        )  # fmt: skip
    assert recounted.holds
    everything = b"".join(path.read_bytes() for path in out.iterdir())
    names = pl.read_csv(office.folder / "invented" / "lines.csv", infer_schema=False)["name"].drop_nulls()
    assert [name for name in names if name.encode() in everything] == []


def test_exports_are_offered_and_made_before_there_is_a_certificate(office: Office) -> None:
    manager, exports = new_case(office), f"/cases/{SLUG}/exports"
    assert f'href="{exports}">Exports</a>' in manager.get(f"/cases/{SLUG}").text
    assert manager.post(exports, {"audience": "public", "purpose": "a request"}).status_code == 302
    made = re.search(rf'href="({exports}/\d+)"', manager.get(exports).text)
    assert made
    with ZipFile(io.BytesIO(b"".join(manager.get(made[1]).streaming_content))) as pack:
        assert any(name.endswith("head.json") for name in pack.namelist())


def test_titles_that_look_like_markup_are_shown_as_text(office: Office) -> None:
    manager = new_case(office)
    for address in ("/", f"/cases/{SLUG}", f"/cases/{SLUG}/seed"):
        page = manager.get(address).content.decode()
        assert "its <script>" not in page
        assert "its &lt;script&gt;" in page


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"x"), ("../../a.csv", b""), ("a.csv", b"number\n1\n"), ("a.xlsx", b"PK\x03\x04")]
)
def test_an_upload_that_is_no_table_of_lines_enters_nothing(office: Office, name: str, content: bytes) -> None:
    manager = new_case(office)
    before = office.room(SLUG).at()
    file = io.BytesIO(content)
    file.name = name
    answer = manager.post(f"/cases/{SLUG}/lines", {"file": file})
    assert answer.status_code in (400, 422)
    assert str(office.folder) not in answer.content.decode()
    assert office.room(SLUG).at() == before
    assert list((office.folder / "uploads").iterdir()) == []


def test_a_refused_opening_keeps_what_was_typed(office: Office) -> None:
    answer = office.client("manager").post("/cases/new", {**NEW, "on": "1999-01-01"})
    assert answer.status_code >= 400
    assert re.search(r'name="office" value="The county&#x27;s office"', answer.content.decode())
    answer = office.client("manager").post("/cases/new", {**NEW, "what": "us-ca county-initiative"})
    assert "who set it in the fields for it" in answer.text
    assert re.search("<details open><summary>A number of signatures", answer.text)
    assert not (office.folder / "cases" / SLUG).exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"office": "The \u202ecounty"}, "The name of the office holds a character that nobody sees"),
        ({"measure": "One\nTwo"}, "The title of the measure holds a character that nobody sees"),
        ({"measure": "m" * 1_001}, "A field of the form holds more than 1,000 letters"),
        ({"required": "0", "required_source": "a court"}, "Write the number required in digits"),
    ],
)
def test_what_would_spoil_a_record_for_good_opens_no_case(office: Office, said: dict[str, str], words: str) -> None:
    answer = office.client("manager").post("/cases/new", {**NEW, **said})
    assert (answer.status_code, words in answer.text) == (400, True)
    assert not (office.folder / "cases" / SLUG).exists()


def test_a_number_beside_the_laws_own_opens_a_case_once_somebody_says_so_and_stands_on_its_page(office: Office) -> None:
    manager, own = office.client("manager"), {"required": "300", "required_source": "a court's order"}
    words = "own number of signatures required is 1,000 (Petition Act 2000, s. 2); this case is decided by 300"
    for more in ({}, {"instead": "3000"}):
        answer = manager.post("/cases/new", {**NEW, **own, **more})
        assert (answer.status_code, words in answer.text, 'name="instead" value="300"' in answer.text) == (
            400,
            True,
            True,
        )
        assert not (office.folder / "cases" / SLUG).exists()
    assert manager.post("/cases/new", {**NEW, **own, "instead": "300"}).status_code == 302
    assert words in manager.get(f"/cases/{SLUG}").text


def test_an_observer_is_admitted_and_a_clerk_dismissed_and_the_record_says_so(office: Office) -> None:
    manager = office.client("manager")
    assert manager.post("/cases/demo/admit", {"was:anna": "decide", "may:anna": "observe"}).status_code == 302
    assert "anna" not in office.room().case().people
    assert office.client("anna").get("/cases/demo/work/first").status_code == 403
    assert office.client("anna").get("/cases/demo").status_code == 200
    assert manager.post("/cases/demo/admit", {"was:anna": "observe", "may:anna": "decide"}).status_code == 302
    assert office.client("anna").get("/cases/demo/work/first").status_code == 200


def test_a_refusal_leads_back_to_the_case_and_speaks_the_words_of_the_page(office: Office) -> None:
    manager = new_case(office)
    lines = pl.read_csv(office.folder / "invented" / "lines.csv", infer_schema=False).drop("district")
    file = io.BytesIO(lines.write_csv().encode())
    file.name = "lines.csv"
    page = manager.post(f"/cases/{SLUG}/lines", {"file": file}).content.decode()
    assert "in the field “Stratum”" in page
    assert "--" not in re.sub(r"<!--.*?-->", "", page)
    assert f'href="/cases/{SLUG}"' in page


def test_columns_and_days_of_a_file_are_said_on_the_page(office: Office) -> None:
    manager = new_case(office)
    lines = pl.read_csv(office.folder / "invented" / "lines.csv", infer_schema=False).rename({"name": "who"})
    file = io.BytesIO(lines.write_csv().encode())
    file.name = "lines.csv"
    said = {
        "file": file,
        "columns": "name=who",
        "sheets_promised": str(lines["sheet"].n_unique()),
        "dates": "day-first",
    }
    assert take_in(manager, SLUG, said).status_code == 302
    file.seek(0)
    wrong = manager.post(f"/cases/{SLUG}/lines", {"file": file, "columns": "nonsense"})
    assert (wrong.status_code, "name=value" in wrong.content.decode()) == (400, True)
    assert office.room(SLUG).case().batches["1"].received["sheets"] == lines["sheet"].n_unique()


def test_a_case_of_practice_says_so_in_its_record_and_is_neither_certified_nor_let_out(
    office: Office, tmp_path: Path
) -> None:
    from ballotworthy.errors import Refused
    from ballotworthy.office.handover import take_out

    manager = office.client("manager")
    assert manager.post("/cases/new", {**NEW, "practice": "1"}).status_code == 302
    case = office.room(SLUG).case()
    assert case.opened["measure"].startswith("PRACTICE, counts for nothing: ")
    assert {role for roles in case.people.values() for role in roles} == {"manage", "decide", "resolve"}
    statuses = [
        manager.post(f"/cases/{SLUG}/admit", {"was:dora": "", "may:dora": "certify"}).status_code,
        manager.post(f"/cases/{SLUG}/exports", {"audience": "public", "purpose": "a request"}).status_code,
        manager.post(f"/cases/{SLUG}/certify", {"signed": "manager"}).status_code,
    ]
    assert statuses == [409, 409, 403]
    assert ">Exports</a>" not in manager.get(f"/cases/{SLUG}").text
    with pytest.raises(Refused, match="practice"):
        take_out(SLUG, tmp_path / "out")


@pytest.mark.parametrize("typed", ["²", "9" * 5_000, "-1", "1e3"])
def test_what_is_no_number_is_refused_in_every_form_that_asks_for_one(office: Office, typed: str) -> None:
    manager = office.client("manager")
    forms: dict[str, dict[str, str]] = {
        "/people/rules": {"lock_after": typed},
        "/cases/new": {"case": "N", "office": "o", "measure": "m", "what": "zz-example initiative", "on": "2024-05-03",
                       "required": typed, "required_source": "a court"},
        "/cases/demo/admit": {"second_share": typed},
        "/cases/demo/share": {"person": "anna", "number": typed},
        "/cases/demo/seed/name": {"round": typed, "chain": "c", "present": "A\nB", "fingerprint": "confirmed"},
        "/cases/demo/risk/terms": {"limit": "0.05", "first": typed},
        "/cases/demo/lines": {"lines_promised": typed},
    }  # fmt: skip
    found = {path: manager.post(path, said).status_code for path, said in forms.items()}
    assert found == dict.fromkeys(forms, 400)
