"""Every page in Chromium as everybody can use it: by a screen reader, light and dark, and at twice its size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_addresses import PAGES
from office_browser import PASSWORD, SIZE, ZOOMED, at_clear_work, at_work, goto, hindrances, page, pressed, welcomed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from office_browser import Served

__all__ = ["page"]


@pytest.fixture
def small(page: Page) -> Iterator[Page]:
    """Give the page at twice its size."""
    page.set_viewport_size(ZOOMED)
    yield page
    page.set_viewport_size(SIZE)


@pytest.mark.parametrize("address", [each for addresses in PAGES.values() for each in addresses])
def test_pages_can_be_used_by_everybody(page: Page, address: str) -> None:
    goto(page, address)
    assert hindrances(page) == []
    page.faults.clear()  # a page that is not there is answered 404, which Chromium notes


@pytest.mark.parametrize("keys", ["r", "/", "e", "?"])
def test_what_keys_open_at_the_desk_can_be_used_by_everybody(page: Page, keys: str) -> None:
    at_work(page)
    page.keyboard.press(keys)
    if keys == "/":
        page.keyboard.press("Enter")
        page.wait_for_selector("#found .candidate, #found p")
    assert hindrances(page) == []


def test_pages_behind_an_act_can_be_used_by_everybody(page: Page, tmp_path: Path) -> None:
    seen = {}
    goto(page, "/cases/demo/bulk")
    page.fill("[name=sheets]", "1-2")
    page.select_option("[name=reason]", index=1)
    page.fill("[name=why]", "Superior Court, case 26-114")
    page.click("main form button.first")
    page.wait_for_url("**/bulk/*")
    seen["bulk act"] = hindrances(page)
    lines = tmp_path / "lines.csv"
    lines.write_text("sheet,line,name,address,district\n1,1,Al Bo,1 Elm St,North\n3,2,Cy Do,2 Elm St,North\n")
    goto(page, "/cases/new")
    for name, text in (("case", "seen"), ("office", "An office"), ("measure", "A measure"), ("on", "2024-05-03")):
        page.fill(f"[name={name}]", text)
    page.select_option("[name=what]", "zz-example initiative")
    page.click("text=Open it, and pin the law")
    seen["a case with nothing in it"] = hindrances(page)
    page.set_input_files("[name=file] >> nth=0", lines)
    page.click("text=Read them, and look at them")
    page.wait_for_selector("text=Yes: take in 2 lines")
    seen["lines looked at"] = hindrances(page)
    page.click("text=Yes: take in 2 lines")
    page.click("a:has-text('Fix the frame of 2 lines')")
    seen["a frame to fix"] = hindrances(page)
    page.click("text=Yes: fix the frame of 2 lines")
    page.wait_for_selector("text=The frame is fixed")
    page.goto(f"{page.url}/seed")
    seen["a seed to throw"] = hindrances(page)
    goto(page, "/cases/seen/jobs")
    page.click("main table a >> nth=0")
    seen["a job"] = hindrances(page)
    assert {what: found for what, found in seen.items() if found} == {}
    page.faults.clear()


def test_pages_of_somebody_who_comes_in_can_be_used_by_everybody(page: Page, served: Served) -> None:
    goto(page, "/people")
    page.click("form:has([value=ben]) >> text=New link")
    given = re.search(r"/invited/[\w-]+", page.content())
    assert given
    seen = {"a link given": hindrances(page)}
    another = page.context.browser.new_page(viewport=SIZE)
    another.goto(f"{served.address}{given[0]}")
    seen["invited"] = hindrances(another)
    welcomed(another, f"{served.address}{given[0]}")
    another.wait_for_selector("text=An invented initiative of Exampleland")
    another.goto(f"{served.address}/account/codes")
    seen["codes, or the way to them"] = hindrances(another)
    another.goto(served.address)
    another.keyboard.press("L")
    another.wait_for_url("**/locked**")
    seen["locked"] = hindrances(another)
    another.fill("[name=secret]", PASSWORD)
    another.keyboard.press("Enter")
    another.wait_for_selector("text=An invented initiative of Exampleland")
    another.click("text=Sign out")
    another.wait_for_url("**/sign-in**")
    seen["sign in"] = hindrances(another)
    another.close()
    assert {what: found for what, found in seen.items() if found} == {}


def test_the_first_voter_is_seen_beside_the_line_at_twice_the_size(small: Page) -> None:
    at_work(small)
    shown = small.locator(".candidate .sides tbody tr >> nth=1").bounding_box()  # name and address, before any key acts
    assert shown
    assert shown["y"] + shown["height"] <= 384


def test_who_listens_hears_the_line_the_voter_and_what_differs(page: Page) -> None:
    line = at_clear_work(page)
    sheet, number = line.split("-")
    heard = {what: page.locator("main").aria_snapshot().count(what) for what in ("- columnheader", "- table")}
    assert heard["- columnheader"] == 2 * heard["- table"] > 0
    expect = pytest.importorskip("playwright.sync_api").expect
    expect(page.locator("#line-title")).to_have_accessible_name(f"Sheet {sheet}, line {number}")
    button, name = page.locator(".candidates .accept").first, page.locator(".sides tbody tr").first.inner_text()
    assert all(word in told_beside(button) for word in name.split())
    expect(button).to_have_accessible_description(re.compile(r"on the line on the roll name "))
    differing = page.locator(".candidate .sides tr:has(mark)")
    assert all("(differs)" in text for text in differing.all_inner_texts())
    assert page.evaluate("document.activeElement.id") == "line-title"
    assert pressed(page, "1") != line
    assert page.evaluate("document.activeElement.id") == "line-title"  # from where the next line is read aloud


def told_beside(button: Locator) -> str:
    """Give the text of what describes a button."""
    return str(
        button.evaluate(
            "it => it.getAttribute('aria-describedby').split(' ')"
            ".map(id => document.getElementById(id).innerText).join(' ')"
        )
    )
