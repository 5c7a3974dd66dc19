"""The benchmark of strips cuts each strip out where it was written, whole, and nothing of another."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("rapidocr", reason="the extra scan is not installed")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from ballotworthy.simulate.draws import stream
from ballotworthy.simulate.hands import fonts_in
from strips import page_of


def test_all_ink_of_a_page_of_strips_lies_in_its_strips() -> None:
    page = page_of([("Ann Kerr", "12 Mill Rd"), ("Omar Haas", "7 Lake Ave")], "easy", fonts_in(None), stream("s", "t"))
    dark = page.picture < 150
    strips = [strip for row in range(2) for strip in page.strips(row)]
    assert all((each < 150).sum() > 100 for each in strips)
    assert sum(int((each < 150).sum()) for each in strips) == int(dark.sum())
    assert 150 <= page.dpi <= 300
    assert np.all(page.boxes >= 0)
