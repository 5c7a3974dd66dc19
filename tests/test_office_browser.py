"""A newcomer in Chromium: he opens the demo by his link, decides twenty lines by keys alone, takes one back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")

if CHROMIUM is None:
    pytest.skip("there is no Chromium to open the pages", allow_module_level=True)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Page

PASSWORD = "correct horse battery"  # noqa: S105 # of an invented clerk
PAGES = (
    "/",
    "/people",
    "/account",
    "/cases/new",
    *(
        f"/cases/demo{each}"
        for each in (
            "",
            "/admit",
            "/seed",
            "/differing",
            "/outlook",
            "/repeats",
            "/bulk",
            "/jobs",
            "/exports",
            "/risk",
            "/orders",
            "/own-key",
            "/work/first",
        )
    ),
)
TOLD = "() => [...document.querySelectorAll('#refusal')].map((each) => each.textContent).join('').trim()"


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the first manager's link of an office that the command line has started."""
    folder = tmp_path_factory.mktemp("served") / "office"
    command = [sys.executable, "-m", "ballotworthy", "office", "demo", str(folder), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert server.stdout
    try:
        told = ""
        while "/invited/" not in told:
            line = server.stdout.readline()
            assert line, "the office ended before it gave a link"
            told += line
        found = re.search(r"http://\S+/invited/\S+", told)
        assert found
        yield found[0]
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


@pytest.fixture(scope="module")
def page(link: str) -> Iterator[Page]:
    """Give a page of a browser in which the newcomer has set his password."""
    with playwright.sync_playwright() as runs:
        browser = runs.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(300_000)  # a first compilation, on a machine that has other work
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda told: page.faults.append(told.text) if is_fault(told) else None)
        page.goto(link)
        page.wait_for_selector("[name=password]:focus")  # given after the page has loaded: keys before it would be lost
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:not(:text('Welcome'))")
        assert "An invented initiative of Exampleland" in page.inner_text("main")
        assert page.faults == []
        at_work(page)
        page.faults.clear()  # a browser calls it a fault that the page of the waiting is answered 503
        yield page
        browser.close()


def is_fault(told: ConsoleMessage) -> bool:
    """Tell what a console says of a fault from what the page says itself: that it waits, and asks again."""
    return told.type == "error" and "status of 503" not in told.text


def at_work(page: Page, look: str = "first") -> str:
    page.goto(re.sub(r"(http://[^/]+).*", rf"\1/cases/demo/work/{look}", page.url))
    return line_of(page)


def line_of(page: Page) -> str:
    page.wait_for_selector("html[data-ready]")
    return page.get_attribute("#desk", "data-line") or ""


def pressed(page: Page, *keys: str) -> str:
    """Press keys, the last of which rules; give the next line."""
    line = line_of(page)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function("line => document.querySelector('#desk').dataset.line !== line", arg=line)
    return line_of(page)


def test_a_newcomer_decides_twenty_lines_by_keys_alone_two_at_most_for_a_clear_one(page: Page) -> None:
    seen = {at_work(page)}
    keys = 0
    for _ in range(20):
        clear = page.query_selector('[data-also="a"]') is not None
        ruling = ("a",) if clear else ("r", "d")
        keys += len(ruling)
        seen.add(pressed(page, *ruling))
    assert len(seen) == 21
    assert keys <= 40
    assert "20 of 300" in page.inner_text(".bar")
    assert page.faults == []


def test_a_search_by_keys_chooses_the_voter_it_found(page: Page) -> None:
    line = at_work(page)
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .accept, #found p")
    if page.query_selector("#found .accept") is None:
        page.fill("#typed", "sm")
        page.keyboard.press("Enter")
        page.wait_for_selector("#found .accept")
    assert pressed(page, "1") != line


def looked_at(page: Page) -> int:
    found = re.search(r"(\d+) of 300", page.inner_text(".bar"))
    assert found
    return int(found[1])


TWICE = """act => {
    const on = () => act === "press"
        ? document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "1", bubbles: true, cancelable: true}))
        : document.querySelector(".candidates .accept").click();
    on(); on();
    document.addEventListener("htmx:afterSettle", on, {once: true});
}"""
"""Acts at once, again while the answer is on its way, and again as the next line is drawn: no clock has a say."""


@pytest.mark.parametrize("act", ["press", "click", "double click"])
def test_a_double_click_or_press_rules_on_no_line_that_nobody_has_read(page: Page, act: str) -> None:
    line = at_work(page)
    before = looked_at(page)
    if act == "double click":
        page.dblclick(".candidates .accept >> nth=0")
    else:
        page.evaluate(TWICE, act)
    page.wait_for_function("line => document.querySelector('#desk').dataset.line !== line", arg=line)
    following = line_of(page)
    page.wait_for_timeout(300)  # what was sent by mistake would be answered
    assert line_of(page) == following
    assert looked_at(page) == before + 1
    assert pressed(page, "1") != following


