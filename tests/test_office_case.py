"""A case in the browser from upload to certificate, and a stranger who recounts what is exported."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import polars as pl
import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_site import fix_frame, name_register, take_in

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

SEED = "31415926535897932384"
NEW = {
    "case": "2026/017 <b>", "office": "The county's office", "measure": "A measure & its <script>",
    "what": "zz-example initiative", "on": "2024-05-03", "disclosure": "public",
}  # fmt: skip
SLUG = "2026-017-b"


def new_case(office: Office) -> Client:
    manager = office.client("manager")
    assert manager.post("/cases/new", NEW).headers["Location"] == f"/cases/{SLUG}"
    return manager


def with_lines(office: Office, manager: Client) -> None:
    with (office.folder / "invented" / "lines.csv").open("rb") as file:
        assert take_in(manager, SLUG, {"file": file}).status_code == 302
    assert fix_frame(manager, SLUG) == 302
    assert name_register(manager, SLUG) == 302


def test_from_upload_to_a_certificate_that_a_stranger_recounts(office: Office, tmp_path: Path) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.verbs.case_decide import decide_lines
    from ballotworthy.verbs.case_work import next_lines
    from ballotworthy.verify import verify

    manager = new_case(office)
    with_lines(office, manager)
    said = {"seed": SEED, "present": "Ada\nBob", "fingerprint": "confirmed", "struck": "7"}
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
    assert manager.post(f"/cases/{SLUG}/work/first/rule", {"line": last, "reason": "illegible"}).status_code == 302
    assert manager.post(f"/cases/{SLUG}/count").status_code == 302
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


def test_titles_that_look_like_markup_are_shown_as_text(office: Office) -> None:
    manager = new_case(office)
    for address in ("/", f"/cases/{SLUG}", f"/cases/{SLUG}/seed"):
        page = manager.get(address).content.decode()
        assert "its <script>" not in page
        assert "its &lt;script&gt;" in page


@pytest.mark.skipif(shutil.which("awk") is None, reason="there is no awk")
def test_the_command_on_the_wall_redraws_the_lines_shown(office: Office, tmp_path: Path) -> None:
    from ballotworthy.office.pages.seed import redraw_command
    from ballotworthy.petition import frame_text

    case = office.room().case()
    (tmp_path / "frame.tsv").write_text(frame_text(case.frame.lines), "utf-8")
    assert case.seed is not None
    assert case.sample is not None
    command = redraw_command(case, case.seed["seed"])
    drawn = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    first = case.sample.body["strata"][0]
    assert first["stratum"] == sorted(case.frame.drawable)[0]
    assert drawn.split() == first["ids"][:10]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"seed": "123"}, "20 digits"),
        ({"seed": SEED, "present": "Ada"}, "two people"),
        ({"seed": SEED, "present": "Ada\nBob"}, "confirm"),
        ({"seed": "³" * 20, "present": "Ada\nBob", "fingerprint": "confirmed"}, "digits"),
    ],
)
def test_a_seed_without_its_ceremony_is_refused(office: Office, said: dict[str, str], words: str) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    answer = manager.post(f"/cases/{SLUG}/seed/enter", said)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert all(name in answer.content.decode() for name in (said.get("seed", ""), said.get("present", "")))
    assert office.room(SLUG).case().seed is None


def named_case(office: Office) -> Client:
    manager = new_case(office)
    with (office.folder / "invented" / "lines.csv").open("rb") as file:
        assert take_in(manager, SLUG, {"file": file}).status_code == 302
    assert fix_frame(manager, SLUG) == 302
    return manager


def given(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def test_a_register_is_looked_at_without_a_name_before_the_record_is_told_of_it(office: Office) -> None:
    manager = named_case(office)
    voters = given("voters.csv", b"name,address,city,flag\nAnn Smith,12 Oak St,Alameda,yes\n")
    page = manager.post(f"/cases/{SLUG}/roll", {"file": voters, "taken_on": "2024-05-01"}, follow=True).text
    assert office.room(SLUG).case().rolls == {}
    for told in ("voter ids", "every voter counts as active", "Not used: flag", "<code>Aaa Aaaaa</code>"):
        assert told in page
    assert ("Smith" in page, "Oak" in page, "--" in re.sub(r"<!--.*?-->", "", page)) == (False, False, False)
    snapshot = re.search(r'name="snapshot" value="([^"]+)"', page)
    assert snapshot
    other = manager.post(f"/cases/{SLUG}/register", {"snapshot": snapshot[1], "seen": "0" * 64})
    assert (other.status_code, office.room(SLUG).case().rolls) == (409, {})
    assert manager.post(f"/cases/{SLUG}/register", {"snapshot": snapshot[1], "discard": "1"}).status_code == 302
    assert not (office.folder / "rolls" / snapshot[1]).exists()
    assert manager.get(f"/cases/{SLUG}/register?snapshot=../cases/demo").status_code == 404
    assert manager.post(f"/cases/{SLUG}/register", {"snapshot": "demo.roll", "discard": "1"}).status_code == 400
    assert (office.folder / "rolls" / "demo.roll").is_dir()


def test_another_register_is_named_in_place_of_a_wrong_one_until_a_line_is_ruled_on(office: Office) -> None:
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.models import HeldCase, Job

    manager = named_case(office)
    wrong = b"voter_id,name,address,city,status\n1,Ann Smith,12 Oak St,Alameda,active\n"
    page = manager.post(
        f"/cases/{SLUG}/roll", {"file": given("wrong.csv", wrong), "taken_on": "2024-05-01"}, follow=True
    ).text
    snapshot = re.search(r'name="snapshot" value="([^"]+)"', page)
    assert snapshot
    assert name_register(manager, SLUG, snapshot[1]) == 302
    assert "name another" in manager.get(f"/cases/{SLUG}").text
    assert name_register(manager, SLUG) == 302
    held = HeldCase.objects.get(slug=SLUG)
    assert bench_of(held).roll.size > 1
    assert [job.state for job in Job.objects.filter(held=held, kind="matching")] == [Job.DONE, Job.DONE]
    manager.post(f"/cases/{SLUG}/sample", {"every": "1", "why": "a court orders it"})
    line = manager.get(f"/cases/{SLUG}/work/first").text.partition('data-line="')[2].partition('"')[0]
    assert manager.post(f"/cases/{SLUG}/work/first/rule", {"line": line, "reason": "illegible"}).status_code == 302
    assert "name another" not in manager.get(f"/cases/{SLUG}").text
    third = manager.post(f"/cases/{SLUG}/roll", {"file": given("third.csv", wrong + b"2,B C,1 Elm St,Alameda,active\n"),
                                                 "taken_on": "2024-05-01"}, follow=True).text  # fmt: skip
    assert "no other can be named here" in third
    snapshot = re.search(r'name="snapshot" value="([^"]+)"', third)
    assert snapshot
    assert manager.post(f"/cases/{SLUG}/register", {"snapshot": snapshot[1]}).status_code == 400


def test_a_voter_file_without_headings_and_a_picture_called_a_table_are_told_in_words_of_the_page(
    office: Office,
) -> None:
    manager = named_case(office)
    rows = b"17,Smith,Ann,12 Oak St,Alameda,94501,A\n18,Jones,Bob,14 Oak St,Alameda,94501,A\n"
    page = manager.post(f"/cases/{SLUG}/roll", {"file": given("voters.csv", rows), "taken_on": "2024-05-01"}).text
    assert "The first line holds a voter and no headings" in page
    assert "--" not in re.sub(r"<!--.*?-->", "", page)
    said = {"headless": "on", "columns": "voter_id=#1\nlast_name=#2\nfirst_name=#3\naddress=#4\ncity=#5\nstatus=#7"}
    page = manager.post(
        f"/cases/{SLUG}/roll", {"file": given("voters.csv", rows), "taken_on": "2024-05-01", **said}, follow=True
    ).text
    assert "<dt>active<dd>2" in page
    picture = given("lines.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    refused = manager.post(f"/cases/{SLUG}/lines", {"file": picture})
    assert (refused.status_code, "a picture (PNG)" in refused.text) == (400, True)


def test_what_was_struck_at_the_dice_stands_in_the_record(office: Office) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    said = {"seed": SEED, "present": "Ada\nBob", "fingerprint": "confirmed", "struck": "7 x 3"}
    assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 302
    seed = office.room(SLUG).case().seed
    assert seed is not None
    assert seed["source"] == "20 throws of a ten-sided die; struck: 7; struck: 3"
    assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 409


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
    assert not (office.folder / "cases" / SLUG).exists()


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
    with pytest.raises(Refused, match="practice"):
        take_out(SLUG, tmp_path / "out")


def test_a_risk_limiting_check_goes_from_its_terms_to_what_it_says(office: Office) -> None:
    manager = office.client("manager")
    assert manager.post("/cases/new", {**NEW, "required": "250", "required_source": "a court"}).status_code == 302
    page = f"/cases/{SLUG}/risk"
    assert "the frame comes first" in manager.get(page).content.decode()
    with_lines(office, manager)
    assert manager.post(f"{page}/terms", {"risk": "5%"}).status_code == 400
    terms = {"risk": "0.05", "expected_valid": "300"}
    assert manager.post(f"{page}/terms", terms).status_code == 400  # one click on a form does not bind the case
    assert manager.post(f"{page}/terms", {**terms, "sure": "on"}).status_code == 302
    assert "It begins once the seed" in manager.get(page).content.decode()
    said = {"seed": SEED, "present": "Ada\nBob", "fingerprint": "confirmed"}
    assert manager.post(f"/cases/{SLUG}/seed/enter", said).status_code == 302
    assert manager.post(f"/cases/{SLUG}/sample").status_code == 302
    text = manager.get(page).content.decode()
    wanted = re.search(r'line=[^"]+">([^<]+)</a><td>a ruling', text)
    assert wanted
    voter = next(voter for voter, reason in office.truth().values() if voter and not reason)
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.verbs.case_decide import decide_lines

    decide_lines(office.room(SLUG), [RuledLine(wanted[1], "valid", voter_id=voter)], by="manager")
    assert f'value="{wanted[1]}"' in manager.get(page).content.decode()
    lines = sum(map(len, office.room(SLUG).case().frame.drawable.values()))
    assert (
        manager.post(f"{page}/weigh", {"line": wanted[1], "further": f"{lines}"}).status_code == 409
    )  # but one is his
    for further in (f"{lines - 1}", "0"):  # a slip is weighed again
        assert manager.post(f"{page}/weigh", {"line": wanted[1], "further": further}).status_code == 302
    assert office.room(SLUG).case().weighings == {wanted[1]: 0}
    assert "A line was weighed wrongly" in manager.get(page).content.decode()
    unstated = manager.post(f"/cases/{SLUG}/certify", {"signed": "manager"})
    assert (unstated.status_code, "state first what it says" in unstated.text) == (409, True)
    assert manager.post(f"{page}/record").status_code == 302
    assert "state first what it says" not in manager.post(f"/cases/{SLUG}/certify", {"signed": "manager"}).text
    assert "stands in the record" in manager.get(page).content.decode()
    assert office.room(SLUG).case().standing.risk
    assert "too late" in manager.get("/cases/demo/risk").content.decode()


def test_a_seed_of_a_beacon_is_named_before_its_value_and_entered_by_two(office: Office) -> None:
    manager = new_case(office)
    with_lines(office, manager)
    enter, name, publish = (f"/cases/{SLUG}/seed/{act}" for act in ("enter", "name", "value"))
    value = {"seed": "AB" * 64, "present": "Ada\nBob"}
    named = {"chain": "nist-2", "round": "1700000", "fingerprint": "confirmed"}
    old = "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"
    for address, said, words, status in (
        (publish, value, "name the beacon first", 400),
        (name, {**named, "round": "next"}, "a round is a whole number", 400),
        (name, {**named, "fingerprint": ""}, "confirm before a beacon is named", 400),
        (name, {**named, "chain": old, "round": "1"}, "its value exists", 409),
    ):
        answer = manager.post(address, said)
        assert (answer.status_code, words in answer.content.decode()) == (status, True), words
    assert manager.post(name, named).status_code == 302
    assert "<code>nist-2</code>" in manager.get(f"/cases/{SLUG}/seed").content.decode()
    dice = {"seed": SEED, "present": "Ada\nBob", "fingerprint": "confirmed"}
    assert manager.post(enter, dice).status_code == 409
    assert manager.post(publish, {**value, "present": "Ada"}).status_code == 400
    assert manager.post(publish, {**value, "seed": "AB"}).status_code == 400
    assert manager.post(publish, value).status_code == 302
    case = office.room(SLUG).case()
    assert case.seed is not None
    assert (case.seed["seed"], case.seed["how"], case.seed["present"]) == ("ab" * 64, "beacon", ["Ada", "Bob"])
    assert "throws" not in case.seed
