"""From rulings to paper: counts, verdict, risk, certificate; a reopening by a court, and the purge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ballotworthy.casework.case import GOES_ON, Case
from ballotworthy.casework.counting import counts_body
from ballotworthy.casework.judging import older_verdict_body, verdict_body
from ballotworthy.casework.kind import CERTIFIED, Kind, Why
from ballotworthy.casework.parts import (
    COUNT,
    DAY,
    DIGEST,
    ID,
    PART,
    POSITIVE,
    PURGED,
    SECOND,
    SIGNATURE,
    SOURCE,
    STRING,
    TEXT,
    WHOLE,
    maybe,
    tables,
)
from ballotworthy.casework.risk import fault_of_risk
from ballotworthy.casework.shapes import Part, is_flag, list_of, one_of, some_of, table
from ballotworthy.casework.twin import digest_of
from ballotworthy.casework.two_people import fault_of_second
from ballotworthy.errors import BallotworthyError
from ballotworthy.record import Event, Head, Link, is_signed


def _refuse_counts(case: Case, event: Event) -> Why:
    if case.standing.closed:
        return CERTIFIED
    return _as_made(counts_body, case, event, "the counts do not follow from the decisions")


def _fold_counts(case: Case, event: Event) -> None:
    case.standing.counts, case.standing.verdict = event, None


def _refuse_verdict(case: Case, event: Event) -> Why:
    if case.standing.closed:
        return CERTIFIED
    made = older_verdict_body if "bands" in event.body else verdict_body
    return _as_made(made, case, event, "the verdict does not follow from the counts by the pinned law")


def _fold_verdict(case: Case, event: Event) -> None:
    case.standing.verdict = event
    said = {"event": event.seq, "estimate": event.body["estimate"], "verdict": event.body["verdict"]}
    case.samples[-1]["verdicts"].append(said)


def _refuse_risk(case: Case, event: Event) -> Why:
    if case.risk_terms is None:
        return "no risk-limiting check was begun in this case. Its terms are fixed before the seed"
    if case.seed is None:
        return "the seed has not been drawn"
    return CERTIFIED if case.standing.closed else fault_of_risk(case, event.body)


def _fold_risk(case: Case, event: Event) -> None:
    case.risk, case.standing.risk = event.body, True


def _refuse_certified(case: Case, event: Event) -> Why:
    if case.standing.closed:
        return CERTIFIED
    if case.practice:
        return "the case was opened for practice, and is never certified"
    if case.standing.verdict is None:
        return "there is no verdict, or something has changed since. Count and judge first"
    if case.risk is not None and not case.standing.risk:
        return "something has changed since the risk was stated. State it again (case risk record)"
    if fault := fault_of_second(case, event):
        return fault
    head = Link(event.seq - 1, event.prev)
    if not is_signed(Head(case.name, head, case.key, event.body["signature"])):
        return "it is not signed with the office's key of this case"
    if digest_of(case, event.body, head) != event.body["certificate"]:
        return "the certificate is not the one that the record gives"
    return None


def _fold_certified(case: Case, event: Event) -> None:
    standing = case.standing
    standing.certified, standing.closed = event, True
    standing.numbers, standing.rolls = dict(case.numbers), dict(case.rolls)
    case.clocked.pop("certified", None)
    case.days.pop("certified", None)  # said of another certificate, or before there was one
    if standing.verdict is None or standing.verdict.body["verdict"] not in GOES_ON:
        case.clocked["certified"] = event.at
    elif case.sample is not None and case.sample.body["scope"] == "sample":
        case.clocked.setdefault("sample-reported", event.at)  # it says what the sample shows, and decides nothing


def _refuse_reopened(case: Case, _event: Event) -> Why:
    return None if case.standing.closed else "the case is not certified, so there is nothing to reopen"


def _fold_reopened(case: Case, event: Event) -> None:
    case.reopened.append(event.body)
    case.replaced += [case.standing.certified] if case.standing.certified else []
    case.standing.closed = False


def _refuse_purged(case: Case, event: Event) -> Why:
    if case.standing.certified is None:
        return "the case was never certified; names and images are still needed"
    if case.version > 1 and not case.standing.closed:
        return "the case is not certified now: names and images are still needed until it is certified anew"
    if event.at[:10] < event.body.get("lawful_from", ""):
        return f"it is {event.at[:10]}, and by its own words it is lawful from {event.body['lawful_from']} on"
    gone = case.purged.intersection(event.body["what"])
    return f"{', '.join(sorted(gone))} were purged already" if gone else fault_of_second(case, event)


def _fold_purged(case: Case, event: Event) -> None:
    case.purged.update(event.body["what"])


def _as_made(make: Callable[[Case], Mapping[str, Any]], case: Case, event: Event, otherwise: str) -> Why:
    try:
        return None if make(case) == event.body else otherwise
    except BallotworthyError as error:
        return str(error)


CERTIFIED_BODY = {"form": TEXT, "signature": SIGNATURE, "certificate": DIGEST}
PURGED_BODY = {
    "what": Part(f"a list of {', '.join(PURGED)}, each once", some_of(*PURGED, least=1)),
    "ground": TEXT,
}
CLOSING: Mapping[str, Kind] = MappingProxyType(
    {
        "counts": Kind(
            "the count",
            "certify",
            {
                "rows": tables(
                    "rows",
                    {
                        "stratum": STRING,
                        "district": STRING,
                        **dict.fromkeys(("raw", "removed", "sample", "valid", "duplicates", "invalid"), COUNT),
                        "seen_2": maybe(COUNT),
                        "seen_3": maybe(COUNT),
                    },
                ),
                "reasons": tables("grounds", {"reason": TEXT, "lines": POSITIVE}),
                "looks": tables(
                    "people",
                    {"person": ID, **dict.fromkeys(("first", "second", "resolved", "corrected"), COUNT)},
                ),
            },
            _refuse_counts,
            _fold_counts,
        ),
        "verdict": Kind(
            "the verdict",
            "certify",
            {
                "raw": COUNT,
                "estimate": WHOLE,
                "requirement": COUNT,
                "verdict": Part("a verdict", one_of("sufficient", "insufficient", "full-check", "undecided")),
                "rule": TEXT,
                "source": SOURCE,
                "requirement_source": SOURCE,
                "undecided": maybe(
                    tables("rules not held", dict.fromkeys(("rule", "missing", "would_decide"), TEXT), least=1)
                ),
                "bands": maybe(
                    Part("bands", table({"insufficient_below": maybe(WHOLE), "sufficient_above": maybe(WHOLE)}))
                ),
                "districts": maybe(
                    tables(
                        "districts",
                        {
                            "name": STRING,
                            "estimate": WHOLE,
                            "counted": WHOLE,
                            "required": maybe(COUNT),
                            "met": maybe(Part("true or false", is_flag)),
                        },
                    )
                ),
                "steps": tables("steps", dict.fromkeys(("stratum", "name", "value", "cite", "url"), STRING)),
            },
            _refuse_verdict,
            _fold_verdict,
        ),
        "risk": Kind(
            "the statement of risk",
            "certify",
            {
                "lines": COUNT,
                "machine": maybe(Part("a list of weights of six decimals", list_of(PART.fits))),
                "sufficient": PART,
                "insufficient": PART,
                "low": COUNT,
                "high": COUNT,
                "decided": Part("what is decided", one_of("sufficient", "insufficient", "not decided")),
                "statement": TEXT,
            },
            _refuse_risk,
            _fold_risk,
        ),
        "certified": Kind(
            "the certificate",
            "certify",
            CERTIFIED_BODY,
            _refuse_certified,
            _fold_certified,
            {**CERTIFIED_BODY, **SECOND},
        ),
        "reopened": Kind("the reopening", "certify", {"order": TEXT, "day": DAY}, _refuse_reopened, _fold_reopened),
        "purged": Kind(
            "the deletion",
            "manage",
            PURGED_BODY,
            _refuse_purged,
            _fold_purged,
            {**PURGED_BODY, "lawful_from": DAY, **SECOND},
        ),
    }
)
