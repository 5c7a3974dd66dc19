"""Count the decisions of a case, and draw the verdict by the law that was pinned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act, Case, counts_body, verdict_body
from ballotworthy.casework.desk import Batch
from ballotworthy.casework.room import RecordAt, Room


@dataclass(frozen=True)
class Judged:
    """The counts and the verdict, as the record holds them."""

    record: RecordAt
    counts: Mapping[str, Any]
    verdict: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case count --json` prints it."""
        return {**self.record.to_dict(), "counts": self.counts, **self.verdict}


def count_case(room: Room, *, by: str) -> Judged:
    """Count, and judge; both or neither.

    Raises:
        Refused: a line has no ruling, or the case is certified.
        InputError: the law does not let these counts be projected.
    """

    def made(case: Case) -> Iterator[Act]:
        yield Act(by, "counts", counts_body(case))
        yield Act(by, "verdict", verdict_body(case))

    verdict = room.write(lambda case: Batch(made(case), 2))[-1]
    counts = room.case().standing.counts
    return Judged(room.at(), counts.body if counts else {}, verdict.body)
