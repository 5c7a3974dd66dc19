"""Rows that a note or glare hides are no blank rows and no readable ones: they are told, and left to a person."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import filled
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.scan.own_pages import own_pages
from ballotworthy.scan.pages import Page
from ballotworthy.sheets import MeasureText, plain_form, print_sheets
from conftest import SmallRoll
from pictured import folder_of
from test_roll_reads import OTHERS, SMITH, TOWN, checked, roll_of

WRITTEN = {"name": "Marta Quill", "signature": "Marta Quill", "address": "418 Juniper Ct", "zip": "97301"}


def page(tmp_path: Path) -> np.ndarray:
    (tmp_path / "form.pdf").write_bytes(print_sheets(plain_form(), MeasureText("A measure.", "It is invented."), 1, 1))
    rows = dict.fromkeys((1, 3, 5), WRITTEN)
    return np.array(filled.scanned(filled.fill(filled.blank_page(tmp_path / "form.pdf"), plain_form(), rows), noise=4))


def rows_of_page(grey: np.ndarray) -> tuple[list[str], list[str]]:
    ((told, rows),) = own_pages(iter([Page("scan.png", 1, np.ascontiguousarray(grey))]), plain_form())
    assert "not_read" not in told
    return [row.state for row in rows], told["remarks"]


def place(line: float) -> int:
    return round((plain_form().top + (line - 1) * plain_form().row) * 200 / 72)


def test_rows_under_a_note_are_covered_whether_or_not_something_can_be_read_there(tmp_path: Path) -> None:
    grey = page(tmp_path)
    assert rows_of_page(grey)[0] == ["written", "blank"] * 3 + ["blank"] * 4
    over = grey.copy()
    over[place(3.05) : place(4.9), 40:-40] = 244  # as wide as the sheet: nobody can tell where the other one ends
    assert rows_of_page(over)[0] == ["covered"] * 10
    grey[place(3.05) : place(4.9), 40:900] = 244
    states, remarks = rows_of_page(grey)
    assert states == ["written", "blank", "covered", "covered", "written", *["blank"] * 5]
    assert "not to be seen in rows 3 and 4" in remarks[0]


def test_half_a_row_in_glare_is_covered_and_one_in_shadow_is_not(tmp_path: Path) -> None:
    grey = page(tmp_path).astype(np.float64)
    high, wide = grey.shape
    y, x = np.mgrid[0:high, 0:wide]
    glare = 300 * np.exp(-(((x - 0.3 * wide) / (0.15 * wide)) ** 2 + ((y - place(5.5)) / 60) ** 2))
    states, _ = rows_of_page(np.clip(grey + glare, 0, 255).astype(np.uint8))
    assert states[4] == "covered"
    assert states[0] == "written"
    shadow = 1 - 0.55 / (1 + np.exp(-14 * (x / wide - 0.5)))
    assert "covered" not in rows_of_page((grey * shadow).astype(np.uint8))[0]


def test_a_row_with_ink_that_no_text_comes_of_is_left_to_a_person(tmp_path: Path, small_roll: SmallRoll) -> None:
    rows = [{"row_state": state, "struck": "?"} for state in ("covered", "unreadable", "no-signature", "struck")]
    rows.append({"name": "James Smith", "address": "567 Pine Ave", **TOWN})
    folder = folder_of(tmp_path / "read", rows)
    done = checked(folder, roll_of(small_roll, SMITH, *OTHERS))
    assert done.lines["outcome"].to_list() == [*["unresolved"] * 3, "invalid", "valid"]
    assert "part of the row is hidden" in done.lines["evidence"][0]
    assert lines_of(folder).read().frame["blank"].to_list() == [False, False, False, True, False]
