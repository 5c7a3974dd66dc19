"""A rule's value on a day, with its source; and why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ballotworthy.errors import LawAbsent, LawNotYetInForce, LawRepealed

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """Where a value stands: its citation, and a public page to read it (none for the user's own values).

    `says` quotes the page, where the source was read to check another.
    """

    cite: str
    url: str
    says: str = ""

    def __str__(self) -> str:
        """Give the citation."""
        return self.cite


@dataclass(frozen=True)
class Cited(Generic[T]):
    """A value and its source.

    `governs` is the act whose day decides which version of the rule applies: registration, signing,
    filing or certification; None where the law does not say. `checked` are other publishers' pages that
    say the same; none where the value has one source only.
    """

    value: T
    source: Source
    governs: str | None = None
    checked: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Dated(Generic[T]):
    """A value in force from the day `since` to the day `until`, both included; None means without end.

    `ended_by` is the act that ended it where no later value follows at once; `governs` and `checked` are as in
    `Cited`.
    """

    since: date
    until: date | None
    value: T
    source: Source
    ended_by: Source | None = None
    governs: str | None = None
    checked: tuple[Source, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Tell whether the value is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


def value_on(lines: Sequence[Dated[T]], day: date, what: str) -> Cited[T]:
    """Give the value in force on `day`.

    Args:
        lines: the values of one rule, oldest first, not overlapping.
        day: the day asked for.
        what: the rule in words, for the message: "requirement of us-ca amendment".

    Raises:
        LawAbsent: there are no values at all.
        LawNotYetInForce: the first value begins after `day`; the message names its act and day.
        LawRepealed: the last value before `day` has ended; the message names the act that ended it.
    """
    if not lines:
        remedy = "give it yourself (the requirement with --required), or add a dated line to law.toml"
        raise LawAbsent(f"there is no {what} in the data; {remedy}.")
    before = [line for line in lines if line.since <= day]
    if not before:
        first = lines[0]
        raise LawNotYetInForce(
            f"the {what} is not yet in force on {day}: the first value held here begins on {first.since}, "
            f"with {first.source}. Choose a day from {first.since} on."
        )
    last = before[-1]
    if not last.holds_on(day):
        ended_by = f", ended by {last.ended_by}" if last.ended_by else ""
        raise LawRepealed(
            f"the {what} is no longer in force on {day}: its last value ({last.source}) was in force "
            f"from {last.since} to {last.until}{ended_by}. Choose a day in that time, or add what follows."
        )
    return Cited(last.value, last.source, last.governs, last.checked)
