"""The server killed in the midst of work: what was acknowledged stands in the record, and work goes on where it was."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

if TYPE_CHECKING:
    from office_site import Office


def test_after_kill_9_every_acknowledged_decision_is_there_and_work_goes_on(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import office_load as load
    from ballotworthy.office.backup import back_up
    from office_site import case_in

    monkeypatch.setattr(load, "ADDRESS", "/cases/demo/work/first")
    names = ("anna", "ben", "carla")
    sessions = {name: office.client(name).cookies[settings.SESSION_COOKIE_NAME].value for name in names}
    folder = back_up(office.folder, tmp_path / "office").folder
    server, told, over = load.Server(folder, ""), load.Told(), Event()
    clerks = [
        Thread(target=load.clerk, args=(name, load.Browser(server, session), 0.05, over, told))
        for name, session in sessions.items()
    ]
    try:
        for clerk in clerks:
            clerk.start()
        for kill in (20, 45):
            until = time.monotonic() + 60
            while len(told.acknowledged) < kill:
                assert time.monotonic() < until, told
                time.sleep(0.02)
            if kill == 20:
                server.stop(at_once=True)
                server.start()
    finally:
        over.set()
        for clerk in clerks:
            clerk.join()
        server.stop()
    case = case_in(folder)
    firsts = {line: looks.first.by for line, looks in case.looks.items() if looks.first}
    assert dict(told.acknowledged) == {line: firsts.get(line) for line, _ in told.acknowledged}
    assert len({line for line, _ in told.acknowledged}) == len(told.acknowledged)
    assert len(firsts) - len(told.acknowledged) <= len(names)  # an answer that the kill cut off


def test_after_kill_9_of_the_worker_another_goes_on_and_no_line_is_struck_twice(office: Office, tmp_path: Path) -> None:
    import office_load as load
    from ballotworthy.office.backup import back_up
    from office_site import case_in

    session = office.client("carla").cookies[settings.SESSION_COOKIE_NAME].value
    folder = back_up(office.folder, tmp_path / "office").folder
    server = load.Server(folder, "")
    carla = load.Browser(server, session)

    def told_by_tables(asked: str) -> list[int]:
        with closing(sqlite3.connect(folder / "office.sqlite3", timeout=10)) as tables:
            return [number for (number,) in tables.execute(asked)]

    def worker() -> int:
        found = subprocess.run(
            ["pgrep", "-f", f"ballotworthy.office {folder} "], capture_output=True, text=True
        ).stdout.split()
        return int(found[0]) if found else 0

    try:
        order = "Superior Court, case 26-114, order of 3 December"
        for sheets in ("1-8", "9-16", "17-24"):
            status, text, _ = carla.ask("/cases/demo/bulk", sheets=sheets, reason="illegible", why=order)
            assert status < 400, text
            (act,) = told_by_tables("SELECT max(id) FROM office_bulk")
            page = carla.patient(f"/cases/demo/bulk/{act}")
            count = re.search(r"Strike ([\d,]+) lines", page)
            assert count
            carla.ask(f"/cases/demo/bulk/{act}/start", count=count[1])
        until = time.monotonic() + 60
        while not any(told_by_tables("SELECT cursor FROM office_job WHERE kind = 'bulk'")):
            assert time.monotonic() < until
            time.sleep(0.01)
        os.kill(killed := worker(), signal.SIGKILL)
        while f"Bulk act {act}: done" not in carla.patient(f"/cases/demo/bulk/{act}"):
            assert time.monotonic() < until
            time.sleep(0.2)
        assert worker() not in (0, killed)
    finally:
        server.stop()
    case = case_in(folder)
    touched = [line.id for line in case.frame.lines if int(line.sheet) <= 24 and case.frame.can_be_drawn(line.id)]
    assert all(line in case.struck or line in case.looks for line in touched)
    assert case.numbers["struck"] + case.numbers["decision"] == len(touched)
