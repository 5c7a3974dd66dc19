"""Enter any other event of a case: people, withdrawals, challenges, cures, a court's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import KINDS, Act
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.errors import InputError, UnknownName


@dataclass(frozen=True)
class Written:
    """The number of the event that was entered."""

    record: RecordAt
    seq: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case enter --json` prints it."""
        return {**self.record.to_dict(), "seq": self.seq}


def enter_event(room: Room, kind: str, body: Mapping[str, Any], *, by: str) -> Written:
    """Enter an event of the record's specification.

    Args:
        room: the case.
        kind: of the event.
        body: what it says; `voter` is the voter's id, of which only the keyed hash is recorded.
        by: who enters it.

    Raises:
        UnknownName: there is no such kind.
        InputError: it goes with a private file, which its own verb writes.
        Refused: it may not stand here.
    """
    if kind not in KINDS:
        raise UnknownName("kind of event called", kind, sorted(KINDS))
    if kind == "retyped":
        raise InputError("the text that was typed is kept beside the record: type cells anew with `case retype`.")
    said = {**body, "voter": room.voter_key().hashed(body["voter"])} if "voter" in body else body
    (event,) = room.write(lambda _: [Act(by, kind, said)])
    return Written(room.at(), event.seq)
