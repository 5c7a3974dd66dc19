"""Fix the frame: the list of lines is complete, and its fingerprint stands in the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.framed import can_be_drawn
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity


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
        InputError: no line could ever be drawn, so the case could never be decided.
        Refused: it is fixed, or what was counted at intake is not what was listed.
    """
    case = room.case()
    blanks = case.rules is None or case.rules.blank_lines_count
    if case.frame.lines and not any(can_be_drawn(each.mark, blank_lines=blanks) for each in case.frame.lines):
        raise InputError(
            f"none of the {quantity(len(case.frame.lines), 'line')} can be drawn: all are blank, struck or removed, so "
            "the case could never be decided. If names stand in the file, say in which column: case intake --map "
            "name=HEADING, in a case opened anew."
        )
    (event,) = room.write(lambda case: [Act(by, "frame", case.frame.body())])
    return Fixed(room.at(), **event.body)
