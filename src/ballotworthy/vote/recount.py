"""What the recount law of a place says at the margin of a vote, in exact arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
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
        margin: votes between yes and no, or from the share that adopts; None where yes or no is not known.
        votes: valid votes on the question, None likewise.
        rule: the law in words, with its source.
        threshold: the share that adopts, where the margin is measured from it.
    """

    automatic: bool | None
    margin: int | None
    votes: int | None
    rule: Cited[str]
    threshold: Fraction | None = None

    @property
    def words(self) -> str:
        """Say it in one sentence: the margin, what follows, and the law."""
        return f"{self.said} ({self.rule.source}): {self.rule.value}"

    @property
    def said(self) -> str:
        """Say the margin and what follows from it."""
        return f"{self._margin}: {self._follows}"

    @property
    def _margin(self) -> str:
        if self.margin is None or not self.votes:
            return "margin between yes and no not known"
        noun = "vote" if self.margin == 1 else "votes"
        ends = "between yes and no" if self.threshold is None else f"from {self.threshold} of the votes"
        return f"{self.margin:,} {noun} {ends}, {self._percent(self.margin, self.votes)} of the votes on it"

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
            "said": self.said,
            "law": self.rule.value,
            "source": self.rule.source.cite,
            "url": self.rule.source.url,
        }


def recount_of(law: Law, kind: str, day: date, numbers: Numbers) -> Recount | None:
    """Give what the recount law in force on the day of a vote says at its margin; None where none is held.

    A limit in votes and a limit in percent must both be kept where the law has both. The margin is that of yes against
    no, also where the measure needs more than a majority, unless the law measures it from the share that adopts. Of a
    law that takes its percent of "the votes of the election" it is open, between the votes on this question and all
    ballots cast, which of them is meant.

    Raises:
        UnknownName: the place has no such kind.
    """
    rules = law.kind(kind).rules

    def held(name: str) -> Any:
        try:
            return value_on(rules.get(name, ()), day, name)
        except LawSilent:
            return None

    rule = held("recount_rule")
    if rule is None:
        return None
    share, most, below, measure, adopts = (
        None if cited is None else cited.value
        for cited in map(held, ("recount_share", "recount_votes", "recount_below", "recount_measure", "adoption_share"))
    )
    limited = share is not None or most is not None
    if numbers.yes is None or numbers.no is None:
        return Recount(None if limited else False, None, None, rule)
    margin, votes = Fraction(abs(numbers.yes - numbers.no)), numbers.yes + numbers.no
    threshold = Fraction(adopts) if measure == "threshold" and adopts is not None else None
    if threshold is not None:
        margin = abs(numbers.yes - threshold * votes)
    least = max(numbers.yes, numbers.no) if measure == "winner" else votes
    greatest = numbers.cast if measure == "election" else least
    within = [
        None if base is None else _within(margin, base, share, most, strict=bool(below)) for base in (least, greatest)
    ]
    automatic = within[0] if within[0] or within[0] == within[1] else None
    return Recount(automatic if limited else False, floor(margin), votes, rule, threshold)


def _within(margin: Fraction, base: int, share: Decimal | None, most: int | None, *, strict: bool) -> bool:
    limits = [Fraction(most)] if most is not None else []
    if share is not None:
        limits.append(Fraction(share) * base)
    return all(margin < limit if strict else margin <= limit for limit in limits)
