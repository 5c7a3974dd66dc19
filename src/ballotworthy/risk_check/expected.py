"""A petition as it is expected to be, kind of line by kind of line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ballotworthy.errors import InputError
from ballotworthy.stats.risk.simulate import Lines


class Confusion(NamedTuple):
    """How the machine errs: the share of valid lines that it refuses, and of invalid lines that it accepts."""

    refused: float
    accepted: float


def right_on(accuracy: float) -> Confusion:
    """Give the machine that judges this share of the lines rightly, of valid and invalid ones alike.

    Raises:
        InputError: that cannot be.
    """
    if not 0 < accuracy <= 1:
        raise InputError(
            f"a machine's accuracy of {accuracy:g} cannot be; give a share above 0 and up to 1, like 0.99."
        )
    return Confusion(1 - accuracy, 1 - accuracy)


def measured(valid: int, refused: int, invalid: int, accepted: int) -> Confusion:
    """Give the machine that was measured on lines that people ruled, drawn at random.

    A share k of n is taken as (k + 1/2) / (n + 1), the mean of what it may be (Jeffreys), so that no error seen among
    a few lines does not count as none.

    Args:
        valid, refused: lines that people ruled valid, and those of them that the machine refused.
        invalid, accepted: lines that people ruled invalid, and those of them that the machine accepted.

    Raises:
        InputError: the counts contradict each other.
    """
    if not (0 <= refused <= valid and 0 <= accepted <= invalid):
        raise InputError(
            f"{refused:,} of {valid:,} valid lines refused and {accepted:,} of {invalid:,} invalid ones accepted "
            "cannot be; correct --machine-confusion."
        )
    return Confusion((refused + 0.5) / (valid + 1), (accepted + 0.5) / (invalid + 1))


@dataclass(frozen=True)
class Expected:
    """What is expected of a petition.

    Attributes:
        lines: lines filed.
        valid: distinct signers that a full check would count.
        duplicates: lines that repeat a signer, as a share of the lines.
        machine: how the machine errs.
        lost: how many lines of a pair do not count: 1, or 2 where the law counts neither.

    Raises:
        InputError: the numbers contradict each other.
    """

    lines: int
    valid: int
    duplicates: float
    machine: Confusion
    lost: int = 1

    def __post_init__(self) -> None:
        if self.lines < 1:
            raise InputError(f"a petition of {self.lines:,} lines cannot be; give --lines of 1 or more.")
        if not 0 <= self.duplicates < 0.5:
            raise InputError(
                f"a share of duplicates of {self.duplicates:g} cannot be; give one from 0 to less than 0.5, like 0.025."
            )
        if not all(0 <= share <= 1 for share in self.machine):
            raise InputError(
                f"a machine that refuses {self.machine.refused:g} of the valid lines and accepts "
                f"{self.machine.accepted:g} of the others cannot be; give shares from 0 to 1, like 0.01."
            )
        if not 0 <= self.valid <= self.lines - self.lost * self.pairs:
            raise InputError(
                f"{self.valid:,} valid signers cannot stand behind {self.lines:,} lines of which {self.pairs:,} repeat "
                "one; give fewer with --valid, or a smaller share of duplicates."
            )
        if self.lost == 1 and self.pairs > self.valid:
            raise InputError(
                f"{self.pairs:,} repeating lines cannot come from {self.valid:,} valid signers who sign at most "
                "twice; give a smaller share of duplicates."
            )

    @property
    def pairs(self) -> int:
        """Give how many signers signed twice."""
        return round(self.lines * self.duplicates)

    @property
    def singles(self) -> int:
        """Give how many valid signers signed once."""
        return self.valid - (self.pairs if self.lost == 1 else 0)

    @property
    def invalid(self) -> int:
        """Give how many lines are invalid for another reason than that they repeat a signer."""
        return self.lines - self.singles - 2 * self.pairs


def kinds_of(expected: Expected) -> list[Lines]:
    """Give the lines with the weights that people would rule and those of the machine.

    The machine takes its share of valid lines for invalid and of invalid ones for valid; on lines of a pair it misses
    the signer half as often as it refuses a valid line, and the other line half as often as it accepts an invalid one.
    """
    pair = 0.5 if expected.lost == 1 else 0.0
    machine, lines = expected.machine, 2 * expected.pairs
    wrong = machine.refused + machine.accepted
    misjudged = round(lines * wrong / 2)
    unseen = int(misjudged * machine.refused / wrong) if wrong else 0
    refused, accepted = round(expected.singles * machine.refused), round(expected.invalid * machine.accepted)
    return [
        Lines(expected.singles - refused, 1.0, 1.0),
        Lines(refused, 1.0, 0.0),
        Lines(lines - misjudged, pair, pair),
        Lines(unseen, pair, 0.0),
        Lines(misjudged - unseen, pair, 1.0),
        Lines(expected.invalid - accepted, 0.0, 0.0),
        Lines(accepted, 0.0, 1.0),
    ]
