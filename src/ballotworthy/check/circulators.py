"""The screen of circulators as plain data, for `result.json` and the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ballotworthy.check.screen import Screen


def by_circulator(rows: Sequence[Mapping[str, Any]], screen: Screen) -> list[dict[str, Any]]:
    """Give each circulator's row with `tests`, and in `review` why a person should look at the sheets, or None."""
    return [
        {**row, "review": screen.named.get(row["name"]), "tests": screen.tests.get(row["name"], {})} for row in rows
    ]


def screen_data(screen: Screen) -> dict[str, Any]:
    """Give what was asked, and who is named."""
    return {
        "rate": screen.rate,
        "named": list(screen.named),
        "expected_innocent": round(screen.expected_innocent, 3),
        "asked": list(screen.asked),
        "not_asked": [{"test": test, "why": why} for test, why in screen.not_asked.items()],
    }
