"""Judge a vote by its own rule: passed, failed, rejected, invalid or unknown, each condition with its margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.vote import Judgement, Numbers, Outcome, Rule, judgement_data
from ballotworthy.vote import judge_vote as judge


@dataclass(frozen=True)
class JudgedVote:
    """A vote and what its rule makes of it."""

    numbers: Numbers
    judgement: Judgement

    @property
    def outcome(self) -> Outcome:
        """Passed, failed, rejected, invalid or unknown."""
        return self.judgement.outcome

    def __repr__(self) -> str:
        """Give the outcome and the rule."""
        return f"JudgedVote({self.outcome}: {self.judgement.rule})"

    def to_dict(self) -> dict[str, Any]:
        """Give the judgement as `vote judge --json` prints it."""
        return judgement_data(self.judgement)


def judge_vote(rule: Rule | str | Sequence[str], numbers: Numbers) -> JudgedVote:
    """Give the outcome of a vote under a rule.

    Raises:
        InputError: the rule cannot be read, or the numbers cannot be true together.
    """
    return JudgedVote(numbers, judge(rule, numbers))
