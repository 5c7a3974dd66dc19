"""The office's keys of a case: the one it was opened with, and those that took its place (V21)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .findings import Findings
from .form import Event
from .people import People
from .signed import is_weak, vouches_for_key


@dataclass
class Keys:
    """The keys, each with the event from which on it signs, and what a certificate shows of their changes."""

    held: list[tuple[int, str]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The key that signs now."""
        return self.held[-1][1]

    def at(self, seq: int) -> str:
        """Give the key that signs the head that ends with an event."""
        return next((key for since, key in reversed(self.held) if since <= seq), self.held[0][1])

    def change(self, event: Event, case: str, people: People, findings: Findings) -> None:
        """Take in a change of the key; note if it is not signed, or has no second person where the old key is lost."""
        body, head = event.body, (case, event.seq - 1, event.prev, event.body["key"])
        if is_weak(body["key"]):
            findings.fail("V21", "the new key is one under which anybody can sign")
        elif any(body["key"] == key for _, key in self.held):
            findings.fail("V21", "the new key is one that was there before")
        elif not vouches_for_key(body["key"], body["own"], *head):
            findings.fail("V21", "the new key has not signed the change")
        elif "old" in body and not vouches_for_key(self.last, body["old"], *head):
            findings.fail("V21", "the old key has not signed the change")
        if "lost" in body and (fault := people.second_fault(event.by, body["lost"]["second"])):
            findings.fail("V8", fault)
        lost = {"lost": body["lost"]} if "lost" in body else {}
        self.held.append((event.seq, body["key"]))
        self.changes.append({"event": event.seq, "key": body["key"], **lost})
