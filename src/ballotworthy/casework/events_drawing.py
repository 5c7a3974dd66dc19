"""What is fixed and drawn before anybody decides: proposals, the check's terms, seed, sample, who gets which line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ballotworthy.casework.case import GOES_ON, Case, Sample
from ballotworthy.casework.kind import CERTIFIED, CLOSED, NO_SAMPLE, Kind, Why, not_drawn
from ballotworthy.casework.parts import (
    COUNT,
    DAY,
    DIGEST,
    FLAG,
    ID,
    LINE,
    MISREAD,
    POSITIVE,
    SHARE,
    TEXT,
    TOTAL,
    maybe,
    tables,
)
from ballotworthy.casework.risk import fault_of_terms
from ballotworthy.casework.sampling import fault_of_sample
from ballotworthy.casework.seeds import fault_of_beacon, fault_of_seed
from ballotworthy.casework.shapes import Part, is_string, is_text, list_of, one_of, table, written
from ballotworthy.record import Event


def _refuse_proposals(case: Case, _event: Event) -> Why:
    if case.proposals is not None:
        return "the machine's proposals were committed already"
    if case.seed is not None:
        return "the seed has been drawn: proposals made after it could be fitted to it"
    return _before_sample(case, "Proposals committed")


def _fold_proposals(case: Case, event: Event) -> None:
    case.proposals = event.body


def _refuse_risk_terms(case: Case, event: Event) -> Why:
    if case.risk_terms is not None:
        return "the terms of the risk-limiting check are fixed already"
    if case.seed is not None:
        return "the seed has been drawn: terms made after it could be fitted to it"
    return _before_sample(case, "A risk-limiting check begun") or fault_of_terms(case, event.body)


def _fold_risk_terms(case: Case, event: Event) -> None:
    case.risk_terms = event.body


def _refuse_beacon(case: Case, event: Event) -> Why:
    if case.beacon is not None:
        return "a beacon was named already: a second one would be a choice"
    if case.seed is not None or case.sample is not None:
        return "the seed or the sample has been drawn. A beacon named after that proves nothing"
    return fault_of_beacon(event)


def _fold_beacon(case: Case, event: Event) -> None:
    case.beacon = event.body


def _refuse_seed(case: Case, event: Event) -> Why:
    if case.seed is not None:
        return "the seed has been drawn: a second one would be a choice"
    if event.body["how"] == "dice" and not event.body["present"]:
        return "dice are thrown before witnesses. Say who was present"
    return _before_sample(case, "A seed drawn") or (None if case.version == 1 else fault_of_seed(case, event))


def _fold_seed(case: Case, event: Event) -> None:
    case.seed = event.body


def _refuse_sample(case: Case, event: Event) -> Why:
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


def _fold_sample(case: Case, event: Event) -> None:
    body = event.body
    if body["scope"] == "all":
        lines = frozenset(line for ids in case.frame.drawable.values() for line in ids if line not in case.struck)
    else:
        lines = frozenset(line for stratum in body["strata"] for line in stratum["ids"])
        case.drawn = body
    case.sample = Sample(body, lines)
    case.samples.append({"event": event.seq, "scope": body["scope"], "lines": len(lines), "verdicts": []})
    case.standing.closed = False
    case.changed()


def _refuse_assigned(case: Case, event: Event) -> Why:
    body = event.body
    if case.sample is None:
        return NO_SAMPLE
    if case.standing.closed:
        return CLOSED
    if "decide" not in case.people.get(body["person"], ()):
        return f"{body['person']} has not been admitted to decide"
    strange = next((line for line in body["lines"] if line not in case.sample.lines), None)
    return None if strange is None else not_drawn(strange)


def _fold_assigned(case: Case, event: Event) -> None:
    case.assigned.setdefault(event.body["person"], []).extend(event.body["lines"])


def _before_sample(case: Case, what: str) -> Why:
    if case.frame.fixed is None:
        return f"the frame is not fixed. {what} before that proves nothing"
    if case.sample is not None:
        return f"the sample has been drawn. {what} after that proves nothing"
    return None


SEEDED = {
    "seed": LINE,
    "how": Part("dice or beacon", one_of("dice", "beacon")),
    "source": TEXT,
    "present": Part("a list of who was there", list_of(is_text)),
}
DRAWING: Mapping[str, Kind] = MappingProxyType(
    {
        "proposals": Kind(
            "the commitment of the machine's proposals",
            "manage",
            {"sha256": DIGEST, "lines": COUNT, "made_with": TEXT},
            _refuse_proposals,
            _fold_proposals,
        ),
        "risk_terms": Kind(
            "the terms of the check",
            "manage",
            {
                "risk_limit": SHARE,
                "unlinked": COUNT,
                "unlinked_risk": SHARE,
                "missing": COUNT,
                "misread": maybe(Part("how many lines are allowed for, and at what risk", table(MISREAD))),
                "by_strata": maybe(FLAG),
                "expected": maybe(COUNT),
                "machine": maybe(Part("what the machine's weights add up to", table({"total": TOTAL}))),
            },
            _refuse_risk_terms,
            _fold_risk_terms,
        ),
        "beacon_named": Kind(
            "the beacon",
            "manage",
            {
                "kind": Part("chain or lottery", one_of("chain", "lottery")),
                "chain": maybe(Part("a chain in small letters, digits and hyphens", written("[a-z0-9-]{1,64}"))),
                "round": maybe(POSITIVE),
                "lottery": maybe(LINE),
                "day": maybe(DAY),
            },
            _refuse_beacon,
            _fold_beacon,
            since=2,
        ),
        "seed": Kind("the seed", "manage", SEEDED, _refuse_seed, _fold_seed, {**SEEDED, "throws": maybe(POSITIVE)}),
        "sample": Kind(
            "the sample",
            "manage",
            {
                "scope": Part("sample or all", one_of("sample", "all")),
                "why": TEXT,
                "strata": tables(
                    "strata",
                    {
                        "stratum": TEXT,
                        "of": COUNT,
                        "size": COUNT,
                        "ids": Part("a list of line ids", list_of(is_string), optional=True),
                    },
                ),
            },
            _refuse_sample,
            _fold_sample,
        ),
        "assigned": Kind(
            "the sharing out of lines",
            "manage",
            {"person": ID, "lines": Part("a list of line ids", list_of(is_string, least=1))},
            _refuse_assigned,
            _fold_assigned,
        ),
    }
)
