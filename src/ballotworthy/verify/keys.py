"""The office's keys of a case, the one it was opened with and those that took its place, and keys of people (V21)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .findings import Findings
from .form import Event
from .people import People
from .signed import is_weak, vouches_for_key, vouches_for_own, vouches_second

NOT_OWN = "The key in event {e} is not one with which the person signs."
NOT_SECOND = "The second person did not sign event {e} as the record holds it."


@dataclass
class Keys:
    """The keys, each with the event from which on it signs, and what a certificate shows of their changes.

    `own` are the keys with which people sign as the second of an act, `owned` all that were ever named.
    """

    held: list[tuple[int, str]] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    changes: list[dict[str, Any]] = field(default_factory=list)
    owned: list[dict[str, Any]] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The key that signs now."""
        return self.held[-1][1]

    def at(self, seq: int) -> str:
        """Give the key that signs the head that ends with an event."""
        return next((key for since, key in reversed(self.held) if since <= seq), self.held[0][1])

    def change(self, event: Event, case: str, findings: Findings) -> None:
        """Take in a change of the key; note if it is not signed."""
        body, head = event.body, (case, event.seq - 1, event.prev, event.body["key"])
        if is_weak(body["key"]):
            findings.fail("V21", "the new key is one under which anybody can sign")
        elif any(body["key"] == key for _, key in self.held):
            findings.fail("V21", "the new key is one that was there before")
        elif body["key"] in self.named:
            findings.fail("V21", "the new key is that of a person who stands second")
        elif not vouches_for_key(body["key"], body["own"], *head):
            findings.fail("V21", "the new key has not signed the change")
        elif "old" in body and not vouches_for_key(self.last, body["old"], *head):
            findings.fail("V21", "the old key has not signed the change")
        lost = {"lost": body["lost"], **self.shown(event)} if "lost" in body else {}
        self.held.append((event.seq, body["key"]))
        self.changes.append({"event": event.seq, "key": body["key"], **lost})

    def name(self, event: Event, case: str, people: People, findings: Findings) -> None:
        """Take in the key of a person who signs as the second."""
        body = event.body
        person, key = body["person"], body["key"]
        fault = ""
        if is_weak(key):
            fault = "it is one under which anybody can sign"
        elif key in self.named or any(key == held for _, held in self.held):
            fault = "it is somebody's already"
        elif not vouches_for_own(key, body["own"], case, event.seq - 1, event.prev, person):
            fault = "it has not signed that it is that person's"
        if fault:
            findings.fail("V21", fault, says=NOT_OWN.format(e=event.seq))
        if person not in people.roles:
            findings.fail("V8", f"{person!r}, whose key it names, was not among the people who may act")
        self.own[person] = key
        self.owned.append({"event": event.seq, "by": event.by, "person": person, "key": key})
        self.named.add(key)

    def shown(self, event: Event) -> dict[str, str]:
        """Give the key of the second person of an act as a certificate shows it, if he has one."""
        key = self.own.get(second_of(event))
        return {"second_key": key} if key else {}

    def second(self, event: Event, case: str, people: People, findings: Findings) -> None:
        """Look who is the second person of an act, if there is one, and compare his signature: he signs if he can."""
        second = second_of(event)
        if second and (beside := people.second_fault(event.by, second)):
            findings.fail("V8", beside)
        key = self.own.get(second)
        fault = ""
        if key is None:
            fault = "no key of that person is named in the record" if "signed" in event.body else ""
        elif "signed" not in event.body:
            fault = "that person has a key, and no signature by it is there"
        elif not vouches_second(key, case, event):
            fault = f"the signature is not of the key {key[:16]}..."
        if fault:
            findings.fail("V21", fault, says=NOT_SECOND.format(e=event.seq))


def second_of(event: Event) -> str:
    """Give who is the second person of an act; nothing where there is none."""
    body: dict[str, Any] = event.body.get("lost", event.body)
    return str(body.get("second", ""))
