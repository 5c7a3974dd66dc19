"""Name the beacon whose value will be the seed, before that value exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.seeds import round_time
from ballotworthy.errors import InputError


@dataclass(frozen=True)
class Named:
    """The beacon as it stands in the record, and when its value comes, "" where that is not known."""

    record: RecordAt
    beacon: dict[str, Any]
    value_at: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case beacon --json` prints it."""
        return {**self.record.to_dict(), "beacon": self.beacon, "value_at": self.value_at}


def name_beacon(
    room: Room,
    *,
    by: str,
    chain: str = "",
    round_number: int | None = None,
    lottery: str = "",
    day: dt.date | None = None,
) -> Named:
    """Name a round of a chain of beacons, or a draw of a lottery.

    Args:
        room: the case.
        by: who names it.
        chain: the chain, such as the hash of a chain of drand.
        round_number: which of its rounds.
        lottery: which lottery, with its draw.
        day: the day of the draw, by UTC, which tells the record's time: in the evening of America it is the next.

    Raises:
        InputError: it is neither the one nor the other.
        Refused: the seed was drawn, a beacon was named before, or the value exists already.
    """
    if chain and round_number is not None and not lottery and day is None:
        body: dict[str, Any] = {"kind": "chain", "chain": chain.lower(), "round": round_number}
    elif lottery and day is not None and not chain and round_number is None:
        body = {"kind": "lottery", "lottery": lottery, "day": day.isoformat()}
    else:
        raise InputError("name a chain and its round (--chain, --round), or a lottery and its day (--lottery, --day).")
    room.write(lambda _: [Act(by, "beacon_named", body)])
    return Named(room.at(), body, round_time(body) or body.get("day", ""))
