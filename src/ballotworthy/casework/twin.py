"""The certificate's JSON twin: a case folded to plain data, the same bytes from the same record."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.ordered import orders_of
from ballotworthy.casework.two_people import signed_second, two_people
from ballotworthy.errors import Refused
from ballotworthy.record import Link, OfficeKey, PersonKey, canonical, sign

FORMATS = ("ballotworthy-certificate/1", "ballotworthy-certificate/2")


def twin(case: Case, body: Mapping[str, Any], head: Link) -> dict[str, Any]:
    """Give the certificate of a case whose verdict stands.

    Args:
        case: folded up to `head`, or to the `certified` event after it and what may follow that.
        body: of `certified`, as far as it is made: the form, the signature of that head, who is the second person.
        head: number and hash of the event before `certified`.

    Raises:
        Refused: there is no verdict yet.
    """
    counts, verdict, sample = case.standing.counts, case.standing.verdict, case.sample
    if counts is None or verdict is None or sample is None or case.pinned is None or case.frame.fixed is None:
        raise Refused("there is no verdict to certify, or something has changed since. Count and judge first.")
    closed = case.standing.closed
    numbers, rolls = (case.standing.numbers, case.standing.rolls) if closed else (case.numbers, case.rolls)
    parts: dict[str, Any] = {
        "certificate": FORMATS[case.version - 1],
        "form": body["form"],
        **{name: case.opened[name] for name in ("case", "office", "measure", "place", "kind", "on", "filed")},
        "rules": {key: case.pinned[key] for key in ("sha256", "given") if key in case.pinned},
        "intake": [
            {
                "batch": name,
                "day": batch.received["day"],
                "sheets": (batch.counted or batch.received)["sheets"],
                "lines": (batch.counted or batch.received)["lines"],
            }
            for name, batch in case.batches.items()
        ],
        "frame": case.frame.fixed,
        "rolls": list(rolls.values()),
        "sample": {
            "scope": sample.body["scope"],
            "why": sample.body["why"],
            "strata": [{key: each[key] for key in ("stratum", "of", "size")} for each in sample.body["strata"]],
        },
        "counts": counts.body,
        "verdict": verdict.body,
        "corrections": numbers.get("corrected", 0),
        "withdrawals": numbers.get("withdrawn", 0),
        "challenges": numbers.get("challenged", 0),
        "cures": numbers.get("cured", 0),
        "strikes": numbers.get("struck", 0),
        "reopenings": case.reopened,
        "head": {**head._asdict(), "key": case.key_at(head.seq), "signature": body["signature"]},
    }
    for name, said in (("proposals", case.proposals), ("seed", case.seed), ("risk", case.risk)):
        if said is not None:
            parts[name] = said
    return {**parts, **_of_version_2(case, body, head)} if case.version > 1 else parts


def _of_version_2(case: Case, body: Mapping[str, Any], head: Link) -> dict[str, Any]:
    """Give what a certificate of version 2 shows besides: the second person, every sample with its verdicts."""
    parts: dict[str, Any] = {name: body[name] for name in ("second", "alone") if name in body}
    if key := case.second_key(body["second"], head.seq) if "second" in body else "":
        parts["second_key"] = key
    parts["samples"] = case.samples
    numbers = case.standing.numbers if case.standing.closed else case.numbers
    if "retyped" in numbers:
        parts["retypings"] = numbers["retyped"]
    if orders := orders_of(case):
        parts["orders"] = orders
    if case.beacon is not None:
        parts["beacon"] = case.beacon
    for name, events in (("keys", case.key_changes), ("clocks", case.clocks), ("own_keys", case.own_keys)):
        if before := [each for each in events if each["event"] <= head.seq]:
            parts[name] = before
    if case.pinned and "required" in case.pinned:
        parts["required"] = case.pinned["required"]
    return parts


def twin_bytes(parts: Mapping[str, Any]) -> bytes:
    """Give the bytes of a certificate's JSON file, whose SHA-256 `certified` holds."""
    return canonical(parts) + b"\n"


def certified_body(
    case: Case, form: str, key: OfficeKey, *, second: str = "", alone: str = "", second_key: PersonKey | None = None
) -> dict[str, Any]:
    """Give the body of a `certified` event: the head as it stands signed, and the certificate's digest.

    Args:
        case: whose verdict stands.
        form: which paper is signed.
        key: the office's.
        second: who certifies beside the one who acts.
        alone: why nobody does.
        second_key: with which the second person signs, where one of his is named in the case.

    Raises:
        Refused: there is no verdict, or the key is not the one named when the case was opened.
    """
    if not case.opened:
        raise Refused("the case has not been opened.")
    if key.public != case.key:
        raise Refused(f"this is not the office's key of this case, which is {case.key}. Name the file that holds it.")
    signature = sign(key, case.name, case.link).signature
    body = {"form": form, "signature": signature, **two_people(case, second, alone)}
    body["certificate"] = digest_of(case, body, case.link)
    return signed_second(case, "certified", body, second_key)


def digest_of(case: Case, body: Mapping[str, Any], head: Link) -> str:
    """Give the SHA-256 of the certificate's bytes."""
    return sha256(twin_bytes(twin(case, body, head))).hexdigest()


def twin_of(case: Case) -> dict[str, Any]:
    """Give the certificate of a case that is certified and was not reopened or changed since.

    Raises:
        Refused: it is not certified.
    """
    event = case.standing.certified
    if event is None or not case.standing.closed:
        raise Refused("this case is not certified, so there is no certificate to write.")
    return twin(case, event.body, Link(event.seq - 1, event.prev))
