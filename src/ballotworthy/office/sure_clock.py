"""The clock by which the office writes a case: asked about where it is doubtful, as on the command line.

A clock that is ahead would write a time that can never be taken back, and the case would wait until that day. Whoever
has looked at it says so once; that holds until the next event, beside which the same clock is not doubtful any more.
"""

from __future__ import annotations

import datetime as dt
import json

from ballotworthy.casework.clock import doubt_of
from ballotworthy.casework.room import PRIVATE, Room
from ballotworthy.errors import Refused
from ballotworthy.files.whole import whole_file

BELIEVED = "clock-believed.json"
"""In the private folder of a case: behind which event who believed the clock, and what it said."""
STILL = dt.timedelta(days=1)
"""So much later what was believed of the clock is asked again."""


def sure(room: Room, time: dt.datetime) -> dt.datetime:
    """Give the time at which an event is written.

    Raises:
        Refused: it is doubtful, and nobody has answered for it.
    """
    doubt = doubt_in(room, time)
    if doubt:
        raise Refused(
            f"{doubt}. If the clock is wrong, set it right: an event with a wrong time can never be taken back, and "
            "the case would wait until that day. If it is right, whoever manages or certifies says so on the case's "
            "page."
        )
    return time


def doubt_in(room: Room, time: dt.datetime) -> str:
    """Say why the clock is doubtful in a case; "" where it is not, or somebody has answered for it."""
    case = room.case()
    doubt = doubt_of(time, case.at)
    return "" if not doubt or _is_believed(room, case.link.seq, time) else doubt


def believe(room: Room, time: dt.datetime, by: str) -> None:
    """Keep that somebody has looked at the clock, and that it is right."""
    said = {"by": by, "seq": room.case().link.seq, "at": time.isoformat()}
    with whole_file(room.folder / PRIVATE / BELIEVED, private=True) as made:
        made.write_text(json.dumps(said), "utf-8")


def _is_believed(room: Room, seq: int, time: dt.datetime) -> bool:
    try:
        said = json.loads((room.folder / PRIVATE / BELIEVED).read_text("utf-8"))
        return said["seq"] == seq and abs(time - dt.datetime.fromisoformat(said["at"])) < STILL
    except (OSError, ValueError, KeyError, TypeError):
        return False
