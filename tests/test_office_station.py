"""A locked station: nothing of a case is shown, the password or PIN brings it back, and guessing signs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("allauth", reason="the extra office is not installed")

if TYPE_CHECKING:
    from django.test import Client

    from office_site import Office

from test_office_factors import PASSWORD, with_password

CASE = "/cases/demo"
PIN = "493027"


def locked(client: Client) -> bool:
    return bool(client.get(CASE).headers.get("Location", "").startswith("/locked"))


def test_a_locked_station_shows_nothing_of_a_case(office: Office) -> None:
    anna = with_password(office, "anna")
    anna.post("/lock", {"next": CASE})
    assert locked(anna)
    part = anna.post(f"{CASE}/work/first/skip", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"].startswith("/locked")
    assert anna.get("/cases/demo/picture/1-1").status_code == 302
    assert anna.get("/account/app").headers["Location"].startswith("/locked")
    assert anna.post("/locked", {"secret": PASSWORD, "next": CASE}).headers["Location"] == CASE
    assert anna.get(CASE).status_code == 200


def test_a_pin_unlocks_and_does_nothing_else(office: Office) -> None:
    anna = with_password(office, "anna")
    anna.post("/account/pin", {"pin": PIN, "password": "wrong"})
    anna.post("/lock")
    assert anna.post("/locked", {"secret": PIN}).status_code == 403
    anna.post("/locked", {"secret": PASSWORD})
    anna.post("/account/pin", {"pin": PIN, "password": PASSWORD})
    anna.post("/lock")
    assert anna.post("/locked", {"secret": PIN}).status_code == 302
    assert not locked(anna)
    assert office.client().post("/sign-in", {"name": "anna", "password": PIN}).status_code == 403


def test_five_wrong_ones_sign_out(office: Office) -> None:
    anna = with_password(office, "anna")
    anna.post("/lock")
    tried = [anna.post("/locked", {"secret": "000000"}).status_code for _ in range(5)]
    assert tried == [403] * 4 + [302]
    assert anna.get(CASE).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("pin", ["12345", "123456", "987654", "777777", "12345x", "4" * 13])
def test_a_pin_that_is_guessed_at_once_is_refused(office: Office, pin: str) -> None:
    anna = with_password(office, "anna")
    assert anna.post("/account/pin", {"pin": pin, "password": PASSWORD}).status_code == 400


def test_a_station_that_nobody_touched_for_the_minutes_of_the_house_is_locked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    from ballotworthy.office import stations
    from ballotworthy.office.rooms import now

    office.client("manager").post("/people/rules", {"lock_after": "5"})
    anna = office.client("anna")
    anna.get(CASE)
    monkeypatch.setattr(stations, "now", lambda: now() + dt.timedelta(minutes=4))
    assert not locked(anna)
    monkeypatch.setattr(stations, "now", lambda: now() + dt.timedelta(minutes=10))
    assert locked(anna)


def test_a_session_ends_after_a_working_day_however_much_was_done_in_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    from ballotworthy.office import stations
    from ballotworthy.office.rooms import now

    office.client("manager").post("/people/rules", {"lock_after": "240"})
    anna, answers = office.client("anna"), []
    for minutes in (0, 200, 400, 590, 610):
        monkeypatch.setattr(stations, "now", lambda minutes=minutes: now() + dt.timedelta(minutes=minutes))
        answers.append(anna.get("/account").headers.get("Location", ""))
    assert (answers[:4], answers[4][:8]) == ([""] * 4, "/sign-in")


def test_who_sent_something_after_his_session_had_ended_comes_back_to_its_page_and_is_told(office: Office) -> None:
    anna = with_password(office, "anna")
    anna.post("/lock", {"next": CASE})
    desk = f"http://testserver{CASE}/work/first"
    part = anna.post(f"{CASE}/work/first/skip", headers={"HX-Request": "true", "HX-Current-URL": desk})
    assert part.headers["HX-Redirect"] == f"/locked?next={CASE}/work/first"
    assert "not entered" in anna.get(part.headers["HX-Redirect"]).content.decode()
    sent = office.client().post(f"{CASE}/frame", headers={"Referer": f"http://testserver{CASE}"})
    assert sent.headers["Location"] == f"/sign-in?next={CASE}"
    elsewhere = office.client().post(f"{CASE}/frame", headers={"Referer": "http://example.org/phish"})
    assert elsewhere.headers["Location"] == "/sign-in?next=/"


def test_an_address_to_which_a_form_is_sent_says_so_when_it_is_opened(office: Office) -> None:
    answer = office.client("manager").get(f"{CASE}/seed/enter")
    assert (answer.status_code, "Nothing was entered" in answer.content.decode()) == (405, True)


def test_methods_that_no_page_knows_are_refused(office: Office) -> None:
    statuses = [office.client().generic(each, "/sign-in").status_code for each in ("TRACE", "PUT", "OPTIONS", "HEAD")]
    assert statuses == [405, 405, 405, 200]


def test_pages_of_an_account_are_kept_by_no_browser(office: Office) -> None:
    assert "no-store" in office.client("anna").get(CASE).headers["Cache-Control"]
    assert office.client("anna").post("/lock").headers["Clear-Site-Data"] == '"cache"'
