"""Restore lines by order: what was refused counts, with the voter whom the order names or without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.order_day import refuse_coming
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.ruled import named_roll
from ballotworthy.casework.voters import check_voters
from ballotworthy.errors import Refused
from ballotworthy.petition.numbered import as_known

NO_VOTER = "no voter: line {}"
"""What is hashed where an order names no voter: the line stands for a signer of its own."""


@dataclass(frozen=True)
class Restored:
    """How many lines were restored, and how many of them without a voter."""

    record: RecordAt
    lines: int
    without_voter: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case restore --json` prints it."""
        return {**self.record.to_dict(), "lines": self.lines, "without_voter": self.without_voter}


def restore_lines(
    room: Room,
    voters: Mapping[str, str],
    *,
    by: str,
    order: str,
    day: dt.date,
    answers: int | None = None,
    snapshot: Path | None = None,
    lookup: bool = True,
) -> Restored:
    """Correct rulings to valid, as a court or an officer ordered; all of them or none.

    Args:
        room: the case; where it is certified, it is reopened first.
        voters: by line, the voter's id on the roll, or "" where the order names none: the record then holds the keyed
            hash of `no voter: line ID`, which no other line has, and says in words that there is none.
        by: who enters it.
        order: whose order, and its number.
        day: of the order.
        answers: the number of the challenge or cure that it answers.
        snapshot: where the roll's snapshot is, if it was moved.
        lookup: look the voters up on the roll.

    Raises:
        InputError: a voter is not on the roll.
        Refused: a line has no ruling to correct, the case is certified, the order's day has not come, or a voter that
            is named has withdrawn, so that the line would not count all the same.
    """
    refuse_coming(room, day)
    known = as_known(voters, room.case().frame.at)
    voters = {known.get(line, line): voter for line, voter in voters.items()}
    roll = named_roll(room.case())
    if lookup:
        check_voters(room, roll, [(line, voter) for line, voter in voters.items() if voter], snapshot)
    hashed, withdrawn = room.voter_key().hashed, room.case().withdrawn
    for line, voter in voters.items():
        if voter and hashed(voter) in withdrawn:
            raise Refused(
                f"the voter named for line {line} has withdrawn, so the line would not count all the same. Where the "
                "order sets the withdrawal aside, name no voter: it counts then for a signer of its own."
            )
    why = f"restored by order: {order}, {day.isoformat()}"
    acts = []
    for line, voter in voters.items():
        body: dict[str, Any] = {"line": line, "outcome": "valid", "voter": hashed(voter or NO_VOTER.format(line))}
        body |= {"roll": roll} if roll else {}
        body |= {"why": why if voter else f"{why}; no voter of the roll is named"}
        body |= {} if answers is None else {"answers": answers}
        acts.append(Act(by, "corrected", body))
    room.write(lambda _: acts)
    return Restored(room.at(), len(voters), sum(not voter for voter in voters.values()))
