"""The page on security answers every point of the standard, and the tests it names are there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs/why/security.md").read_text("utf-8")
POINTS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 11, "6.3": 3, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 3, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "10.1": 2, "10.2": 2, "10.5": 5, "11.1": 2, "11.2": 3,
    "11.3": 3, "11.4": 3, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2,
    "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4,
    "16.4": 3, "16.5": 3,
}  # fmt: skip
"""How many points of levels 1 and 2 a section of ASVS 5 begins with; those of level 3 stand behind them."""


def test_every_point_is_answered_once() -> None:
    rows = re.findall(r"(?m)^\| ([\d., ]+) \| (?:met|in part|not|none) \|", PAGE)
    answered = [point for row in rows for point in row.split(", ")]
    asked = [f"{section}.{number}" for section, last in POINTS.items() for number in range(1, last + 1)]
    assert sorted(answered) == sorted(asked)


def test_every_test_it_names_is_there() -> None:
    there = {
        name for each in TESTS.glob("test_*.py") for name in re.findall(r"def (test_\w+)", each.read_text("utf-8"))
    }
    assert sorted(set(re.findall(r"`(test_\w+)`", PAGE)) - there) == []
