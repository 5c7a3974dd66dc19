"""Jobs of the worker: held by one at a time, gone on with by another, cancelled, told; and cases that change hands."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ballotworthy.errors import InputError, Refused

pytest.importorskip("django", reason="the extra office is not installed")

if TYPE_CHECKING:
    from ballotworthy.office.models import HeldCase
    from office_site import Office

PASSPHRASE = "five or six words at random"  # noqa: S105 # of a backup that is thrown away


@pytest.fixture
def held(office: Office, monkeypatch: pytest.MonkeyPatch) -> HeldCase:
    """Give the demo's case; nothing is done by itself."""
    from ballotworthy.office import queue
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.pages import job

    assert office
    monkeypatch.setattr(queue, "woken", lambda: None)
    monkeypatch.setattr(job, "PATIENCE", 0.0)
    found: HeldCase = HeldCase.objects.get(slug="demo")
    return found


def test_a_job_lies_with_one_worker_until_it_is_given_back_or_its_time_has_passed(held: HeldCase) -> None:
    from ballotworthy.office import queue
    from ballotworthy.office.models import Job
    from ballotworthy.office.rooms import now

    job = queue.add(held, "matching")
    first = queue.claim("one")
    assert first == job
    assert queue.claim("two") is None
    queue.give_back("one")
    second = queue.claim("two")
    assert second == job
    assert first is not None
    with pytest.raises(queue.GivenUp):
        queue.tell(first, "lines", 1, 2)
    with pytest.raises(queue.GivenUp):
        queue.keep(first, queue.Step(1, 2, lambda: held.delete()))
    held.refresh_from_db()  # nothing of what was not its to write is written
    Job.objects.update(until=now() - dt.timedelta(seconds=1))
    assert queue.claim("three") == job


def test_a_job_is_cancelled_before_or_between_chunks_and_told_done_where_that_came_too_late(held: HeldCase) -> None:
    from ballotworthy.office import queue
    from ballotworthy.office.models import Job

    waiting = queue.add(held, "matching")
    queue.cancel(waiting)
    assert queue.claim("one") is None
    running = queue.add(held, "matching")
    mine = queue.claim("one")
    assert mine is not None
    queue.cancel(running)
    with pytest.raises(queue.GivenUp):
        queue.keep(mine, queue.Step(1, 2))
    queue.keep(mine, queue.Step(2, 2, told="all of it stands"))
    mine.refresh_from_db()
    assert (mine.state, mine.told) == (Job.DONE, "all of it stands")
    with pytest.raises(Refused, match="ended"):
        queue.cancel(mine)


def test_lines_taken_in_by_a_worker_that_was_killed_behind_the_record_are_not_taken_in_twice(
    office: Office, held: HeldCase
) -> None:
    from ballotworthy.office import queue
    from ballotworthy.office.jobs import intake
    from ballotworthy.office.models import Job
    from ballotworthy.office.worker import work_off

    assert held
    manager = office.client("manager")
    case = {
        "case": "jobs", "office": "o", "measure": "m", "what": "zz-example initiative", "on": "2024-05-03",
        "disclosure": "public",
    }  # fmt: skip
    assert manager.post("/cases/new", case).status_code == 302
    file = io.BytesIO((office.folder / "invented" / "lines.csv").read_bytes())
    file.name = "lines.csv"
    to = manager.post("/cases/jobs/lines", {"file": file}).headers["Location"]
    page = manager.get(to)
    assert ("waiting" in page.content.decode(), page.headers["Refresh"]) == (True, "2")
    work_off("looks")
    look = manager.get(to).headers["Location"]
    to = manager.post(look).headers["Location"]
    file.seek(0)
    assert manager.post("/cases/jobs/lines", {"file": file}).status_code == 302  # another look takes no file away
    assert (manager.post(look).status_code, manager.post(look, {"discard": "1"}).status_code) == (409, 409)
    job = queue.claim("killed")
    assert job is not None
    told = []

    def cancelled(stage: str, done: int, total: int) -> None:
        told.append((stage, done, total))
        if stage == "entering the lines":
            raise queue.GivenUp

    with pytest.raises(queue.GivenUp):  # while lines are made ready, none stands
        intake.step(job, cancelled)
    assert told == [("reading the lines", 0, 0), ("entering the lines", 0, 420)]
    assert not office.room("jobs").case().batches
    intake.step(job, lambda *_told: None)  # and no word of it in the tables
    queue.give_back("killed")
    events = office.room("jobs").at().events
    work_off("another")
    assert office.room("jobs").at().events == events
    assert Job.objects.get(pk=job.pk).state == Job.DONE
    waits = Job.objects.filter(kind="look").latest("pk").said["folder"]
    assert [each.name for each in (office.folder / "uploads").iterdir()] == [waits]
    assert manager.get(to.replace("/jobs/jobs", "/demo/jobs")).status_code == 404
    assert office.client("anna").get(to).status_code == 404


