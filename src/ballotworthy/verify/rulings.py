"""What people ruled on lines, and whether the rules allow it (V14); what stands on each line in the end (V15)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NamedTuple

from .findings import Findings
from .form import Event
from .frame import DRAWABLE, DRAWN, STRUCK, Frame
from .people import People


class Ruling(NamedTuple):
    """What a person ruled on a line: `reason` is empty where it is valid, `voter` and `repeats` where none is named."""

    reason: str
    voter: bytes
    repeats: str = ""

    @property
    def valid(self) -> bool:
        """Whether the line is ruled valid."""
        return not self.reason


@dataclass
class Rulings:
    """The rulings so far, by the line's place in the frame.

    `first` and `second` are its looks, `by` and `second_by` who made them, `resolved` and `corrected` what came after.
    `withdrawn` are voters. `looks` counts first, second, resolved and corrected by person. `claims` is the line of each
    challenge and cure, by the number of its event. `alone` are the corrections of a disagreement that a third had
    ended, in version 1 of the record the resolutions, by somebody who had made one of the two looks. `retyped` are
    lines whose cells were typed anew, with who did, `retyping` the first event that did. `keyless` is the event that
    purged the key for voters, `named` the voters named before it, `replaced` those named in corrections that were
    corrected again. `overruled` are lines corrected to something other than two looks had agreed on, with the event.
    `ordered` are lines refused or struck by a court's order, with its words, `ordering` the first event that names one.
    """

    first: dict[int, Ruling] = field(default_factory=dict)
    second: dict[int, Ruling] = field(default_factory=dict)
    by: dict[int, str] = field(default_factory=dict)
    second_by: dict[int, str] = field(default_factory=dict)
    resolved: dict[int, Ruling] = field(default_factory=dict)
    corrected: dict[int, Ruling] = field(default_factory=dict)
    withdrawn: set[bytes] = field(default_factory=set)
    looks: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    claims: dict[int, str] = field(default_factory=dict)
    rolls: set[str] = field(default_factory=set)
    alone: list[int] = field(default_factory=list)
    retyped: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    retyping: int = 0
    keyless: int = 0
    named: set[bytes] = field(default_factory=set)
    replaced: set[bytes] = field(default_factory=set)
    overruled: dict[int, int] = field(default_factory=dict)
    ordered: dict[int, str] = field(default_factory=dict)
    ordering: int = 0
    made: int = 0
    version: int = 2

    def of(self, line: int) -> Ruling | None:
        """Give what stands on a line, before withdrawals, or None while it is open."""
        if line in self.corrected:
            return self.corrected[line]
        if line in self.resolved:
            return self.resolved[line]
        first = self.first.get(line)
        second = self.second.get(line)
        return first if second is None or second == first else None

    def take(self, event: Event, frame: Frame, reasons: list[str], people: People, findings: Findings) -> None:
        """Take in an event on a line, and note what the rules do not allow."""
        fault = getattr(self, f"_{event.kind}")(event, frame, reasons, people) or self._nameless(event)
        if fault:
            findings.fail("V14", fault)
        self.made += 1
        if "order" in event.body or (self.ordered and event.kind in RULED):
            self._take_order(event, frame)

    def _take_order(self, event: Event, frame: Frame) -> None:
        """Take in by which order a line is out from now on, if by one; of two looks the first one's words count."""
        line, order = frame.at.get(event.body["line"]), event.body.get("order")
        second = event.body.get("look") == 2
        if order:
            self.ordering = self.ordering or event.seq
        if line is None or (second and (line in self.ordered or not order)):
            return
        if order:
            self.ordered[line] = intern(order)
        else:
            self.ordered.pop(line, None)

    def orders(self) -> list[dict[str, Any]]:
        """Give the orders by which lines are out, as a certificate holds them."""
        return [{"order": order, "lines": lines} for order, lines in sorted(Counter(self.ordered.values()).items())]

    def lose_key(self, seq: int) -> None:
        """Take in that the key for voters is gone: from now on nobody can be named who was not named before."""
        if not self.keyless:
            ruled = (self.first, self.second, self.resolved, self.corrected)
            self.named = {ruling.voter for rulings in ruled for ruling in rulings.values()}
            self.named |= self.withdrawn | self.replaced
        self.keyless = self.keyless or seq

    def _nameless(self, event: Event) -> str:
        """Give what an event says that only the key for voters could tell, which was purged, or nothing."""
        if not self.keyless:
            return ""
        if event.kind == "retyped":
            return f"cells are typed anew, and the key for voters was purged in event {self.keyless:,}"
        if bytes.fromhex(event.body.get("voter", "")) in self.named | {b""}:
            return ""
        return f"it names a voter anew, and the key for voters was purged in event {self.keyless:,}"

    def one_sided(self) -> int:
        """Give how many lines typed anew were looked at by nobody but people who had typed them."""
        found = 0
        for line, typed in self.retyped.items():
            looked = {by for by in (self.by.get(line), self.second_by.get(line)) if by is not None}
            found += bool(looked) and looked <= typed
        return found

    def _retyped(self, event: Event, frame: Frame, _: list[str], __: People) -> str:
        name = event.body["line"]
        self.retyping = self.retyping or event.seq
        line = frame.at.get(name)
        if line is None:
            return _not_drawn(name, None)
        self.retyped[line].add(event.by)
        if line in self.first or frame.state[line] & STRUCK:
            return f"line {name} was ruled on before its cells were typed anew"
        return ""

    def _decision(self, event: Event, frame: Frame, reasons: list[str], _: People) -> str:
        body, line = event.body, frame.at.get(event.body["line"])
        if line is None or not frame.state[line] & DRAWN:
            return _not_drawn(body["line"], line)
        name, ruling = body["line"], _ruling(body)
        if body["look"] == 1:
            fault = f"line {name} was looked at before" if line in self.first else ""
            self.first[line], self.by[line] = ruling, intern(event.by)
            self.looks[event.by][0] += 1
        else:
            fault = _second(name, line in self.second, self.by.get(line), event.by)
            if line in self.resolved or line in self.corrected:
                fault = fault or f"line {name} was resolved or corrected before its second look"
            self.second[line], self.second_by[line] = ruling, intern(event.by)
            self.looks[event.by][1] += 1
        return fault or self._lawful(body, reasons) or self._repeated(body, frame)

    def _resolved(self, event: Event, frame: Frame, reasons: list[str], _: People) -> str:
        body, line = event.body, frame.at.get(event.body["line"])
        self.looks[event.by][2] += 1
        if line is None or not frame.state[line] & DRAWN:
            return _not_drawn(body["line"], line)
        fault = ""
        if line in self.resolved:
            fault = f"the disagreement on line {body['line']} was resolved before"
        elif line not in self.second or self.first.get(line) == self.second[line]:
            fault = f"no two looks at line {body['line']} disagree"
        fault = fault or self._ends_his_own(event, line)
        self.resolved[line] = _ruling(body)
        return fault or self._lawful(body, reasons) or self._repeated(body, frame)

    def _corrected(self, event: Event, frame: Frame, reasons: list[str], _: People) -> str:
        body, line = event.body, frame.at.get(event.body["line"])
        self.looks[event.by][3] += 1
        if line is None or not frame.state[line] & DRAWN:
            return _not_drawn(body["line"], line)
        fault = "" if line in self.first else f"there is no ruling on line {body['line']} that it could correct"
        if line in self.second and self.of(line) is None:
            fault = fault or self._ends_his_own(event, line)
        elif line in self.second and self.first.get(line) != self.second[line]:
            self.alone += [event.seq] if self.version > 1 and self._looked(event, line) else []
        if line in self.corrected:
            self.replaced.add(self.corrected[line].voter)
        self.corrected[line] = _ruling(body)
        if line in self.second and self.first.get(line) == self.second[line]:
            if self.corrected[line] == self.second[line]:
                self.overruled.pop(line, None)
            else:
                self.overruled.setdefault(line, event.seq)
        return fault or self._answered(body) or self._lawful(body, reasons) or self._repeated(body, frame)

    def _ends_his_own(self, event: Event, line: int) -> str:
        """Give why somebody may not end a disagreement; in version 1 of the record he may, and it is told."""
        if not self._looked(event, line):
            return ""
        if self.version == 1:
            self.alone += [event.seq] if event.kind == "resolved" else []
            return ""
        return f"{event.by!r}, who ends the disagreement on line {event.body['line']}, made one of the two looks"

    def _looked(self, event: Event, line: int) -> bool:
        """Whether an event is of somebody who looked at the line."""
        return event.by in (self.by.get(line), self.second_by.get(line))

    def _withdrawn(self, event: Event, _: Frame, reasons: list[str], __: People) -> str:
        voter = bytes.fromhex(event.body["voter"])
        again = voter in self.withdrawn
        self.withdrawn.add(voter)
        if again:
            return "the same voter withdrew before"
        return "" if "withdrawn" in reasons else "the pinned law knows no withdrawal"

    def _struck(self, event: Event, frame: Frame, reasons: list[str], _: People) -> str:
        body, line = event.body, frame.at.get(event.body["line"])
        if line is None:
            return _not_drawn(body["line"], line)
        state = frame.state[line]
        if not state & DRAWABLE or state & (DRAWN | STRUCK):
            return f"line {body['line']} cannot be struck: it is in the sample, or was taken out before"
        frame.state[line] |= STRUCK
        return self._answered(body) or _known(body, reasons)

    def _challenged(self, event: Event, frame: Frame, reasons: list[str], _: People) -> str:
        name = event.body["line"]
        self.claims[event.seq] = name
        if name not in frame.at:
            return _not_drawn(name, None)
        return _known(event.body, reasons)

    def _cured(self, event: Event, frame: Frame, __: list[str], _: People) -> str:
        self.claims[event.seq] = event.body["line"]
        return "" if event.body["line"] in frame.at else _not_drawn(event.body["line"], None)

    def _assigned(self, event: Event, frame: Frame, _: list[str], people: People) -> str:
        person = event.body["person"]
        for name in event.body["lines"]:
            line = frame.at.get(name)
            if line is None or not frame.state[line] & DRAWN:
                return _not_drawn(name, line)
        return "" if people.may(person, "decide") else f"{person!r}, who is given lines, was not admitted to decide"

    def _lawful(self, body: Mapping[str, Any], reasons: list[str]) -> str:
        if "roll" in body and body["roll"] not in self.rolls:
            return f"it names a roll for line {body['line']} that the record does not hold before"
        return _known(body, reasons)

    def _repeated(self, body: Mapping[str, Any], frame: Frame) -> str:
        """Give why a line cannot be refused as a repetition of the line that is named, or nothing."""
        name = body.get("repeats")
        if name is None:
            return ""
        if name == body["line"]:
            return f"line {name} is refused as a repetition of itself"
        at = frame.at.get(name)
        if at is None or not frame.state[at] & DRAWABLE:
            return f"line {body['line']} is refused as a repetition of line {name}, which is none that can count"
        return ""

    def _answered(self, body: Mapping[str, Any]) -> str:
        if "answers" not in body or self.claims.get(body["answers"]) == body["line"]:
            return ""
        return f"event {body['answers']}, which it answers, is no challenge or cure of line {body['line']} before it"


ON_LINES = frozenset(
    {"assigned", "retyped", "decision", "resolved", "corrected", "withdrawn", "struck", "challenged", "cured"}
)

RULED = frozenset({"decision", "resolved", "corrected"})


def _ruling(body: Mapping[str, Any]) -> Ruling:
    return Ruling(intern(body.get("reason", "")), bytes.fromhex(body.get("voter", "")), body.get("repeats", ""))


def _known(body: Mapping[str, Any], reasons: list[str]) -> str:
    if "reason" not in body or "order" in body or body["reason"] in reasons:
        return ""
    return f"{body['reason']!r} is no ground of refusal in the pinned law"


def _not_drawn(name: str, line: int | None) -> str:
    return f"line {name} is not in the frame" if line is None else f"line {name} is not in the sample"


def _second(name: str, twice: bool, first: str | None, by: str) -> str:
    if first is None:
        return f"there was no first look at line {name} before the second"
    if twice:
        return f"line {name} was looked at twice before"
    return f"both looks at line {name} are of {by!r}" if first == by else ""
