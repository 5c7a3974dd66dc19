"""Declare that the last events were written by a clock that was ahead, so that the case can go on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework import Act, Case
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.two_people import signed_second
from ballotworthy.errors import Refused
from ballotworthy.record import open_person_key


@dataclass(frozen=True)
class Declared:
    """The first and the last of the events that are declared to have a wrong time."""

    record: RecordAt
    since: int
    until: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case clock --json` prints it."""
        return {**self.record.to_dict(), "since": self.since, "until": self.until}


def declare_clock(
    room: Room, *, by: str, second: str, why: str, since: int | None = None, second_key: Path | None = None
) -> Declared:
    """Declare that the events from one on, up to the last, were written by a clock that was ahead.

    Args:
        room: the case.
        by: who declares it.
        second: who declares it with him.
        why: what was wrong.
        since: the first of them; the first that is dated after the clock as it is now if absent.
        second_key: the file of the second person's own key, where one is named in the case (`case second`).

    Raises:
        InputError: the second person's key cannot be read.
        Refused: no event is dated after the clock, or the second person may not act in the case, or did not sign.
    """
    beside = open_person_key(second_key) if second_key else None

    def declared(case: Case) -> list[Act]:
        now = room.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        dated = (seq for seq, at in case.times if at > now)
        first = since if since is not None else next(dated, None) if case.at > now else None
        if first is None:
            raise Refused(f"no event of this case is dated after {now}, so there is nothing to declare.")
        body = {"since": first, "second": second, "why": why}
        return [Act(by, "clock_declared", signed_second(case, "clock_declared", body, beside))]

    (event,) = room.write(declared)
    return Declared(room.at(), event.body["since"], event.seq - 1)
