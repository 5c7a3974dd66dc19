"""Bulk acts: never without a condition, begun by typing the count, cut off and gone on with, told of each line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

if TYPE_CHECKING:
    from office_site import Office

ORDER = "Superior Court, case 26-114, order of 3 December"
REASON = "illegible"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing run by itself: each test has the worker do what waits."""
    from ballotworthy.office import queue

    monkeypatch.setattr(queue, "woken", lambda: None)


def chunk() -> None:
    """Do one chunk of what waits, as a worker does that is killed behind it."""
    from ballotworthy.office import queue
    from ballotworthy.office.jobs import bulk

    job = queue.claim("killed")
    assert job is not None
    queue.keep(job, bulk.step(job, lambda *_told: None))
    queue.give_back("killed")


def all_done() -> None:
    from ballotworthy.office.worker import work_off

    work_off("test")


def drafted(office: Office, by: str = "carla", **said: str) -> Any:
    from ballotworthy.office.models import Bulk

    answer = office.client(by).post("/cases/demo/bulk", {"reason": REASON, "why": ORDER, **said})
    assert answer.status_code == 302, answer.content.decode()
    return Bulk.objects.latest("pk")


def begun(office: Office, act: Any, by: str = "carla") -> int:
    count = str(act.lines.count())
    return office.client(by).post(f"/cases/demo/bulk/{act.pk}/start", {"count": count}).status_code


def circulators(office: Office) -> dict[str, list[str]]:
    import polars as pl

    lines = pl.read_csv(office.folder / "invented" / "lines.csv", infer_schema=False)
    found: dict[str, list[str]] = {}
    for sheet, line, name in lines.select("sheet", "line", "circulator").iter_rows():
        found.setdefault(name, []).append(f"{sheet}-{line}")
    return found


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "every line"),
        ({"sheets": "  ,  "}, "every line"),
        ({"sheets": "9999"}, "no such sheets"),
        ({"sheets": "9-3"}, "no range"),
        ({"sheets": "1", "reason": "duplicate"}, "is no ground for many lines at once"),
        ({"circulator": "Nobody"}, "No line has this circulator"),
        ({"sheets": "1", "why": "by order"}, "by whose order"),
        ({"sheets": "1", "reason": "ugly"}, "grounds"),
    ],
)
def test_what_has_no_condition_no_order_or_no_ground_is_refused(
    office: Office, said: dict[str, str], words: str
) -> None:
    from ballotworthy.office.models import Bulk

    answer = office.client("carla").post("/cases/demo/bulk", {"reason": REASON, "why": ORDER, **said})
    assert (answer.status_code, words in answer.content.decode()) == (400, True)
    assert not Bulk.objects.exists()


def test_a_circulators_lines_are_struck_corrected_or_refused_and_each_says_the_order(office: Office) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.verbs.case_decide import decide_lines

    name, theirs = max(circulators(office).items(), key=lambda each: len(each[1]))
    room = office.room()
    sample = room.case().sample
    assert sample is not None
    drawn = [line for line in theirs if line in sample.lines]
    voter = next(voter for voter, reason in office.truth().values() if voter and not reason)
    decide_lines(
        room, [RuledLine(drawn[0], "valid", voter_id=voter), RuledLine(drawn[1], "invalid", REASON)], by="anna"
    )
    act = drafted(office, circulator=name)
    assert begun(office, act) == 302
    all_done()
    act.refresh_from_db()
    case = office.room().case()
    assert act.state == "done"
    assert all(
        line in case.struck or ((ruling := case.ruling(line)) is not None and ruling.outcome == "invalid")
        for line in theirs if case.frame.can_be_drawn(line)
    )  # fmt: skip
    others = set(case.frame.at) - set(theirs)
    assert not others & {*case.struck, *case.looks}
    how = dict(act.lines.values_list("line", "how"))
    assert (how[drawn[0]], how.get(drawn[1]), how[drawn[2]]) == ("corrected", None, "decided")
    texts = office.record().decode().splitlines()
    whys = [event["body"]["why"] for event in map(json.loads, texts) if event["kind"] in ("struck", "corrected")]
    assert set(whys) == {f"{ORDER} (bulk act {act.pk} of the office)"}
    page = office.client("carla").get(f"/cases/demo/bulk/{act.pk}").content.decode()
    assert drawn[0] in page


def test_an_order_is_a_ground_of_its_own_and_each_line_keeps_its_words(office: Office) -> None:
    sheet = office.room().case().frame.lines[0].sheet
    act = drafted(office, sheets=sheet, reason="ordered")
    assert begun(office, act) == 302
    all_done()
    touched = set(act.lines.values_list("line", flat=True))
    case = office.room().case()
    assert case.ordered == dict.fromkeys(touched, ORDER)
    assert {case.struck.get(line) or getattr(case.ruling(line), "reason", "") for line in touched} == {"ordered"}
    assert "taken out by a court" in office.client("carla").get(f"/cases/demo/bulk/{act.pk}").content.decode()


