"""Correct rulings of a case: the old ones stay in the record, the new ones count, and the record says why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ballotworthy.casework.room import Room
from ballotworthy.casework.ruled import Entered, RuledLine, enter_rulings


def correct_lines(
    room: Room,
    rulings: Sequence[RuledLine],
    *,
    by: str,
    why: str,
    answers: int | None = None,
    roll: str = "",
    snapshot: Path | None = None,
    lookup: bool = True,
) -> Entered:
    """Rule anew on lines that have a ruling; all of it or nothing.

    Args:
        room: the case.
        rulings: what holds from now on.
        by: who corrects.
        why: what was wrong.
        answers: the number of the challenge or cure that this answers.
        roll: the digest of the snapshot looked in; the one named last if absent.
        snapshot: where that snapshot is, if it was moved.
        lookup: look the voters up in it.

    Raises:
        InputError: a voter is not on the roll.
        Refused: one of the lines has no ruling, or the new one may not stand.
    """
    more = {"why": why, **({} if answers is None else {"answers": answers})}
    return enter_rulings(room, rulings, "corrected", more, by=by, roll=roll, snapshot=snapshot, lookup=lookup)
