"""Enter the public seed of a case: the frame is fixed, and nothing has been decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.compared import words_of_comparison
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


def enter_seed(
    room: Room,
    seed: str,
    *,
    by: str,
    how: str,
    source: str,
    present: Sequence[str] = (),
    compared: Sequence[str] = (),
    fingerprint: str = "",
) -> Seeded:
    """Enter a seed.

    Args:
        room: the case.
        seed: the numbers as they were thrown or drawn, with blanks between, or the hexadecimal digits published.
        by: who enters it.
        how: dice or beacon.
        source: which dice, or which output of which beacon.
        present: who was there; needed for dice.
        compared: who compared what is fixed with what was announced, before; two people, where it is told.
        fingerprint: of the frame, as it was announced; its first 16 digits at least, where it is told.

    Raises:
        InputError: it is neither numbers nor hexadecimal digits, or another fingerprint was announced.
        Refused: a seed was drawn, the frame is not fixed, or nobody saw the dice.
    """
    case = room.case()
    source += words_of_comparison(case, compared, fingerprint, by=by)
    body = seed_body(case, seed, how, source, present)
    room.write(lambda _: [Act(by, "seed", body)])
    return Seeded(room.at(), body["seed"])
