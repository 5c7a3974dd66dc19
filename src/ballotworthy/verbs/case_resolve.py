"""Resolve lines that two people see differently."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ballotworthy.casework.room import Room
from ballotworthy.casework.ruled import Entered, RuledLine, enter_rulings


def resolve_lines(
    room: Room,
    rulings: Sequence[RuledLine],
    *,
    by: str,
    roll: str = "",
    snapshot: Path | None = None,
    lookup: bool = True,
) -> Entered:
    """Enter how disagreements end; all of it or nothing.

    Args:
        room: the case.
        rulings: what holds from now on.
        by: who resolves.
        roll: the digest of the snapshot looked in; the one named last if absent.
        snapshot: where that snapshot is, if it was moved.
        lookup: look the voters up in it.

    Raises:
        InputError: a voter is not on the roll.
        Refused: two people do not differ on one of the lines, he made one of its looks, or the ruling may not stand.
    """
    return enter_rulings(room, rulings, "resolved", {}, by=by, roll=roll, snapshot=snapshot, lookup=lookup)
