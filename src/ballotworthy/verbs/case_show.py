"""Show a line of a case: where it stands in the frame, what people ruled, and what the record says of it besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework.case import Retyping
from ballotworthy.casework.room import RecordAt, Room, record_at
from ballotworthy.casework.rulings import Looks, Ruling
from ballotworthy.errors import InputError
from ballotworthy.petition import FrameLine


@dataclass(frozen=True)
class LineShown:
    """All that the record holds of a line; there is no name in it.

    Attributes:
        record: how far the record is.
        line: the line of the frame: sheet, line, stratum, district, mark, image.
        sampled: whether it is to be examined.
        assigned: to whom it was given.
        retyped: cells that were typed anew before anybody ruled.
        looks: what people ruled.
        ruling: the ruling that holds, withdrawals considered; None while there is none.
        struck: the ground on which it was taken out, or "".
        disputes: numbers of the challenges and cures of it.
        further: further valid lines of its signer, if it was weighed for the risk-limiting check.
    """

    record: RecordAt
    line: FrameLine
    sampled: bool
    assigned: Sequence[str]
    retyped: Sequence[Retyping]
    looks: Looks
    ruling: Ruling | None
    struck: str
    disputes: Sequence[int]
    further: int | None

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case show --json` prints it; voters are keyed hashes."""
        steps = {name: getattr(self.looks, name) for name in ("first", "second", "resolved", "corrected")}
        return {
            **self.record.to_dict(),
            "line": {"id": self.line.id, **self.line._asdict()},
            "sampled": self.sampled,
            "assigned": list(self.assigned),
            "retyped": [{"event": each.seq, "by": each.by, "fields": list(each.fields)} for each in self.retyped],
            "rulings": {name: ruling._asdict() for name, ruling in steps.items() if ruling},
            "ruling": self.ruling._asdict() if self.ruling else None,
            "struck": self.struck or None,
            "disputes": list(self.disputes),
            "further": self.further,
        }


def show_line(room: Room, line: str) -> LineShown:
    """Give what the record holds of a line.

    Raises:
        InputError: the line is not in the frame.
    """
    case = room.case()
    if line not in case.frame.at:
        raise InputError(f"line {line} is not in the frame. A line is SHEET-LINE, such as 12-3.")
    return LineShown(
        record_at(case),
        case.frame.line(line),
        case.sample is not None and line in case.sample.lines,
        [person for person, lines in case.assigned.items() if line in lines],
        case.retyped.get(line, ()),
        case.looks.get(line) or Looks(),
        case.ruling(line),
        case.struck.get(line, ""),
        [number for number, disputed in case.disputes.items() if disputed == line],
        case.weighings.get(line),
    )
