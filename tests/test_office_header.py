"""The head of every page: where one is, said to eyes and to screen readers, and one entry alone."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_desk import WORK, lines_on, now_named
from office_opened import NEW, SLUG, new_case, with_lines
from test_office_newcomer import text_of

if TYPE_CHECKING:
    from office_site import Office

HEAD = re.compile(r'<header class="top">.*?</header>', re.DOTALL)
CURRENT = re.compile(r'<(?:a|span) [^>]*aria-current="page"[^>]*>(?:<[^>]*>)*\s*([^<]*)<')


OPEN = {
    "/": ["Ballotworthy"], "/people": ["People", "People"], "/account": ["Your account", "manager"],
    "/cases/new": ["Open a case"], "/cases/demo": ["demo"], "/cases/demo/share": ["Share out lines"],
    "/cases/demo/admit": ["Who may act"], "/cases/demo/seed": ["Seed"], "/cases/demo/frame": ["The frame"],
    "/cases/demo/claims": ["Withdrawals, challenges, cures"],
}  # fmt: skip


def test_the_page_that_is_open_is_marked_in_the_head_and_no_other(office: Office) -> None:
    manager = office.client("manager")
    heads = {address: HEAD.findall(manager.get(address).text) for address in OPEN}
    assert {address: CURRENT.findall(head) for address, (head,) in heads.items()} == OPEN


def test_every_page_of_a_case_says_what_comes_next_and_by_when(office: Office) -> None:
    manager, today = office.client("manager"), dt.datetime.now(dt.UTC).date().isoformat()
    for address in ("/cases/demo/bulk", "/cases/demo/work/first", "/cases/demo/seed"):
        assert re.search(
            r'class="by-law"><span>Next:</span> <a href="/cases/demo">decide [\d,]+ ', manager.get(address).text
        )
    assert [page for page in ("/", "/people", "/cases/demo") if 'class="by-law"' in manager.get(page).text] == []
    assert manager.post("/cases/new", {**NEW, "on": today, "filed": today}).status_code == 302
    head = text_of(manager.get(f"/cases/{SLUG}/orders"))
    assert re.search(r"Next: take in the petition: .* the office counts the signatures filed \(\d+ days left\)", head)


def test_the_head_comes_anew_with_each_line_that_the_page_loads(office: Office) -> None:
    anna = office.client("anna")

    def said(page: str) -> list[str]:
        return re.findall(r'<p id="by-law"( hx-swap-oob="true")? class="by-law">.*?decide ([\d,]+) ', page)

    ((_, before),) = said(anna.get(f"{WORK}/first").text)
    posted = {"line": lines_on(anna), "roll": now_named(), "reason": "illegible"}
    answer = anna.post(f"{WORK}/first/rule", posted, headers={"HX-Request": "true"}).text
    assert said(answer) == [(' hx-swap-oob="true"', f"{int(before.replace(',', '')) - 1:,}")]
    manager = new_case(office)
    with_lines(office, manager)
    assert manager.post(f"/cases/{SLUG}/admit", {"was:anna": "", "may:anna": "decide"}).status_code == 302
    desk = text_of(anna.get(f"/cases/{SLUG}/work/first"))
    assert ("No sample is drawn yet" in desk, "has its first look" in desk) == (True, False)


def test_who_lacks_the_office_is_told_who_has_it(office: Office) -> None:
    anna = office.client("anna")
    assert "It takes an account that manages the office." in anna.get("/people").text
    assert "Whoever manages the case can admit you to it." in anna.get("/cases/demo/admit").text
