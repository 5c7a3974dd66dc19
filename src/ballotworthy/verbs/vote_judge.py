"""Judge a vote by its own rule: passed, failed, rejected, invalid or unknown, each condition with its margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.law import read_law
from ballotworthy.vote import Judgement, Numbers, Rule, judgement_data
from ballotworthy.vote import judge_vote as judge
from ballotworthy.vote.judge import Outcome
from ballotworthy.vote.recount import Recount, recount_of


@dataclass(frozen=True)
class JudgedVote:
    """A vote, what its rule makes of it, and what recount law says: None where none is held or no place was named."""

    numbers: Numbers
    judgement: Judgement
    recount: Recount | None = None

    @property
    def outcome(self) -> Outcome:
        """Passed, failed, rejected, invalid or unknown."""
        return self.judgement.outcome

    def __repr__(self) -> str:
        """Give the outcome and the rule."""
        return f"JudgedVote({self.outcome}: {self.judgement.rule})"

    def to_dict(self) -> dict[str, Any]:
        """Give the judgement as `vote judge --json` prints it."""
        recount = self.recount.to_dict() if self.recount else None
        return {**judgement_data(self.judgement), "recount": recount}


def judge_vote(
    rule: Rule | str | Sequence[str],
    numbers: Numbers,
    *,
    place: str | None = None,
    kind: str | None = None,
    on: date | None = None,
) -> JudgedVote:
    """Give the outcome of a vote under a rule, and what the recount law of a place says at its margin.

    Args:
        rule: the conditions.
        numbers: what is known of the vote.
        place, kind, on: whose recount law, for which kind of measure, on the day of the vote; all three or none.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or place, kind and day are not
            given together.
        UnknownName: there is no such place or kind.
    """
    judged = judge(rule, numbers)
    if place is None and kind is None and on is None:
        return JudgedVote(numbers, judged)
    if place is None or kind is None or on is None:
        raise InputError("recount law is looked up by place, kind and the day of the vote; give all three, or none.")
    return JudgedVote(numbers, judged, recount_of(read_law(place), kind, on, numbers))
