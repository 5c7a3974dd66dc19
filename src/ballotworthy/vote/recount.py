"""What the recount law of a place says at the margin of a vote, in exact arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ballotworthy.errors import LawSilent
from ballotworthy.law import Law
from ballotworthy.law.dated import Cited, value_on
from ballotworthy.vote.numbers import Numbers


@dataclass(frozen=True)
class Recount:
    """What recount law says of a vote.

    Attributes:
        automatic: whether the law orders a recount by itself; None where yes or no is not known.
        margin: votes between yes and no, None where either is not known.
        votes: valid votes on the question, None likewise.
        rule: the law in words, with its source.
    """

    automatic: bool | None
    margin: int | None
    votes: int | None
    rule: Cited[str]

    @property
    def words(self) -> str:
        """Say it in one sentence: the margin, what follows, and the law."""
        return f"{self._margin}: {self._follows} ({self.rule.source}): {self.rule.value}"

    @property
    def _margin(self) -> str:
        if self.margin is None or not self.votes:
            return "margin between yes and no not known"
        noun = "vote" if self.margin == 1 else "votes"
        return f"{self.margin:,} {noun} between yes and no, {self._percent(self.margin, self.votes)} of the votes on it"

    @staticmethod
    def _percent(part: int, whole: int) -> str:
        thousandths = part * 100_000 // whole  # cut, so that a margin above a limit is not shown below a smaller one
        return f"{thousandths // 1000}.{thousandths % 1000:03d}%"

    @property
    def _follows(self) -> str:
        if self.automatic is None:
            return "whether a recount is automatic is open"
        return "automatic recount" if self.automatic else "no automatic recount"

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return {
            "automatic": self.automatic,
            "margin": self.margin,
            "words": self.words,
            "source": self.rule.source.cite,
            "url": self.rule.source.url,
        }


def recount_of(law: Law, kind: str, day: date, numbers: Numbers) -> Recount | None:
    """Give what the recount law in force on the day of a vote says at its margin; None where none is held.

    A limit in votes and a limit in percent must both be kept where the law has both. The margin is that of yes against
    no, as the statutes held here have it, also where the measure needs more than a majority.

    Raises:
        UnknownName: the place has no such kind.
    """
    rules = law.kind(kind).rules

    def held(name: str) -> Any:
        try:
            return value_on(rules.get(name, ()), day, name)
        except LawSilent:
            return None

    rule, share, most, below = map(held, ("recount_rule", "recount_share", "recount_votes", "recount_below"))
    if rule is None:
        return None
    limited = share is not None or most is not None
    if numbers.yes is None or numbers.no is None:
        return Recount(None if limited else False, None, None, rule)
    margin, votes = abs(numbers.yes - numbers.no), numbers.yes + numbers.no
    limits = [Fraction(most.value)] if most is not None else []
    if share is not None:
        limits.append(Fraction(share.value) * votes)
    strict = below is not None and below.value
    within = limited and all(margin < limit if strict else margin <= limit for limit in limits)
    return Recount(within, margin, votes, rule)
