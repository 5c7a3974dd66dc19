"""Bring a case back from its backup, into a new folder; the record and the key for voters are checked on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework.checkpoint import FILE as CHECKPOINT
from ballotworthy.casework.desk import Clock
from ballotworthy.casework.room import PRIVATE, RECORD, VOTER_KEY, RecordAt, enter
from ballotworthy.casework.sealed import unsealed


@dataclass(frozen=True)
class Recovered:
    """A case brought back: how far its record is, and how many files came with it."""

    record: RecordAt
    files: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case recover --json` prints it."""
        return {**self.record.to_dict(), "files": self.files}


def recover_case(backup: Path, out: Path, *, passphrase: str, clock: Clock) -> Recovered:
    """Write the folder of a case that was backed up, whole or not at all.

    Args:
        backup: the file.
        out: the folder; it must not be there, or be empty.
        passphrase: of the backup.
        clock: what tells the time of further events.

    Raises:
        InputError: the file is no backup, the passphrase is another, it was altered, or the folder holds something.
        RecordBroken: an event of the record does not hold.
    """
    with unsealed(backup, out, marker=RECORD, passphrase=passphrase) as (made, names):
        (made / PRIVATE / CHECKPOINT).unlink(missing_ok=True)  # who made the backup could have written anything there
        room = enter(made, clock)
        record = room.at()
        if (made / PRIVATE / VOTER_KEY).exists():  # it may have been purged
            room.voter_key()
    return Recovered(record, len(names))
