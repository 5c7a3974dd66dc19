"""The lines of a case that two people see differently, with what each of them ruled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework.room import RecordAt, Room, record_at
from ballotworthy.casework.rulings import Ruling
from ballotworthy.casework.work import to_resolve


@dataclass(frozen=True)
class Differing:
    """A line, and the rulings of its first and its second look."""

    line: str
    first: Ruling
    second: Ruling


@dataclass(frozen=True)
class Differences:
    """The lines that wait for somebody to resolve them, in the order of work."""

    record: RecordAt
    lines: Sequence[Differing]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case work --differing --json` prints it."""
        return {
            **self.record.to_dict(),
            "lines": [each.line for each in self.lines],
            "rulings": [
                {"line": each.line, "first": said_of(each.first), "second": said_of(each.second)} for each in self.lines
            ],
        }


def differing_lines(room: Room, *, number: int = 20) -> Differences:
    """Give the lines that two people see differently and nobody has resolved, so many at most."""
    case = room.case()
    found = []
    for line in to_resolve(case)[:number]:
        looks = case.looks[line]
        if looks.first and looks.second:
            found.append(Differing(line, looks.first, looks.second))
    return Differences(record_at(case), found)


def said_of(ruling: Ruling) -> dict[str, Any]:
    """Give a ruling as plain data; its voter stays a keyed hash."""
    said = {"by": ruling.by, "outcome": ruling.outcome, "reason": ruling.reason, "voter": ruling.voter}
    return {name: value for name, value in said.items() if value}
