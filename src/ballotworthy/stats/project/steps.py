"""What every formula of law gives: an estimate, and each number on the way to it with the section that orders it.

In all formulas `valid` counts the signatures of the sample found valid, each signer once; `duplicates` counts
the further signatures of signers already counted. So the two and the invalid ones add up to the sample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ballotworthy.errors import InputError


@dataclass(frozen=True)
class Step:
    """One number of a calculation: its name, its value as printed, the section that orders it, its address.

    `stratum` is the part of the petition it belongs to, empty for the whole.
    """

    name: str
    value: str
    source: str
    url: str = ""
    stratum: str = ""


Told = Callable[[], tuple[Step, ...]]
"""Steps that are put into words when somebody reads them: who searches for a number asks for it thousands of times."""


@dataclass(frozen=True)
class Projection:
    """The projected number of valid signatures, and every step to it."""

    estimate: int
    tell: Told = field(repr=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give every step to the estimate, in order."""
        return self.tell()


@dataclass(frozen=True)
class SampleTest:
    """The answer of an acceptance test on a sample: whether it passes, and every step to it."""

    accepted: bool
    tell: Told = field(repr=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give every step to the answer, in order."""
        return self.tell()


def check_counts(raw: int, sample: int, valid: int, duplicates: int) -> None:
    """Refuse counts that no petition can have.

    Raises:
        InputError: a count is negative, a part is greater than its whole, or nothing was sampled.
    """
    if min(raw, sample, valid, duplicates) < 0:
        raise InputError("a count of signatures cannot be negative; correct the counts.")
    if sample > raw:
        raise InputError(f"the sample ({sample:,}) is greater than the raw count ({raw:,}); exchange or correct them.")
    if valid + duplicates > sample:
        raise InputError(
            f"valid ({valid:,}) and duplicates ({duplicates:,}) are more than the sample ({sample:,}); "
            "count each signer once under valid and his further signatures under duplicates."
        )
    if raw and not sample:
        raise InputError(f"none of {raw:,} signatures was sampled; nothing can be projected.")
