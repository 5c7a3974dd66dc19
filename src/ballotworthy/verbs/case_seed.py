"""Enter the public seed of a case: the frame is fixed, and nothing has been decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.seeds import seed_body


@dataclass(frozen=True)
class Seeded:
    """The seed as it stands in the record."""

    record: RecordAt
    seed: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case seed --json` prints it."""
        return {**self.record.to_dict(), "seed": self.seed}


def enter_seed(room: Room, seed: str, *, by: str, how: str, source: str, present: Sequence[str] = ()) -> Seeded:
    """Enter a seed.

    Args:
        room: the case.
        seed: the numbers as they were thrown or drawn, with blanks between, or the hexadecimal digits published.
        by: who enters it.
        how: dice or beacon.
        source: which dice, or which output of which beacon.
        present: who was there; needed for dice.

    Raises:
        InputError: it is neither numbers nor hexadecimal digits.
        Refused: a seed was drawn, the frame is not fixed, or nobody saw the dice.
    """
    body = seed_body(room.case(), seed, how, source, present)
    room.write(lambda _: [Act(by, "seed", body)])
    return Seeded(room.at(), body["seed"])