def test_what_is_typed_next_is_searched_before_a_key_chooses_a_voter(page: Page) -> None:
    line = at_work(page)
    page.keyboard.press("/")
    page.fill("#typed", "sm")
    page.wait_for_selector("#found .accept")
    page.wait_for_timeout(400)
    page.route("**/search", lambda route: (page.wait_for_timeout(300), route.continue_()))
    try:
        page.fill("#typed", "jones")
        page.keyboard.press("Enter")
        page.keyboard.press("1")  # would be a Smith: what was found for the beginning is still on the page
        page.wait_for_selector('#found [data-found="jones"]', state="attached")
    finally:
        page.unroute("**/search")
    assert line_of(page) == line
    assert pressed(page, "1") != line


def test_what_may_not_be_ruled_is_said_and_the_line_stays(page: Page) -> None:
    line = at_work(page)
    page.keyboard.press("r")
    page.click("#refuse >> text=not a registered voter")
    page.wait_for_function(f"() => ({TOLD})() !== ''")
    assert "searched for" in page.evaluate(TOLD)
    assert line_of(page) == line
    page.faults.clear()  # a refusal is an answer of its own status, which Chromium notes


def test_a_ruling_is_taken_back_by_a_key(page: Page) -> None:
    line = at_work(page)
    pressed(page, "r", "d")
    page.keyboard.press("u")
    page.wait_for_url("**/work/again")
    assert line_of(page) == line
    assert pressed(page, "r", "c") == ""


def test_the_keys_are_shown_and_closed_by_keys(page: Page) -> None:
    at_work(page)
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("#keys")


def test_a_session_that_ended_amid_a_decision_leads_back_to_the_desk_and_says_so(page: Page) -> None:
    line, before = at_work(page), looked_at(page)
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("1")
    page.wait_for_url("**/sign-in?**")
    assert "not entered" in page.inner_text("main")
    page.fill("[name=name]", "manager")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/first")
    assert (line_of(page), looked_at(page)) == (line, before)


def test_a_form_that_is_clicked_twice_is_sent_once(page: Page) -> None:
    page.goto(re.sub(r"(http://[^/]+).*", r"\1/people", page.url))
    page.fill("[name=name]:visible", "zoe")
    page.dblclick("text=Make it, and show its link")
    page.wait_for_selector("h2:text('The link of zoe')")
    assert page.faults == []


def framed(page: Page, tmp_path: Path) -> None:
    """Open a case of two lines, fix its frame, and go to its seed."""
    lines = tmp_path / "lines.csv"
    lines.write_text("sheet,line,name,address,district\n1,1,Al Bo,1 Elm St,North\n1,2,Cy Do,2 Elm St,North\n")
    page.goto(re.sub(r"(http://[^/]+).*", r"\1/cases/new", page.url))
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
    page.keyboard.press("End")
    page.keyboard.type("1234567890123456")
    page.check("[name=fingerprint]")
    page.fill("[name=present]", "Ada")
    page.click("text=Enter the seed")
    page.wait_for_selector("text=two people at least see the dice")
    page.faults.clear()  # a refusal is an answer of its own status, which Chromium notes
    page.fill("[name=present]", "Ada\nBob")
    page.click("text=Enter the seed")
    page.wait_for_selector("text=struck: 3; struck: 2")
    assert "18451234567890123456" in page.content()


def test_a_passkey_is_made_and_then_signs_in_by_itself_and_the_station_locks(page: Page, link: str) -> None:
    base = re.sub(r"http://[^:/]+(:\d+)?/.*", r"http://localhost\1", link)
    another = page.context.browser.new_page()
    keys = another.context.new_cdp_session(another)
    keys.send("WebAuthn.enable")
    has = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True, **has}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    another.goto(f"{base}/sign-in?next=/account/keys/new")
    another.fill("[name=name]", "manager")
    another.fill("[name=password]", PASSWORD)
    another.keyboard.press("Enter")
    another.wait_for_url("**/account/again**")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_pages_can_be_used_by_everybody(page: Page, address: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page.emulate_media(color_scheme=scheme)
    page.goto(re.sub(r"(http://[^/]+).*", rf"\1{address}", page.url))
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:90] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("address", ["/", "/cases/demo", "/cases/demo/work/first", "/cases/demo/seed"])
def test_pages_fit_at_twice_their_size(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 683, "height": 384})
    try:
        page.goto(re.sub(r"(http://[^/]+).*", rf"\1{address}", page.url))
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    finally:
        page.set_viewport_size({"width": 1366, "height": 768})


def test_the_first_voter_is_seen_beside_the_line_at_twice_the_size(page: Page) -> None:
    page.set_viewport_size({"width": 683, "height": 384})
    try:
        at_work(page)
        shown = page.locator(".candidate .sides tr >> nth=1").bounding_box()  # name and address, before any key acts
        assert shown
        assert shown["y"] + shown["height"] <= 384
    finally:
        page.set_viewport_size({"width": 1366, "height": 768})
