"""What a recount answers: each check with what it found, and the first event that fails."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .findings import ABOUT, AT_ONCE, CHAIN, NO_EVENT, OF_DICE, Failure, Findings, number
from .form import Malformed, canonical
from .paper import paper_of
from .recount import Recount
from .remarks import Remark
from .shapes import KINDS
from .signed import read_head, vouches

HOLDS, FAILS, UNMADE = "holds", "fails", "not made"
PRACTICE = "This is a practice record, never a certificate."
LEFT_OPEN = (
    "The certificate in event {e} decided nothing, and every line is examined since: the case is not finished, "
    "or the record was cut short."
)


@dataclass(frozen=True)
class Check:
    """One check: its number, what it is about, whether it holds, what it found, and where it first fails.

    `more` is how many further events fail it.
    """

    number: str
    about: str
    state: str
    found: str
    failure: Failure | None = None
    more: int = 0

    @property
    def applies(self) -> bool:
        """Whether the record has that of which the check is."""
        return self.found not in (NO_EVENT, OF_DICE)


@dataclass(frozen=True)
class Answer:
    """All checks of a record, its number of events, the hash of the last, the first event that fails, the remarks.

    `paper` is what the record says it is of, and what was certified by whom: see `paper_of`.
    """

    checks: tuple[Check, ...]
    events: int
    head: str | None
    case: str | None
    first: Failure | None
    remarks: tuple[Remark, ...] = ()
    paper: Mapping[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether no check fails."""
        return self.first is None


def verify(
    lines: Iterable[bytes],
    *,
    head: bytes | None = None,
    key: str | None = None,
    certificate: bytes | None = None,
    proposals: bytes | None = None,
    beacon: str | None = None,
) -> Answer:
    """Recount a published record from its written specification (docs/reference/record.md).

    Args:
        lines: the record's lines, each with its line feed, as an open file gives them; read once.
        head: the bytes of a signed head.
        key: the office's public key, sixty-four hexadecimal digits, as it publishes it.
        certificate: the bytes of the certificate's JSON.
        proposals: the bytes of the machine's weights.
        beacon: the value of the seed's beacon, as somebody looked it up.
    """
    recount = Recount()
    signed, fault = _read(head)
    recount.chain.wanted = signed["seq"] if signed else 0
    recount.read(lines)
    findings = recount.findings
    findings.event = findings.line = 0
    _chain_found(recount)
    if head is None:
        findings.unmade["V23"] = "no signed head was given"
    else:
        _check_head(recount, signed, fault)
    _check_key(recount, key)
    _check_certificate(recount, certificate)
    if findings.unreadable is None:
        recount.seeded.finish(beacon, findings)
    if proposals is not None and findings.unreadable is None:
        committed = recount.material.last.get("proposals", {}).get("sha256")
        recount.risk.check_proposals(proposals, committed, recount.frame, findings)
    if not recount.order.certified and findings.unreadable is None:
        findings.fail("V25", says=_unfinished(recount), of_event=False)
    findings.found["V25"] = f"event {recount.certified:,}"
    checks = tuple(_check(name, findings) for name in ABOUT)
    opened = recount.opened or {}
    remarks = recount.remarks.finish(recount.frame, recount.rulings)
    paper = paper_of(recount.opened, recount.material.last.get("verdict"), recount.paper)
    return Answer(checks, recount.lines, recount.chain.head, opened.get("case"), findings.first, remarks, paper)


def answer_data(answer: Answer) -> dict[str, Any]:
    """Give an answer as plain values, for JSON."""
    return {
        "holds": answer.holds,
        "case": answer.case,
        "paper": dict(answer.paper),
        "events": answer.events,
        "head": answer.head,
        "first": _failure_data(answer.first),
        "remarks": [
            {"remark": each.number, "event": each.event, "says": each.says, "detail": each.detail}
            for each in answer.remarks
        ],
        "checks": [
            {
                "check": check.number,
                "about": check.about,
                "state": check.state,
                "found": check.found,
                "failure": _failure_data(check.failure),
                "more": check.more,
            }
            for check in answer.checks
        ],
    }


def _failure_data(failure: Failure | None) -> dict[str, Any] | None:
    if failure is None:
        return None
    return {
        "check": failure.check,
        "line": failure.line,
        "event": failure.event,
        "says": failure.says,
        "detail": failure.detail,
    }


def _unfinished(recount: Recount) -> str:
    """Give why the record ends without a certificate in force, where there is more to say than that."""
    if recount.order.practice:
        return PRACTICE
    return LEFT_OPEN.format(e=f"{recount.certified:,}") if recount.order.left_open else ""


