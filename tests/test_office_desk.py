"""Lines on desks: each lies on one, comes back when it is left there, and is decided once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK, accept, events, lines_on, now_named, ruled, second_looks

if TYPE_CHECKING:
    from office_site import Office


def test_no_line_lies_before_two_people(office: Office) -> None:
    from ballotworthy.office.models import Lease

    people = [office.client(name) for name in ("anna", "ben", "carla", "manager")]
    for turn in range(24):
        client = people[turn % 4]
        assert accept(client, lines_on(client)) == 302
        lines = list(Lease.objects.values_list("line", flat=True))
        assert len(set(lines)) == len(lines)
    decided = [event["body"]["line"] for event in events(office, "decision")]
    assert len(set(decided)) == len(decided) == 24


def test_a_line_left_lying_is_given_to_the_next_and_the_first_can_no_longer_rule_on_it(office: Office) -> None:
    from ballotworthy.office.models import Lease
    from ballotworthy.office.rooms import now

    anna, ben = office.client("anna"), office.client("ben")
    left = lines_on(anna)
    assert lines_on(ben) != left
    Lease.objects.filter(account__name="ben").delete()
    Lease.objects.update(until=now() - dt.timedelta(seconds=1))
    assert lines_on(ben) == left
    assert ruled(anna, left, reason="illegible") == 409
    assert ruled(ben, left, reason="illegible") == 302
    assert [event["by"] for event in events(office, "decision")] == ["ben"]


def test_a_line_that_lay_too_long_and_that_nobody_took_still_lies_there(office: Office) -> None:
    from ballotworthy.office.models import Lease
    from ballotworthy.office.rooms import now

    anna = office.client("anna")
    left = lines_on(anna)
    Lease.objects.update(until=now() - dt.timedelta(seconds=1))
    assert ruled(anna, left, reason="illegible") == 409
    assert lines_on(anna) == left
    assert ruled(anna, left, reason="illegible") == 302


def test_a_page_of_the_desk_asks_the_database_a_few_times_however_many_lines_there_are(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(address: str, **said: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = anna.post(address, said, headers={"HX-Request": "true"}) if said else anna.get(address)
        assert answer.status_code == 200
        return len(queries)

    anna = office.client("anna")
    line = lines_on(anna)
    ruled(anna, line, reason="illegible")  # the first of a desk writes more
    line = lines_on(anna)
    assert asked(f"{WORK}/first/search", line=line, typed="70 s") <= 12
    assert asked(f"{WORK}/first/rule", line=line, roll=now_named(), reason="illegible") <= 18
    assert asked(f"{WORK}/first") <= 10


def test_a_line_is_decided_once_however_often_the_key_arrives(office: Office) -> None:
    anna = office.client("anna")
    line = lines_on(anna)
    assert [ruled(anna, line, reason="illegible") for _ in range(3)] == [302, 409, 409]
    assert len(list(events(office, "decision"))) == 1


def test_the_line_of_another_desk_cannot_be_ruled_on_or_searched(office: Office) -> None:
    anna, ben = office.client("anna"), office.client("ben")
    line = lines_on(anna)
    assert ruled(ben, line, reason="illegible") == 409
    assert ben.post(f"{WORK}/first/search", {"line": line, "typed": "smi"}).status_code == 409


def test_a_line_put_back_comes_after_the_rest_of_the_desk(office: Office) -> None:
    anna = office.client("anna")
    line = lines_on(anna)
    assert anna.post(f"{WORK}/first/skip", {"line": line}).status_code == 302
    assert lines_on(anna) != line
    from ballotworthy.office.models import Lease

    assert list(Lease.objects.order_by("pk").values_list("line", flat=True))[-1] == line


def test_while_the_lines_are_being_laid_out_the_case_stays_open_and_the_desk_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from ballotworthy.office import benches

    gate, really = Event(), benches.lay_out
    monkeypatch.setattr(benches.bench_of, "__defaults__", (0.05,))

    def slow(asked: Any) -> Any:
        assert gate.wait(20)
        return really(asked)

    monkeypatch.setattr(benches, "lay_out", slow)
    anna = office.client("anna")
    waits = anna.get(f"{WORK}/first")
    assert (waits.status_code, waits.headers["Refresh"]) == (503, "3")
    assert anna.get("/cases/demo").status_code == 200
    gate.set()
    laying = next(iter(benches._laid.values()))
    assert laying.done.wait(20)
    assert anna.get(f"{WORK}/first").status_code == 200


def test_a_line_that_was_decided_elsewhere_is_gone_from_the_desk(office: Office) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.office.models import HeldCase
    from ballotworthy.office.rooms import enter_held, now
    from ballotworthy.verbs.case_decide import decide_lines

    second_looks(100)
    anna, ben = office.client("anna"), office.client("ben")
    line = lines_on(anna)
    other = enter_held(HeldCase.objects.get(slug="demo"), now)  # another process
    decide_lines(other, [RuledLine(line, "invalid", "illegible")], by="carla")
    assert lines_on(anna) not in ("", line)
    assert lines_on(ben, "second") == line
    decide_lines(other, [RuledLine(line, "invalid", "cancelled")], by="manager", look=2)
    assert lines_on(ben, "second") == ""
