"""From what people decided to the one ruling on a line, and which rulings count: duplicates and withdrawals.

The rules stand in docs/reference/record.md, "From decisions to rulings" and "From rulings to counts".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Outcome = Literal["valid", "duplicate", "invalid"]
WITHDRAWN = "withdrawn"
DUPLICATE = "duplicate"


class Ruling(NamedTuple):
    """What a person ruled on a line; `reason`, `voter` and the line it `repeats` are empty where none was given."""

    outcome: str
    reason: str
    voter: str
    by: str
    repeats: str = ""

    def agrees(self, other: Ruling) -> bool:
        """Tell whether two rulings say the same."""
        return (*self[:3], self.repeats) == (*other[:3], other.repeats)


@dataclass(slots=True)
class Looks:
    """All that people ruled on one line."""

    first: Ruling | None = None
    second: Ruling | None = None
    resolved: Ruling | None = None
    corrected: Ruling | None = None

    @property
    def differ(self) -> bool:
        """Tell whether there were two looks and they differ, whatever was ruled after."""
        return self.second is not None and self.first is not None and not self.first.agrees(self.second)


def ruling_in(looks: Looks, withdrawn: Collection[str] = ()) -> Ruling | None:
    """Give the ruling that holds; None while a disagreement is open."""
    found = looks.corrected or looks.resolved or (None if looks.differ else looks.first)
    if withdrawn and found is not None and found.voter in withdrawn and found.outcome == "valid":
        return Ruling("invalid", WITHDRAWN, found.voter, found.by)
    return found


class Counted(NamedTuple):
    """How a line of the sample counts, the ground if it does not, and how many lines its voter has."""

    outcome: Outcome
    reason: str
    times: int = 1


ONCE = Counted("valid", "")


def counted(rulings: Mapping[str, Ruling], order: Iterable[str], policy: str) -> dict[str, Counted]:
    """Give how every line counts.

    Args:
        rulings: the ruling on each line.
        order: the same lines in the frame's order.
        policy: which of several lines of a voter counts: first-valid, all-but-one or none.
    """
    found: dict[str, Counted] = {}
    first_of: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for line in order:
        outcome, reason, voter, *_ = rulings[line]
        if outcome == "valid" or (voter and reason == DUPLICATE):
            before = first_of.setdefault(voter, line)
            if before is not line:
                groups.setdefault(voter, [before]).append(line)
            found[line] = ONCE if outcome == "valid" else Counted("invalid", reason)
        else:
            found[line] = Counted("invalid", reason)
    for lines in groups.values():
        first = next((line for line in lines if rulings[line].outcome == "valid"), None)
        times = len(lines)
        for line in lines:
            if first is None or (policy == "none" and times > 1):
                found[line] = Counted("invalid", DUPLICATE, times)
            elif line == first:
                found[line] = Counted("valid", "", times)
            else:
                found[line] = Counted("duplicate", DUPLICATE, times)
    return found
