"""The frame is looked at before it is fixed: what would be in it, what is missing, and nothing changes in between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the extra office is not installed")

from office_opened import NEW, SLUG, new_case
from office_site import fix_frame, take_in
from test_office_lines_look import file_of, looked_at
from test_office_newcomer import invented, text_of

if TYPE_CHECKING:
    from office_site import Office

FRAME = f"/cases/{SLUG}/frame"


def test_the_page_says_what_would_be_fixed_and_only_that_is_fixed(office: Office) -> None:
    import polars as pl

    manager = new_case(office)
    lines = invented(office, "lines").filter(pl.col("sheet") != "3")
    first, rest = lines.head(40), lines[40:60]
    take_in(manager, SLUG, {"file": file_of(first), "lines_promised": "41"}, explained="one was cut off")
    page = manager.get(FRAME)
    seen = re.findall(r'name="seen" value="(\w+)"', page.text)[0]
    assert office.room(SLUG).case().frame.body()["fingerprint"] == seen
    words = text_of(page)
    assert "Missing sheet numbers 3" in words
    assert re.search(
        r"1 2024-05-03 40, 41 promised \d+ ?, how many the filer promised is not said one was cut off", words
    )

    assert manager.post(FRAME).status_code == 400
    looked_at(manager, rest)
    assert "A file was looked at and not taken in: lines.csv" in text_of(manager.get(FRAME))
    take_in(manager, SLUG, {"file": file_of(rest)})
    assert manager.post(FRAME, {"seen": seen}).status_code == 409
    assert office.room(SLUG).case().frame.fixed is None
    assert fix_frame(manager, SLUG) == 302
    assert "It is fixed" in text_of(manager.get(FRAME))
    assert manager.post(FRAME, {"seen": seen}).status_code == 409


def test_a_frame_with_fewer_lines_than_signatures_required_says_so_before_anybody_examines_it(office: Office) -> None:
    manager = new_case(office)
    take_in(manager, SLUG, {"file": file_of(invented(office, "lines").head(40))})
    words = "Fewer lines can be drawn than signatures are required: 1,000, Petition Act 2000, s. 2."
    assert words in text_of(manager.get(FRAME))
    assert fix_frame(manager, SLUG) == 302
    assert words not in text_of(manager.get(FRAME))


def test_a_frame_that_cannot_be_fixed_is_said_so_before(office: Office) -> None:
    manager = new_case(office)
    page = manager.get(FRAME)
    assert "no line has been listed" in text_of(page)
    assert "Yes: fix the frame" not in page.text


def test_a_case_is_opened_anew_with_what_was_said_of_the_first_by_whoever_is_in_it(office: Office) -> None:
    manager = new_case(office)
    take_in(manager, SLUG, {"file": file_of(invented(office, "lines").head(10))})
    (address,) = re.findall(r'href="([^"]+like=[^"]+)"', manager.get(FRAME).text)
    page = manager.get(address).text
    assert "2026/017 &lt;b&gt;, opened anew" in page
    assert f'value="{NEW["on"]}"' in page
    from ballotworthy.office.accounts import make_account

    make_account("stranger", manages=True)
    assert "opened anew" not in office.client("stranger").get(address).text
