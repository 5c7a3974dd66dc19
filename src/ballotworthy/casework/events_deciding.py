"""What people find on lines: cells typed anew, looks, resolutions, corrections, withdrawals, disputes, strikes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ballotworthy.casework.case import Case, Retyping
from ballotworthy.casework.kind import CERTIFIED, Kind, Why, not_drawn, not_in_case, not_working
from ballotworthy.casework.ordered import fault_of_order, fold_order, is_pinned
from ballotworthy.casework.parts import ANSWERS, COUNT, DAY, DIGEST, LINE, OUTCOME, RULING, RULING_2, TEXT, maybe
from ballotworthy.casework.repeats import fault_of_repetition
from ballotworthy.casework.rulings import WITHDRAWN, Looks, Ruling
from ballotworthy.casework.shapes import Part, either, just, sorted_names
from ballotworthy.record import Event


def _refuse_retyped(case: Case, event: Event) -> Why:
    line = event.body["line"]
    if case.frame.fixed is None:
        return "the frame is not fixed"
    if line not in case.frame.at:
        return f"line {line} is not in the frame"
    if case.standing.closed:
        return CERTIFIED
    if case.version > 1 and KEYS in case.purged:
        return f"{NO_KEY}, so that nobody could ever look at what was typed"
    if line in case.looks or line in case.struck:
        return f"line {line} was ruled on as it stood; correct the ruling"
    return None


def _fold_retyped(case: Case, event: Event) -> None:
    body = event.body
    case.retyped.setdefault(body["line"], []).append(Retyping(event.seq, event.by, tuple(body["fields"]), body["text"]))


def _refuse_decision(case: Case, event: Event) -> Why:
    body = event.body
    refused = not_working(case) or _ruled(case, body)
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


def _fold_ruled(case: Case, event: Event) -> None:
    body = event.body
    ruling = Ruling(body["outcome"], body.get("reason", ""), body.get("voter", ""), event.by, body.get("repeats", ""))
    looks = case.looks.get(body["line"])
    if looks is None:
        looks = case.looks[body["line"]] = Looks()
    which = event.kind
    if which == "decision":
        which = "first" if body["look"] == 1 else "second"
    setattr(looks, which, ruling)
    fold_order(case, event)
    if which in ("resolved", "corrected"):
        case.weighings.pop(body["line"], None)
    tally = case.tally.get(event.by)
    if tally is None:
        tally = case.tally[event.by] = dict.fromkeys(("first", "second", "resolved", "corrected"), 0)
    tally[which] += 1
    case.changed()


def _refuse_weighed(case: Case, event: Event) -> Why:
    line, further = event.body["line"], event.body["further"]
    if case.risk_terms is None:
        return "no risk-limiting check was begun in this case. Its terms are fixed before the seed"
    refused = not_working(case)
    if refused:
        return refused
    if case.sample is None or line not in case.sample.lines:
        return not_drawn(line)
    return None if further < len(case.frame.lines) else f"{further:,} further lines are more than the petition has"


def _fold_weighed(case: Case, event: Event) -> None:
    case.weighings[event.body["line"]] = event.body["further"]
    case.standing.risk = False


def _refuse_resolved(case: Case, event: Event) -> Why:
    line = event.body["line"]
    refused = not_working(case) or _ruled(case, event.body)
    if refused:
        return refused
    looks = case.looks.get(line)
    if looks is None or not looks.differ:
        return f"two people do not see line {line} differently, so there is nothing to resolve"
    if looks.resolved or looks.corrected:
        return f"line {line} was resolved already; correct it if that was wrong"
    return _own_disagreement(case, event)


def _refuse_corrected(case: Case, event: Event) -> Why:
    line = event.body["line"]
    refused = not_working(case) or _ruled(case, event.body) or _answers(case, event.body)
    if refused:
        return refused
    looks = case.looks.get(line)
    if looks is None:
        return f"line {line} has not been decided yet, so there is nothing to correct"
    return _own_disagreement(case, event) if looks.differ and not (looks.resolved or looks.corrected) else None


def _own_disagreement(case: Case, event: Event) -> Why:
    """Say that somebody may not end a disagreement in which he made one of the two looks."""
    line = event.body["line"]
    looks = case.looks[line]
    if case.version > 1 and event.by in {look.by for look in (looks.first, looks.second) if look}:
        return f"{event.by} made one of the two looks at line {line}; a third person ends their disagreement"
    return None


def _refuse_withdrawn(case: Case, event: Event) -> Why:
    if case.pinned is None or WITHDRAWN not in case.pinned["reasons"]:
        return "the pinned law knows no withdrawal as a ground"
    if event.body["voter"] in case.withdrawn:
        return "this voter has withdrawn already"
    refused = not_working(case) or _nameless(case, event.body)
    return refused or (None if case.version == 1 else not_in_case(case, event.body["day"], event.at))


def _fold_withdrawn(case: Case, event: Event) -> None:
    case.withdrawn.add(event.body["voter"])
    case.changed()


def _refuse_challenged(case: Case, event: Event) -> Why:
    body = event.body
    if case.frame.fixed is None:
        return "the frame is not fixed"
    if body["line"] not in case.frame.at:
        return f"line {body['line']} is not in the frame"
    if "reason" in body and (body["claim"] != "invalid" or not is_pinned(case, body["reason"])):
        return f"{body['reason']} is no ground for this in the pinned law"
    return None


def _fold_disputed(case: Case, event: Event) -> None:
    case.disputes[event.seq] = event.body["line"]


def _refuse_cured(case: Case, event: Event) -> Why:
    if case.frame.fixed is None:
        return "the frame is not fixed"
    line = event.body["line"]
    return None if line in case.frame.at else f"line {line} is not in the frame"


def _refuse_struck(case: Case, event: Event) -> Why:
    body = event.body
    line = body["line"]
    refused = not_working(case) or _answers(case, body)
    if refused:
        return refused
    if line not in case.frame.at or not case.frame.can_be_drawn(line):
        return f"line {line} is not among those that can be drawn"
    if case.sample is not None and line in case.sample.lines:
        return f"line {line} is in the sample; correct its ruling"
    if line in case.struck:
        return f"line {line} was struck already"
    return fault_of_order(case, body)


def _fold_struck(case: Case, event: Event) -> None:
    case.struck[event.body["line"]] = event.body["reason"]
    fold_order(case, event)
    case.changed()


def _ruled(case: Case, body: Mapping[str, Any]) -> Why:
    line = body["line"]
    if case.sample is None or line not in case.sample.lines:
        return not_drawn(line)
    if refused := _nameless(case, body):
        return refused
    if "roll" in body and body["roll"] not in case.rolls:
        return f"line {line} was looked up in a roll that the record does not name. Name the snapshot first"
    if body["outcome"] == "valid":
        if "voter" not in body or "roll" not in body:
            return f"line {line} is ruled valid without the voter, or without the roll in which he was found"
        if "repeats" in body:
            return f"line {line} is ruled valid, and repeats another"
        if "order" in body:
            return f"line {line} is ruled valid, and names an order that takes it out"
        return f"line {line} is ruled valid and has a ground of refusal" if "reason" in body else None
    if "reason" not in body:
        return f"line {line} is refused without a ground"
    if refused := fault_of_order(case, body):
        return refused
    return None if case.version == 1 else fault_of_repetition(case, body)


def _nameless(case: Case, body: Mapping[str, Any]) -> Why:
    """Say that a voter cannot be named whom the case did not name while the key for voters was there."""
    if case.version == 1 or KEYS not in case.purged or "voter" not in body:
        return None
    ruled = [(each.first, each.second, each.resolved, each.corrected) for each in case.looks.values()]
    named = {ruling.voter for rulings in ruled for ruling in rulings if ruling}
    return None if body["voter"] in case.withdrawn | named else f"{NO_KEY}, so that no further voter can be named"


def _answers(case: Case, body: Mapping[str, Any]) -> Why:
    answered = body.get("answers")
    if answered is None or case.disputes.get(answered) == body["line"]:
        return None
    return f"event {answered} is no challenge or cure of line {body['line']}"


KEYS = "keys"
NO_KEY = "the key for voters was purged"
FIELDS = Part("a sorted list of names of cells, each once, one at least", sorted_names(r"[a-z][a-z_]{0,31}"))
LOOK = Part("1 or 2", either(just(1), just(2)))
WITHDRAWAL = {"voter": DIGEST, "day": DAY}
STRIKE = {"line": LINE, "reason": TEXT, "why": TEXT, "answers": ANSWERS}
CORRECTING = {"why": TEXT, "answers": ANSWERS}
DECIDING: Mapping[str, Kind] = MappingProxyType(
    {
        "retyped": Kind(
            "the typing anew",
            "decide",
            {"line": LINE, "fields": FIELDS, "text": DIGEST, "why": TEXT},
            _refuse_retyped,
            _fold_retyped,
            since=2,
        ),
        "decision": Kind(
            "the ruling", "decide", {**RULING, "look": LOOK}, _refuse_decision, _fold_ruled, {**RULING_2, "look": LOOK}
        ),
        "weighed": Kind(
            "the number of further valid lines",
            "decide",
            {"line": LINE, "further": COUNT},
            _refuse_weighed,
            _fold_weighed,
        ),
        "resolved": Kind("the resolution", "resolve", RULING, _refuse_resolved, _fold_ruled, RULING_2),
        "corrected": Kind(
            "the correction",
            "resolve",
            {**RULING, **CORRECTING},
            _refuse_corrected,
            _fold_ruled,
            {**RULING_2, **CORRECTING},
        ),
        "withdrawn": Kind(
            "the withdrawal", "resolve", WITHDRAWAL, _refuse_withdrawn, _fold_withdrawn, {**WITHDRAWAL, "ground": TEXT}
        ),
        "challenged": Kind(
            "the challenge",
            "resolve",
            {"line": LINE, "side": TEXT, "claim": OUTCOME, "reason": maybe(TEXT), "day": DAY},
            _refuse_challenged,
            _fold_disputed,
        ),
        "cured": Kind("the cure", "resolve", {"line": LINE, "what": TEXT, "day": DAY}, _refuse_cured, _fold_disputed),
        "struck": Kind(
            "the strike",
            "resolve",
            STRIKE,
            _refuse_struck,
            _fold_struck,
            {**STRIKE, "order": maybe(TEXT)},
        ),
    }
)
