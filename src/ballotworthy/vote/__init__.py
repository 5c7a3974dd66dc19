"""The vote after the petition: its rule as data, its count and its audit."""

from ballotworthy.vote.judge import Finding, Judgement, judge_vote, judgement_data
from ballotworthy.vote.numbers import Numbers
from ballotworthy.vote.rule import Condition, Either, Rule, read_rule

__all__ = [
    "Condition",
    "Either",
    "Finding",
    "Judgement",
    "Numbers",
    "Rule",
    "judge_vote",
    "judgement_data",
    "read_rule",
]
