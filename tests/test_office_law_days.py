"""A day of the law that has passed: its page, what it says of the record, and the way to it from the head of a page."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from ballotworthy.casework import Act
from office_opened import NEW, SLUG
from office_site import fix_frame, take_in
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from ballotworthy.casework.case import Case
    from office_site import Office

COUNTED = "The signatures promised stand as counted, until a court orders otherwise."


def test_a_day_that_has_passed_says_what_the_law_says_then_and_is_linked_from_the_head(office: Office) -> None:
    manager = office.client("manager")
    long_ago = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=40)).isoformat()
    assert manager.post("/cases/new", {**NEW, "on": long_ago, "filed": long_ago}).status_code == 302
    head = manager.get(f"/cases/{SLUG}/orders").text
    assert f'<a class="past" href="/cases/{SLUG}/days/1">' in head
    page = text_of(manager.get(f"/cases/{SLUG}/days/1"))
    assert "Not done by the record. It holds no day on which: what was filed was counted and numbered" in page
    assert f"What the law says now {COUNTED} Petition Act 2000, s. 6" in page
    assert "Enter the order of a court" in page
    every = text_of(manager.get(f"/cases/{SLUG}/days"))
    assert "not done the signatures promised stand as counted" in every
    assert "When it is not filed by its day the petition is not accepted Petition Act 2000, s. 8" in every
    assert "a day of the record’s clock is that of UTC" in every
    assert [manager.get(f"/cases/{SLUG}/days/{number}").status_code for number in (2, 9)] == [404, 404]
    california = {**NEW, "case": "CA", "what": "us-ca referendum", "on": long_ago, "filed": long_ago}
    assert manager.post("/cases/new", california).status_code == 302
    assert "A day is that of America/Los_Angeles." in text_of(manager.get("/cases/ca/days"))


def test_what_was_done_late_is_said_to_be_late_and_by_how_much(office: Office) -> None:
    manager, today = office.client("manager"), dt.datetime.now(dt.UTC).date()
    long_ago = (today - dt.timedelta(days=40)).isoformat()
    assert manager.post("/cases/new", {**NEW, "on": long_ago, "filed": long_ago}).status_code == 302
    with (office.folder / "invented" / "lines.csv").open("rb") as file:
        assert take_in(manager, SLUG, {"file": file}).status_code == 302
    assert fix_frame(manager, SLUG) == 302
    page = text_of(manager.get(f"/cases/{SLUG}/days/1"))
    assert "The record has the day on which it was entered, in UTC" in page
    done = rf"By the record on {today.day} {today:%B} {today.year}, \d+ days after it: what was filed was counted"
    assert re.search(done, page)
    assert 'class="past"' not in manager.get(f"/cases/{SLUG}/orders").text
    late, early, paper = ({"what": "counted", "day": str(today + dt.timedelta(days=each))} for each in (1, -41, -39))
    assert manager.post(f"/cases/{SLUG}/noted", late).status_code == 400
    spanish = manager.post(f"/cases/{SLUG}/noted", early, headers={"Accept-Language": "es"})
    assert spanish.status_code == 400
    assert f"{early['day']} es anterior al día de la presentación, {long_ago}, al que sigue" in text_of(spanish)
    assert manager.post(f"/cases/{SLUG}/noted", paper).status_code == 302
    page = text_of(manager.get(f"/cases/{SLUG}/days/1"))
    assert "Done in time, on" in page
    assert f"as somebody said entered in the record on {today.day} {today:%B} {today.year}" in page


@pytest.mark.parametrize(
    ("days", "reopened", "today", "number", "state"),
    [
        ({"counted": "2026-01-14"}, 0, "2026-02-01", 1, "in-time"),
        ({"counted": "2026-01-20"}, 0, "2026-02-01", 1, "late"),
        ({"counted": "2026-01-09", "certified": "2026-06-01"}, 0, "2026-06-02", 2, "late"),
        ({"counted": "2026-01-09", "certified": "2026-06-01"}, 1, "2026-06-02", 2, "unsaid"),
        ({"counted": "2026-01-09", "certified": "2026-02-01"}, 1, "2026-06-02", 2, "in-time"),
        ({"certified": "2026-03-01", "challenged": "2026-02-20"}, 0, "2026-03-20", 3, "not-done"),
        ({"certified": "2026-03-01", "challenged": "2026-03-02"}, 0, "2026-03-20", 3, "in-time"),
        ({"counted": "2026-01-15T02:00:00Z"}, 0, "2026-02-01", 1, "late"),  # no zone is known of an invented place
        ({"counted": "2026-01-15T02:00:00Z", "place": "us-ca"}, 0, "2026-02-01", 1, "in-time"),  # 14 January, 18:00
        ({"counted": "2026-01-14T12:00:00Z", "place": "nz"}, 0, "2026-02-01", 1, "late"),  # 15 January, 1:00
        ({"counted": "2026-01-20T12:00:00Z", "said": "2026-01-13"}, 0, "2026-02-01", 1, "in-time"),  # made on paper
        ({"counted": "2026-01-20T12:00:00Z", "said": "2026-01-21"}, 0, "2026-01-20", 2, "to-come"),
        ({"counted": "2026-01-20T12:00:00Z", "said": "2026-01-01"}, 0, "2026-02-01", 1, "late"),  # before the filing
        ({"counted": "2026-01-13T12:00:00Z", "said": "1900-01-01"}, 0, "2026-02-01", 1, "in-time"),
        ({"counted": "2026-01-13"}, 0, "2026-01-12", 1, "to-come"),  # noted ahead, in a record of before
    ],
)  # fmt: skip
def test_what_was_done_before_its_time_ran_or_anew_after_a_reopening_accuses_nobody(
    office: Office, days: dict[str, str], reopened: int, today: str, number: int, state: str
) -> None:
    from ballotworthy.casework.case import Standing
    from ballotworthy.casework.law_days import law_days

    case = office.room("demo").case()
    opened = {"place": days.pop("place", "zz-example"), "filed": "2026-01-02"}
    said = {"filed": "2026-01-02"} | ({"counted": days.pop("said")} if "said" in days else {})
    said |= {what: day for what, day in days.items() if "T" not in day}
    clocked = {what: at for what, at in days.items() if "T" in at}
    held = SimpleNamespace(
        rules=case.rules, opened=opened, days=said, clocked=clocked, reopened=[{}] * reopened, standing=Standing()
    )  # fmt: skip
    found = {each.number: each for each in law_days(cast("Case", held), dt.date.fromisoformat(today))}
    assert found[number].state == state
    assert found[1].by_clock == bool(clocked and not "2026-01-02" <= said.get("counted", "") < "2026-01-20")


def test_the_day_of_what_the_record_cannot_know_is_said_and_held_against_the_law(office: Office) -> None:
    manager, today = office.client("manager"), dt.datetime.now(dt.UTC).date().isoformat()
    assert "Say the day on which it was done" in manager.get("/cases/demo/days/2").text
    assert manager.post("/cases/demo/noted", {"what": "sample-reported", "day": today}).status_code == 302
    page = text_of(manager.get("/cases/demo/days/2"))
    assert re.search("Done in time, on [^:]+: what the sample shows was reported.", page)
    assert "It was done in time, so this does not follow." in page


def test_a_day_typed_amiss_is_refused_and_one_of_an_older_record_is_told_and_corrected(office: Office) -> None:
    from ballotworthy.office.models import HeldCase

    manager, election = office.client("manager"), office.room("demo").case().opened["filed"]
    amiss, right = ({"what": "election", "day": f"{year}{election[4:]}"} for year in ("0002", int(election[:4]) + 1))
    refused = manager.post("/cases/demo/noted", amiss)
    assert (refused.status_code, "more than ten years from the day of filing" in text_of(refused)) == (400, True)
    office.room("demo").write(lambda _: [Act("manager", "noted", amiss)])
    HeldCase.objects.filter(slug="demo").update(public=True)
    told = f"The day {amiss['day']} that somebody said lies more than ten years from the filing, so nothing goes by it"
    pages = {path: manager.get(path) for path in ("/cases/demo", "/cases/demo/days", "/cases/demo/days/2")}
    assert [path for path, page in pages.items() if told not in text_of(page)] == []
    assert [manager.get(path).status_code for path in ("/cases/demo/outlook", "/public/demo", "/")] == [200] * 3
    assert manager.post("/cases/demo/noted", right).status_code == 302
    page = text_of(manager.get("/cases/demo/days"))
    assert ("more than ten years" in page, "the ballot is printed" in page) == (False, True)


def test_who_only_observes_sees_the_days_of_the_law_and_no_way_to_act(office: Office) -> None:
    page = office.client("otto").get("/cases/demo/days/1").text
    assert "What the law says" in page
    assert "/cases/demo/orders" not in page
    assert "#noted" not in page


CALIFORNIA = {**NEW, "case": "CA", "what": "us-ca referendum", "on": "2026-10-14", "filed": "2026-10-14"}


def test_of_two_days_in_doubt_the_safe_one_is_gone_by_and_both_are_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """30 working days over Thanksgiving: 27 November where the day after is none (Gov. Code § 6700), else the 30th."""
    from ballotworthy.office import by_law

    manager = office.client("manager")
    assert manager.post("/cases/new", CALIFORNIA).status_code == 302
    ordered = {"what": "check-ordered", "day": "2026-10-14"}
    office.room("ca").write(lambda _: [Act("manager", "noted", ordered)])
    both = "27 November 2026 (the safe day; perhaps 30 November 2026)"
    told = {}
    for day in (26, 28, 30):
        monkeypatch.setattr(by_law, "today_of", lambda _, day=day: dt.date(2026, 11, day))
        for path in ("", "/days"):
            told[day, path] = text_of(manager.get(f"/cases/ca{path}"))
    number = next(iter(re.findall(r"/cases/ca/days/(\d+)\">27 November", manager.get("/cases/ca/days").text)))
    page = text_of(manager.get(f"/cases/ca/days/{number}"))
    assert [both in text for text in told.values()] == [True] * 6
    assert f"{both} the county reports the sample 1 day left" in told[26, ""]
    assert "the safe day has passed" in told[28, ""]
    assert "27 November 2026 is the safe day." in page
    assert "until 30 November 2026 it may still be in time" in page
