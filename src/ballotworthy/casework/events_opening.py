"""The opening of a case: who may act, what may be shown, which days count, the law that is pinned."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ballotworthy.casework.alike import fault_of_look, like
from ballotworthy.casework.case import Case
from ballotworthy.casework.kind import Kind, Why, never
from ballotworthy.casework.parts import (
    COUNT,
    DAY,
    DIGEST,
    DISCLOSURE,
    FORMATS,
    ID,
    LINE,
    MAY,
    POSITIVE,
    TEXT,
    VALUE,
    maybe,
    tables,
)
from ballotworthy.casework.pinned import fault_of_rules, pinned_rules
from ballotworthy.casework.shapes import Part, is_digest, is_text, list_of, one_of, table
from ballotworthy.record import Event


def _refuse_opened(case: Case, event: Event) -> Why:
    if case.opened:
        return "the case is open already"
    if "practice" in event.body and event.body["record"] == FORMATS[0]:
        return "a record of version 1 has no word for practice"
    people = event.body["people"]
    ids = [person["id"] for person in people]
    if len(set(ids)) < len(ids):
        return "a person is named twice"
    for at, name in enumerate(ids):
        if other := like(name, ids[:at]):
            return _alike(name, other)
        if event.body["record"] != FORMATS[0] and (fault := fault_of_look(name)):
            return _odd(name, fault)
    if not any(person["id"] == event.by and "manage" in person["may"] for person in people):
        return f"{event.by} opens the case and is not among those who may manage it"
    return None


def _fold_opened(case: Case, event: Event) -> None:
    case.opened = event.body
    case.disclosure = event.body["disclosure"]
    case.known = {person["id"] for person in event.body["people"]}
    case.people = {person["id"]: frozenset(person["may"]) for person in event.body["people"]}
    case.keys = [(event.seq, event.body["key"])]
    case.days["filed"] = event.body["filed"]


def _refuse_admitted(case: Case, event: Event) -> Why:
    if other := like(event.body["id"], sorted(case.known)):
        return _alike(event.body["id"], other)
    if case.version > 1 and (fault := fault_of_look(event.body["id"])):
        return _odd(event.body["id"], fault)
    return None if "manage" in event.body["may"] else _without(case, event.body["id"])


def _fold_admitted(case: Case, event: Event) -> None:
    case.known.add(event.body["id"])
    case.people[event.body["id"]] = frozenset(event.body["may"])


def _refuse_dismissed(case: Case, event: Event) -> Why:
    leaving = event.body["id"]
    return _without(case, leaving) if leaving in case.people else f"{leaving} is not admitted"


def _fold_dismissed(case: Case, event: Event) -> None:
    del case.people[event.body["id"]]


def _fold_disclosed(case: Case, event: Event) -> None:
    case.disclosure = event.body["disclosure"]


def _fold_noted(case: Case, event: Event) -> None:
    case.days[event.body["what"]] = event.body["day"]


def _refuse_rules(case: Case, event: Event) -> Why:
    if case.pinned is not None:
        return "the law is pinned already"
    _, fault = fault_of_rules(event.body, case.opened["place"], case.opened["kind"], case.opened["on"])
    return fault or None


def _fold_rules(case: Case, event: Event) -> None:
    case.pinned = event.body
    case.rules = pinned_rules(event.body, *(case.opened[part] for part in ("place", "kind", "on")))


def _alike(name: str, other: str) -> str:
    return f"{name} looks like {other}, who was admitted before, so that nobody can tell them apart. Take another id"


def _odd(name: str, fault: str) -> str:
    return f"the id {name} may look like another: {fault}. Take another id"


def _without(case: Case, leaving: str) -> Why:
    if not any("manage" in roles for person, roles in case.people.items() if person != leaving):
        return f"{leaving} is the last who may manage the case. Admit somebody else first"
    return None


OPENED = {
    "record": Part(" or ".join(FORMATS), one_of(*FORMATS)),
    "case": LINE,
    "office": TEXT,
    "measure": TEXT,
    "place": TEXT,
    "kind": TEXT,
    "on": DAY,
    "filed": DAY,
    "key": Part("a public key in 64 small hexadecimal digits", is_digest),
    "voters": DIGEST,
    "disclosure": DISCLOSURE,
    "people": tables("people, each with id and roles", {"id": ID, "may": MAY}, least=1),
}
OPENING: Mapping[str, Kind] = MappingProxyType(
    {
        "opened": Kind(
            "the opening of the case",
            "manage",
            OPENED,
            _refuse_opened,
            _fold_opened,
            {**OPENED, "practice": maybe(Part("true", lambda value: value is True))},
        ),
        "admitted": Kind("the admission", "manage", {"id": ID, "may": MAY}, _refuse_admitted, _fold_admitted),
        "dismissed": Kind("the dismissal", "manage", {"id": ID}, _refuse_dismissed, _fold_dismissed),
        "disclosed": Kind(
            "the change of what may be shown", "manage", {"disclosure": DISCLOSURE, "why": TEXT}, never, _fold_disclosed
        ),
        "noted": Kind("the day", "manage", {"what": TEXT, "day": DAY}, never, _fold_noted),
        "rules": Kind(
            "the law",
            "manage",
            {
                "text": TEXT,
                "sha256": DIGEST,
                "values": Part(
                    "the rules in force", lambda value: type(value) is dict and all(map(VALUE, value.values()))
                ),
                "reasons": Part("a list of grounds", list_of(is_text, distinct=True)),
                "required": maybe(Part("a number and its source", table({"value": POSITIVE, "source": TEXT}))),
                "given": maybe(tables("rules given", dict.fromkeys(("rule", "value", "source"), TEXT), least=1)),
                "districts": maybe(
                    tables("districts", {"name": TEXT, "required": maybe(COUNT), "at_most": maybe(COUNT)})
                ),
            },
            _refuse_rules,
            _fold_rules,
        ),
    }
)