def test_a_case_changes_hands_with_the_same_bytes_and_one_holder(office: Office, tmp_path: Path) -> None:
    from ballotworthy.casework.room import enter
    from ballotworthy.office import rooms
    from ballotworthy.office.bulk import cancel, draft
    from ballotworthy.office.handover import bring_in, take_out
    from ballotworthy.office.models import Account, HeldCase
    from ballotworthy.office.rooms import folder_of, now
    from ballotworthy.verbs.case_enter import enter_event

    note = ("noted", {"what": "posted", "day": "2024-05-04"})
    record = office.record()
    with pytest.raises(Refused, match="office export"):
        enter_event(enter(folder_of("demo"), now), *note, by="manager")
    held, manager = HeldCase.objects.get(slug="demo"), Account.objects.get(name="manager")
    cancel(draft(held, office.room().case(), manager, "", "1", "blank", "Superior Court, order 26-114"))
    HeldCase.objects.update(second_share=5, second_kinds=["refused"])
    handed = take_out("demo", tmp_path / "case").to_dict()
    assert (handed["second_share"], handed["second_kinds"]) == (5, ["refused"])
    out = tmp_path / "case"
    rooms._open.clear()
    assert (out / "case.record").read_bytes() == record
    assert (folder_of("demo").exists(), office.client("anna").get("/cases/demo").status_code) == (False, 404)
    with pytest.raises(Refused, match="office import"):
        enter_event(enter(out, now, "office"), *note, by="manager")
    enter_event(enter(out, now), *note, by="manager")
    Account.objects.filter(name="ben").delete()
    done = bring_in(out)
    assert (done.folder, done.accounts, done.second_share) == (folder_of("demo"), ("ben",), 10)
    assert office.record() == (out / "case.record").read_bytes()
    assert (done.folder / "case.record.taken-in").read_bytes() == office.record()
    with pytest.raises(Refused, match="handed over to"):
        enter_event(enter(out, now), *note, by="manager")
    assert office.client("anna").get("/cases/demo").status_code == 200
    HeldCase.objects.get(slug="demo").observers.add(Account.objects.get(name="otto"))


def lost(office: Office) -> None:
    """Lose the tables of an office whose folder was brought back from a backup."""
    from ballotworthy.office import rooms
    from ballotworthy.office.models import HeldCase, RecordLine

    (office.folder / "cases/demo/case.record").write_bytes(office.record())
    (office.folder / "cases/demo/case.record.taken-in").unlink()
    for table in (RecordLine, HeldCase):
        table.objects.all().delete()
    rooms._open.clear()


def test_tables_are_made_again_from_the_records(office: Office) -> None:
    from ballotworthy.office.models import Account, HeldCase
    from ballotworthy.office.rebuild import rebuild

    lost(office)
    Account.objects.filter(name="carla").delete()
    damaged = office.folder / "cases" / "damaged"
    damaged.mkdir()
    (damaged / "case.record").write_text("{\n", "utf-8")
    (office.folder / "cases" / "empty").mkdir()
    done = rebuild(office.folder)
    assert (set(done.cases), done.accounts, set(done.left)) == ({"demo"}, ("carla",), {"damaged", "empty"})
    assert "from one backup" in done.left["empty"]
    assert office.client("carla").get("/cases/demo").status_code == 200
    HeldCase.objects.get(slug="demo").observers.add(Account.objects.get(name="otto"))


def test_whom_records_call_manager_is_the_first_manager_of_tables_made_again(office: Office) -> None:
    from ballotworthy.office.models import Account
    from ballotworthy.office.rebuild import rebuild
    from ballotworthy.office.started import first_link

    lost(office)
    Account.objects.all().delete()
    rebuild(office.folder)
    words = {"password": "correct horse battery", "again": "correct horse battery"}
    client = office.client()
    assert client.post(f"/invited/{first_link()}", words).status_code == 302
    assert client.get("/people").status_code == 200
    assert first_link() is None


def test_a_case_called_as_a_page_of_the_office_is_has_an_address_of_its_own(office: Office) -> None:
    from office_opened import NEW

    manager = office.client("manager")
    assert manager.post("/cases/new", {**NEW, "case": "New"}).headers["Location"] == "/cases/case-new"
    assert manager.get("/cases/case-new").status_code == 200


