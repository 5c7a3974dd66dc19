"""The server killed in the midst of work: what was acknowledged stands in the record, and work goes on where it was."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

if TYPE_CHECKING:
    from office_site import Office


def test_after_kill_9_every_acknowledged_decision_is_there_and_work_goes_on(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import office_load as load
    from ballotworthy.casework.room import enter
    from ballotworthy.office.backup import back_up
    from ballotworthy.office.rooms import now

    monkeypatch.setattr(load, "ADDRESS", "/cases/demo/work/first")
    names = ("anna", "ben", "carla")
    sessions = {name: office.client(name).cookies["sessionid"].value for name in names}
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
    case = enter(folder / "cases" / "demo", now).case()
    firsts = {line: looks.first.by for line, looks in case.looks.items() if looks.first}
    assert dict(told.acknowledged) == {line: firsts.get(line) for line, _ in told.acknowledged}
    assert len({line for line, _ in told.acknowledged}) == len(told.acknowledged)
    assert len(firsts) - len(told.acknowledged) <= len(names)  # an answer that the kill cut off
