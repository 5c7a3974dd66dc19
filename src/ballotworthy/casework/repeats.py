"""Repetitions: a line refused as one names its voter and the line it repeats, or it is not refused as one.

The rules stand in docs/reference/record.md, "Repetitions"; a record of version 1 does not hold them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.kind import Why
from ballotworthy.casework.rulings import DUPLICATE, ruling_in


def fault_of_repetition(case: Case, body: Mapping[str, Any]) -> Why:
    """Say why a ruling that refuses a line may not stand as far as repetitions go; None if it may."""
    line, repeats = body["line"], body.get("repeats")
    if body["reason"] != DUPLICATE:
        return None if repeats is None else f"line {line} repeats another, and is not refused as a repetition"
    if "voter" not in body or repeats is None:
        return (
            f"line {line} is refused as a repetition, and does not name "
            f"{'the line that it repeats' if 'voter' in body else 'its voter'}. Name both (voter_id, repeats)"
        )
    if repeats == line:
        return f"line {line} cannot repeat itself"
    if repeats not in case.frame.at or not case.frame.can_be_drawn(repeats):
        return f"line {line} is said to repeat line {repeats}, which is not among those that can count"
    return None


def lines_of_voters(case: Case) -> dict[str, list[str]]:
    """Give the lines of the sample that are ruled valid with each voter, in the frame's order."""
    found: dict[str, list[str]] = {}
    for line in case.frame.in_order(case.looks):
        ruling = ruling_in(case.looks[line])
        if ruling is not None and ruling.outcome == "valid":
            found.setdefault(ruling.voter, []).append(line)
    return found


def wrong_repetition(case: Case, lines: list[str]) -> Why:
    """Say which of the lines of the sample is refused as a repetition of a line that is none of the same voter's.

    A line outside the sample has no ruling to compare; it must not have been struck.
    """
    if case.version == 1:
        return None
    all_fall = case.rules is not None and case.rules.duplicates is not None and case.rules.duplicates.value == "none"
    for line in lines:
        looks = case.looks.get(line)
        ruling = ruling_in(looks) if looks else None
        if ruling is None or not ruling.repeats:
            continue
        if ruling.repeats in case.struck:
            return f"line {line} is refused as a repetition of line {ruling.repeats}, which was struck"
        other = case.looks.get(ruling.repeats)
        first = ruling_in(other) if other else None
        if case.sample is None or ruling.repeats not in case.sample.lines or first is None:
            continue
        counts = first.outcome == "valid" or (all_fall and first.reason == DUPLICATE)
        if not counts or first.voter != ruling.voter:
            what = "of another voter" if counts else "ruled invalid"
            return f"line {line} is refused as a repetition of line {ruling.repeats}, which is {what}"
    return None