def _check(name: str, findings: Findings) -> Check:
    about, failure = ABOUT[name], findings.failures.get(name)
    if failure:
        return Check(name, about, FAILS, str(failure), failure, findings.more.get(name, 0))
    if name in findings.unmade:
        return Check(name, about, UNMADE, findings.unmade[name])
    complete = name in AT_ONCE and name in findings.found
    if findings.unreadable is not None and not complete and name not in CHAIN and name not in ("V23", "V24"):
        return Check(name, about, UNMADE, f"line {findings.unreadable:,} is of no use, and so is what follows it")
    if name not in findings.found:
        return Check(name, about, UNMADE, NO_EVENT)
    return Check(name, about, HOLDS, findings.found[name])


def _chain_found(recount: Recount) -> None:
    chain, events = recount.chain, recount.lines
    found = {
        "V1": f"{number(events, 'line')}, each ended",
        "V2": f"{number(events, 'line')} in canonical form",
        "V3": f"events 1 to {chain.seq:,}",
        "V4": number(max(events - 1, 0), "link"),
        "V5": f"{events:,} hashes, the last {(chain.head or '')[:16]}...",
        "V6": f"from {chain.began} to {chain.at}",
        "V7": f"{len(recount.order.seen):,} of {len(KINDS)} kinds of events",
        "V8": number(len(recount.people.ever), "person").replace("persons", "people"),
        "V9": number(events, "event"),
        "V14": f"{number(recount.rulings.made, 'event')} on lines",
    }
    recount.findings.found.update(found)


def _read(head: bytes | None) -> tuple[dict[str, Any] | None, str]:
    if head is None:
        return None, ""
    try:
        return read_head(head), ""
    except Malformed as malformed:
        return None, str(malformed)


def _check_head(recount: Recount, head: dict[str, Any] | None, fault: str) -> None:
    findings, opened = recount.findings, recount.opened
    if head is None:
        findings.fail("V23", fault, says="The signed head is not written as it must be.", of_event=False)
    elif opened is None:
        findings.unmade["V23"] = "the record tells no case and no key"
    elif (head["case"], head["key"]) != (opened["case"], recount.keys.at(head["seq"])):
        other = "case" if head["case"] != opened["case"] else "key"
        findings.fail("V23", f"it is of another {other}", of_event=False)
    elif not vouches(head["key"], head["signature"], head["case"], head["seq"], head["sha256"]):
        findings.fail("V23", "its signature is not the office's", of_event=False)
    elif head["seq"] > recount.chain.seq:
        told = (
            f"The record is cut short: the office signed event {head['seq']:,}, "
            f"and the record ends with event {recount.chain.seq:,}."
        )
        findings.fail("V23", says=told, of_event=False)
    elif head["sha256"] != recount.chain.wanted_hash:
        findings.fail(
            "V23", f"the office signed another event {head['seq']:,} than stands in the record", of_event=False
        )
    else:
        told = f"the office signed event {head['seq']:,} of {recount.chain.seq:,}"
        if head["seq"] < recount.certified:
            told += f", before the certificate in event {recount.certified:,}, for which this head does not vouch"
        findings.found["V23"] = told


def _check_key(recount: Recount, key: str | None) -> None:
    findings = recount.findings
    if key is None:
        findings.unmade["V24"] = "the office's key was not given; compare " + (
            recount.keys.last if recount.opened else "it with the one in the record"
        )
    elif recount.opened is None:
        findings.unmade["V24"] = "the record tells no key"
    elif recount.keys.last != key:
        findings.fail("V24", f"the record has {recount.keys.last}, and {key} was given", of_event=False)
    else:
        findings.found["V24"] = f"{key}"


def _check_certificate(recount: Recount, given: bytes | None) -> None:
    findings = recount.findings
    if given is None:
        return
    if recount.certificate is None:
        if findings.unreadable is None:
            findings.fail("V22", says="The record gives no certificate, and one was given.", of_event=False)
    elif given != recount.certificate:
        findings.fail(
            "V22",
            _certificate_fault(given, recount.certificate),
            says="The certificate given is not the one that this record gives.",
            of_event=False,
        )
    else:
        findings.found["V22"] += ", and the certificate given is the same to the byte"


def _certificate_fault(given: bytes, made: bytes) -> str:
    try:
        told, right = json.loads(given), json.loads(made)
        keys = sorted(key for key in told.keys() | right.keys() if told.get(key) != right.get(key))
        keys = keys or sorted(told.keys() ^ right.keys())
    except (ValueError, AttributeError, RecursionError):
        return "it is not even JSON of a certificate"
    if keys and canonical(told) != canonical(right):
        return f"it differs in {', '.join(keys)}"
    return "it says the same, and is written in another way"
