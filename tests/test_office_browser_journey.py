"""A petition in Chromium from upload to a certificate that a stranger verifies: two looks, a third, and the end."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_browser import SIZE, goto, looked_at_by_keys, page, welcomed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from office_browser import Served

__all__ = ["page"]

CASE = "/cases/journey"
SIGNERS = ("Alma Quist", "Ben Quist", "Cleo Quist")


def opened(page: Page, lines: Path) -> None:
    """Open a case, take its lines in, fix the frame, name the demo's register, have every line examined."""
    lines.write_text(
        "sheet,line,name,address,district\n"
        + "".join(f"1,{at},{name},{at} Elm St,North\n" for at, name in enumerate(SIGNERS, 1))
    )
    goto(page, "/cases/new")
    for name, text in (("case", "journey"), ("office", "An office"), ("measure", "A measure"), ("on", "2024-05-03")):
        page.fill(f"[name={name}]", text)
    page.select_option("[name=what]", "zz-example initiative")
    page.select_option("[name=disclosure]", "public")
    page.click("text=A number of signatures that the law's data does not hold")
    page.fill("[name=required]", "300")
    page.fill("[name=required_source]", "an order of the court")
    page.click("text=Open it, and pin the law")
    page.check("[name=instead]")
    page.click("text=Open it, and pin the law")
    page.set_input_files("[name=file] >> nth=0", lines)
    page.click("text=Read them, and look at them")
    page.click("text=Yes: take in 3 lines")
    page.click("a:has-text('Fix the frame of 3 lines')")
    page.click("text=Yes: fix the frame of 3 lines")
    page.click("text=Look at it")
    page.click("text=Yes: name it in the record")
    page.click("summary:has-text('Examine every line')")
    page.fill("[name=why]", "the court, order 7")
    page.click("button:has-text('Examine every line')")
    page.wait_for_selector("a:has-text('First look')")


def invited(page: Page, served: Served, name: str) -> Page:
    """Give the browser of somebody who came in by a new link."""
    goto(page, "/people")
    page.click(f"form:has([value={name}]) >> text=New link")
    page.wait_for_load_state()
    found = re.search(r"/invited/[\w-]+", page.content())
    assert found
    another = page.context.browser.new_page(viewport=SIZE)
    another.set_default_timeout(120_000)
    welcomed(another, f"{served.address}{found[0]}")
    another.wait_for_selector("text=A measure")
    return another


def test_a_petition_from_upload_to_a_certificate_that_a_stranger_verifies(
    page: Page, served: Served, tmp_path: Path
) -> None:
    opened(page, tmp_path / "lines.csv")
    goto(page, f"{CASE}/admit")
    for may in ("ben decide", "carla resolve", "otto observe"):
        name, role = may.split()
        page.check(f"[name='may:{name}'][value={role}]")
    page.fill("[name=second_share]", "100")
    page.click("text=Keep all of it")
    page.wait_for_selector("text=Kept.")
    ben, carla, otto = (invited(page, served, name) for name in ("ben", "carla", "otto"))
    goto(page, f"{CASE}/work/first")
    looked_at_by_keys(page, ["d", "d", "d"])
    assert "Nothing waits here" in page.inner_text("#desk")
    goto(ben, f"{CASE}/work/second")
    assert not [name for name in ("manager", "What was ruled") if name in ben.inner_text("#desk")]
    looked_at_by_keys(ben, ["d", "5", "d"])
    goto(carla, f"{CASE}/work/third")
    assert all(name in carla.inner_text("#desk") for name in ("manager", "ben", "registration cancelled"))
    looked_at_by_keys(carla, ["d"])
    goto(page, CASE)
    page.click("text=Count, and draw the verdict")
    page.fill("[name=signed]", "manager")
    page.fill("[name=alone]", "an office of one")
    page.click("text=Certify: insufficient")
    page.wait_for_selector("a:has-text('The certificate')")
    goto(otto, CASE)
    for address in (CASE, f"{CASE}/seed", "/"):
        goto(otto, address)
        assert "Quist" not in otto.content()
    goto(page, f"{CASE}/exports")
    page.fill("[name=purpose]", "a request")
    page.click("text=Make it")
    goto(page, f"{CASE}/exports")
    with page.expect_download() as given:
        page.click("text=Take it")
    with ZipFile(given.value.path()) as pack:
        pack.extractall(tmp_path)
    for another in (ben, carla, otto):
        another.close()
    out = tmp_path / "journey"
    assert not [path.name for path in out.iterdir() if b"Quist" in path.read_bytes()]
    words = ["verify", "case.record", "--key", "office-key.txt"]
    told = subprocess.run([sys.executable, "-m", "ballotworthy", *words], cwd=out, capture_output=True, text=True)
    assert (told.returncode, "holds" in told.stdout) == (0, True), told.stdout + told.stderr
