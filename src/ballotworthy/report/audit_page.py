"""The page of a vote's audit: claims with their measured risk, cards seen, and how to draw the sample again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ballotworthy.report.templates import rendered

SAID = {
    "seed": "Committed. The seed has not been given yet.",
    "draw": "Not confirmed yet: a further round is drawn.",
    "enter": "Cards are drawn and have not been entered yet.",
    "confirmed": "Confirmed at the risk limit.",
    "full-count": "Not confirmed, and every card was seen: the count by hand is the result.",
}


def audit_page(data: Mapping[str, Any]) -> str:
    """Give the page of an audit, from what `audit_data` gives."""
    said = SAID[data["state"]]
    if data["state"] == "full-count" and data["refuted"]:
        said = f"Not confirmed: every card of {data['refuted']} was seen, and it is not as reported."
    if data["state"] == "confirmed" and data["not_auditable"]:
        said = "Confirmed at the risk limit as far as the cards tell; of what no card tells it says nothing."
    return rendered("audit.html.j2", **data, said=said)
