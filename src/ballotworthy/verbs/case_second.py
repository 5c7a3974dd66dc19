"""Name the key with which a person signs the acts in which he is the second."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act, Case
from ballotworthy.casework.room import PRIVATE, RecordAt, Room
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.record import make_person_key, open_person_key, sign_own_key


@dataclass(frozen=True)
class Named:
    """The person's public key, which he publishes, and where its secret half is."""

    record: RecordAt
    person: str
    key: str
    file: Path

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case second --json` prints it."""
        return {**self.record.to_dict(), "person": self.person, "key": self.key, "file": str(self.file)}


def name_second_key(room: Room, person: str, key_file: Path, *, by: str) -> Named:
    """Name a person's key; from then on he signs with it what he is the second person of.

    Args:
        room: the case.
        person: whose it is.
        key_file: the file of his key, which he keeps himself; it is made if it is not there.
        by: who names it: he himself, or somebody who manages the case.

    Raises:
        InputError: the file cannot be read, holds another kind of key, or stands among the office's own keys.
        Refused: he has not been admitted, or the key is somebody else's; a key that was made for it is gone again.
    """
    if key_file.absolute().resolve().is_relative_to((room.folder / PRIVATE).absolute().resolve()):
        raise InputError(
            f"{key_file} stands among the office's own keys, so that the office could sign for {person}. Let him "
            "keep it elsewhere, best on a stick of his own."
        )
    made = not key_file.exists()
    key = make_person_key(key_file) if made else open_person_key(key_file)

    def named(case: Case) -> list[Act]:
        own = sign_own_key(key, case.name, case.link, person)
        return [Act(by, "second_key", {"person": person, "key": key.public, "own": own})]

    try:
        room.write(named)
    except BallotworthyError:
        if made:
            key_file.unlink()
        raise
    return Named(room.at(), person, key.public, key_file)
