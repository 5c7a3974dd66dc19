"""The days of a petition that decide which version of a rule applies to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ballotworthy.errors import InputError

GOVERNS = ("registration", "signing", "filing", "certification")
"""The acts by whose day a rule may go, in the order in which they happen."""


@dataclass(frozen=True)
class Days:
    """The days by which the rules of a petition are looked up: one for all, or a day for each act.

    Attributes:
        on: the day for every rule whose law names none, and for every act that has no day of its own.
        registration: the day on which the petition was registered.
        signing: the day on which it was signed.
        filing: the day on which it was filed.
        certification: the day on which the office decides whether it suffices.

    Raises:
        InputError: an act lies before one that comes first.
    """

    on: date
    registration: date | None = None
    signing: date | None = None
    filing: date | None = None
    certification: date | None = None

    def __post_init__(self) -> None:
        """Refuse days in an order that cannot be."""
        for (first, earlier), (second, later) in pairwise(self.named()):
            if later < earlier:
                raise InputError(
                    f"the day of {second}, {later}, lies before the day of {first}, {earlier}; correct one of them."
                )

    def named(self) -> Iterator[tuple[str, date]]:
        """Give the acts that have a day of their own, in the order in which they happen."""
        for act in GOVERNS:
            day: date | None = getattr(self, act)
            if day is not None:
                yield act, day

    def of(self, governs: str | None) -> date:
        """Give the day on which to look a rule up, by the act that governs it; None for a law that names none."""
        day: date | None = getattr(self, governs) if governs else None
        return self.on if day is None else day
