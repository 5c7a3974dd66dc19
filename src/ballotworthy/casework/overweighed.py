"""Weighings that cannot be: more further valid lines of a signer than the rulings of the case leave room for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ballotworthy.casework.case import Case
from ballotworthy.casework.risk import is_voters, lines_of_voters


@dataclass(frozen=True)
class Overweighed:
    """A line, what it was weighed with, and how many further valid lines of its signer there can be."""

    line: str
    further: int
    most: int

    def __str__(self) -> str:
        """Say it in a sentence."""
        return (
            f"line {self.line} has {self.further:,} further valid lines of its signer, and {self.most:,} at most can "
            "be: those ruled his, and those on which nobody has ruled. Count again, and weigh it anew."
        )


def overweighed(case: Case, weighings: Mapping[str, int]) -> list[Overweighed]:
    """Give those of some weighings, by line the further valid lines of its signer, for which there is no room."""
    times = lines_of_voters(case)
    ruled = {
        line: times[ruling.voter] - 1
        for line in weighings
        if (ruling := case.ruling(line)) is not None and is_voters(case, ruling)
    }
    if all(weighings[line] <= his for line, his in ruled.items()):
        return []  # without a look at every line of the frame
    drawable = (line for lines in case.frame.drawable.values() for line in lines if line not in case.struck)
    free = sum(case.ruling(line) is None for line in drawable)
    return [
        Overweighed(line, weighings[line], his + free) for line, his in ruled.items() if weighings[line] > his + free
    ]
