"""The register in the browser: looked at before it is named, named anew, and files that are told in words."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK, lines_on, other_is_named_after, roll_of, rows_of
from office_opened import SLUG, given, named_case
from office_site import name_register

if TYPE_CHECKING:
    from pathlib import Path

    from office_site import Office


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
    rolls = office.folder / "rolls"
    shutil.copytree(rolls / "demo.roll", rolls / f"{SLUG}-202411.roll")
    for other in ("demo.roll", f"{SLUG}-202411.roll"):
        assert "throw the snapshot away" not in manager.get(f"/cases/{SLUG}/register?snapshot={other}").text
        assert manager.post(f"/cases/{SLUG}/register", {"snapshot": other, "discard": "1"}).status_code == 400
        assert (rolls / other).is_dir()


def test_another_register_is_named_in_place_of_a_wrong_one_until_a_line_is_ruled_on(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.jobs import register
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
    manager.post(f"/cases/{SLUG}/sample", {"every": "1", "why": "a court orders it"})
    (tmp_path / "1.png").write_bytes(b"a signature")
    monkeypatch.setattr("django.conf.settings.OFFICE_SIGNATURES", tmp_path)
    work = f"/cases/{SLUG}/work/first"
    line = manager.get(work).text.partition('data-line="')[2].partition('"')[0]
    old = manager.post(f"{work}/search", {"line": line, "typed": "12 smi"}).text
    signature = re.findall(r'src="([^"]+/signature/[^"]+)"', old)[0]
    assert (b"".join(manager.get(signature).streaming_content), rows_of(old)) == (b"a signature", ["0"])
    assert name_register(manager, SLUG) == 302
    before = office.room(SLUG).at()
    for said in ({"row": "0", "roll": roll_of(old)}, {"row": "0"}, {"reason": "illegible", "roll": roll_of(old)}):
        for language, told in (("en", "The register was changed"), ("es", "El registro cambió")):
            answer = manager.post(f"{work}/rule", {"line": line, **said}, headers={"Accept-Language": language})
            assert (answer.status_code, told in answer.text) == (409, True)
    now = roll_of(manager.get(work).text)
    answer = manager.post(f"{work}/rule", {"line": line, "reason": "not-registered", "roll": now})
    assert (answer.status_code, "before he was searched for" in answer.text) == (409, True), "in the other register"
    assert (office.room(SLUG).at(), manager.get(signature).status_code) == (before, 404)
    held = HeldCase.objects.get(slug=SLUG)
    assert bench_of(held).roll.size > 1
    assert [job.state for job in Job.objects.filter(held=held, kind="matching")] == [Job.DONE, Job.DONE]
    said = {"line": line, "reason": "illegible", "roll": now}
    assert manager.post(f"{work}/rule", said).status_code == 302
    assert "name another" not in manager.get(f"/cases/{SLUG}").text
    third = manager.post(f"/cases/{SLUG}/roll", {"file": given("third.csv", wrong + b"2,B C,1 Elm St,Alameda,active\n"),
                                                 "taken_on": "2024-05-01"}, follow=True).text  # fmt: skip
    assert "no other can be named here" in third
    snapshot = re.search(r'name="snapshot" value="([^"]+)"', third)
    assert snapshot
    assert manager.post(f"/cases/{SLUG}/register", {"snapshot": snapshot[1]}).status_code == 400
    monkeypatch.setattr("ballotworthy.office.pages.register.may_name", lambda _: True)  # asked for before the ruling
    name_register(manager, SLUG, snapshot[1])
    late = Job.objects.filter(held=held, kind="register").last()
    assert late
    assert ("lines have been ruled on" in late.told, len(office.room(SLUG).case().rolls)) == (True, 2)
    before_the_pen = iter([True])  # the line is ruled on between the look at the case and the record
    monkeypatch.setattr(register, "may_name", lambda case: next(before_the_pen, not case.looks))
    name_register(manager, SLUG, snapshot[1])
    late = Job.objects.filter(held=held, kind="register").last()
    assert late
    assert ("lines have been ruled on" in late.told, len(office.room(SLUG).case().rolls)) == (True, 2)


def test_a_ruling_by_one_register_never_stands_behind_the_naming_of_another(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = office.client("anna")
    line, page = lines_on(anna), anna.get(f"{WORK}/first").text
    other_is_named_after(monkeypatch, "work")
    refused = anna.post(f"{WORK}/first/rule", {"line": line, "roll": roll_of(page), "row": rows_of(page)[0]})
    assert (refused.status_code, "The register was changed" in refused.text) == (409, True)
    assert (len(office.room().case().rolls), office.room().case().looks) == (2, {})


def test_a_day_of_a_voter_file_that_nobody_said_is_asked_for_by_the_name_of_its_field(office: Office) -> None:
    rows = b"voter_id,name,address,city,status\n1,Ann Smith,12 Oak St,Alameda,active\n"
    manager = named_case(office)
    page = manager.post(f"/cases/{SLUG}/roll", {"file": given("voters.csv", rows)}, follow=True).text
    assert ("say it under “Taken from the register on”" in page, "--taken-on" in page) == (True, False)


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
