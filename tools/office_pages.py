"""Photograph every page of the office: `python tools/office_pages.py [FOLDER]`.

Those that the guide shows go into docs/how-to/office. With a folder, all of them go there instead, each whole: light,
dark, as large as at 200 per cent, and in Spanish.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "how-to" / "office"
SHOWN = {
    "case-light", "work-light", "work-dark", "refuse-light", "seed-dark", "outlook-light", "claims-light", "days-light",
    "desk-keys-light", "pictured-light",
}  # fmt: skip
ADDRESSES = {
    "cases": "/", "people": "/people", "open": "/cases/new", "case": "/cases/demo", "admit": "/cases/demo/admit",
    "seed": "/cases/demo/seed", "differing": "/cases/demo/differing", "work": "/cases/demo/work/first",
    "keys": "/cases/demo/work/first", "refuse": "/cases/demo/work/first", "search": "/cases/demo/work/first",
    "public": "/public/demo", "outlook": "/cases/demo/outlook", "repeats": "/cases/demo/repeats",
    "frame": "/cases/demo/frame", "bulk": "/cases/demo/bulk", "orders": "/cases/demo/orders",
    "claims": "/cases/demo/claims", "risk": "/cases/demo/risk", "exports": "/cases/demo/exports",
    "register": "/cases/demo/register?snapshot=demo.roll", "share": "/cases/demo/share",
    "own-key": "/cases/demo/own-key", "jobs": "/cases/demo/jobs", "account": "/account",
    "desk-keys": "/account/desk-keys", "days": "/cases/demo/days", "day": "/cases/demo/days/1",
    "purge": "/cases/demo/purge",
}  # fmt: skip
PRESSED = {"keys": ("?",), "refuse": ("r",), "search": ("/", "Enter")}
SIZE, ZOOMED = {"width": 1366, "height": 768}, {"width": 683, "height": 384}
MATCHED_WITHIN = 300_000
"""Milliseconds that the first match of a case may take: on a new machine the matcher is compiled first."""
PASSWORD = "correct horse battery"  # noqa: S105 # of the demo's manager
DECIDED = 24


def photograph(page: Any, name: str, folder: Path, wanted: set[str]) -> None:
    """Write the page as it stands, light and dark, where it is wanted; where all are, whole, and as at 200 per cent."""
    for scheme in ("light", "dark"):
        if not wanted or f"{name}-{scheme}" in wanted:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=str(folder / f"{name}-{scheme}.png"), full_page=not wanted)
    page.emulate_media(color_scheme="light")
    if not wanted:
        page.set_viewport_size(ZOOMED)
        page.screenshot(path=str(folder / f"{name}-zoomed.png"), full_page=True)
        page.set_viewport_size(SIZE)


def main() -> None:
    """Start a demo, decide some lines by keys, and photograph."""
    folder, wanted = (Path(sys.argv[1]), set[str]()) if len(sys.argv) > 1 else (GUIDE, SHOWN)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        command = [sys.executable, "-u", "-m", "ballotworthy", "office", "demo", f"{made}/office", "--port", "0"]
        command += ["--filed", "2024-05-03"]  # the same petition on every day
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 # our own command
        try:
            _walk(server, Path(made) / "office", folder, wanted)
        finally:
            server.terminate()
            server.wait()


def _walk(server: subprocess.Popen[str], office: Path, folder: Path, wanted: set[str]) -> None:
    assert server.stdout  # noqa: S101 # it was asked for
    link = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+/invited/\S+", line)))
    base = link.split("/invited/")[0]
    with sync_playwright() as runs:
        browser = runs.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        page.goto(link)
        photograph(page, "welcome", folder, wanted)
        page.fill("[name=password]", PASSWORD)
        page.fill("[name=again]", PASSWORD)
        page.click("button.first")
        page.goto(base + ADDRESSES["work"])
        page.wait_for_selector("html[data-ready]", timeout=MATCHED_WITHIN)
        photograph(page, "pictured", folder, wanted)
        for _ in range(DECIDED):
            page.wait_for_selector("html[data-ready]", timeout=MATCHED_WITHIN)
            line = ruled = page.get_attribute("#desk", "data-line")
            for key in "a" if page.query_selector('[data-also="a"]') else "r6":
                page.keyboard.press(key)
            page.wait_for_function("line => document.querySelector('#desk').dataset.line !== line", arg=line)
        page.goto(base + ADDRESSES["claims"])
        _challenge(page, ruled)
        pages = {**ADDRESSES, "line": f"/cases/demo/line?line={ruled}"}
        if not wanted:
            pages |= _another_case(page, base, office / "invented" / "lines.csv")
        _visit(page, base, pages, folder, wanted)
        if not wanted:
            page.goto(base)
            page.click("footer [lang|=es]")
            (folder / "es").mkdir(exist_ok=True)
            _visit(page, base, pages, folder / "es", wanted)
        browser.close()


def _visit(page: Any, base: str, pages: dict[str, str], folder: Path, wanted: set[str]) -> None:
    """Go to each page, press what opens the panel that is meant, and photograph it."""
    for name, address in pages.items():
        page.goto(base + address)
        if name in PRESSED:
            page.wait_for_selector("html[data-ready]")
        for key in PRESSED.get(name, ()):
            page.keyboard.press(key)
        page.wait_for_timeout(400)
        photograph(page, name, folder, wanted)


def _another_case(page: Any, base: str, lines: Path) -> dict[str, str]:
    """Open a case, look at its lines, and give the addresses of what is seen before a frame is fixed."""
    page.goto(f"{base}/cases/new")
    for name, value in {"case": "new-1", "office": "An office", "measure": "A measure", "on": "2024-05-03"}.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=what]", "zz-example initiative")
    page.click("button.first")
    page.set_input_files("[name=file]", str(lines))
    page.click("form:has([name=file]) button.first")
    if "/jobs/" in page.url:
        page.click("a.button.first", timeout=MATCHED_WITHIN)
    seen = page.url.removeprefix(base)
    return {"intake": "/cases/new-1", "lines": seen, "frame-open": "/cases/new-1/frame", "refused": "/cases/none"}


def _challenge(page: Any, line: str) -> None:
    """Enter a challenge of a line that was ruled on."""
    form = page.locator("form:has([name=claim])")
    form.locator("[name=line]").fill(line)
    form.locator("[name=side]").fill("opponents, paper 3")
    form.locator("[name=claim]").select_option("invalid")
    form.locator("[name=reason]").select_option(index=2)
    form.locator("[name=day]").fill("2024-05-20")
    form.locator("button.first").click()


if __name__ == "__main__":
    main()
