"""A petition as it is expected to be, kind of line by kind of line."""

from __future__ import annotations

from dataclasses import dataclass

from ballotworthy.errors import InputError
from ballotworthy.stats.risk.simulate import Lines


@dataclass(frozen=True)
class Expected:
    """What is expected of a petition.

    Attributes:
        lines: lines filed.
        valid: distinct signers that a full check would count.
        duplicates: lines that repeat a signer, as a share of the lines.
        accuracy: the share of the lines, of each kind alike, that the machine judges rightly.
        lost: how many lines of a pair do not count: 1, or 2 where the law counts neither.

    Raises:
        InputError: the numbers contradict each other.
    """

    lines: int
    valid: int
    duplicates: float
    accuracy: float
    lost: int = 1

    def __post_init__(self) -> None:
        if self.lines < 1:
            raise InputError(f"a petition of {self.lines:,} lines cannot be; give --lines of 1 or more.")
        if not 0 <= self.duplicates < 0.5:
            raise InputError(
                f"a share of duplicates of {self.duplicates:g} cannot be; give one from 0 to less than 0.5, like 0.025."
            )
        if not 0 < self.accuracy <= 1:
            raise InputError(
                f"a machine's accuracy of {self.accuracy:g} cannot be; give a share above 0 and up to 1, like 0.99."
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

    The machine takes its share of valid lines for invalid and of invalid ones for valid; of the lines of a pair
    that it misjudges it misses the signer on one half and the other line on the other.
    """
    pair = 0.5 if expected.lost == 1 else 0.0

    def split(number: int) -> tuple[int, int]:
        wrong = round(number * (1 - expected.accuracy))
        return number - wrong, wrong

    single, refused = split(expected.singles)
    linked, misjudged = split(2 * expected.pairs)
    invalid, accepted = split(expected.invalid)
    return [
        Lines(single, 1.0, 1.0),
        Lines(refused, 1.0, 0.0),
        Lines(linked, pair, pair),
        Lines(misjudged // 2, pair, 0.0),
        Lines(misjudged - misjudged // 2, pair, 1.0),
        Lines(invalid, 0.0, 0.0),
        Lines(accepted, 0.0, 1.0),
    ]
