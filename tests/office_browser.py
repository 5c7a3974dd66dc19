"""The office as a browser meets it: a server that the command line has started, and a page of Chromium in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")

if CHROMIUM is None:
    pytest.skip("there is no Chromium to open the pages", allow_module_level=True)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Page, StorageState

SIZE, ZOOMED = {"width": 1366, "height": 768}, {"width": 683, "height": 384}
"""A station's screen, and what is left of it at 200 per cent."""
PASSWORD = "correct horse battery"  # noqa: S105 # of an invented clerk
DEMO = "An invented initiative of Exampleland"


@dataclass
class Served:
    """An office that is served: the first manager's link, good for once, and what his browser keeps from then on."""

    link: str
    kept: StorageState | None = None

    @property
    def address(self) -> str:
        """Give where it is served."""
        return re.sub(r"(http://[^/]+).*", r"\1", self.link)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve an office with its demo in a process of its own."""
    command = [sys.executable, "-m", "ballotworthy", "office", "demo", str(folder), "--port", "0", "--sheets", "0"]
    command += ["--filed", "2024-05-03"]  # the same petition on every day
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
        yield Served(found[0])
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


@pytest.fixture(scope="module")  # no longer: while a browser is driven, Django's tables cannot be asked in its thread
def page(served: Served) -> Iterator[Page]:
    """Give a page of a browser in which the manager is signed in: in the first he sets his password by his link."""
    with playwright.sync_playwright() as runs:
        browser = runs.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, storage_state=served.kept)
        page.set_default_timeout(300_000)  # a first compilation, on a machine that has other work
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda told: page.faults.append(told.text) if is_fault(told) else None)
        if served.kept:
            page.goto(served.address)
        else:
            welcomed(page, served.link)
        page.wait_for_selector(f"text={DEMO}")
        served.kept = page.context.storage_state()
        assert page.faults == []
        at_work(page)
        page.faults.clear()  # a browser calls it a fault that the page of the waiting is answered 503
        yield page
        browser.close()


def welcomed(page: Page, link: str) -> None:
    """Set the manager's password by keys alone."""
    page.goto(link)
    page.wait_for_selector("[name=password]:focus")  # given after the page has loaded: keys before it would be lost
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def signed_in(page: Page) -> None:
    """Sign the manager in on the page that asks for it."""
    page.fill("[name=name]", "manager")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")


def goto(page: Page, address: str) -> None:
    """Go to an address of the office."""
    page.goto(re.sub(r"(http://[^/]+).*", rf"\1{address}", page.url))


def hindrances(page: Page) -> list[tuple[str, object]]:
    """Give what keeps somebody from using a page: by axe, light and dark, and by its width, also at twice its size."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found: list[tuple[str, object]] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for each in axe.Axe().run(page).response["violations"]:
            found.append((f"{scheme} {each['id']}", [node["html"][:90] for node in each["nodes"]]))
    for size in (ZOOMED, SIZE):
        page.set_viewport_size(size)
        if (beyond := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append((f"wider than {size['width']}", beyond))
    return found


def is_fault(told: ConsoleMessage) -> bool:
    """Tell what a console says of a fault from what the page says itself: that it waits, and asks again."""
    return told.type == "error" and "status of 503" not in told.text


def at_work(page: Page, look: str = "first") -> str:
    """Go to the desk; give the line that lies there."""
    goto(page, f"/cases/demo/work/{look}")
    return line_of(page)


def at_clear_work(page: Page) -> str:
    """Go to the desk as to a line for which a voter is proposed, others put off; give it."""
    line = at_work(page)
    while page.query_selector(".candidates .accept") is None:
        line = pressed(page, "s")
    return line


def line_of(page: Page) -> str:
    """Give the line that lies on the desk, once keys act on it."""
    page.wait_for_selector("html[data-ready]")
    return page.get_attribute("#desk", "data-line") or ""


def pressed(page: Page, *keys: str) -> str:
    """Press keys, the last of which rules; give the next line."""
    line = line_of(page)
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_selector("#desk:not(:has([data-fresh]))")  # no key chooses a ground that nobody can have read
    page.wait_for_function("line => document.querySelector('#desk').dataset.line !== line", arg=line)
    return line_of(page)


def looked_at_by_keys(page: Page, grounds: list[str]) -> None:
    """Refuse the lines of a desk one after the other, each on the ground of a key."""
    for ground in grounds:
        pressed(page, "r", ground)


def looked_at(page: Page) -> int:
    """Give how many lines have their first look."""
    found = re.search(r"(\d+) of 300", page.inner_text(".bar"))
    assert found
    return int(found[1])
