"""Fix the frame: the list of lines is complete, and its fingerprint stands in the record; or look at it before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ballotworthy.casework import Act
from ballotworthy.casework.case import Body, Case
from ballotworthy.casework.framed import can_be_drawn
from ballotworthy.casework.missing_sheets import missing_sheets
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.errors import InputError, Refused
from ballotworthy.files.quantities import quantity

CHANGED = "these lines are not those that were looked at. Look at them again."


@dataclass(frozen=True)
class Batch:
    """A batch in the frame: its sheets and lines as the record has them promised, and counted; None until they are."""

    name: str
    day: str
    sheets_promised: int
    lines_promised: int
    sheets: int | None
    lines: int | None
    explained: str


@dataclass(frozen=True)
class FrameLook:
    """The frame as it would be fixed now, or as it was.

    Attributes:
        record: how far the record is.
        sheets, lines: how many are listed.
        drawable: lines that can be drawn.
        batches: what came in, in its order.
        strata: how many lines each has.
        marks: how many lines are blank, struck or removed, where some are.
        missing: numbers of sheets between the first and the last that are not there.
        fingerprint: what the frame's text hashes to.
        fixed: whether it is fixed already.
        refused: why it cannot be fixed now; "" where it can.
    """

    record: RecordAt
    sheets: int
    lines: int
    drawable: int
    batches: Sequence[Batch]
    strata: Sequence[tuple[str, int]]
    marks: Sequence[tuple[str, int]]
    missing: str
    fingerprint: str
    fixed: bool
    refused: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case fix --look --json` prints it."""
        return {**asdict(self), "record": self.record.to_dict()}


@dataclass(frozen=True)
class Fixed:
    """The frame as it was fixed: its numbers, the fingerprint of its text and that of its ids."""

    record: RecordAt
    sheets: int
    lines: int
    fingerprint: str
    ids: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case fix --json` prints it."""
        numbers = {"sheets": self.sheets, "lines": self.lines}
        return {**self.record.to_dict(), **numbers, "fingerprint": self.fingerprint, "ids": self.ids}


def look_at_frame(room: Room, *, by: str) -> FrameLook:
    """Look at the frame that somebody would fix; nothing is entered."""
    case = room.case()
    body = case.frame.body()
    marks = Counter(line.mark.partition(":")[0] for line in case.frame.lines)
    return FrameLook(
        room.at(),
        sheets=body["sheets"],
        lines=body["lines"],
        drawable=sum(_drawable(case)),
        batches=[_batch(name, each.received, each.counted) for name, each in case.batches.items()],
        strata=sorted(Counter(line.stratum for line in case.frame.lines).items()),
        marks=sorted((mark, lines) for mark, lines in marks.items() if mark),
        missing=missing_sheets(case.frame.sheets),
        fingerprint=body["fingerprint"],
        fixed=case.frame.fixed is not None,
        refused=_undrawable(case) or room.desk.why_not(Act(by, "frame", body)),
    )


def fix_frame(room: Room, *, by: str, seen: str = "") -> Fixed:
    """Fix the frame of the lines listed so far; where `seen` is given, only if that is its fingerprint.

    Raises:
        InputError: no line could ever be drawn, so the case could never be decided.
        Refused: it is fixed, it is not the one that was looked at, or what was counted is not what was listed.
    """
    if why := _undrawable(room.case()):
        raise InputError(why)

    def made(case: Case) -> list[Act]:
        body = case.frame.body()
        if seen and body["fingerprint"] != seen:
            raise Refused(CHANGED)
        return [Act(by, "frame", body)]

    (event,) = room.write(made)
    return Fixed(room.at(), **event.body)


def _batch(name: str, received: Body, counted: Body | None) -> Batch:
    found = counted or {}
    return Batch(
        name, received["day"], received["sheets"], received["lines"],
        found.get("sheets"), found.get("lines"), found.get("explained", ""),
    )  # fmt: skip


def _drawable(case: Case) -> Iterator[bool]:
    """Tell of each line whether it can be drawn."""
    blanks = case.rules is None or case.rules.blank_lines_count
    return (can_be_drawn(each.mark, blank_lines=blanks) for each in case.frame.lines)


def _undrawable(case: Case) -> str:
    """Say that no line can be drawn; "" where one can, or there is none."""
    if not case.frame.lines or any(_drawable(case)):
        return ""
    return (
        f"none of the {quantity(len(case.frame.lines), 'line')} can be drawn: all are blank, struck or removed, so "
        "the case could never be decided. If names stand in the file, say in which column: case intake --map "
        "name=HEADING, in a case opened anew."
    )
