"""The numbers of a vote, as far as they are known, and whether they can be true together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ballotworthy.errors import InputError

DISTRICTS = ("districts_for", "districts_against", "districts_tied")


@dataclass(frozen=True)
class Numbers:
    """What is known of a vote; None is "nobody gave it", never zero.

    Attributes:
        registered: people on the register.
        cast: ballots cast, blank and invalid ones too.
        yes, no: valid votes; together they are the valid votes.
        blank, invalid: ballots that are no valid vote.
        districts_for, districts_against: districts, halves where a district counts a half.
        districts_tied: districts with as many yes as no, which are neither; none where it is not given.
    """

    registered: int | None = None
    cast: int | None = None
    yes: int | None = None
    no: int | None = None
    blank: int | None = None
    invalid: int | None = None
    districts_for: Fraction | None = None
    districts_against: Fraction | None = None
    districts_tied: Fraction | None = None

    @property
    def valid(self) -> int | None:
        """Give the valid votes, None where yes or no is not known."""
        return None if self.yes is None or self.no is None else self.yes + self.no


def checked(numbers: Numbers) -> Numbers:
    """Give the numbers if they can be true together.

    Raises:
        InputError: they cannot; every contradiction is named, with both numbers.
    """
    faults = list(contradictions(numbers))
    if faults:
        raise InputError(
            f"these numbers cannot be true together: {'; '.join(faults)}. Correct or leave out one of each."
        )
    return numbers


def contradictions(numbers: Numbers) -> Iterator[str]:
    """Give each contradiction among the numbers, with both, or what is no number at all."""
    wrong = [name for name, value in vars(numbers).items() if not _is_number(name, value)]
    for name in wrong:
        yield f"{name} is no {'number of districts, such as 12 or 8.5' if name in DISTRICTS else 'whole number'}"
    if wrong:
        return
    for name, value in vars(numbers).items():
        if value is not None and value < 0:
            yield f"{name} is {value}"
    known = [value for value in (numbers.yes, numbers.no, numbers.blank, numbers.invalid) if value is not None]
    if numbers.cast is not None and sum(known) > numbers.cast:
        yield f"yes, no, blank and invalid are {sum(known):,} together, and {numbers.cast:,} ballots were cast"
    most = max((value for value in (numbers.cast, sum(known)) if value is not None), default=0)
    if numbers.registered is not None and most > numbers.registered:
        yield f"{most:,} ballots were cast, and {numbers.registered:,} people are registered"


def _is_number(name: str, value: object) -> bool:
    """Tell whether something is a number of its kind or None: people and ballots are whole, districts may be halves."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return True
    return name in DISTRICTS and (isinstance(value, Fraction) or (isinstance(value, float) and value * 2 % 1 == 0))
