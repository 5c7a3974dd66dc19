"""The next lines of a case for somebody to look at, in the order drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework.room import RecordAt, Room, record_at
from ballotworthy.casework.work import for_second_look, waiting_for
from ballotworthy.errors import Refused


@dataclass(frozen=True)
class Lines:
    """Ids of lines, the first to be looked at first."""

    record: RecordAt
    lines: Sequence[str]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case work --json` prints it."""
        return {**self.record.to_dict(), "lines": list(self.lines)}


def next_lines(room: Room, *, person: str, number: int = 20, look: int = 1) -> Lines:
    """Give the next lines for a person's first or second look, so many at most.

    Raises:
        Refused: this person has not been admitted to the case.
    """
    case = room.case()
    if person not in case.people:
        raise Refused(f"{person} has not been admitted to this case.")
    return Lines(record_at(case), (waiting_for, for_second_look)[look - 1](case, person, number))
