"""A case as its events have left it: `fold` adds one event; whether it may be added, `order.py` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ballotworthy.casework.framed import Frame
from ballotworthy.casework.pinned import pinned_rules
from ballotworthy.casework.rulings import Looks, Ruling, ruling_in
from ballotworthy.law import Rules
from ballotworthy.record import FIRST, Event, Link

Body = Mapping[str, Any]


@dataclass
class Batch:
    """What came in together: as the filer said, and as it was counted; `counted` is None until then."""

    received: Body
    counted: Body | None = None


@dataclass
class Sample:
    """The lines to examine: the last `sample` event, and all of its lines."""

    body: Body
    lines: frozenset[str]


@dataclass
class Standing:
    """How far the case is: the last counts and verdict that are current, the last certificate, what was certified.

    `certified` is the last `certified` event, whether or not the case was reopened since; `closed` says that it
    was not; `numbers` and `rolls` are as they were then. `risk` says that the last statement of risk is current.
    """

    counts: Event | None = None
    verdict: Event | None = None
    certified: Event | None = None
    closed: bool = False
    risk: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    rolls: Mapping[str, Body] = field(default_factory=dict)


@dataclass
class Case:
    """A case folded from its events.

    Attributes:
        link, at: number, hash and time of the last event.
        opened: the body of `opened`; empty before it.
        people: the roles of everybody who may act.
        pinned, rules: the body of `rules` and what it says; None before it.
        batches: what came in, by name.
        frame: the lines listed, fixed or not.
        rolls, proposals, seed: the bodies of these events.
        sample: what is to be examined; None before it.
        looks: what people ruled, by line.
        tally: by person, how many first looks, second looks, resolutions and corrections.
        withdrawn: voters who withdrew.
        struck: lines taken out, each with its ground.
        disputes: events that a correction or a strike may answer: their number, and their line.
        numbers: how many events of each kind there are.
        days: the days that deadlines count from, by the word of the law.
        standing: counts, verdict, certificate.
        risk_terms: what the risk-limiting check asks; None where there is none.
        weighings: by line, how many further valid lines of its signer were found.
        risk: the last statement of risk.
        reopened: the orders to reopen.
        replaced: the `certified` events that such an order undid.
    """

    link: Link = FIRST
    at: str = ""
    opened: Body = field(default_factory=dict)
    disclosure: str = "closed"
    people: dict[str, frozenset[str]] = field(default_factory=dict)
    pinned: Body | None = None
    rules: Rules | None = None
    batches: dict[str, Batch] = field(default_factory=dict)
    frame: Frame = field(default_factory=Frame)
    rolls: dict[str, Body] = field(default_factory=dict)
    proposals: Body | None = None
    seed: Body | None = None
    sample: Sample | None = None
    assigned: dict[str, list[str]] = field(default_factory=dict)
    looks: dict[str, Looks] = field(default_factory=dict)
    tally: dict[str, dict[str, int]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    struck: dict[str, str] = field(default_factory=dict)
    disputes: dict[int, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    risk_terms: Body | None = None
    weighings: dict[str, int] = field(default_factory=dict)
    risk: Body | None = None
    reopened: list[Body] = field(default_factory=list)
    replaced: list[Event] = field(default_factory=list)
    purged: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Give the case's id."""
        return str(self.opened["case"])

    def ruling(self, line: str) -> Ruling | None:
        """Give the ruling on a line, withdrawals considered; None where there is none."""
        looks = self.looks.get(line)
        return None if looks is None else ruling_in(looks, self.withdrawn)


def fold(case: Case, event: Event) -> None:
    """Add an event to the case that it happened in; it has been found lawful before."""
    _FOLDS[event.kind](case, event)
    case.link, case.at = event.link, event.at
    case.numbers[event.kind] = case.numbers.get(event.kind, 0) + 1


def _opened(case: Case, event: Event) -> None:
    case.opened = event.body
    case.disclosure = event.body["disclosure"]
    case.people = {person["id"]: frozenset(person["may"]) for person in event.body["people"]}
    case.days["filed"] = event.body["filed"]


def _admitted(case: Case, event: Event) -> None:
    case.people[event.body["id"]] = frozenset(event.body["may"])


def _dismissed(case: Case, event: Event) -> None:
    del case.people[event.body["id"]]


def _disclosed(case: Case, event: Event) -> None:
    case.disclosure = event.body["disclosure"]


def _noted(case: Case, event: Event) -> None:
    case.days[event.body["what"]] = event.body["day"]


