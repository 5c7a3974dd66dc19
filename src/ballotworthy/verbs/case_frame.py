"""Fix the frame: the list of lines is complete, and its fingerprint stands in the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.room import RecordAt, Room


@dataclass(frozen=True)
class Fixed:
    """The frame as it was fixed: its numbers, the fingerprint of its text and that of its ids."""

    record: RecordAt
    sheets: int
    lines: int
    fingerprint: str
    ids: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case fix --json` prints it."""
        numbers = {"sheets": self.sheets, "lines": self.lines}
        return {**self.record.to_dict(), **numbers, "fingerprint": self.fingerprint, "ids": self.ids}


def fix_frame(room: Room, *, by: str) -> Fixed:
    """Fix the frame of the lines listed so far.

    Raises:
        Refused: it is fixed, or what was counted at intake is not what was listed.
    """
    (event,) = room.write(lambda case: [Act(by, "frame", case.frame.body())])
    return Fixed(room.at(), **event.body)
