"""Commit the machine's proposals by their digest, before the seed, without showing them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.files.tables import read_table


@dataclass(frozen=True)
class Committed:
    """What was committed: the digest of the file, its lines, the program that made it."""

    record: RecordAt
    sha256: str
    lines: int
    made_with: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case propose --json` prints it."""
        return {**self.record.to_dict(), "sha256": self.sha256, "lines": self.lines, "made_with": self.made_with}


def commit_proposals(room: Room, proposals: Path, *, by: str, made_with: str) -> Committed:
    """Commit a table of proposals.

    Raises:
        InputError: it cannot be read.
        Refused: others were committed, or the seed is drawn.
    """
    table = read_table(proposals)
    body = {"sha256": table.sha256, "lines": table.frame.height, "made_with": made_with}
    room.write(lambda _: [Act(by, "proposals", body)])
    return Committed(room.at(), table.sha256, table.frame.height, made_with)
