"""Pages in Chromium as everybody can use them: by a screen reader, light and dark, and at twice their size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_browser import at_work, goto, page

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["page"]

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
            "/frame",
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
            "/claims",
            "/share",
            "/line?line=1-1",
            "/work/first",
        )
    ),
)


@pytest.fixture
def small(page: Page) -> Iterator[Page]:
    """Give the page at twice its size."""
    page.set_viewport_size({"width": 683, "height": 384})
    yield page
    page.set_viewport_size({"width": 1366, "height": 768})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_pages_can_be_used_by_everybody(page: Page, address: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page.emulate_media(color_scheme=scheme)
    goto(page, address)
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:90] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize(
    "address", ["/", "/cases/demo", "/cases/demo/frame", "/cases/demo/work/first", "/cases/demo/seed"]
)
def test_pages_fit_at_twice_their_size(small: Page, address: str) -> None:
    goto(small, address)
    assert small.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_first_voter_is_seen_beside_the_line_at_twice_the_size(small: Page) -> None:
    at_work(small)
    shown = small.locator(".candidate .sides tr >> nth=1").bounding_box()  # name and address, before any key acts
    assert shown
    assert shown["y"] + shown["height"] <= 384
