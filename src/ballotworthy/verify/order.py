"""The legal order of events (V9): what must stand before each, and what may not."""

from __future__ import annotations

from dataclasses import dataclass, field

from .form import Event

RULINGS = frozenset({"decision", "resolved", "corrected", "withdrawn", "struck"})
ONCE = frozenset({"rules", "frame", "proposals", "risk_terms", "seed", "beacon_named"})
AFTER = {
    "received": ("rules",),
    "counted": ("rules",),
    "lines": ("rules",),
    "frame": ("rules", "lines"),
    "roll": ("rules",),
    "proposals": ("frame",),
    "risk_terms": ("frame",),
    "seed": ("frame",),
    "beacon_named": (),
    "clock_declared": (),
    "key_changed": (),
    "second_key": (),
    "sample": ("frame",),
    "assigned": ("sample",),
    "retyped": ("frame",),
    "decision": ("sample",),
    "resolved": ("sample",),
    "corrected": ("sample",),
    "withdrawn": ("sample",),
    "struck": ("sample",),
    "challenged": ("frame",),
    "cured": ("frame",),
    "weighed": ("risk_terms", "sample"),
    "counts": ("sample",),
    "verdict": ("counts",),
    "risk": ("seed", "risk_terms"),
    "certified": ("verdict",),
    "reopened": ("certified",),
    "purged": ("certified",),
}
BEFORE = {
    "received": ("frame",),
    "counted": ("frame",),
    "lines": ("frame",),
    "proposals": ("seed", "sample"),
    "risk_terms": ("seed", "sample"),
    "seed": ("sample",),
    "beacon_named": ("seed", "sample"),
}
NOT_WHILE_CERTIFIED = RULINGS | {"assigned", "retyped", "weighed", "counts", "verdict", "risk", "certified"}


@dataclass
class Order:
    """How far a case has come.

    `seen` holds the kinds of the events so far. `counts`, `verdict` and `risk` tell whether they are current,
    `certified` if the case is, `full_check` whether the last verdict leaves one to be done, `all_lines` whether all
    are drawn, `left_open` whether that was behind a certificate that decided nothing, `version` which record it is,
    `practice` if it is one of practice.
    """

    seen: set[str] = field(default_factory=set)
    counts: bool = False
    verdict: bool = False
    risk: bool = False
    certified: bool = False
    full_check: bool = False
    all_lines: bool = False
    left_open: bool = False
    version: int = 2
    practice: bool = False

    def fault(self, event: Event) -> str:
        """Give why an event may not stand here, or nothing."""
        kind, seen = event.kind, self.seen
        if (kind == "opened") != (not seen):
            return "a case is opened by its first event, and by no other"
        if kind in ONCE and kind in seen:
            return f"there may be one event {kind!r} only, and it was there before"
        for needed in AFTER.get(kind, ()):
            if needed not in seen:
                return f"an event {needed!r} must stand before it"
        for barred in BEFORE.get(kind, ()):
            if barred in seen:
                return f"it may not follow an event {barred!r}"
        if self.certified and kind in NOT_WHILE_CERTIFIED:
            return "the case was certified and not reopened"
        return self._of_its_kind(event)

    def _of_its_kind(self, event: Event) -> str:
        if event.kind == "sample":
            if event.body["scope"] == "sample" and "seed" not in self.seen:
                return "the seed must stand before the sample that is drawn by it"
            if event.body["scope"] == "sample" and self.all_lines:
                return "all lines were to be examined before it"
            if self.certified and not self.full_check:
                return "the case was certified, and its verdict leaves no full check"
        if event.kind == "verdict" and not self.counts:
            return "rulings changed after the counts; there must be new counts before it"
        if event.kind == "certified" and self.practice:
            return "the case was opened for practice, and is never certified"
        if event.kind == "certified" and not self.verdict:
            return "rulings changed after the verdict; there must be new counts and a new verdict before it"
        if event.kind == "certified" and "risk" in self.seen and not self.risk:
            return "rulings changed after the risk was stated; it must be stated anew before it"
        if event.kind == "reopened" and not self.certified:
            return "the case is not certified"
        if event.kind == "purged" and self.version > 1 and not self.certified:
            return "the case is not certified now: its lines are still to be looked at"
        return ""

    def advance(self, event: Event) -> None:
        """Take an event in."""
        kind = event.kind
        self.seen.add(kind)
        if kind in RULINGS or kind == "sample":
            self.counts = self.verdict = self.risk = False
        if kind == "sample":
            self.left_open = event.body["scope"] == "all" and (self.certified or self.left_open)
            self.certified = False
            self.all_lines = self.all_lines or event.body["scope"] == "all"
        elif kind == "counts":
            self.counts, self.verdict = True, False
        elif kind == "verdict":
            self.verdict = True
            self.full_check = event.body["verdict"] in ("full-check", "undecided")
        elif kind in ("risk", "weighed"):
            self.risk = kind == "risk"
        elif kind == "certified":
            self.certified, self.left_open = True, False
        elif kind == "reopened":
            self.certified = False
