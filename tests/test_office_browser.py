"""A newcomer in Chromium: he opens the demo by his link, decides twenty lines by keys alone, takes one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_browser import SIZE, ZOOMED, at_clear_work, at_work, goto, line_of, looked_at, page, pressed

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["page"]

TOLD = "() => [...document.querySelectorAll('#refusal')].map((each) => each.textContent).join('').trim()"


def test_a_newcomer_decides_twenty_lines_by_keys_alone_two_at_most_for_a_clear_one(page: Page) -> None:
    seen = {at_work(page)}
    keys, before, said = 0, looked_at(page), set()
    for at in range(20):
        clear = page.query_selector('[data-also="a"]') is not None
        assert clear or at > 2 or before, "a newcomer begins with clear lines"
        if not clear:
            line = line_of(page)
            page.keyboard.press("a")
            said.add(page.inner_text("#refusal"))
            assert line_of(page) == line
        ruling = ("a",) if clear else ("r", "d")
        keys += len(ruling)
        seen.add(pressed(page, *ruling))
    assert len(seen) == 21
    assert keys <= 40
    assert said or before, "no line without a voter to accept came"
    assert all(words.startswith("Nobody is accepted: ") for words in said), "a key does nothing unsaid"
    assert looked_at(page) == before + 20
    assert page.faults == []


def test_a_search_by_keys_chooses_the_voter_it_found(page: Page) -> None:
    line = at_work(page)
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .accept, #found p")
    page.keyboard.press("/")  # leads into the field again
    assert page.evaluate("document.activeElement.id") == "typed"
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .accept, #found p")
    if page.query_selector("#found .accept") is None:
        page.fill("#typed", "sm")
        page.keyboard.press("Enter")
        page.wait_for_selector("#found .accept")
    found = page.locator("#found .candidate").count()
    assert page.text_content("#how-many") == f"Voters found: {found}", "said to who hears the page"
    assert pressed(page, "1") != line


REACHED = """() => {
    const inside = document.querySelector("[data-panel]:not([hidden])") ?? document.querySelector("dialog[open]");
    const at = document.activeElement;
    return at === document.body || inside?.contains(at);
}"""


def test_what_stands_behind_an_open_panel_is_out_of_reach_and_the_focus_comes_back(page: Page) -> None:
    at_clear_work(page)
    for key, opened in (("r", "#refuse"), ("/", "#search"), ("?", "#keys")):
        page.keyboard.press(key)
        page.wait_for_selector(f"{opened}:visible")
        reached = []
        for _ in range(page.locator(f"{opened} :is(button, input, a)").count() + 3):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(REACHED))
        assert all(reached), f"Tab leaves {opened}"
        behind = page.locator(".candidates .accept").first
        assert behind.evaluate("each => !!each.closest('[inert]') || !!document.querySelector('dialog[open]')")
        assert page.locator("#refusal").evaluate("each => !each.closest('[inert]')"), "what speaks up is heard"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "line-title"
        assert page.locator("[inert]").count() == 0
    page.locator("[data-opens=search]").click()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.opens") == "search"
    pressed(page, "r", "d")
    assert page.locator("[inert]").count() == 0
    assert page.faults == []


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
    line = at_clear_work(page)
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
    line = at_clear_work(page)
    assert pressed(page, "1") != line


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


def test_what_is_typed_anew_and_refused_stays_in_its_form_with_the_focus(page: Page) -> None:
    line = at_work(page)
    page.keyboard.press("e")
    page.fill("#retype [name=cell-signed_on]", "soon")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => ({TOLD})().includes('the day of signing')")
    assert page.input_value("#retype [name=cell-signed_on]") == "soon"
    assert page.evaluate("document.activeElement.name") == "cell-signed_on"
    page.wait_for_function("() => document.documentElement.dataset.ready")
    page.keyboard.press("Escape")
    assert (line_of(page), page.is_visible("#retype")) == (line, False)
    page.faults.clear()  # as above


def test_a_server_that_does_not_answer_is_said_so_and_the_line_is_ruled_on_once_it_does(page: Page) -> None:
    line = at_clear_work(page)
    before, head = looked_at(page), page.text_content("#by-law")
    page.route("**/rule", lambda route: route.abort("connectionrefused"))
    try:
        page.keyboard.press("1")
        page.wait_for_selector("#lost", state="visible")
        assert line_of(page) == line
    finally:
        page.unroute("**/rule")
    assert pressed(page, "1") != line
    assert not page.is_visible("#lost")
    assert looked_at(page) == before + 1
    assert page.text_content("#by-law") != head, "the head of the page comes anew"
    page.faults.clear()  # Chromium notes what was not answered


def test_why_a_reference_signature_is_not_shown_stands_in_its_place(page: Page) -> None:
    why = "There is no reference signature of this voter."
    page.route("**/signature/**", lambda route: route.fulfill(status=404, content_type="text/plain", body=why))
    page.evaluate(
        """() => document.querySelector(".candidate, #desk").insertAdjacentHTML("beforeend",
           '<div class="signatures"><img src="/cases/demo/signature/1/1" alt="Reference signature">' +
           '<p hidden>It is not here yet.</p></div>')"""
    )
    page.wait_for_function("words => document.querySelector('.signatures p').textContent === words", arg=why)
    assert (page.is_visible(".signatures p"), page.is_visible(".signatures img")) == (True, False)
    page.unroute("**/signature/**")
    page.faults.clear()  # the browser tells of the answer that was not there


def test_a_ruling_is_taken_back_by_a_key(page: Page) -> None:
    line = at_work(page)
    pressed(page, "r", "d")
    page.keyboard.press("u")
    page.wait_for_url("**/work/again")
    assert line_of(page) == line
    assert pressed(page, "r", "c") == ""


def test_a_key_of_ones_own_opens_what_the_usual_one_does_no_more(page: Page) -> None:
    for key, opened in (("x", "x"), ("r", "r")):
        goto(page, "/account/desk-keys")
        page.fill("[name=refuse]", key)
        page.click("text=Keep")
        page.wait_for_selector("text=Your keys are kept.")
        at_work(page)
        page.keyboard.press("r" if key == "x" else "x")
        assert not page.is_visible("#refuse")
        page.keyboard.press(opened)
        assert page.is_visible("#refuse")


@pytest.mark.parametrize("size", [SIZE, ZOOMED])
def test_what_can_be_done_with_a_line_is_in_sight_without_scrolling(page: Page, size: dict[str, int]) -> None:
    at_work(page)
    page.set_viewport_size(size)
    page.evaluate("document.querySelector('.cells').style.minHeight = '60rem'")  # as many pictures would
    for key in ("r", "/", "e", "s"):
        box = page.locator(f'.acts [data-key="{key}"]').bounding_box()
        assert box
        assert 0 <= box["y"] <= size["height"] - box["height"]
    page.set_viewport_size(SIZE)


def test_the_keys_are_shown_and_closed_by_keys(page: Page) -> None:
    at_work(page)
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("#keys")
