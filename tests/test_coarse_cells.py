"""Cells of coarse scans are shown to the recogniser lighter and wider, since their strokes run together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import filled
from ballotworthy.scan.own_pages import own_pages
from ballotworthy.scan.pages import Page
from ballotworthy.sheets import MeasureText, plain_form, print_sheets

WRITTEN = {1: {"name": "Marta Quill", "signature": "Marta Quill", "address": "418 Juniper Ct", "zip": "97301"}}


@pytest.mark.parametrize(("dpi", "wider"), [(100, 1.5), (200, 1.0)])
def test_a_cell_of_a_coarse_scan_is_read_wider_than_it_is(tmp_path: Path, dpi: int, wider: float) -> None:
    """The recogniser gives a step for each 8 pixels of a line that is 48 high."""
    (tmp_path / "form.pdf").write_bytes(print_sheets(plain_form(), MeasureText("A measure.", "It is invented."), 1, 1))
    page = filled.fill(filled.blank_page(tmp_path / "form.pdf"), plain_form(), WRITTEN)
    grey = np.array(filled.scanned(page, dpi=dpi))
    ((_, (row, *_)),) = own_pages(iter([Page("scan.png", 1, grey)]), plain_form())
    assert row.readings["name"].text == "Marta Quill"
    high, wide = row.pictures["name"].shape
    assert len(row.readings["name"].posteriors) == pytest.approx(wider * wide * 48 / high / 8, abs=1.5)
