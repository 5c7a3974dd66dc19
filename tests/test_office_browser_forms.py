"""Forms in Chromium: sent once, kept over a refusal and a reload, and after a session that ended led back to; keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_browser import (
    PASSWORD,
    at_clear_work,
    at_work,
    goto,
    line_of,
    looked_at,
    page,
    pressed,
    signed_in,
    welcomed,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from office_browser import Served

__all__ = ["page"]


def test_a_session_that_ended_amid_a_decision_leads_back_to_the_desk_and_says_so(page: Page) -> None:
    line, before = at_clear_work(page), looked_at(page)
    page.context.clear_cookies(name=re.compile("^session-"))
    page.keyboard.press("1")
    page.wait_for_url("**/sign-in?**")
    assert "not entered" in page.inner_text("main")
    signed_in(page)
    page.wait_for_url("**/work/first")
    assert (line_of(page), looked_at(page)) == (line, before)


def test_a_form_that_is_clicked_twice_is_sent_once(page: Page) -> None:
    goto(page, "/people")
    page.fill("[name=name]:visible", "zoe")
    page.dblclick("text=Make it, and show its link")
    page.wait_for_selector("h2:text('The link of zoe')")
    assert page.faults == []


def test_a_challenge_is_entered_by_keys_alone(page: Page) -> None:
    goto(page, "/cases/demo/claims")
    page.focus("form:has([name=claim]) [name=line]")
    page.keyboard.type("1-1")
    page.keyboard.press("Tab")
    page.keyboard.type("opponents, paper 3")
    for key in ("Tab", "d", "Tab", "Tab"):  # it does not count, on no ground that is said
        page.keyboard.press(key)
    page.keyboard.type("05202024")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The challenge of line 1-1 is entered")
    assert "it does not count opponents, paper 3" in page.inner_text("table")
    assert page.faults == []


def test_what_was_said_of_a_line_goes_with_the_next(page: Page) -> None:
    at_work(page)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', '<p class=told role=status>Said</p>')"
    )
    pressed(page, "r", "6")
    assert page.query_selector(".told[role=status]") is None


def framed(page: Page, tmp_path: Path) -> None:
    """Open a case of two lines, fix its frame, and go to its seed."""
    lines = tmp_path / "lines.csv"
    lines.write_text("sheet,line,name,address,district\n1,1,Al Bo,1 Elm St,North\n1,2,Cy Do,2 Elm St,North\n")
    goto(page, "/cases/new")
    for name, text in (("case", "dice"), ("office", "An office"), ("measure", "A measure"), ("on", "2024-05-03")):
        page.fill(f"[name={name}]", text)
    page.select_option("[name=what]", "zz-example initiative")
    page.click("text=Open it, and pin the law")
    page.set_input_files("[name=file] >> nth=0", lines)
    page.click("text=Read them, and look at them")
    page.click("text=Yes: take in 2 lines")
    page.click("a:has-text('Fix the frame of 2 lines')")
    page.click("text=Yes: fix the frame of 2 lines")
    page.wait_for_selector("text=The frame is fixed")
    page.goto(f"{page.url}/seed")


def test_what_is_struck_at_the_seed_is_what_was_taken_back_and_outlasts_a_reload_and_a_refusal(
    page: Page, tmp_path: Path
) -> None:
    framed(page, tmp_path)
    page.click("input.digits")
    page.keyboard.type("12345")
    for key in ("ArrowLeft", "ArrowLeft", "Backspace", "Shift+ArrowLeft", "8"):  # 3 taken out, 2 changed to 8
        page.keyboard.press(key)
    assert (page.input_value("input.digits"), page.input_value("[name=struck]")) == ("1845", "3 2")
    page.reload()
    assert (page.input_value("input.digits"), page.inner_text(".struck span")) == ("1845", "3 2")
    page.click("input.digits")
    page.keyboard.press("Home")
    page.keyboard.type("1")  # a throw comes behind the others, wherever the caret was
    assert (page.input_value("input.digits"), page.input_value("[name=struck]")) == ("18451", "3 2")
    page.keyboard.type("234567890123456")
    page.check("[name=fingerprint]")
    page.fill("[name=present]", "Ada")
    page.fill("[name=rolled]", "Ada")
    page.reload()
    assert (page.input_value("[name=present]"), page.input_value("[name=rolled]")) == ("Ada", "Ada")
    page.check("[name=fingerprint]")
    page.click("text=Enter the seed")
    page.wait_for_selector("text=two people at least see the dice")
    page.faults.clear()  # a refusal is an answer of its own status, which Chromium notes
    page.fill("[name=present]", "Ada\nBob")
    page.click("text=Enter the seed")
    page.wait_for_selector("text=by Ada; struck: 3; struck: 2")
    assert "18451234567890123456" in page.content()
    page.emulate_media(media="print")  # the minutes: what is fixed, digits, who was present; no bar and no button
    printed = page.inner_text("body")
    page.emulate_media(media="screen")
    for words in ("Fingerprint of the frame", "by Ada", "Present: Ada, Bob", "2 lines to draw from"):
        assert words in printed
    assert ("Sign out" in printed, "Draw the sample" in printed) == (False, False)


def test_a_passkey_is_made_and_then_signs_in_by_itself_and_the_station_locks(page: Page, served: Served) -> None:
    goto(page, "/people")
    page.click("form:has([value=anna]) >> text=New link")
    given = re.search(r"/invited/[\w-]+", page.content())
    assert given
    base = served.address.replace("127.0.0.1", "localhost")
    another = page.context.browser.new_page()
    keys = another.context.new_cdp_session(another)
    keys.send("WebAuthn.enable")
    has = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True, **has}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    welcomed(another, base + given[0])  # a clerk: whoever makes a passkey is signed out elsewhere
    another.wait_for_selector("text=An invented initiative of Exampleland")
    another.goto(f"{base}/account/keys/new")
    another.fill("[name=password]", PASSWORD)
    another.keyboard.press("Enter")
    another.click("text=Make it")
    another.wait_for_url("**/account/codes")
    another.click("text=Sign out")
    another.click("text=Sign in by passkey")
    another.wait_for_selector("text=An invented initiative of Exampleland")
    another.keyboard.press("L")
    another.wait_for_url("**/locked**")
    assert "Exampleland" not in another.content()
    another.fill("[name=secret]", PASSWORD)
    another.keyboard.press("Enter")
    another.wait_for_selector("text=An invented initiative of Exampleland")
    another.evaluate("document.querySelector('#lock').dataset.after = 0.005")  # minutes: nobody touches it for so long
    another.mouse.move(5, 5)
    another.wait_for_url("**/locked**")
    another.close()
