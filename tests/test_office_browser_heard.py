"""The desk in Chromium as a clerk hears it: what is told, what is named, where the focus is; keys that nobody meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_browser import at_clear_work, at_work, goto, line_of, page, pressed

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["page"]

FOCUSED = "() => document.activeElement.id"
TOO_SOON = """key => {
    for (const each of [key, "1"]) {
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key: each, bubbles: true, cancelable: true}));
    }
}"""
"""Opens the grounds and presses a ground's key in one breath: no clock has a say."""


def said(page: Page, beginning: str) -> str:
    """Give what the kept region says, once it begins so."""
    page.wait_for_function("words => document.querySelector('#said').textContent.startsWith(words)", arg=beginning)
    return str(page.text_content("#said"))


def refusal(page: Page) -> str:
    return str(page.text_content("#refusal"))


def headings(page: Page) -> list[tuple[str, int]]:
    """Give the headings that a reader of screens meets, each with its level; what is inert is none of them."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (each["name"]["value"], next(of["value"]["value"] for of in each["properties"] if of["name"] == "level"))
        for each in nodes
        if not each["ignored"] and each["role"]["value"] == "heading"
    ]


def name_of(page: Page) -> str:
    """Give the name of the first voter, as the roll has it."""
    return " ".join(page.locator(".candidates .sides tbody tr").first.locator("td").nth(1).inner_text().split()[:2])


def test_what_was_done_with_a_line_is_said_and_the_next_has_the_focus(page: Page) -> None:
    line, name = at_clear_work(page), name_of(page)
    assert page.title().startswith(f"{line} · First look · demo")
    following = pressed(page, "1")
    assert name in said(page, f"Line {line}: valid, voter: ")
    assert (page.evaluate(FOCUSED), page.title().split(" · ")[0]) == ("line-title", following)
    page.keyboard.press("u")
    page.wait_for_url("**/work/again")
    assert line_of(page) == line
    assert "replaces your last ruling" in said(page, f"Line {line} lies before you again")
    assert page.evaluate(FOCUSED) == "line-title"
    assert name in page.inner_text("ul:has-text('first')")
    assert pressed(page, "r", "d") == ""
    said(page, f"Line {line}: refused: ")
    assert page.locator("#said [lang]").count() == 0, "the page is in the language of the law"
    goto(page, f"/cases/demo/line?line={line}")
    assert name in page.inner_text("section:has-text('What was ruled')")
    later = at_work(page)
    assert pressed(page, "s") != later
    said(page, f"Line {later}: put behind the others")
    assert page.evaluate(FOCUSED) == "line-title"
    line = line_of(page)
    page.keyboard.press("e")
    page.fill("#retype [name=cell-name]", "Zed Unheard")
    page.click("#retype >> text=Type anew, and match again")
    assert said(page, f"Line {line}: typed anew")
    assert page.evaluate(FOCUSED) == "line-title"
    assert page.faults == []


def test_no_key_chooses_a_ground_that_has_just_opened_and_one_without_effect_is_told(page: Page) -> None:
    line = at_work(page)
    page.evaluate(TOO_SOON, "r")
    assert "only just opened" in refusal(page)
    page.wait_for_selector("#desk:not(:has([data-fresh]))")
    for key, words in (("y", "no ground here has this key"), ("Escape", ""), ("9", "no voter here has this number")):
        page.keyboard.press(key)
        assert words in refusal(page)
    if page.query_selector("[data-key=z][data-says]"):
        page.keyboard.press("z")
        assert "has no picture" in refusal(page)
    assert line_of(page) == line
    assert page.faults == []


def test_voters_are_headings_and_buttons_by_name_and_what_speaks_against_one_is_heard(page: Page) -> None:
    at_clear_work(page)
    name, main = name_of(page), page.locator("main").aria_snapshot()
    assert re.search(rf'heading "Voter 1: {name}.*" \[level=2\]', main)
    assert re.search(rf'button ".*This voter ?: {name}', main)
    page.evaluate("document.querySelector('.candidates [id^=against-]').innerHTML = '<p>Stands already on line 9</p>'")
    expect = pytest.importorskip("playwright.sync_api").expect
    expect(page.locator(".candidates .accept").first).to_have_accessible_description(re.compile("Stands already.*name"))
    page.keyboard.press("/")
    page.fill("#typed", "sm")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'found-title'")
    found = page.locator("#found .candidate").count()
    assert page.inner_text("#found-title") == page.text_content("#how-many") == f"Voters found: {found}"
    levels = [level for name, level in headings(page) if name.startswith("Voter 1: ")]
    assert levels == [3], "the line's own voters are not beside those found"
    ids = page.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
    assert len(ids) == len(set(ids))
    page.keyboard.press("/")
    page.fill("#typed", "zzqqxx")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#how-many').textContent.endsWith('No voter fits.')")
    page.keyboard.press("Escape")
    assert page.faults == []


def test_a_page_that_comes_back_with_an_error_begins_with_it(page: Page) -> None:
    goto(page, "/account/desk-keys")
    page.fill("[name=refuse]", "b")
    page.click("text=Keep")
    page.wait_for_selector("[role=alert]:focus")
    assert page.title().startswith("Error: ")
    another = page.context.browser.new_page()
    another.goto(page.url.split("/account")[0])
    another.fill("[name=name]", "nobody")
    another.fill("[name=password]", "wrong horse battery")
    another.keyboard.press("Enter")
    another.wait_for_selector("#wrong:focus")
    expect = pytest.importorskip("playwright.sync_api").expect
    assert another.title().startswith("Error: Sign in")
    field = another.locator("[name=password]")
    expect(field).to_have_accessible_description(another.inner_text("#wrong"))
    assert field.get_attribute("aria-invalid") == "true"
    another.close()
    page.faults.clear()  # a refusal is an answer of its own status, which Chromium notes
