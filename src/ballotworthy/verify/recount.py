"""A record read line by line and recounted: the walk through all checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .batches import finished
from .certificate import OF_NO_PAPER, Material
from .chain import Chain
from .counts import check_counts, check_repetitions
from .days import day_fault, days_between
from .findings import Findings, number
from .form import Event, Malformed, NotText, claimed_hash, read_event, sha256_of
from .frame import Frame
from .keys import Keys
from .order import AFTER, ONCE, Order
from .people import People
from .quick import quick_decision
from .remarks import Remarks
from .risk import Risk
from .rules import given_fault, shape_fault, text_fault, values_of
from .rulings import ON_LINES, Rulings
from .sample import Sample
from .seeds import Seeded
from .shapes import FORMATS, KINDS
from .shapes_two import KINDS_2
from .signed import is_weak, vouches
from .steps import check_verdict
from .values import Test

OF_TWO = frozenset({"certified", "purged", "clock_declared", "key_changed"})
"""The acts that name a second person, who signs if he has a key."""
UNREMARKED = frozenset({"assigned", "lines", "weighed"})


@dataclass
class Recount:
    """A recount under way: what each part of the record has come to, and what was found."""

    chain: Chain = field(default_factory=Chain)
    findings: Findings = field(default_factory=Findings)
    order: Order = field(default_factory=Order)
    people: People = field(default_factory=People)
    frame: Frame = field(default_factory=Frame)
    sample: Sample = field(default_factory=Sample)
    rulings: Rulings = field(default_factory=Rulings)
    seeded: Seeded = field(default_factory=Seeded)
    risk: Risk = field(default_factory=Risk)
    material: Material = field(default_factory=Material)
    remarks: Remarks = field(default_factory=Remarks)
    keys: Keys = field(default_factory=Keys)
    opened: dict[str, Any] | None = None
    version: int = 2  # until the opening tells another
    rules: dict[str, Any] | None = None
    counts: dict[str, Any] | None = None
    certificate: bytes | None = None
    paper: Event | None = None
    lines: int = 0

    @property
    def certified(self) -> int:
        """Give the event of the last certificate, 0 where there is none."""
        return self.paper.seq if self.paper else 0

    def read(self, lines: Iterable[bytes]) -> None:
        """Go through the lines of a record, each with its line feed, but not a batch at its end that is unfinished."""
        findings = self.findings
        for at, line in enumerate(finished(lines, self._left_out), 1):
            self.lines = at
            findings.line, findings.event = at, None
            raw = line[:-1] if line.endswith(b"\n") else line
            if raw is line:
                findings.fail("V1", of_event=True)
            try:
                quick = quick_decision(raw)
                event = quick or read_event(raw)
            except Malformed as malformed:
                if isinstance(malformed, NotText):
                    findings.fail("V1", says=f"Line {at} is not text in UTF-8.")
                findings.fail("V2", str(malformed))
                self.chain.seq, self.chain.head = self.chain.seq + 1, claimed_hash(raw)
                findings.unreadable = findings.unreadable or at
                continue
            findings.event = event.seq
            self.chain.take(event, raw, findings)
            if findings.unreadable is None:
                self._take(event, fits=quick is not None)
        if not self.lines:
            findings.fail("V1", says="The record is empty.", of_event=False)

    def _left_out(self, events: int, length: int) -> None:
        self.remarks.unfinished(self.lines + 1, events, length)

    def _take(self, event: Event, *, fits: bool) -> None:
        findings = self.findings
        known = self.kinds.get(event.kind)
        if known is None or not (fits or known[1](event.body)):
            findings.fail("V7", f"its kind is {event.kind!r}" if known is None else "")
            findings.unreadable = findings.line
            return
        if event.batch is not None and self.version == 1:
            findings.fail("V3", "a record of version 1 has no batches")
        late = self.order.fault(event)
        if late:
            findings.fail("V9", late)
        outside = "" if late and (event.kind == "opened" or self.opened is None) else self.people.fault(event)
        if outside:
            findings.fail("V8", outside)
        if late and self._out_of_reach(event):
            return
        if event.kind in OF_TWO and self.version == 2 and self.opened is not None:
            self.keys.second(event, self.opened["case"], self.people, findings)
        self.order.advance(event)
        if event.kind in ON_LINES:
            self._on_lines(event)
        elif event.kind in _STEPS:
            _STEPS[event.kind](self, event)
        else:
            changed = self.people.change(event)
            if changed:
                findings.fail("V9", changed)
        if event.kind not in OF_NO_PAPER:
            self.material.take(event, self.keys)
        if event.kind not in UNREMARKED:
            self.remarks.began = self.chain.began
            self.remarks.take(event, self.rules, self.frame)

    @property
    def kinds(self) -> Mapping[str, tuple[str, Test]]:
        """The kinds of events of the record's version."""
        return KINDS_2 if self.version == 2 else KINDS

    def _out_of_reach(self, event: Event) -> bool:
        """Whether an event in the wrong place stands too early, or a second time, so that it can have no effect."""
        again = event.kind == "opened" or (event.kind in ONCE and event.kind in self.order.seen)
        return again or self.opened is None or not self.order.seen.issuperset(AFTER.get(event.kind, ()))

    def _on_lines(self, event: Event) -> None:
        if self.rules is not None:
            self.rulings.take(event, self.frame, self.rules["reasons"], self.people, self.findings)
        if self.version == 2 and event.kind == "withdrawn" and self.opened is not None:
            fault = day_fault(event.body["day"], self.opened["filed"], event.at)
            if fault:
                self.findings.fail("V14", f"the withdrawal is of a day that {fault}")
        if event.kind in ("resolved", "corrected"):
            self.risk.weighings.pop(self.frame.at.get(event.body["line"], -1), None)

    def _opened(self, event: Event) -> None:
        self.opened = event.body
        self.keys.held.append((event.seq, event.body["key"]))
        self.version = self.rulings.version = self.order.version = 1 + FORMATS.index(event.body["record"])
        self.order.practice = "practice" in event.body

    def _rules(self, event: Event) -> None:
        if self.opened is None:
            return
        body = event.body
        fault = shape_fault(body["values"])
        if fault:
            self.findings.fail("V10", fault)
            self.findings.unreadable = self.findings.line
            return
        fault = given_fault(body) or text_fault(body, self.opened["kind"], self.opened["on"])
        self.rules = {**body, "values": values_of(body), "version": self.version}
        if fault:
            self.findings.fail("V10", fault)
        self.findings.found["V10"] = (
            f"{number(len(body['values']), 'rule')} and {number(len(body['reasons']), 'ground')} of "
            f"{self.opened['place']} {self.opened['kind']} on {self.opened['on']}"
        )

    def _key_changed(self, event: Event) -> None:
        if self.opened is not None:
            self.keys.change(event, self.opened["case"], self.findings)

    def _second_key(self, event: Event) -> None:
        if self.opened is not None:
            self.keys.name(event, self.opened["case"], self.people, self.findings)

    def _received(self, event: Event) -> None:
        self.frame.receive(event.body, self.findings)

    def _counted(self, event: Event) -> None:
        self.frame.count(event.body, self.findings)

    def _lines(self, event: Event) -> None:
        if self.rules is not None:
            self.frame.list_lines(event.body["lines"], self.rules, self.findings)
        if "marked" in event.body and self.opened is not None:
            fault = day_fault(event.body["marked"], self.opened["filed"], event.at)
            if fault:
                self.findings.fail("V12", f"lines are marked on a day that {fault}")

    def _frame(self, event: Event) -> None:
        self.frame.fix(event.body, self.findings)
        if self.opened is not None and days_between(event.at[:10], self.opened["filed"]) > 1:
            told = f"The lines in event {event.seq} were fixed before the petition was filed."
            self.findings.fail("V6", f"its time is {event.at}, and the day of filing {self.opened['filed']}", says=told)

    def _roll(self, event: Event) -> None:
        if event.body["roll"] in self.rulings.rolls:
            self.findings.fail("V9", "that roll was named before")
        self.rulings.rolls.add(event.body["roll"])

    def _beacon_named(self, event: Event) -> None:
        self.seeded.name(event, self.findings)

    def _seed(self, event: Event) -> None:
        self.sample.seed = event.body["seed"]
        self.seeded.draw(event, self.findings)

    def _sample(self, event: Event) -> None:
        if self.rules is not None:
            self.sample.draw(event.body, self.frame, self.rules["values"], self.findings)

    def _counts(self, event: Event) -> None:
        self.counts = event.body
        if self.rules is not None:
            if self.version == 2:
                check_repetitions(self.frame, self.rulings, self.rules["values"], self.findings)
            check_counts(event.body, self.frame, self.rulings, self.rules["values"], self.findings)

    def _verdict(self, event: Event) -> None:
        if self.rules is not None and self.counts is not None:
            check_verdict(event.body, self.counts, self.rules, self.findings)

    def _risk_terms(self, event: Event) -> None:
        if self.rules is not None:
            self.risk.begin(event.body, self.frame, self.rules, "proposals" in self.order.seen, self.findings)

    def _weighed(self, event: Event) -> None:
        self.risk.weigh(event.body, self.frame, self.findings)

    def _risk(self, event: Event) -> None:
        if self.rules is not None and self.sample.seed is not None:
            self.risk.state(event.body, self.frame, self.rulings, self.rules, self.sample.seed, self.findings)

    def _purged(self, event: Event) -> None:
        body = event.body
        if event.at[:10] < body.get("lawful_from", ""):
            self.findings.fail("V9", f"by its own words it is lawful from {body['lawful_from']} on")
        if "keys" in body["what"] and self.version == 2:
            self.rulings.lose_key(event.seq)

    def _certified(self, event: Event) -> None:
        if self.opened is None:
            return
        body = event.body
        self.paper = event
        if not vouches(self.keys.last, body["signature"], self.opened["case"], event.seq - 1, event.prev):
            weak = "its key is one under which anybody can sign" if is_weak(self.keys.last) else ""
            self.findings.fail("V21", weak)
        self.findings.found["V21"] = f"by the key {self.keys.last[:16]}..., in event {event.seq:,}"
        self.certificate = self.material.certificate(event, self.keys, self.rulings.orders())
        digest = sha256_of(self.certificate)
        if digest != body["certificate"]:
            self.findings.fail(
                "V22", f"the record gives {digest[:16]}..., and {body['certificate'][:16]}... was signed"
            )
        self.findings.found["V22"] = f"digest {digest[:16]}..."


_STEPS = {
    "opened": Recount._opened,
    "rules": Recount._rules,
    "received": Recount._received,
    "counted": Recount._counted,
    "lines": Recount._lines,
    "frame": Recount._frame,
    "roll": Recount._roll,
    "beacon_named": Recount._beacon_named,
    "key_changed": Recount._key_changed,
    "second_key": Recount._second_key,
    "seed": Recount._seed,
    "sample": Recount._sample,
    "counts": Recount._counts,
    "verdict": Recount._verdict,
    "risk_terms": Recount._risk_terms,
    "weighed": Recount._weighed,
    "risk": Recount._risk,
    "certified": Recount._certified,
    "purged": Recount._purged,
}
