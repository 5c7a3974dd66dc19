"""What came from outside about lines and voters: withdrawals, challenges and cures, and what answered them.

A case keeps of a challenge its number and its line alone; the rest is read from the record, and on from there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ballotworthy.casework.case import Case
from ballotworthy.casework.room import Room
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered
from ballotworthy.record import Storage

KINDS = ("withdrawn", "challenged", "cured")
_WANTED = tuple(f'"kind":"{kind}"'.encode() for kind in KINDS)
_ANSWERS = b'"answers":'


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


_followed: dict[Path, tuple[Room, Claims]] = {}


def claims_of(held: HeldCase) -> list[Claim]:
    """Give the claims of a case, the last first; its record is read through once, and on from there."""
    with entered(held) as room:
        opened, claims = _followed.get(room.folder, (None, None))
        if opened is not room or claims is None:
            claims = Claims(room.record)
            _followed[room.folder] = (room, claims)
        return claims.follow()


def open_claims(held: HeldCase, case: Case, line: str = "") -> list[Claim]:
    """Give the challenges and cures that nothing has answered, of one line or of all; the last first."""
    if not case.disputes or (line and line not in case.disputes.values()):
        return []
    return [each for each in claims_of(held) if each.open and line in ("", each.body["line"])]