def test_a_chunk_done_twice_does_nothing_the_second_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from ballotworthy.office.jobs import bulk
    from ballotworthy.office.models import Bulk

    monkeypatch.setattr(bulk, "CHUNK", 7)
    act = drafted(office, sheets="1-3")
    assert begun(office, act) == 302
    chunk()
    events = office.room().at().events
    act.lines.update(done=False)
    chunk()
    assert office.room().at().events == events
    all_done()
    assert Bulk.objects.get(pk=act.pk).state == "done"
    assert not act.lines.filter(done=False).exists()


def test_what_the_record_says_of_a_chunk_and_what_the_table_says_are_there_both_or_not_at_all(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office.jobs import bulk
    from ballotworthy.office.models import BulkLine, Job

    monkeypatch.setattr(bulk, "CHUNK", 7)
    act = drafted(office, sheets="1-3")
    assert begun(office, act) == 302
    job, before = Job.objects.get(kind="bulk"), office.room().at().events
    with monkeypatch.context() as broken:
        broken.setattr(BulkLine.objects, "bulk_update", lambda *_given, **_more: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            bulk.step(job, lambda *_said: None)
    assert (office.room().at().events, act.lines.filter(done=True).count()) == (before, 0)
    bulk.step(job, lambda *_said: None)  # and here the process was killed, before it wrote down how far it is
    assert (office.room().at().events, act.lines.filter(done=True).count()) == (before + 7, 7)
    assert "" not in set(act.lines.filter(done=True).values_list("how", flat=True))


def test_cancelling_stops_it_between_chunks_and_what_was_done_stands(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ballotworthy.office.jobs import bulk

    monkeypatch.setattr(bulk, "CHUNK", 7)
    act = drafted(office, sheets="1-3")
    begun(office, act)
    chunk()
    assert office.client("carla").post(f"/cases/demo/bulk/{act.pk}/cancel").status_code == 302
    all_done()
    act.refresh_from_db()
    assert (act.state, act.lines.filter(done=True).count()) == ("cancelled", 7)
    case = office.room().case()
    assert len(case.struck) + len(case.looks) == 7
    assert office.client("carla").post(f"/cases/demo/bulk/{act.pk}/cancel").status_code == 409


def test_it_begins_once_by_its_author_with_the_count_typed_and_lines_unchanged(office: Office) -> None:
    from ballotworthy.verbs.case_enter import enter_event

    act = drafted(office, sheets="1-3")
    start = f"/cases/demo/bulk/{act.pk}/start"
    assert office.client("carla").post(start, {"count": "1"}).status_code == 400
    assert begun(office, act, by="manager") == 409
    sample = office.room().case().sample
    assert sample is not None
    left = next(each.line for each in act.lines.all() if each.line not in sample.lines)
    enter_event(office.room(), "struck", {"line": left, "reason": REASON, "why": "another order"}, by="carla")
    assert begun(office, act) == 409
    again = drafted(office, sheets="1-3")
    assert [begun(office, again) for _ in range(2)] == [302, 409]


def test_who_may_not_decide_leaves_lines_that_nobody_looked_at(office: Office) -> None:

    manager = office.client("manager")
    assert manager.post("/cases/demo/admit", {"was:carla": "", "may:carla": "resolve"}).status_code == 302
    act = drafted(office, sheets="1-9")
    begun(office, act)
    all_done()
    assert set(act.lines.values_list("how", flat=True)) == {"struck", "left"}
    assert office.room().case().looks == {}


def test_clerks_and_observers_begin_no_bulk_act(office: Office) -> None:
    said = {"reason": REASON, "why": ORDER, "sheets": "1"}
    assert [office.client(name).post("/cases/demo/bulk", said).status_code for name in ("anna", "otto", "dora")] == [
        403
    ] * 3


def test_a_line_that_a_bulk_act_touched_leads_to_it(office: Office) -> None:
    from ballotworthy.office.models import HeldCase, Lease
    from ballotworthy.office.rooms import now

    act = drafted(office, sheets="1-9")
    begun(office, act)
    all_done()
    line = act.lines.filter(how="decided").first().line
    held = HeldCase.objects.get(slug="demo")
    from ballotworthy.office.leases import HOLD
    from ballotworthy.office.models import Account

    Lease.objects.create(
        held=held, line=line, look="again", account=Account.objects.get(name="carla"), until=now() + HOLD
    )
    page = office.client("carla").get("/cases/demo/work/again").content.decode()
    assert re.search(rf'href="/cases/demo/bulk/{act.pk}"', page)
