"""Every cheat of cheats.py is caught by both verifiers in the way the table says, and they make the same remarks."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from ballotworthy.verify import Answer, verify
from cheats import CHEATS, EVENTS, Cheat
from record_maker import OFFICE, seal
from test_verify_page import by_the_page, needs_node

ATTACKS = Path("/work/shared/attacks")
HONEST = seal(EVENTS, OFFICE)
RECORDS = [seal(each.events, OFFICE, honest=not each.dated) for each in CHEATS]
ALWAYS = {"R1", "R6", "R11", "R19"}
"""What is said of the honest record too: its law is invented, and so on."""


def recount(record: bytes) -> Answer:
    return verify(io.BytesIO(record))


@pytest.mark.parametrize(
    ("cheat", "record"), list(zip(CHEATS, RECORDS, strict=True)), ids=[each.what for each in CHEATS]
)
def test_a_cheat_is_caught_as_the_table_says(cheat: Cheat, record: bytes) -> None:
    answer = recount(record)
    remarks = {each.number for each in answer.remarks}
    if cheat.by.startswith("V"):
        assert cheat.by in {each.number for each in answer.checks if each.state == "fails"}
    elif cheat.by.startswith("R"):
        assert answer.holds, answer.first
        assert cheat.by in remarks
    else:
        assert answer.holds, answer.first
        assert remarks <= ALWAYS


@needs_node
def test_the_page_answers_every_cheat_as_the_large_verifier_does(tmp_path: Path) -> None:
    pages = by_the_page([{"record": each} for each in RECORDS], tmp_path)
    for cheat, record, page in zip(CHEATS, RECORDS, pages, strict=True):
        answer = recount(record)
        assert said(page) == [(each.number, each.event, each.says) for each in answer.remarks], cheat.what
        found = None if answer.first is None else (answer.first.check, answer.first.event, answer.first.says)
        told = page["first"] and (page["first"]["check"], page["first"]["event"], page["first"]["says"])
        assert told == found, cheat.what


def said(page: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(each["remark"], each["event"], each["says"]) for each in page["remarks"]]


@needs_node
@pytest.mark.parametrize("depth", [33, 900, 20_000, 200_000])
def test_brackets_in_brackets_get_the_same_answer_from_both(depth: int, tmp_path: Path) -> None:
    deep = HONEST.replace(b'"what":"announced"', b'"what":' + b"[" * depth + b"1" + b"]" * depth)
    answer, (page,) = recount(deep), by_the_page([{"record": deep}], tmp_path)
    assert answer.first is not None
    assert answer.first.check == page["first"]["check"] == "V2"
    assert answer.first.detail == page["first"]["detail"] == "It is nested more deeply than a record may be."
