"""The next lines that the risk-limiting check of a case wants ruled or weighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework.risk import by_strata, order_of, wanting_of
from ballotworthy.casework.room import RecordAt, Room, record_at


@dataclass(frozen=True)
class Wanted:
    """A line, what it wants (`ruling` or `weighing`), and the lines that the machine links to its signer."""

    line: str
    wants: str
    links: Sequence[str]


@dataclass(frozen=True)
class NextInCheck:
    """The lines wanted next, and the first line that is next and not in the sample, with its stratum; "" if none."""

    record: RecordAt
    lines: Sequence[Wanted]
    beyond: str
    stratum: str

    def to_dict(self) -> dict[str, Any]:
        """Give them as `case risk next --json` prints them."""
        wanted = [{"line": each.line, "wants": each.wants, "links": list(each.links)} for each in self.lines]
        return {**self.record.to_dict(), "next": wanted, "beyond_the_sample": self.beyond or None}


def next_in_check(room: Room, *, number: int = 1) -> NextInCheck:
    """Give the next lines that the check wants, so many at most, in the seed's order.

    Raises:
        Refused: there is no check in this case, or no seed yet.
    """
    case = room.case()
    weights = room.weights(case)
    beyond = ""
    wanted: list[Wanted] = []
    ended: set[str] = set()
    for line in order_of(case):
        wants, stratum = wanting_of(case, line), case.frame.line(line).stratum
        if wants == "sample" and not ended:
            beyond = line
        if wants == "sample":
            ended.add(stratum)
        if len(wanted) == number or (ended and not by_strata(case)):
            break
        if stratum in ended:
            continue
        if wants:
            wanted.append(Wanted(line, wants, weights.links[line] if weights else ()))
    return NextInCheck(record_at(case), wanted, beyond, case.frame.line(beyond).stratum if beyond else "")
