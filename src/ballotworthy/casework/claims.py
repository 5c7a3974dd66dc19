"""What came from outside about lines and voters: withdrawals, challenges and cures, and what answered them.

A case keeps of a challenge its number and its line alone; the rest is read from the record, and on from there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from ballotworthy.casework.alike import with_unseen
from ballotworthy.record import Storage
from ballotworthy.safe_text import safe_line

SAYS = {"withdrawn": "ground", "challenged": "side", "cured": "what"}
"""Of each kind, what holds the words of whoever brought it."""
KINDS = tuple(SAYS)
RULINGS = ("decision", "resolved", "corrected", "struck", "retyped")
"""Events in which people say something of a line."""
_WANTED = tuple(f'"kind":"{kind}"'.encode() for kind in KINDS)
_RULED = tuple(f'"kind":"{kind}"'.encode() for kind in RULINGS)
_ANSWERS = b'"answers":'
_LINE = re.compile(rb'"line":("(?:[^"\\]|\\.)*")')


@dataclass(frozen=True)
class Claim:
    """A withdrawal, a challenge or a cure: the event's number, kind, writer and body; `answered` by which event."""

    seq: int
    kind: str
    by: str
    body: Mapping[str, Any] = field(repr=False)
    answered: int | None = None

    @property
    def open(self) -> bool:
        """Tell whether a challenge or a cure has no answer; a withdrawal needs none."""
        return self.kind != "withdrawn" and self.answered is None

    @property
    def says(self) -> str:
        """Give who disputes a line, what was brought or why somebody withdrew, with what nobody sees shown by name."""
        return with_unseen(safe_line(str(self.body.get(SAYS[self.kind], ""))))


@dataclass
class Claims:
    """The claims of a record, of the events read so far."""

    storage: Storage
    read: int = 0
    found: dict[int, dict[str, Any]] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)

    def follow(self) -> list[Claim]:
        """Read on to the end of the record, and give all claims, the last first."""
        for line in self.storage.read(self.read):
            self.read += 1
            if _ANSWERS in line:
                event = json.loads(line)
                if isinstance(answers := event["body"].get("answers"), int):
                    self.answered[answers] = event["seq"]
            elif any(kind in line for kind in _WANTED):
                event = json.loads(line)
                if event["kind"] in KINDS:
                    self.found[event["seq"]] = event
        return [
            Claim(seq, event["kind"], event["by"], event["body"], self.answered.get(seq))
            for seq, event in reversed(self.found.items())
        ]


def ruled_on(storage: Storage, lines: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Give, by line, the events in which people said something of it, in their order; the record is read through."""
    found: dict[str, list[dict[str, Any]]] = {line: [] for line in lines}
    for text in storage.read():
        if any(kind in text for kind in _RULED) and any(json.loads(each) in found for each in _LINE.findall(text)):
            event = json.loads(text)
            if event["kind"] in RULINGS and event["body"].get("line") in found:
                found[event["body"]["line"]].append(event)
    return found
