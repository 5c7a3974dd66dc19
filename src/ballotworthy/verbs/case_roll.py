"""Name the snapshot of the voter register by which the lines of a case are decided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.voters import remembering


@dataclass(frozen=True)
class Named:
    """The snapshot as the record names it: its digest, its day, its number of voters."""

    record: RecordAt
    roll: str
    day: str
    voters: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case roll --json` prints it."""
        return {**self.record.to_dict(), "roll": self.roll, "day": self.day, "voters": self.voters}


def name_roll(room: Room, snapshot: Path, *, by: str) -> Named:
    """Name a snapshot, made sure of first; where it is stays in the private folder, for looking voters up.

    Raises:
        InputError, FileFaults: there is no whole snapshot.
        Refused: it was named already.
    """
    from ballotworthy.roll import open_roll  # here, since other verbs of a case need not wait for Numba

    found = open_roll(snapshot, whole=True)
    body = {"roll": found.sha256, "day": found.taken_on.isoformat(), "voters": found.size}
    room.write(lambda _: [Act(by, "roll", body)], lambda _: remembering(room, found.sha256, snapshot))
    return Named(room.at(), found.sha256, found.taken_on.isoformat(), found.size)
