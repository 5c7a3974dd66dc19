"""Say how many further states call a convention, how many ratify, and how few can stop it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.convention import Bloc, Switches, blocking_bloc, read_applications


@dataclass(frozen=True)
class BlocAsked:
    """What it takes on a day: the states that call, those that ratify, and the fewest that stop it."""

    found: Bloc

    @property
    def further(self) -> int:
        """States that are still needed to call, 0 if enough stand."""
        return self.found.further

    @property
    def ratify(self) -> int:
        """States that ratify."""
        return self.found.ratify

    @property
    def block(self) -> int:
        """The fewest states that can stop it, by not ratifying."""
        return self.found.block

    @property
    def nearest(self) -> Mapping[str, str]:
        """States that do not count for certain, those that once applied first, each with the reason."""
        return self.found.nearest

    def to_dict(self) -> dict[str, Any]:
        """Give it as `convention bloc --json` prints it."""
        count = self.found.count
        return {
            "subject": count.subject,
            "on": count.on.isoformat(),
            "call": {
                "needed": count.needed,
                "count": count.count,
                "count_high": count.high,
                "further": self.further,
            },
            "ratify": self.ratify,
            "block": self.block,
            "nearest": [{"state": state, "why": why} for state, why in self.nearest.items()],
        }

    def __repr__(self) -> str:
        """Give the three numbers."""
        count = self.found.count
        return (
            f"BlocAsked({count.subject} on {count.on}: {self.further} to call, {self.ratify} ratify, {self.block} stop)"
        )


def find_bloc(
    subject: str,
    on: dt.date,
    switches: Switches | None = None,
    table: Path | None = None,
    today: dt.date | None = None,
) -> BlocAsked:
    """Give the smallest numbers of states that reach two thirds, reach three fourths, and keep three fourths away.

    Raises:
        InputError: the table cannot be read, or the day is before the Constitution.
        FileFaults: what is wrong in the table, all at once.
        UnknownName: no application is on this subject.
    """
    return BlocAsked(blocking_bloc(read_applications(table, today), subject, on, switches))
