"""How a case may end, as its manager sees it: pace, what the rest can change, the machine's number, repeats."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

if TYPE_CHECKING:
    from office_site import Office

MONDAY = dt.date(2026, 11, 30)


def test_the_forecast_goes_by_whole_days_of_work_and_says_what_the_deadline_takes() -> None:
    from ballotworthy.office.pace import forecast

    hours = {"2026-11-26T09": 60, "2026-11-26T10": 40, "2026-11-27T09": 200, "2026-11-30T08": 7}
    found = forecast(hours, 450, MONDAY, dt.date(2026, 12, 2))
    assert found is not None
    assert (found.days, found.a_day, found.an_hour) == (2, 150, 100)
    assert (found.ends, found.needed) == (dt.date(2026, 12, 2), 150)


def test_a_first_day_is_its_own_measure_and_no_work_is_none() -> None:
    from ballotworthy.office.pace import forecast

    found = forecast({"2026-11-30T08": 7}, 0, MONDAY, None)
    assert found is not None
    assert (found.a_day, found.ends, found.needed) == (7, None, None)
    assert forecast({}, 10, MONDAY, None) is None


def ruled_by_truth(office: Office, share: float = 1.0) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.casework.work import order_of_work
    from ballotworthy.verbs.case_decide import decide_lines

    room, truth = office.room(), office.truth()
    sample = room.case().sample
    assert sample is not None
    lines = order_of_work(room.case())
    first = {line for each in sample.body["strata"] for line in each["ids"][: round(share * each["size"])]}
    first -= set(room.case().looks)
    rulings = [
        RuledLine(line, "valid", voter_id=voter) if voter and reason in ("", "duplicate")
        else RuledLine(line, "invalid", reason or "illegible")
        for line in lines if line in first for voter, reason in [truth[line]]
    ]  # fmt: skip
    decide_lines(room, rulings, by="anna")


def test_the_machines_number_put_right_holds_the_truth(office: Office) -> None:
    from ballotworthy.office.benches import bench_of, chances_of
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_expected import expected_of

    held = HeldCase.objects.get(slug="demo")
    bench_of(held, patience=300)
    chances = chances_of(held)
    assert chances is not None
    assert expected_of(office.room().case(), chances) is None
    ruled_by_truth(office, 0.8)
    case = office.room().case()
    found = expected_of(case, chances)
    assert found is not None
    drawable = {line for lines in case.frame.drawable.values() for line in lines}
    truth = {line: said for line, said in office.truth().items() if line in drawable}
    signed = sum(bool(voter) and reason in ("", "duplicate") for voter, reason in truth.values())
    assert found.low <= signed <= found.high
    assert abs(found.estimate - signed) < 0.1 * len(drawable)
    assert found.lines == len(drawable)


def test_the_page_says_what_the_rest_can_change_and_how_fast_work_goes(office: Office) -> None:
    manager = office.client("manager")
    assert "Nothing is ruled yet" in manager.get("/cases/demo/outlook").content.decode()
    ruled_by_truth(office, 0.1)
    text = manager.get("/cases/demo/outlook").content.decode()
    assert "Still to be ruled on: Island (" in text
    assert "If the rest is ruled as" not in text
    ruled_by_truth(office, 0.8)
    text = manager.get("/cases/demo/outlook").content.decode()
    assert "<strong>insufficient</strong>, however the" in text  # 420 lines can never be the 1,000 required
    assert "First looks: " in text
    assert "1,000 required: insufficient" in text
    interval = "Once the whole sample is ruled on, the law’s formula gives between <strong>"
    assert (interval in text, "Do not go by this number" in text) == (True, False)
    assert "It holds as long as nobody signed in two strata." in text
    for line in list(office.room().case().looks)[:8]:  # as while two people see some of the first differently
        office.room().case().looks[line].first = None
    text = manager.get("/cases/demo/outlook").content.decode()
    assert (interval in text, "Do not go by this number before the last line is ruled on" in text) == (False, True)


def test_clerks_and_observers_do_not_see_how_it_may_end(office: Office) -> None:
    people = {"anna": 403, "carla": 403, "otto": 403, "dora": 200}
    assert {name: office.client(name).get("/cases/demo/outlook").status_code for name in people} == people


def test_lines_of_one_voter_stand_side_by_side(office: Office) -> None:
    from ballotworthy.casework.ruled import RuledLine
    from ballotworthy.casework.work import order_of_work
    from ballotworthy.verbs.case_decide import decide_lines

    room = office.room()
    first, second, third = order_of_work(room.case())[:3]
    voter, other = [voter for voter, reason in office.truth().values() if voter and not reason][:2]
    decide_lines(room, [RuledLine(first, "valid", voter_id=voter), RuledLine(second, "valid", voter_id=voter),
                        RuledLine(third, "valid", voter_id=other)], by="anna")  # fmt: skip
    text = office.client("carla").get("/cases/demo/repeats").content.decode()
    assert "1 voter on several lines" in text
    shown = [text.count("Sheet {}, line {}<".format(*line.split("-"))) for line in (first, second, third)]
    assert shown == [1, 1, 0]
