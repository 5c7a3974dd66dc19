"""The office as the command line starts it: what it refuses, its folder, its doctor, its backup."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from test_cli_case_new import run as run_case
from test_office_factors import with_password

if TYPE_CHECKING:
    from office_site import Office


def command(*words: object) -> list[str]:
    return [sys.executable, "-u", "-m", "ballotworthy", "office", *map(str, words)]


def run(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), capture_output=True, text=True, timeout=120, **more)


@contextmanager
def served(folder: Path, *more: str, **env: str) -> Iterator[tuple[dict[str, str], subprocess.Popen[str]]]:
    server = subprocess.Popen(
        command("serve", folder, "--port", "0", "--json", *more),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **env},
    )  # fmt: skip
    assert server.stdout
    assert server.stderr
    try:
        text = ""
        while "}" not in text:
            line = server.stdout.readline()
            assert line, server.stderr.read()
            text += line
        yield json.loads(text), server
    finally:
        server.terminate()
        server.communicate(timeout=20)


def page_at(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 # our own server
        return str(answer.read().decode())


@pytest.fixture(scope="module")
def started_twice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Start a new office twice, the second time behind a proxy with TLS; give its folder, both links, what was said."""
    folder = tmp_path_factory.mktemp("twice") / "office"
    with served(folder) as (told, _):
        welcome, first = page_at(told["first_manager"]), told["first_manager"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with served(folder, "--behind-tls", "--name", "office.example", "--port", str(port)) as (told, _):
        said = []
        for proto in ("https", "http"):
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            from_whom = {"Host": "office.example", "X-Forwarded-Proto": proto, "X-Forwarded-For": "192.0.2.7"}
            asked.request("GET", "/sign-in", headers=from_whom)
            answer = asked.getresponse()
            said.append((answer.status, answer.headers.get("Location")))
            asked.close()
    return {"folder": folder, "welcome": welcome, "links": (first, told["first_manager"]), "said": said}


def test_each_start_gives_a_new_link_until_a_manager_has_a_password(started_twice: dict[str, Any]) -> None:
    assert 'name="name" value="manager"' in started_twice["welcome"]
    first, second = (link.rpartition("/") for link in started_twice["links"])
    assert first[2] != second[2]
    assert second[0] == "https://office.example/invited"
    names = ("", "cases", "secret.key", "office.sqlite3")
    modes = {name: (started_twice["folder"] / name).stat().st_mode & 0o777 for name in names}
    assert modes == {"": 0o700, "cases": 0o700, "secret.key": 0o600, "office.sqlite3": 0o600}


def test_behind_a_proxy_that_speaks_tls_pages_are_served_and_the_rest_is_sent_there(
    started_twice: dict[str, Any],
) -> None:
    assert started_twice["said"] == [(200, None), (301, "https://office.example/sign-in")]


def test_it_does_not_answer_on_a_network_in_the_clear(tmp_path: Path) -> None:
    done = run("serve", tmp_path / "office", "--host", "0.0.0.0")  # noqa: S104 # it is refused
    assert (done.returncode, "--behind-tls" in done.stderr) == (2, True)
    assert not (tmp_path / "office").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear all", "utf-8")
    assert run("serve", tmp_path).returncode == 2
    assert run("doctor", tmp_path).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_database_that_is_not_there_is_said(tmp_path: Path) -> None:
    for address in ("mysql://x/y", "postgresql://127.0.0.1:1/none", "postgresql://127.0.0.1:1/none?sslmod=require"):
        done = run("serve", tmp_path / "office", env={**os.environ, "DATABASE_URL": address})
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        assert "DATABASE_URL" in done.stderr


def test_the_doctor_finds_an_open_key_a_lost_key_and_no_backup_and_is_content_after(office: Office) -> None:
    from ballotworthy.office import rooms
    from ballotworthy.office.backup import MADE, back_up
    from ballotworthy.office.doctor import examine

    def unwell() -> set[str]:
        return {each.what for each in examine(office.folder) if not each.well}

    (office.folder / MADE).unlink(missing_ok=True)
    key = office.folder / "cases" / "demo" / "private" / "voters.key"
    held = key.read_bytes()
    key.unlink()
    (office.folder / "secret.key").chmod(0o644)
    assert unwell() == {"folders", "managers", "case demo", "backup"}
    key.write_bytes(held)
    key.chmod(0o600)
    (office.folder / "secret.key").chmod(0o600)
    rooms._open.clear()
    back_up(office.folder, office.folder.parent / "saved")
    with_password(office, "manager")
    assert unwell() == set()


def test_the_doctor_asks_for_the_certificate_and_says_what_is_wrong_with_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office import doctor
    from ballotworthy.office.reached import Reached, keep_reached
    from ballotworthy.office.rooms import now

    def told(how: Reached, days: float = 0, fault: OSError | None = None) -> tuple[bool, str]:
        def until(_name: str) -> dt.datetime:
            if fault:
                raise fault
            return now() + dt.timedelta(days=days)

        monkeypatch.setattr(doctor, "certificate_until", until)
        keep_reached(office.folder, how)
        found = next(each for each in doctor.examine(office.folder) if each.what == "TLS")
        return found.well, found.words

    behind = Reached("office.example", 8790, tls=True)
    assert told(Reached("127.0.0.1", 8790, tls=False))[0]
    assert told(behind, days=60) == (True, "the certificate of office.example holds for 59 days.")
    assert "Renew it" in told(behind, days=3)[1]
    assert "does not answer" in told(behind, fault=ConnectionRefusedError())[1]
    distrusted = ssl.SSLCertVerificationError()
    distrusted.verify_message = "self-signed certificate"
    assert "is not trusted here: self-signed certificate" in told(behind, fault=distrusted)[1]
    (office.folder / "reached.json").unlink()


def test_a_backup_is_an_office_with_the_same_record(office: Office, tmp_path: Path) -> None:
    from ballotworthy.office.backup import back_up

    saved = back_up(office.folder, tmp_path / "saved")
    assert (saved.cases, saved.rolls) == (1, 1)
    record = Path("cases/demo/case.record")
    assert (tmp_path / "saved" / record).read_bytes() == office.record()
    with served(tmp_path / "saved") as (told, _):
        assert "An invented initiative of Exampleland" in page_at(f"{told['address']}/public/demo")


def test_whose_account_is_closed_is_told_when_a_case_goes_to_the_command_line_which_knows_none(
    office: Office, tmp_path: Path
) -> None:
    from ballotworthy.office.backup import back_up

    manager = office.client("manager")
    manager.post("/cases/demo/share", {"person": "anna", "number": "2"})
    (first, _) = office.room().case().assigned["anna"]
    manager.post("/people/close", {"name": "anna"})
    back_up(office.folder, tmp_path / "saved")
    case = tmp_path / "case"
    told = run("export", tmp_path / "saved", "--case", "demo", "-o", case)
    assert "The record still admits anna" in told.stdout, told.stderr
    assert run_case("work", case, "--by", "ben", "-n", 1).strip() != first
    (dismiss,) = re.findall(r"case (enter \S+ dismissed id=anna --by) WHO", " ".join(told.stdout.split()))
    run_case(*dismiss.split(), "manager")
    assert run_case("work", case, "--by", "ben", "-n", 1).strip() == first


def test_the_public_page_names_no_line_and_can_be_switched_off(office: Office) -> None:
    from ballotworthy.office.models import HeldCase

    text = office.client().get("/public/demo").content.decode()
    assert "Lines to be examined" in text
    assert re.findall(r"(?<!-)\b\d+-\d+<", text) == []
    office.client("manager").post("/cases/demo/admit", {"second_share": "10"})
    assert office.client().get("/public/demo").status_code == 404
    HeldCase.objects.update(public=True)


def test_the_log_of_a_fault_holds_no_value(office: Office, capfd: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    from ballotworthy.office.pages import work

    def broken(*_given: object) -> None:
        raise RuntimeError("Truman Sharp, 932 18th St")

    monkeypatch.setattr(work, "on_desk", broken)
    answer = office.client("anna").get("/cases/demo/work/first")
    told = capfd.readouterr()
    assert answer.status_code == 500
    assert "RuntimeError" in told.err
    for text in (told.err, told.out, answer.content.decode()):
        assert "Truman" not in text
