"""The page of one line: line and voter side by side, what agreed and what it weighs, and what the law makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ballotworthy.report.templates import rendered

SIDES = {
    "name": ("name", "first_name", "middle_name", "last_name", "suffix"),
    "address": (
        "address", "house_number", "pre_direction", "street_name", "street_type", "post_direction", "unit",
    ),
    "town, zip": ("city", "zip"),
    "born": ("birth_date", "birth_year"),
    "signed, registered": ("signed_on", "registration_date"),
    "status": ("status", "status_date"),
    "county": ("county",),
}  # fmt: skip
"""What is set side by side, and the fields that make it up."""
COMPARED = ("name", "address", "town, zip", "born", "county")
"""What says the same on both sides where the voter signed; the others stand beside each other to be read."""
DIFFERS = "written otherwise"
"""What is said of two texts that are not the same; whether they mean one thing, the comparisons below them tell."""


def sides(line: Mapping[str, Any], voter: Mapping[str, Any]) -> list[dict[str, str]]:
    """Give line and voter side by side, what neither has left out."""
    rows = [{"what": what, "line": joined(line, parts), "voter": joined(voter, parts)} for what, parts in SIDES.items()]
    return [row for row in rows if row["line"] or row["voter"]]


def said_of(row: Mapping[str, str]) -> str:
    """Say of a row of `sides` where line and voter are not written alike, or one of them has none; else ""."""
    if row["what"] not in COMPARED:
        return ""
    line, voter = (re.findall(r"\w+", row[side].casefold()) for side in ("line", "voter"))
    if line == voter:
        return ""
    return DIFFERS if line and voter else f"not on the {'roll' if line else 'line'}"


def explain_page(data: Mapping[str, Any]) -> str:
    """Give the page of a line.

    Args:
        data: `line`, `said`, `ground` (words, cite, url) or None, `candidates` (voter, chance, sides, steps),
            `searches`, `beliefs`.
    """
    return rendered("explain.html.j2", **data)


def joined(cells: Mapping[str, Any], parts: tuple[str, ...]) -> str:
    """Give the parts of a line or a voter that make up one thing, as one text."""
    return " ".join(str(cells[part]) for part in parts if cells.get(part) not in (None, ""))
