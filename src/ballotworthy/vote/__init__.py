"""The vote after the petition: its rule as data, its count and its audit."""

from ballotworthy.vote.judge import Finding, Judgement, judge_vote, judgement_data
from ballotworthy.vote.numbers import Numbers
from ballotworthy.vote.plan import Plan, plan_audit, plan_data
from ballotworthy.vote.rule import Condition, Either, Rule, read_rule
from ballotworthy.vote.share_asked import ShareAsked, share_asked

__all__ = [
    "Condition",
    "Either",
    "Finding",
    "Judgement",
    "Numbers",
    "Plan",
    "Rule",
    "ShareAsked",
    "judge_vote",
    "judgement_data",
    "plan_audit",
    "plan_data",
    "read_rule",
    "share_asked",
]
