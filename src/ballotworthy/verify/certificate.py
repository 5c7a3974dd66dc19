"""The certificate that a record gives, made again from its events (V22)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .form import Event, canonical
from .keys import Keys

COUNTED = {
    "corrections": "corrected",
    "withdrawals": "withdrawn",
    "challenges": "challenged",
    "cures": "cured",
    "strikes": "struck",
}
OF_NO_PAPER = frozenset({"decision", "assigned", "lines", "weighed"})
"""The most frequent kinds; a certificate takes nothing from them."""

NAMED = {"beacon_named": "beacon"}
"""Kinds that a certificate calls by another word."""
OLDEST = "ballotworthy-record/1"
FORMATS = {OLDEST: "ballotworthy-certificate/1", "ballotworthy-record/2": "ballotworthy-certificate/2"}
"""The certificate of each version of the record."""
LAST = ("opened", "rules", "frame", "proposals", "seed", "beacon_named", "sample", "counts", "verdict", "risk")


@dataclass
class Material:
    """What a certificate is made of: the last body of each kind, and the lists of those that may be many."""

    last: dict[str, dict[str, Any]] = field(default_factory=dict)
    received: list[dict[str, Any]] = field(default_factory=list)
    counted: dict[str, dict[str, Any]] = field(default_factory=dict)
    rolls: list[dict[str, Any]] = field(default_factory=list)
    reopenings: list[dict[str, Any]] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)
    required: dict[str, Any] | None = None
    clocks: list[dict[str, Any]] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)

    def take(self, event: Event, keys: Keys) -> None:
        """Take in an event."""
        kind, body = event.kind, event.body
        self.numbers[kind] += 1
        if kind == "sample":
            strata = [{key: each[key] for key in ("stratum", "of", "size")} for each in body["strata"]]
            size = sum(each["size"] for each in strata)
            self.samples.append({"event": event.seq, "scope": body["scope"], "lines": size, "verdicts": []})
            self.last[kind] = {"scope": body["scope"], "why": body["why"], "strata": strata}
        elif kind == "rules":
            self.last[kind] = {key: body[key] for key in ("sha256", "given") if key in body}
            self.required = body.get("required")
        elif kind in LAST:
            self.last[kind] = body
            if kind == "verdict" and self.samples:
                said = {"event": event.seq, "estimate": body["estimate"], "verdict": body["verdict"]}
                self.samples[-1]["verdicts"].append(said)
        elif kind == "clock_declared":
            told = {key: body[key] for key in ("since", "second", "why")}
            self.clocks.append({"event": event.seq, **told, **keys.shown(event)})
        elif kind == "received":
            self.received.append(body)
        elif kind == "counted":
            self.counted[body["batch"]] = body
        elif kind == "roll":
            self.rolls.append(body)
        elif kind == "reopened":
            self.reopenings.append(body)

    def certificate(self, certified: Event, keys: Keys, orders: list[dict[str, Any]]) -> bytes:
        """Give the certificate's JSON twin, to the byte, for the event that certifies it; `orders` took lines out."""
        opened = self.last["opened"]
        twin = {
            "certificate": FORMATS[opened["record"]],
            "form": certified.body["form"],
            **{key: opened[key] for key in ("case", "office", "measure", "place", "kind", "on", "filed")},
            **{NAMED.get(kind, kind): self.last[kind] for kind in LAST[1:] if kind in self.last},
            "intake": [self._intake(each) for each in self.received],
            "rolls": self.rolls,
            **{name: self.numbers[kind] for name, kind in COUNTED.items()},
            "reopenings": self.reopenings,
            "head": {
                "seq": certified.seq - 1,
                "sha256": certified.prev,
                "key": keys.last,
                "signature": certified.body["signature"],
            },
        }
        if opened["record"] != OLDEST:
            twin |= self._of_version_2(certified.body)
            twin |= keys.shown(certified)
            told = (("keys", keys.changes), ("clocks", self.clocks), ("own_keys", keys.owned), ("orders", orders))
            twin |= {name: list(events) for name, events in told if events}
        return canonical(twin).encode() + b"\n"

    def _of_version_2(self, body: dict[str, Any]) -> dict[str, Any]:
        twin: dict[str, Any] = {key: body[key] for key in ("second", "alone") if key in body}
        twin["samples"] = self.samples
        if self.numbers["retyped"]:
            twin["retypings"] = self.numbers["retyped"]
        if self.required is not None:
            twin["required"] = self.required
        return twin

    def _intake(self, received: dict[str, Any]) -> dict[str, Any]:
        found = self.counted.get(received["batch"], received)
        return {
            "batch": received["batch"],
            "day": received["day"],
            "sheets": found["sheets"],
            "lines": found["lines"],
        }
