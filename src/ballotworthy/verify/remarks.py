"""What a verifier tells beside the checks: lawful in a record, and to be known before it is believed (R0 to R41)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from .alike import skeleton
from .days import days_between
from .findings import number
from .form import Event
from .frame import Frame
from .remarks_late import Late
from .remarks_listed import chosen_size, is_odd, looks_listed, looks_of, odd_days, odd_law, told_of_frame
from .remarks_ruled import told_of_rulings
from .remarks_seed import few_seeds, rests_on
from .rulings import Rulings
from .shapes import FORMATS
from .shipped import changed_between, is_shipped, shipped_before, told_apart
from .values import is_time

DATED = frozenset({"received", "roll", "withdrawn", "challenged", "cured", "reopened"})
ODD = ("received", "roll")
CHANGES = frozenset({"corrected", "withdrawn", "struck"})
WEB = ("https://", "http://")
SAID = {
    "sufficient": "Sufficient, at a risk limit of ",
    "insufficient": "Insufficient, at a risk limit of ",
    "not decided": "Not decided at a risk limit of ",
}
SIGNERS = "Distinct valid signers"


ALONE = {"certified": "The certificate", "purged": "The purge"}
LACKING = (
    "The record is of version 1, which does not hold which line a repetition repeats, why a line is blank or struck, "
    "who certified beside the one who signed, or that a beacon was named before its value was known."
)


@dataclass(frozen=True)
class Remark:
    """One remark: its number, the event it is about, what it says, and what else this verifier knows of it."""

    number: str
    event: int
    says: str
    detail: str = ""

    def __str__(self) -> str:
        """Give both sentences."""
        return f"{self.says} {self.detail}".strip()


@dataclass
class Remarks:
    """The remarks so far, and what later ones depend on; `many` counts those that are told as one."""

    made: list[Remark] = field(default_factory=list)
    opened: dict[str, Any] = field(default_factory=dict)
    began: str = ""
    frame: int = 0
    verdict: tuple[int, str] | None = None
    samples: int = 0
    ruled: bool = False
    certified: int = 0
    named: dict[str, int] = field(default_factory=dict)
    required: int = 0
    seed: tuple[int, dict[str, Any]] | None = None
    beacon: tuple[int, str, dict[str, Any]] | None = None
    many: dict[str, list[int]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    odd: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    voters: int = 0
    rolls: int = 0
    values: dict[str, Any] | None = None
    late: Late = field(default_factory=Late)

    def tell(self, name: str, event: int, says: str, detail: str = "") -> None:
        """Make a remark."""
        self.made.append(Remark(name, event, says, detail))

    def count(self, name: str, event: int, words: str = "") -> None:
        """Note one more of what is told together, in words about the first."""
        self.many.setdefault(name, []).append(event)
        self.words.setdefault(name, words)

    def take(self, event: Event, rules: dict[str, Any] | None, lines: Frame) -> None:
        """Take in an event that stands in its place."""
        kind, body, seq = event.kind, event.body, event.seq
        if kind == "opened":
            self.opened = body
            if "practice" in body:
                self.tell("R0", seq, "This is a practice record, never a certificate: what it says counts for nothing.")
            if body["record"] == FORMATS[0]:
                self.tell("R20", seq, LACKING)
            self._opened(event)
        elif kind == "rules" and rules is not None:
            self._rules(body, seq)
        elif kind == "counted":
            self._counted(body, seq, lines)
        elif kind == "frame":
            self.frame, self.values = seq, rules and rules["values"]
            for says in looks_listed(lines, rules):
                self.tell("R7", seq, says)
        elif kind == "admitted" and skeleton(body["id"]) == skeleton(event.by):
            self.tell("R10", seq, f"“{body['id']}” was admitted anew by nobody else.")
        elif kind == "roll":
            self.rolls, self.voters = seq, self.voters + body["voters"]
        elif kind == "seed":
            self.seed = seq, body
            if says := few_seeds(body):
                self.tell("R29", seq, says)
        elif kind == "beacon_named":
            self.beacon = seq, event.at, body
        elif kind == "sample":
            self._sample(body, seq, rules)
        elif kind == "verdict":
            self.verdict = seq, body["verdict"]
            self._addresses(body, seq)
        elif kind == "risk":
            self._statement(body, seq, rules)
        elif kind == "certified":
            self.certified = seq
            self._times(event)
        elif kind == "clock_declared":
            says = f"Events {body['since']:,} to {seq - 1:,} have wrong times, say “{event.by}” and “{body['second']}”"
            self.tell("R23", seq, f"{says}, {_how(body)}: “{body['why']}”.")
        elif kind == "key_changed" and "lost" in body:
            says = f"The office's key was changed without the old one, by “{event.by}” and “{body['lost']['second']}”"
            self.tell("R24", seq, f"{says}, {_how(body)}: “{body['lost']['notice']}”.")
        elif kind == "second_key":
            self._person_key(event)
        elif kind == "purged":
            lawful = f", lawful from {body['lawful_from']} on" if "lawful_from" in body else ""
            says = f"Deleted on {event.at[:10]} (UTC): {', '.join(body['what'])}{lawful}, by the word of the office"
            self.tell("R28", seq, f"{says}: “{body['ground']}”.")
        if "alone" in body and kind in ALONE:
            self.tell("R21", seq, f"{ALONE[kind]} was the act of one person, “{event.by}”: “{body['alone']}”.")
        if kind in DATED and days_between(event.at[:10], body["day"]) > 1:
            self.count("R16", seq, body["day"])
        if kind in ODD and is_odd(kind, body["day"], self.opened["filed"]):
            self.odd.setdefault(kind, []).append((seq, body["day"]))
        if kind in CHANGES and self.verdict:
            self.count("R12", seq, f"event {self.verdict[0]:,} had said “{self.verdict[1]}”")
        self.ruled = self.ruled or kind == "decision"
        if not self.late.known or kind != "decision":  # the most frequent kind tells nothing more
            for each in self.late.take(event):
                self.tell(*each)

    def unfinished(self, seq: int, events: int, length: int) -> None:
        """Tell of a batch at the end of the record that is not all there."""
        says = f"The record ends within a batch of {length:,} events, of which {events:,} are there: they are left out."
        self.tell("R25", seq, says)

    def finish(self, lines: Frame, rulings: Rulings) -> tuple[Remark, ...]:
        """Give all remarks, by their numbers and events."""
        if self.frame:
            for name, says in told_of_frame(lines, self.values):
                self.tell(name, self.frame, says)
        for each in self.late.finish(rulings.overruled):
            self.tell(*each)
        for name, event, says in told_of_rulings(lines, rulings, self.voters):
            self.tell(name, event or (self.rolls if name == "R32" else self.frame), says)
        if self.samples and self.seed:
            seq, seed = self.seed
            if not self.beacon and seed["how"] == "beacon" and self.opened["record"] != FORMATS[0]:
                self.tell("R22", seq, "The beacon of the seed was not named before its value was known.")
            self.tell("R11", seq, rests_on(seed, self.beacon))
        if "R12" in self.many:
            says = f"{number(len(self.many['R12']), 'change')} of rulings came after {self.words['R12']}."
            self.tell("R12", self.many["R12"][0], says)
        if "R16" in self.many:
            events = number(len(self.many["R16"]), "event")
            says = f"{events} told a day that was still to come, first {self.words['R16']}."
            self.tell("R16", self.many["R16"][0], says)
        for kind, told in self.odd.items():
            self.tell("R31", told[0][0], odd_days(kind, [day for _, day in told], self.opened["filed"]))
        return tuple(sorted(self.made, key=lambda each: (int(each.number[1:]), each.event)))

    def _opened(self, event: Event) -> None:
        filed = self.opened["filed"]
        if days_between(event.at[:10], filed) > 1:
            self.tell(
                "R14", event.seq, f"The case was opened on {event.at[:10]} (UTC), before the day of filing, {filed}."
            )
        for says in looks_of("Case", [self.opened["case"]]):
            self.tell("R7", event.seq, says)
        if says := odd_law(self.opened["on"], filed):
            self.tell("R31", event.seq, says)

    def _rules(self, body: dict[str, Any], seq: int) -> None:
        place, kind, on = (self.opened[key] for key in ("place", "kind", "on"))
        if not is_shipped(place, body["sha256"]):
            says = f"The law pinned is no text that this program ships for “{place}”: it is the word of the office."
            if had := shipped_before(place, body["sha256"]):
                days = had[0] if had[0] == had[1] else f"{had[0]} to {had[1]}"
                says = f"The law pinned is this program's text for “{place}” of {days}, not its present one."
            self.tell("R1", seq, says, told_apart(place, kind, on, body["values"], body["reasons"]))
        elif says := changed_between(place, kind, on, self.opened["filed"]):
            self.tell("R40", seq, says)
        if "required" in body:
            given, held = body["required"], body["values"].get("requirement")
            instead = "which holds none" if held is None else f"which says {held:,}"
            says = (
                f"The office gave the number required: {given['value']:,} (“{given['source']}”), not the law pinned, "
            )
            self.tell("R2", seq, f"{says}{instead}.")
        for each in body.get("given", []):
            says = f"The office gave a rule that decides: {each['rule']} {each['value']} (“{each['source']}”)."
            self.tell("R3", seq, says)
        if body.get("districts"):
            self.tell("R4", seq, f"The office gave the numbers of {number(len(body['districts']), 'district')}.")

    def _counted(self, body: dict[str, Any], seq: int, lines: Frame) -> None:
        if "explained" in body and body["batch"] in lines.batches:
            sheets, promised = lines.batches[body["batch"]]
            was = f"{number(promised, 'line')} on {number(sheets, 'sheet')}"
            found = f"{number(body['lines'], 'line')} on {number(body['sheets'], 'sheet')}"
            says = (
                f"Batch “{body['batch']}” came in with {was}; {found} were counted, explained: “{body['explained']}”."
            )
            self.tell("R5", seq, says)

    def _sample(self, body: dict[str, Any], seq: int, rules: dict[str, Any] | None) -> None:
        self.samples += 1
        if self.samples == 1 and rules is not None and (says := chosen_size(body, rules["values"])):
            self.tell("R30", seq, says)
        if self.samples > 1:
            before = "before any ruling"
            if self.verdict:
                before = f"after event {self.verdict[0]:,} had said “{self.verdict[1]}”"
            elif self.ruled:
                before = "after rulings on the one before"
            self.tell("R15", seq, f"Sample {self.samples} was drawn {before}.")

    def _addresses(self, body: dict[str, Any], seq: int) -> None:
        for each in (body["source"], body["requirement_source"], *body["steps"]):
            if each["url"] and not each["url"].startswith(WEB):
                self.tell("R17", seq, f"A source is no address of the web: “{each['url']}”.")
                return

    def _person_key(self, event: Event) -> None:
        person, before = event.body["person"], self.named.get(event.body["person"])
        says = f"“{event.by}” named a key with which “{person}” signs"
        if before is not None:
            says = f"“{event.by}” named another key with which “{person}” signs, in place of that of event {before:,}"
        says += f": {event.body['key']}. Whether it is that person's, they say by publishing it."
        if self.certified:
            says += f" It came after the certificate in event {self.certified:,}, which it did not sign."
        self.named[person] = event.seq
        self.tell("R27", event.seq, says)

    def _statement(self, body: dict[str, Any], seq: int, rules: dict[str, Any] | None) -> None:
        begins = SAID[body["decided"]]
        interval = f"{SIGNERS}: {body['low']:,} to {body['high']:,}, "
        words = body["statement"]
        if rules is not None and not (words.startswith(begins) and interval in words and words.count(SIGNERS) == 1):
            self.tell("R18", seq, f"What is said of the risk in words does not tell its numbers: “{words}”.")

    def _times(self, event: Event) -> None:
        filed = self.opened.get("filed", "")
        if not (is_time(self.began) and is_time(event.at)):
            return
        if days_between(filed, event.at[:10]) > 731:
            says = (
                f"The certificate is dated {event.at[:10]} (UTC), more than two years after the day of filing, {filed}."
            )
            self.tell("R14", event.seq, says)
        seconds = int((_moment(event.at) - _moment(self.began)).total_seconds())
        if seconds < 60:
            says = f"By its own clock the case went from opening to certificate in {number(seconds, 'second')}."
            self.tell("R19", event.seq, says)


def _how(body: dict[str, Any]) -> str:
    return "who signed it" if "signed" in body else "by name only, without a signature"


def _moment(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at)
