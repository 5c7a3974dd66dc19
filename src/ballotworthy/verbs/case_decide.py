"""Decide lines of a case: what people ruled at a first or second look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ballotworthy.casework.room import Room
from ballotworthy.casework.ruled import Entered, RuledLine, enter_rulings


def decide_lines(
    room: Room,
    rulings: Sequence[RuledLine],
    *,
    by: str,
    look: int = 1,
    roll: str = "",
    snapshot: Path | None = None,
    lookup: bool = True,
) -> Entered:
    """Enter what somebody ruled on lines of the sample; all of it or nothing.

    Args:
        room: the case.
        rulings: what was ruled; `casework.ruled.read_rulings` reads a table of them.
        by: who ruled.
        look: 1 or 2; the second is another person's.
        roll: the digest of the snapshot looked in; the one named last if absent.
        snapshot: where that snapshot is, if it was moved.
        lookup: look the voters up in it.

    Raises:
        InputError: a voter is not on the roll.
        Refused: one of them may not stand: not drawn, not lawful, not this person's, not now.
    """
    return enter_rulings(room, rulings, "decision", {"look": look}, by=by, roll=roll, snapshot=snapshot, lookup=lookup)
