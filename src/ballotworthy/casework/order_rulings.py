"""Why a ruling on a line may not stand here: not drawn, not lawful, not this person's, not now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.rulings import WITHDRAWN
from ballotworthy.record import Event

Why = str | None
NO_SAMPLE = "no sample has been drawn: a decision before the seed could decide what is drawn"
CLOSED = "the case is certified; rulings may change only once a court has reopened it"


def refuse_assigned(case: Case, event: Event) -> Why:
    """Say why lines may not be given to somebody."""
    body = event.body
    if case.sample is None:
        return NO_SAMPLE
    if case.standing.closed:
        return CLOSED
    if "decide" not in case.people.get(body["person"], ()):
        return f"{body['person']} has not been admitted to decide"
    strange = next((line for line in body["lines"] if line not in case.sample.lines), None)
    return None if strange is None else _not_drawn(strange)


def refuse_decision(case: Case, event: Event) -> Why:
    """Say why a person's look at a line may not be entered."""
    body = event.body
    refused = _working(case) or _ruled(case, body)
    if refused:
        return refused
    line, looks = body["line"], case.looks.get(body["line"])
    if body["look"] == 1:
        return f"line {line} has been decided already; a second look is look 2" if looks and looks.first else None
    if looks is None or looks.first is None:
        return f"line {line} has had no first look"
    if looks.second is not None:
        return f"line {line} has had two looks already; what is wrong in them is corrected, not looked at again"
    if looks.resolved or looks.corrected:
        return f"line {line} has been corrected; a second look comes too late"
    if looks.first.by == event.by:
        return f"{event.by} decided line {line}; the second look is another person's"
    return None


def refuse_weighed(case: Case, event: Event) -> Why:
    """Say why further lines of a line's signer may not be entered."""
    line, further = event.body["line"], event.body["further"]
    if case.risk_terms is None:
        return "no risk-limiting check was begun in this case. Its terms are fixed before the seed"
    refused = _working(case)
    if refused:
        return refused
    if case.sample is None or line not in case.sample.lines:
        return _not_drawn(line)
    return None if further < len(case.frame.lines) else f"{further:,} further lines are more than the petition has"


def refuse_resolved(case: Case, event: Event) -> Why:
    """Say why a disagreement may not be ended so."""
    line = event.body["line"]
    refused = _working(case) or _ruled(case, event.body)
    if refused:
        return refused
    looks = case.looks.get(line)
    if looks is None or not looks.differ:
        return f"two people do not see line {line} differently, so there is nothing to resolve"
    if looks.resolved or looks.corrected:
        return f"line {line} was resolved already; correct it if that was wrong"
    return None


def refuse_corrected(case: Case, event: Event) -> Why:
    """Say why a line may not be ruled on anew."""
    line = event.body["line"]
    refused = _working(case) or _ruled(case, event.body) or _answers(case, event.body)
    if refused:
        return refused
    return None if line in case.looks else f"line {line} has not been decided yet, so there is nothing to correct"


def refuse_withdrawn(case: Case, event: Event) -> Why:
    """Say why a signer may not withdraw."""
    if case.pinned is None or WITHDRAWN not in case.pinned["reasons"]:
        return "the pinned law knows no withdrawal as a ground"
    if event.body["voter"] in case.withdrawn:
        return "this voter has withdrawn already"
    return _working(case)


def refuse_challenged(case: Case, event: Event) -> Why:
    """Say why a line may not be disputed."""
    body = event.body
    if case.frame.fixed is None:
        return "the frame is not fixed"
    if body["line"] not in case.frame.at:
        return f"line {body['line']} is not in the frame"
    if "reason" in body and (body["claim"] != "invalid" or not _lawful(case, body["reason"])):
        return f"{body['reason']} is no ground for this in the pinned law"
    return None


def refuse_cured(case: Case, event: Event) -> Why:
    """Say why evidence for a line may not be entered."""
    if case.frame.fixed is None:
        return "the frame is not fixed"
    line = event.body["line"]
    return None if line in case.frame.at else f"line {line} is not in the frame"


def refuse_struck(case: Case, event: Event) -> Why:
    """Say why a line may not be taken out."""
    body = event.body
    line = body["line"]
    refused = _working(case) or _answers(case, body)
    if refused:
        return refused
    if line not in case.frame.at or not case.frame.can_be_drawn(line):
        return f"line {line} is not among those that can be drawn"
    if case.sample is not None and line in case.sample.lines:
        return f"line {line} is in the sample; correct its ruling"
    if line in case.struck:
        return f"line {line} was struck already"
    return None if _lawful(case, body["reason"]) else f"{body['reason']} is no ground in the pinned law"


def _working(case: Case) -> Why:
    if case.sample is None:
        return NO_SAMPLE
    return CLOSED if case.standing.closed else None


def _ruled(case: Case, body: Mapping[str, Any]) -> Why:
    line = body["line"]
    if case.sample is None or line not in case.sample.lines:
        return _not_drawn(line)
    if "roll" in body and body["roll"] not in case.rolls:
        return f"line {line} was looked up in a roll that the record does not name. Name the snapshot first"
    if body["outcome"] == "valid":
        if "voter" not in body or "roll" not in body:
            return f"line {line} is ruled valid without the voter, or without the roll in which he was found"
        return f"line {line} is ruled valid and has a ground of refusal" if "reason" in body else None
    if "reason" not in body:
        return f"line {line} is refused without a ground"
    return None if _lawful(case, body["reason"]) else f"{body['reason']} is no ground to refuse in the pinned law"


def _answers(case: Case, body: Mapping[str, Any]) -> Why:
    answered = body.get("answers")
    if answered is None or case.disputes.get(answered) == body["line"]:
        return None
    return f"event {answered} is no challenge or cure of line {body['line']}"


def _lawful(case: Case, reason: str) -> bool:
    return case.pinned is not None and reason in case.pinned["reasons"]


def _not_drawn(line: str) -> str:
    return f"line {line} is not in the sample"
