"""Choose what is examined: the sample that the law orders, drawn by the seed, or every line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ballotworthy.casework import Act, all_body, sample_body
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.errors import InputError


@dataclass(frozen=True)
class Chosen:
    """What is to be examined: `lines` of `of` lines; their ids in the order drawn, none where all are examined."""

    record: RecordAt
    scope: str
    lines: int
    of: int
    ids: Sequence[str]

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of the list of ids, each ended by a line feed."""
        return sha256("".join(f"{line}\n" for line in self.ids).encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case sample --json` prints it."""
        numbers = {"scope": self.scope, "lines": self.lines, "of": self.of}
        return {**self.record.to_dict(), **numbers, "sample": list(self.ids)}


def choose_sample(
    room: Room, *, by: str, every: bool = False, sizes: Mapping[str, int] | None = None, why: str = ""
) -> Chosen:
    """Draw the sample, or order that every line is examined.

    Args:
        room: the case.
        by: who draws it.
        every: examine every line.
        sizes: lines by stratum, where the law gives no number or more are wanted.
        why: the rule that orders it, in words; needed where every line is examined.

    Raises:
        InputError: nothing says why every line is examined.
        Refused: it may not be drawn now, or is not what the law orders.
        LawAbsent: the law fixes no size, and none is given.
    """
    if every and not why:
        raise InputError("say why: what orders that every line is examined.")
    (event,) = room.write(
        lambda case: [Act(by, "sample", all_body(case, why) if every else sample_body(case, sizes or None, why))]
    )
    strata = event.body["strata"]
    return Chosen(
        room.at(),
        event.body["scope"],
        sum(stratum["size"] for stratum in strata),
        sum(stratum["of"] for stratum in strata),
        [line for stratum in strata for line in stratum.get("ids", ())],
    )
