"""Whole numbers as election offices write them, and nothing that only looks like one."""

from __future__ import annotations

import re

PLAIN = re.compile(r"\d{1,12}(\.0+)?", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(,\d{3}){1,3}", re.ASCII)


def whole_number(text: str, most: int = 10**9) -> int | None:
    """Give the number that a cell holds: 1234, 1,234 or 1234.0; None for anything else, and for what is over `most`."""
    if PLAIN.fullmatch(text):
        number = int(text.partition(".")[0])
    elif GROUPED.fullmatch(text):
        number = int(text.replace(",", ""))
    else:
        return None
    return number if number <= most else None
