"""How many keys a line takes at the desk: a clerk who knows the truth decides the demo's first lines in Chromium.

    python benchmarks/office_keys.py [--lines 200]

He rules on every line as the invention has it, whatever the machine thinks: the voter who signed by his key, or by a
search where he is not among the candidates; the ground on which a line does not count; and "not registered" only after
the search that the office asks for. Every key is counted, also what he types, and each line's time from the first key
to the next line on which keys act, with no time to read: what is left is the office's part of a line.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import mean, median
from typing import Any

import polars as pl
from playwright.sync_api import Page, sync_playwright

from ballotworthy.roll import open_roll
from ballotworthy.roll.one_by_one import OneByOne

PASSWORD = "correct horse battery"  # noqa: S105 # of the demo's manager
PATIENCE = 600_000
"""Milliseconds that the first match may take: on a new machine the matcher is compiled first."""
FEW = 2
NEEDS_SEARCH = frozenset({"not-registered"})


class Clerk:
    """Presses keys at a desk, and counts them."""

    def __init__(self, page: Page, truth: dict[str, tuple[str, str]], ids: Any) -> None:
        self._page, self._truth, self._ids, self.pressed = page, truth, ids, 0

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self._page.keyboard.press(key)
            self._page.wait_for_selector("#desk:not(:has([data-fresh]))")  # grounds that opened: no key chooses unread
            self.pressed += 1

    def decide(self, line: str) -> str:
        """Rule on a line as the truth has it, and give of what kind it is."""
        voter, reason = self._truth[line]
        if reason and reason != "duplicate":
            return self._refuse(reason)
        if key := self._key_of(voter, "#desk > .desk"):
            self.press(key)
            return "accepted, one of the candidates"
        self.press("/", "Enter")
        self._page.wait_for_selector("#found [data-found], #found p", state="attached")
        if key := self._key_of(voter, "#found"):
            self.press(key)
            return "accepted after a search"
        self.press("Escape", "r", self._ground("illegible"))
        return "accepted by the truth, and not found by the search begun: refused here"

    def _refuse(self, reason: str) -> str:
        if reason in NEEDS_SEARCH:
            self.press("/", "Enter")
            self._page.wait_for_selector("#found [data-found]", state="attached")
            searched = self._search_apart() or "refused as not registered, with its search"
            self.press("Escape", "r", self._ground(reason))
            return searched
        self.press("r", self._ground(reason))
        return "refused on another ground"

    def _search_apart(self) -> str:
        """Where somebody fits name and address, search by each alone, as the office then asks."""
        found = self._page.query_selector("#found .candidate")
        if found is None or "Nobody fits both" in self._page.inner_text("#found"):
            return ""
        words = self._page.input_value("#typed").split()
        numbers = [word for word in words if any(map(str.isdigit, word))]
        for typed in (" ".join(word for word in words if word not in numbers), " ".join(numbers)):
            self.press("/", *typed, "Enter")
            self._page.wait_for_selector(f'#found [data-found="{typed}"]', state="attached")
        return "refused as not registered, with three searches"

    def _ground(self, reason: str) -> str:
        found = self._page.query_selector(f'#refuse [name=reason][value="{reason}"]')
        return str(found.get_attribute("data-key")) if found else self._ground("illegible")

    def _key_of(self, voter: str, within: str) -> str:
        for each in self._page.query_selector_all(f"{within} .candidate"):
            row = each.query_selector("[name=row]")
            if row and self._ids(int(str(row.get_attribute("value")))) == voter:
                button = each.query_selector(".accept")
                return str(button.get_attribute("data-key")) if button else ""
        return ""


def main() -> None:
    """Serve the demo, decide, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=200)
    number = parser.parse_args().lines
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        office = Path(made) / "office"
        command = [sys.executable, "-u", "-m", "ballotworthy", "office", "demo", str(office), "--port", "0"]
        command += ["--filed", "2024-05-03"]  # the same petition on every day
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)  # our own
        try:
            _walk(server, office, number)
        finally:
            server.terminate()
            server.wait()


def _walk(server: subprocess.Popen[str], office: Path, number: int) -> None:
    assert server.stdout  # noqa: S101 # it was asked for
    link = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+/invited/\S+", line)))
    rows = pl.read_csv(office / "invented" / "truth.csv", infer_schema=False).fill_null("").iter_rows(named=True)
    truth = {f"{row['sheet']}-{row['line']}": (row["voter_id"], row["reason"]) for row in rows}
    with sync_playwright() as runs:
        browser = runs.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(PATIENCE)
        page.goto(link)
        page.fill("[name=password]", PASSWORD)
        page.fill("[name=again]", PASSWORD)
        page.click("button.first")
        page.goto(link.split("/invited/")[0] + "/cases/demo/work/first")
        voters = OneByOne(open_roll(office / "rolls" / "demo.roll"))
        clerk = Clerk(page, truth, lambda row: str(voters.read([row])[0]["voter_id"]))
        keys, seconds = defaultdict[str, list[int]](list), list[float]()
        for _ in range(number):
            page.wait_for_selector("html[data-ready]")
            line = str(page.get_attribute("#desk", "data-line"))
            clerk.pressed, began = 0, time.perf_counter()
            kind = clerk.decide(line)
            page.wait_for_function("line => document.querySelector('#desk').dataset.line !== line", arg=line)
            page.wait_for_selector("html[data-ready]")
            seconds.append(time.perf_counter() - began)
            keys[kind].append(clerk.pressed)
        browser.close()
    told = [count for each in keys.values() for count in each]
    few = sum(each <= FEW for each in told)
    print(f"{len(told)} lines of the demo: {mean(told):.2f} keys a line, {few} in {FEW} keys at most")
    for kind, counts in sorted(keys.items(), key=lambda each: -len(each[1])):
        print(f"  {kind}: {len(counts)} lines, {mean(counts):.2f} keys, {max(counts)} at most")
    print(f"  from the first key to the next line: {median(seconds):.2f} s in the middle, {max(seconds):.2f} s at most")


if __name__ == "__main__":
    main()
