"""Enter the public seed of a case: the frame is fixed, and nothing has been decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.room import RecordAt, Room


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
        seed: as it was thrown or published.
        by: who enters it.
        how: dice or beacon.
        source: which dice, or which output of which beacon.
        present: who was there; needed for dice.

    Raises:
        Refused: a seed was drawn, the frame is not fixed, or nobody saw the dice.
    """
    body = {"seed": seed, "how": how, "source": source, "present": list(present)}
    room.write(lambda _: [Act(by, "seed", body)])
    return Seeded(room.at(), seed)
