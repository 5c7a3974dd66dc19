"""Assorters: what a condition of a rule claims of the cards, as a mean that must be over one half.

Stark, "Sets of Half-Average Nulls Generate Risk-Limiting Audits" (SHANGRLA, 2020, arXiv:1911.10035): each card has a
value of at least 0, and the claim is true just where the mean of all cards is over 1/2. For "yes is over a share f of
the valid votes" a yes counts 1/(2f), a no 0, any other card 1/2; that it is under f is the same of the no and 1 - f. A
share f of R people or ballots, on N cards, is the share fR/N of the cards: here nothing is neutral.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ballotworthy.vote.cards import Mark
from ballotworthy.vote.numbers import Numbers
from ballotworthy.vote.rule import Condition

HALF = Fraction(1, 2)
OF_VALID = ("majority", "no_majority", "yes_of_valid")
"""Conditions on a share of the valid votes: a card without one is neutral."""
SIDES = {"yes": (Mark.YES,), "no": (Mark.NO,), "valid": (Mark.YES, Mark.NO)}
"""What is marked on the cards that a claim is about, by its side."""


@dataclass(frozen=True)
class Assorter:
    """One claim: of the cards that are for or against it, more than a share of `limit` are for it.

    Attributes:
        claim: the claim in words.
        cards: all cards.
        supporting, opposing: the cards for the claim (each counts 1/(2 limit)) and against it (0); others count 1/2.
        limit: the share to be exceeded; under 0 where the number of cards alone proves the claim.
        side: `yes`, `no` or `valid`, the votes that the claim is about.
        over: whether it says that these are over their limit; else that they are under it.
        of_valid: whether they are a share of the valid votes; else of all cards, and nothing is neutral.
    """

    claim: str
    cards: int
    supporting: int
    opposing: int
    limit: Fraction
    side: str = "yes"
    over: bool = True
    of_valid: bool = True

    @property
    def certain(self) -> bool:
        """Say whether the claim is true whatever is marked on the cards."""
        return self.limit < 0

    @property
    def bound(self) -> Fraction | None:
        """Give the largest value of a card; None where no share is to be exceeded."""
        return 1 / (2 * self.limit) if self.limit > 0 else None

    def value(self, mark: Mark | None) -> float:
        """Give what a card counts: 0 to `bound`; None is a card that could not be found, which counts 0.

        Raises:
            ValueError: no share is to be exceeded, so that nothing is sampled.
        """
        if self.bound is None:
            raise ValueError("nothing is sampled for a claim without a limit")
        if mark is None:
            return 0.0
        if self.of_valid and mark not in SIDES["valid"]:
            return 0.5
        return float(self.bound) if (mark in SIDES[self.side]) == self.over else 0.0

    @property
    def mean(self) -> Fraction | None:
        """Give the mean value of the cards as they were reported."""
        if self.bound is None:
            return None
        neutral = self.cards - self.supporting - self.opposing
        return (self.supporting * self.bound + neutral * HALF) / self.cards

    @property
    def margin(self) -> Fraction | None:
        """Give twice the mean, less one: over 0 where the claim holds."""
        return None if self.mean is None else 2 * self.mean - 1

    @property
    def share(self) -> Fraction | None:
        """Give the margin divided by the bound, which stands in place of a plurality's diluted margin."""
        return None if self.margin is None or self.bound is None else self.margin / self.bound


def assorter_of(condition: Condition, holds: bool, numbers: Numbers, cards: int) -> Assorter:
    """Give the claim that a condition holds, or that it does not.

    The condition is one of yes, no or valid votes, and `numbers` has what it needs.
    """
    side = next((each for each in SIDES if condition.name.startswith(each)), "yes")  # majority is of yes
    yes, no = numbers.yes or 0, numbers.no or 0
    mine, other = {"yes": (yes, no), "no": (no, yes), "valid": (yes + no, 0)}[side]
    what = "valid votes are" if side == "valid" else f"{side} is"
    claim = f"{what} {'over' if holds else 'under'} {condition.limit} of the {_whole(condition.name)}"
    if condition.name in OF_VALID:
        limit = condition.limit
    else:
        of = numbers.cast if condition.name == "yes_of_cast" else numbers.registered
        limit, other = condition.limit * (of or 0) / cards, cards - mine
    of_valid = condition.name in OF_VALID
    if holds:
        return Assorter(claim, cards, mine, other, limit, side, True, of_valid)
    return Assorter(claim, cards, other, mine, 1 - limit, side, False, of_valid)


def _whole(name: str) -> str:
    ends = {"cast": "ballots cast", "registered": "registered voters"}
    return ends.get(name.rpartition("_of_")[2], "valid votes")
