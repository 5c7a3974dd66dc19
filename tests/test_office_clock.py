"""A clock that is ahead, was, or is set back, and a key that is lost: what is refused leads to its repair."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK, accept, lines_on, now_named
from office_opened import SLUG, new_case
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from office_site import Office


def test_a_clock_that_was_ahead_and_a_key_that_is_lost_lead_to_their_repair(office: Office) -> None:
    manager, room = office.client("manager"), office.room()
    clock, room.desk._clock = room.desk._clock, lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=400)
    roles = {"was:ben": "decide", "may:ben": "observe"}
    assert manager.post("/cases/demo/admit", roles).status_code == 302
    room.desk._clock = clock
    refused = text_of(manager.post("/cases/demo/admit", {"was:ben": "observe", "may:ben": "decide"}))
    assert "“Orders and repairs” of the case has the commands" in refused
    manager = new_case(office)
    assert f"/cases/{SLUG}/orders" in manager.get(f"/cases/{SLUG}").content.decode()
    page = text_of(manager.get(f"/cases/{SLUG}/orders"))
    assert ("case clock" in page, "case key" in page, "Let them count" in page) == (True, True, False)


def test_a_clock_that_is_far_ahead_writes_nothing_before_somebody_has_looked_at_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office import rooms
    from ballotworthy.office.pages import clock, dashboard

    manager, at = office.client("manager"), office.room().at()
    assert "Is the clock of this machine right?" not in text_of(manager.get("/cases/demo"))
    for where in (rooms, clock, dashboard):
        monkeypatch.setattr(where, "now", lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=400))
    roles = {"was:ben": "decide", "may:ben": "observe"}
    refused = manager.post("/cases/demo/admit", roles)
    assert (refused.status_code, "400 days after the last event" in text_of(refused)) == (409, True)
    assert office.room().at() == at
    assert "Is the clock of this machine right?" in text_of(manager.get("/cases/demo"))
    assert "Is the clock" not in text_of(office.client("anna").get("/cases/demo"))
    assert office.client("anna").post("/cases/demo/clock").status_code == 403
    assert manager.post("/cases/demo/clock").status_code == 302
    assert "Is the clock" not in text_of(manager.get("/cases/demo"))
    assert manager.post("/cases/demo/admit", roles).status_code == 302
    assert office.room().at().events == at.events + 1


def test_a_clock_set_back_enters_nothing_loses_nothing_and_work_goes_on_once_it_is_right(office: Office) -> None:
    from ballotworthy.office import rooms

    anna, room = office.client("anna"), office.room()
    first = lines_on(anna)
    assert accept(anna, first) == 302
    clock, room.desk._clock = room.desk._clock, lambda: dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    line, record = lines_on(anna), office.record()
    answer = anna.post(f"{WORK}/first/rule", {"line": line, "roll": now_named(), "reason": "illegible"})
    assert (answer.status_code, "Set the clock right" in text_of(answer)) == (409, True)
    assert (office.record(), lines_on(anna)) == (record, line)
    room.desk._clock = clock
    assert accept(anna, line) == 302
    rooms._open.clear()  # read again, each event against the one before
    assert {first, line} <= set(office.room().case().looks)


def test_a_lost_key_of_the_office_is_told_when_a_case_is_certified_and_names_no_folder(office: Office) -> None:
    from test_office_reopened import BY_HAND, certified

    manager = certified(office)
    manager.post(f"/cases/{SLUG}/orders", {"act": "reopen", "order": "Court, 1", "day": "2024-06-01"})
    (office.room(SLUG).folder / "private" / "office.key").unlink()
    refused = text_of(manager.post(f"/cases/{SLUG}/certify", BY_HAND))
    assert "key of this case is not in its place" in refused
    assert ("“Orders and repairs”" in refused, str(office.folder) in refused) == (True, False)