def test_a_key_that_a_full_disk_left_empty_is_told_and_not_taken(tmp_path: Path) -> None:
    from ballotworthy.office.settings import KEY_FILE, Site, settings_of

    (tmp_path / KEY_FILE).touch()
    with pytest.raises(InputError, match="is empty"):
        settings_of(Site(tmp_path))


def test_empty_tables_are_filled_with_those_that_a_backup_brought_along(office: Office) -> None:
    from django.core.management import call_command

    from ballotworthy.office.backup import RECORDS
    from ballotworthy.office.models import Account
    from ballotworthy.office.rebuild import rebuild

    before = list(Account.objects.order_by("name").values_list("name", "password", "manages"))
    tables = ("office", "mfa", "socialaccount")
    call_command("dumpdata", *tables, exclude=RECORDS, output=str(office.folder / "tables.json"), verbosity=0)
    lost(office)
    Account.objects.all().delete()
    assert rebuild(office.folder).accounts == ()
    assert list(Account.objects.order_by("name").values_list("name", "password", "manages")) == before
    assert office.client("carla").get("/cases/demo").status_code == 200


def test_an_encrypted_backup_is_opened_by_its_passphrase_alone(office: Office, tmp_path: Path) -> None:
    from ballotworthy.office.backup import back_up_sealed
    from ballotworthy.office.restored import restore

    back_up_sealed(office.folder, tmp_path / "office.sealed", passphrase=PASSPHRASE)
    sealed = (tmp_path / "office.sealed").read_bytes()
    assert b"case.record" not in sealed
    with pytest.raises(InputError, match="passphrase"):
        restore(tmp_path / "office.sealed", tmp_path / "other", passphrase="another passphrase")  # noqa: S106
    assert not (tmp_path / "other").exists()
    (tmp_path / "phrase").write_text(f"{PASSPHRASE}\n", "utf-8")
    words = ["restore", tmp_path / "office.sealed", "-o", tmp_path / "back", "--passphrase-file", tmp_path / "phrase"]
    command = [sys.executable, "-m", "ballotworthy", "office", *map(str, words)]  # where no office has been started
    assert "Start it" in subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert {each.stat().st_mode & 0o77 for each in (tmp_path / "back").rglob("*") if each.is_dir()} == {0}
    for name in ("office.sqlite3", "secret.key", "cases/demo/case.record", "cases/demo/private/voters.key"):
        assert (tmp_path / "back" / name).exists()
    assert (tmp_path / "back/cases/demo/case.record").read_bytes() == office.record()
    assert list((office.folder / "uploads").iterdir()) == []


def test_what_matching_found_is_kept_whole_and_given_for_nothing_else(held: HeldCase) -> None:
    from dataclasses import fields

    import numpy as np

    from ballotworthy.casework.bench import is_matched, to_lay_out
    from ballotworthy.match import find
    from ballotworthy.match.kept import kept
    from ballotworthy.office.benches import bench_of
    from ballotworthy.office.rooms import entered

    bench = bench_of(held)
    with entered(held) as room:
        asked = to_lay_out(room)
    assert is_matched(asked)
    given, found = kept(asked.kept, of=asked.of), find(bench.lines, bench.roll)
    assert given is not None
    for each in fields(found):
        np.testing.assert_equal(getattr(given, each.name), getattr(found, each.name))
    assert kept(asked.kept, of="another roll") is None
    asked.kept.write_bytes(asked.kept.read_bytes()[:-1000])
    assert kept(asked.kept, of=asked.of) is None


def test_a_matching_that_was_refused_is_told_before_the_seed_and_wherever_lines_are_waited_for(
    held: HeldCase, office: Office
) -> None:
    from ballotworthy.office.doctor import examine
    from ballotworthy.office.models import Job
    from ballotworthy.office.rooms import now

    manager, words = office.client("manager"), "The lines were not matched with the register: no snapshot fits."
    pages = ("/cases/demo", "/cases/demo/seed", "/cases/demo/outlook")
    assert not any(words in manager.get(page).content.decode() for page in pages)
    Job.objects.create(held=held, kind="matching", state=Job.REFUSED, told="no snapshot fits.", at=now())
    for page in pages:
        assert words in manager.get(page).content.decode()
    assert "Have the lines matched with the register" in manager.get(pages[0]).content.decode()
    assert "have the lines matched with the register" in manager.get("/cases/demo/jobs").content.decode()
    [case] = [each for each in examine(office.folder) if each.what == "case demo"]
    assert (case.well, "no snapshot fits." in case.words) == (False, True)
