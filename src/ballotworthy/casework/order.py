"""The only legal order: why an event may not stand here, in a sentence that says what must come first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.counting import counts_body
from ballotworthy.casework.events import KINDS, fault_of
from ballotworthy.casework.framed import fault_of_line
from ballotworthy.casework.judging import verdict_body
from ballotworthy.casework.order_rulings import (
    refuse_assigned,
    refuse_challenged,
    refuse_corrected,
    refuse_cured,
    refuse_decision,
    refuse_resolved,
    refuse_struck,
    refuse_weighed,
    refuse_withdrawn,
)
from ballotworthy.casework.pinned import fault_of_rules
from ballotworthy.casework.risk import fault_of_risk, fault_of_terms
from ballotworthy.casework.sampling import fault_of_sample
from ballotworthy.casework.shapes import is_time
from ballotworthy.casework.twin import digest_of
from ballotworthy.errors import BallotworthyError
from ballotworthy.record import Event, Head, Link, is_signed

GOES_ON = ("full-check", "undecided")
"""The verdicts after which every line may be examined though the case is certified."""
CERTIFIED = "the case is certified. It may be reopened by a court's order only"
Why = str | None


def refusal(case: Case, event: Event) -> Why:
    """Say why an event may not be added to a case; None if it may."""
    fault = fault_of(event.kind, event.body)
    if fault:
        return fault
    if event.at != case.at and not is_time(event.at):
        return f"{event.at!r} is not a time in UTC, such as 2026-11-03T16:48:21Z"
    if event.at < case.at:
        return f"it is dated {event.at}, before the event that precedes it ({case.at}). Set the clock right"
    if event.kind == "opened":
        return _opened(case, event)
    if not case.opened:
        return "the case has not been opened"
    role = KINDS[event.kind].role
    roles = case.people.get(event.by)
    if roles is None:
        return f"{event.by} has not been admitted to this case"
    if role not in roles:
        return f"{event.by} has not been admitted to {role}"
    return _REFUSALS[event.kind](case, event)


def _opened(case: Case, event: Event) -> Why:
    if case.opened:
        return "the case is open already"
    people = event.body["people"]
    ids = [person["id"] for person in people]
    if len(set(ids)) < len(ids):
        return "a person is named twice"
    if not any(person["id"] == event.by and "manage" in person["may"] for person in people):
        return f"{event.by} opens the case and is not among those who may manage it"
    return None


def _always(_case: Case, _event: Event) -> Why:
    return None


def _admitted(case: Case, event: Event) -> Why:
    return None if "manage" in event.body["may"] else _without(case, event.body["id"])


def _dismissed(case: Case, event: Event) -> Why:
    leaving = event.body["id"]
    return _without(case, leaving) if leaving in case.people else f"{leaving} is not admitted"


def _without(case: Case, leaving: str) -> Why:
    if not any("manage" in roles for person, roles in case.people.items() if person != leaving):
        return f"{leaving} is the last who may manage the case. Admit somebody else first"
    return None


def _rules(case: Case, event: Event) -> Why:
    if case.pinned is not None:
        return "the law is pinned already"
    _, fault = fault_of_rules(event.body, case.opened["place"], case.opened["kind"], case.opened["on"])
    return fault or None


def _intake(case: Case) -> Why:
    if case.pinned is None:
        return "the law has not been pinned. Pin it before anything comes in"
    if case.frame.fixed is not None:
        return "the frame is fixed: nothing can come in any more"
    return None


def _received(case: Case, event: Event) -> Why:
    if event.body["batch"] in case.batches:
        return f"batch {event.body['batch']} was received already"
    return _intake(case)


def _counted(case: Case, event: Event) -> Why:
    body = event.body
    batch = case.batches.get(body["batch"])
    if batch is None:
        return f"batch {body['batch']} was not received"
    if batch.counted is not None:
        return f"batch {body['batch']} was counted already"
    differs = any(batch.received[part] != body[part] for part in ("sheets", "lines"))
    if differs and "explained" not in body:
        return f"batch {body['batch']} holds other numbers than were promised. Explain the difference"
    if not differs and "explained" in body:
        return f"batch {body['batch']} holds what was promised; there is nothing to explain"
    return _intake(case)


def _lines(case: Case, event: Event) -> Why:
    refused = _intake(case)
    if refused:
        return refused
    reasons = frozenset(case.pinned["reasons"]) if case.pinned else frozenset[str]()
    ids = set()
    for cells in event.body["lines"]:
        name = f"{cells[0]}-{cells[1]}"
        fault = fault_of_line(cells, reasons)
        if fault:
            return f"line {name} is no line of a frame: {fault}"
        if name in ids or name in case.frame.at:
            return f"line {name} is listed twice"
        ids.add(name)
    return None


def _frame(case: Case, event: Event) -> Why:
    refused = _intake(case)
    if refused:
        return refused
    if not case.frame.lines or not case.batches:
        return "no line has been listed, or no batch received. Take in the petition first"
    waiting = [name for name, batch in case.batches.items() if batch.counted is None]
    if waiting:
        return f"batch {waiting[0]} has not been counted"
    if event.body != case.frame.body():
        return "the fingerprint or the numbers are not those of the lines listed"
    for part in ("sheets", "lines"):
        total = sum(batch.counted[part] for batch in case.batches.values() if batch.counted)
        if total != event.body[part]:
            listed = event.body[part]
            return f"{listed:,} {part} are listed and {total:,} were counted at intake. Find the difference first"
    return None


def _roll(case: Case, event: Event) -> Why:
    if case.pinned is None:
        return "the law has not been pinned"
    return "this snapshot was named already" if event.body["roll"] in case.rolls else None


def _before_sample(case: Case, what: str) -> Why:
    if case.frame.fixed is None:
        return f"the frame is not fixed. {what} before that proves nothing"
    if case.sample is not None:
        return f"the sample has been drawn. {what} after that proves nothing"
    return None


def _proposals(case: Case, _event: Event) -> Why:
    if case.proposals is not None:
        return "the machine's proposals were committed already"
    if case.seed is not None:
        return "the seed has been drawn: proposals made after it could be fitted to it"
    return _before_sample(case, "Proposals committed")


def _seed(case: Case, event: Event) -> Why:
    if case.seed is not None:
        return "the seed has been drawn: a second one would be a choice"
    if event.body["how"] == "dice" and not event.body["present"]:
        return "dice are thrown before witnesses. Say who was present"
    return _before_sample(case, "A seed drawn")


def _sample(case: Case, event: Event) -> Why:
    if case.frame.fixed is None:
        return "the frame is not fixed"
    body, certified = event.body, case.standing.certified
    verdict = case.standing.verdict
    if case.standing.closed and certified and not (verdict and verdict.body["verdict"] in GOES_ON):
        return CERTIFIED
    if body["scope"] == "sample":
        if case.seed is None:
            return "the seed has not been drawn"
        if case.sample is not None and case.sample.body["scope"] == "all":
            return "every line is examined already"
        if any("ids" not in stratum for stratum in body["strata"]):
            return "it does not say the lines drawn"
    return fault_of_sample(case, body)


def _counts(case: Case, event: Event) -> Why:
    if case.standing.closed:
        return CERTIFIED
    return _as_made(counts_body, case, event, "the counts do not follow from the decisions")


def _verdict(case: Case, event: Event) -> Why:
    if case.standing.closed:
        return CERTIFIED
    return _as_made(verdict_body, case, event, "the verdict does not follow from the counts by the pinned law")


def _as_made(make: Callable[[Case], Mapping[str, Any]], case: Case, event: Event, otherwise: str) -> Why:
    try:
        return None if make(case) == event.body else otherwise
    except BallotworthyError as error:
        return str(error)


def _risk_terms(case: Case, event: Event) -> Why:
    if case.risk_terms is not None:
        return "the terms of the risk-limiting check are fixed already"
    if case.seed is not None:
        return "the seed has been drawn: terms made after it could be fitted to it"
    return _before_sample(case, "A risk-limiting check begun") or fault_of_terms(case, event.body)


def _risk(case: Case, event: Event) -> Why:
    if case.risk_terms is None:
        return "no risk-limiting check was begun in this case. Its terms are fixed before the seed"
    if case.seed is None:
        return "the seed has not been drawn"
    return CERTIFIED if case.standing.closed else fault_of_risk(case, event.body)


def _certified(case: Case, event: Event) -> Why:
    if case.standing.closed:
        return CERTIFIED
    if case.standing.verdict is None:
        return "there is no verdict, or something has changed since. Count and judge first"
    if case.risk is not None and not case.standing.risk:
        return "something has changed since the risk was stated. State it again (case risk record)"
    head = Link(event.seq - 1, event.prev)
    if not is_signed(Head(case.name, head, case.opened["key"], event.body["signature"])):
        return "it is not signed with the office's key of this case"
    if digest_of(case, event.body["form"], head, event.body["signature"]) != event.body["certificate"]:
        return "the certificate is not the one that the record gives"
    return None


def _reopened(case: Case, _event: Event) -> Why:
    return None if case.standing.closed else "the case is not certified, so there is nothing to reopen"


def _purged(case: Case, event: Event) -> Why:
    if case.standing.certified is None:
        return "the case was never certified; names and images are still needed"
    gone = case.purged.intersection(event.body["what"])
    return f"{', '.join(sorted(gone))} were purged already" if gone else None


_REFUSALS: Mapping[str, Callable[[Case, Event], Why]] = MappingProxyType(
    {
        "admitted": _admitted,
        "dismissed": _dismissed,
        "disclosed": _always,
        "noted": _always,
        "rules": _rules,
        "received": _received,
        "counted": _counted,
        "lines": _lines,
        "frame": _frame,
        "roll": _roll,
        "proposals": _proposals,
        "risk_terms": _risk_terms,
        "seed": _seed,
        "sample": _sample,
        "assigned": refuse_assigned,
        "decision": refuse_decision,
        "weighed": refuse_weighed,
        "resolved": refuse_resolved,
        "corrected": refuse_corrected,
        "withdrawn": refuse_withdrawn,
        "challenged": refuse_challenged,
        "cured": refuse_cured,
        "struck": refuse_struck,
        "counts": _counts,
        "verdict": _verdict,
        "risk": _risk,
        "certified": _certified,
        "reopened": _reopened,
        "purged": _purged,
    }
)