def _rules(case: Case, event: Event) -> None:
    case.pinned = event.body
    case.rules = pinned_rules(event.body, *(case.opened[part] for part in ("place", "kind", "on")))


def _received(case: Case, event: Event) -> None:
    case.batches[event.body["batch"]] = Batch(event.body)
    case.days["received"] = max(event.body["day"], case.days.get("received", ""))


def _counted(case: Case, event: Event) -> None:
    case.batches[event.body["batch"]].counted = event.body


def _lines(case: Case, event: Event) -> None:
    case.frame.add(event.body["lines"])


def _frame(case: Case, event: Event) -> None:
    case.frame.fix(event.body, blank_lines=case.rules is None or case.rules.blank_lines_count)
    case.days["counted"] = event.at[:10]


def _roll(case: Case, event: Event) -> None:
    case.rolls[event.body["roll"]] = event.body


def _proposals(case: Case, event: Event) -> None:
    case.proposals = event.body


def _seed(case: Case, event: Event) -> None:
    case.seed = event.body


def _sample(case: Case, event: Event) -> None:
    body = event.body
    if body["scope"] == "all":
        lines = frozenset(line for ids in case.frame.drawable.values() for line in ids if line not in case.struck)
    else:
        lines = frozenset(line for stratum in body["strata"] for line in stratum["ids"])
    case.sample = Sample(body, lines)
    case.standing.closed = False
    _changed(case)


def _assigned(case: Case, event: Event) -> None:
    case.assigned.setdefault(event.body["person"], []).extend(event.body["lines"])


def _ruled(case: Case, event: Event) -> None:
    body = event.body
    ruling = Ruling(body["outcome"], body.get("reason", ""), body.get("voter", ""), event.by)
    looks = case.looks.get(body["line"])
    if looks is None:
        looks = case.looks[body["line"]] = Looks()
    which = event.kind
    if which == "decision":
        which = "first" if body["look"] == 1 else "second"
    setattr(looks, which, ruling)
    if which in ("resolved", "corrected"):
        case.weighings.pop(body["line"], None)
    tally = case.tally.get(event.by)
    if tally is None:
        tally = case.tally[event.by] = dict.fromkeys(("first", "second", "resolved", "corrected"), 0)
    tally[which] += 1
    _changed(case)


def _withdrawn(case: Case, event: Event) -> None:
    case.withdrawn.add(event.body["voter"])
    _changed(case)


def _disputed(case: Case, event: Event) -> None:
    case.disputes[event.seq] = event.body["line"]


def _struck(case: Case, event: Event) -> None:
    case.struck[event.body["line"]] = event.body["reason"]
    _changed(case)


def _counts(case: Case, event: Event) -> None:
    case.standing.counts, case.standing.verdict = event, None


def _verdict(case: Case, event: Event) -> None:
    case.standing.verdict = event


def _risk_terms(case: Case, event: Event) -> None:
    case.risk_terms = event.body


def _weighed(case: Case, event: Event) -> None:
    case.weighings[event.body["line"]] = event.body["further"]
    case.standing.risk = False


def _risk(case: Case, event: Event) -> None:
    case.risk, case.standing.risk = event.body, True


def _certified(case: Case, event: Event) -> None:
    standing = case.standing
    standing.certified, standing.closed = event, True
    standing.numbers, standing.rolls = dict(case.numbers), dict(case.rolls)
    case.days["certified"] = event.at[:10]


def _reopened(case: Case, event: Event) -> None:
    case.reopened.append(event.body)
    case.replaced += [case.standing.certified] if case.standing.certified else []
    case.standing.closed = False


def _purged(case: Case, event: Event) -> None:
    case.purged.update(event.body["what"])


def _changed(case: Case) -> None:
    """Forget counts, verdict and risk: what they were made from has changed."""
    case.standing.counts = case.standing.verdict = None
    case.standing.risk = False


_FOLDS: Mapping[str, Callable[[Case, Event], None]] = MappingProxyType(
    {
        "opened": _opened,
        "admitted": _admitted,
        "dismissed": _dismissed,
        "disclosed": _disclosed,
        "noted": _noted,
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
        "assigned": _assigned,
        "decision": _ruled,
        "resolved": _ruled,
        "corrected": _ruled,
        "withdrawn": _withdrawn,
        "challenged": _disputed,
        "cured": _disputed,
        "struck": _struck,
        "weighed": _weighed,
        "counts": _counts,
        "verdict": _verdict,
        "risk": _risk,
        "certified": _certified,
        "reopened": _reopened,
        "purged": _purged,
    }
)
