"""Lines that a court takes out: a ground beside those of the law pinned, which names the order in its own words.

The rules stand in docs/reference/record.md, "Lines taken out by order"; a record of version 1 does not hold them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.kind import Why
from ballotworthy.record import Event

ORDERED = "ordered"
WORDS = "taken out by a court's order"


def fault_of_order(case: Case, body: Mapping[str, Any]) -> Why:
    """Say why a line may not be refused or struck on its ground, one of the law's or an order that is named."""
    line, reason = body["line"], body["reason"]
    if reason == ORDERED and case.version > 1:
        return None if "order" in body else f"line {line} is taken out by order, and the order is not named (order)"
    if not is_pinned(case, reason):
        held = ", ".join(sorted(case.pinned["reasons"])) if case.pinned else "none"
        return f"line {line}: {reason} is no ground to refuse in the pinned law; its grounds: {held}"
    return f"line {line} names an order; its ground is then {ORDERED}, and not {reason}" if "order" in body else None


def is_pinned(case: Case, reason: str) -> bool:
    """Tell whether a ground is one of the law's that the case was opened with."""
    return case.pinned is not None and reason in case.pinned["reasons"]


def fold_order(case: Case, event: Event) -> None:
    """Take in which order a line is taken out by; of two looks the first one's words count."""
    body = event.body
    line = body["line"]
    if body.get("look") == 2:
        if "order" in body:
            case.ordered.setdefault(line, body["order"])
    elif "order" in body:
        case.ordered[line] = body["order"]
    elif case.ordered:
        case.ordered.pop(line, None)


def orders_of(case: Case) -> list[dict[str, Any]]:
    """Give the orders by which lines are out, sorted by their words, each with how many lines."""
    return [{"order": order, "lines": lines} for order, lines in sorted(Counter(case.ordered.values()).items())]


def ground_words(case: Case) -> dict[str, str]:
    """Give the words of every ground on which a line of a case may be refused, by its key; an order's last."""
    words = {key: ground.words for key, ground in case.rules.reasons.items()} if case.rules else {}
    return {**words, **({ORDERED: WORDS} if case.version > 1 else {})}
