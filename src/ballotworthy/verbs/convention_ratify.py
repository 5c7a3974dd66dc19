"""Count the ratifications of an amendment on a day, under the reading asked for and under every other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.convention import (
    Act,
    Ratification,
    Reading,
    needed_to_ratify,
    ratification_of,
    read_ratifications,
    states_on,
)
from ballotworthy.convention.coverage import coverage_of
from ballotworthy.convention.ratify import readings

ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
"""An amendment as people write it: 14th, 23rd."""


@dataclass(frozen=True)
class Ratified:
    """The answer and what it depends on.

    Attributes:
        acts: of the table that was counted.
        found: the answer asked for.
        answers: under every combination of the two questions that change most.
    """

    acts: Sequence[Act]
    found: Ratification
    answers: tuple[Ratification, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The states that ratified for certain."""
        return self.found.states

    @property
    def complete(self) -> dt.date | None:
        """The day on which enough had ratified for certain, None if not by the day asked."""
        return self.found.complete

    def to_dict(self) -> dict[str, Any]:
        """Give it as `convention ratify --json` prints it."""
        found = self.found
        return {
            "amendment": found.amendment,
            "on": found.on.isoformat(),
            "needed": found.needed,
            "states_then": found.of,
            **_numbers(found),
            "decisive": list(found.decisive),
            "states": list(found.states),
            "doubtful": list(found.doubtful),
            "rejected": list(found.rejected),
            "needed_when_complete": needed_to_ratify(found.complete) if found.complete else None,
            "states_when_complete": len(states_on(found.complete)) if found.complete else None,
            "count_when_complete": found.had or None,
            "answers": [_numbers(each) for each in self.answers],
            "coverage": coverage_of(found.amendment).to_dict(),
        }

    def __repr__(self) -> str:
        """Give how many states have ratified, and the day on which that was enough."""
        found = self.found
        done = f"complete on {found.complete}" if found.complete else "not complete"
        return f"Ratified({found.amendment} on {found.on}: {len(found.states)} of {found.of} states, {done})"


def count_ratifications(amendment: str, on: dt.date, reading: Reading | None = None) -> Ratified:
    """Count the ratifications as they stand at the end of a day; the amendment may be written 14, 14th or ERA.

    Raises:
        UnknownName: no event is of this amendment.
        InputError: the ratifications of this one are not held; the day is before the Constitution was in force.
    """
    acts, asked = read_ratifications(), reading or Reading()
    amendment = ORDINAL.sub(r"\1", amendment.strip().lower())
    answers = tuple(ratification_of(acts, amendment, on, each) for each in readings(asked))
    return Ratified(acts, ratification_of(acts, amendment, on, asked), answers)


def _numbers(found: Ratification) -> dict[str, Any]:
    return {
        "rescissions": found.reading.rescissions,
        "deadline": found.reading.deadline,
        "count": len(found.states),
        "count_high": len(found.states) + len(found.doubtful),
        "complete": found.complete.isoformat() if found.complete else None,
    }
