"""What mends a record without altering it: a wrong clock declared, the office's key changed, a person's named."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.kind import Kind, Why
from ballotworthy.casework.parts import DIGEST, ID, POSITIVE, SIGNATURE, TEXT, maybe
from ballotworthy.casework.shapes import Part, table
from ballotworthy.casework.two_people import fault_beside
from ballotworthy.record import SIGNED, Event, Link, is_key, is_key_signed, is_own_key


def _refuse_clock(case: Case, event: Event) -> Why:
    since = event.body["since"]
    if not 2 <= since < event.seq:
        return f"the events of a wrong clock begin with one from 2 to {event.seq - 1}, not with {since}"
    if event.at >= case.at:
        return f"the clock says {event.at}, and the last event is of {case.at}: no clock was ahead"
    if event.at < case.time_of(since - 1):
        return f"event {since - 1} is of {case.time_of(since - 1)}, after {event.at}: begin with an earlier event"
    return fault_beside(case, event, event.body["second"])


def _fold_clock(case: Case, event: Event) -> None:
    said = {part: text for part, text in event.body.items() if part != SIGNED}
    case.clocks.append({"event": event.seq, **said, **_key_of(case, event, said["second"])})
    case.clocked = {name: min(at, event.at) for name, at in case.clocked.items()}


def _refuse_key(case: Case, event: Event) -> Why:
    body, head = event.body, Link(event.seq - 1, event.prev)
    if not is_key(body["key"]):
        return "the new key is one for which anybody can sign, or none at all"
    if any(body["key"] == key for _, key in case.keys):
        return "the new key is no new one"
    if any(body["key"] == key for *_, key in case.second_keys):
        return "the new key is that of a person who stands second; the office has one of its own"
    if not is_key_signed(case.name, head, body["key"], body["own"], by=body["key"]):
        return "the new key has not signed the change"
    if ("old" in body) == ("lost" in body):
        return "either the old key signs the change, or it is lost; one of the two"
    if "old" in body and SIGNED in body:
        return "nobody stands second where the old key signs the change"
    if "old" in body:
        signed = is_key_signed(case.name, head, body["key"], body["old"], by=case.key)
        return None if signed else "the old key has not signed the change"
    return fault_beside(case, event, body["lost"]["second"])


def _fold_key(case: Case, event: Event) -> None:
    case.keys.append((event.seq, event.body["key"]))
    lost: dict[str, Any] = {}
    if "lost" in event.body:
        lost = {"lost": event.body["lost"], **_key_of(case, event, event.body["lost"]["second"])}
    case.key_changes.append({"event": event.seq, "key": event.body["key"], **lost})


def _key_of(case: Case, event: Event, second: str) -> dict[str, str]:
    """Give the key with which the second person of an act signed, as a certificate shows it."""
    key = case.second_key(second, event.seq)
    return {"second_key": key} if key else {}


def _refuse_second_key(case: Case, event: Event) -> Why:
    body = event.body
    if body["person"] not in case.people:
        return f"{body['person']} has not been admitted to this case"
    if not is_key(body["key"]):
        return "the key is one for which anybody can sign, or none at all"
    if any(body["key"] == key for _, key in case.keys) or any(body["key"] == key for *_, key in case.second_keys):
        return "the key was named before, or is the office's own; each person has one of his own"
    if not is_own_key(case.name, Link(event.seq - 1, event.prev), body["person"], body["key"], body["own"]):
        return "the key has not signed that it is his"
    return None


def is_of_himself(case: Case, event: Event) -> bool:
    """Whether somebody who is admitted names a key of his own: for that he needs no role."""
    return event.kind == "second_key" and event.by in case.people and bool(event.body["person"] == event.by)


def _fold_second_key(case: Case, event: Event) -> None:
    case.second_keys.append((event.seq, event.body["person"], event.body["key"]))
    shown = {name: event.body[name] for name in ("person", "key")}
    case.own_keys.append({"event": event.seq, "by": event.by, **shown})


MENDING: Mapping[str, Kind] = MappingProxyType(
    {
        "clock_declared": Kind(
            "the declaration of a wrong clock",
            "manage",
            {"since": POSITIVE, "second": ID, "why": TEXT, SIGNED: maybe(SIGNATURE)},
            _refuse_clock,
            _fold_clock,
            since=2,
        ),
        "key_changed": Kind(
            "the change of the office's key",
            "manage",
            {
                "key": DIGEST,
                "own": SIGNATURE,
                "old": maybe(SIGNATURE),
                "lost": maybe(Part("a second person and a notice", table({"second": ID, "notice": TEXT}))),
                SIGNED: maybe(SIGNATURE),
            },
            _refuse_key,
            _fold_key,
            since=2,
        ),
        "second_key": Kind(
            "the key of the second person",
            "manage",
            {"person": ID, "key": DIGEST, "own": SIGNATURE},
            _refuse_second_key,
            _fold_second_key,
            since=2,
        ),
    }
)
