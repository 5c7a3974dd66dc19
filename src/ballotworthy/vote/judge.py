"""A vote judged by its own rule: passed, failed, rejected, invalid or unknown, and by how many votes.

A quorum that fails makes a vote invalid, and so does a choice of quorums that all fail. A veto is reached where all its
conditions hold together; the question is then rejected. Of all other conditions each must hold. Of nothing no share is
reached. Where a number that a condition needs was not given, the outcome is unknown, and the number is named. All
arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, Literal

from ballotworthy.vote.numbers import Numbers, checked
from ballotworthy.vote.rule import QUORUMS, VETOES, Condition, Either, Rule, read_rule

Outcome = Literal["passed", "failed", "rejected", "invalid", "unknown"]


@dataclass(frozen=True)
class Finding:
    """What became of one condition.

    Attributes:
        name: what it compares, "any" for a choice.
        condition: the condition as written.
        holds: None where a number is missing.
        margin: whole votes (ballots, districts) above the limit, rounded down, negative below it; of a majority
            the votes by which one side leads; None where it is unknown.
        missing: the numbers that nobody gave.
        parts: the findings of a choice.
    """

    name: str
    condition: str
    holds: bool | None
    margin: int | None
    missing: tuple[str, ...] = ()
    parts: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """The outcome of a vote under its rule, with every condition."""

    outcome: Outcome
    rule: Rule
    numbers: Numbers
    conditions: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Give the numbers that the rule needs and nobody gave, each once."""
        return tuple(dict.fromkeys(name for each in self.conditions if each.holds is None for name in each.missing))


def judge_vote(rule: Rule | str | Sequence[str], numbers: Numbers) -> Judgement:
    """Judge a vote by a rule.

    Raises:
        InputError: the rule cannot be read, or the numbers cannot be true together.
    """
    read = rule if isinstance(rule, Rule) else read_rule(rule)
    checked(numbers)
    findings = tuple(_found(each, numbers) for each in read.conditions)
    return Judgement(_outcome(findings), read, numbers, findings)


def judgement_data(judged: Judgement) -> dict[str, Any]:
    """Give a judgement as plain values, for JSON."""
    return {
        "outcome": judged.outcome,
        "rule": str(judged.rule),
        "conditions": [_data(each) for each in judged.conditions],
        "missing": list(judged.missing),
        "numbers": {
            name: value if isinstance(value, int) else float(value)
            for name, value in vars(judged.numbers).items()
            if value is not None
        },
    }


def _data(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": finding.name,
        "condition": finding.condition,
        "holds": finding.holds,
        "margin": finding.margin,
    }
    if finding.missing:
        told["missing"] = list(finding.missing)
    if finding.parts:
        told["any"] = [_data(part) for part in finding.parts]
    return told


def _outcome(findings: Sequence[Finding]) -> Outcome:
    if any(each.holds is None for each in findings):
        return "unknown"
    if any(not each.holds for each in findings if is_quorum(each)):
        return "invalid"
    vetoes = [each.holds for each in findings if each.name in VETOES]
    if vetoes and all(vetoes):
        return "rejected"
    others = (each.holds for each in findings if each.name not in VETOES)
    return "passed" if all(others) else "failed"


def is_quorum(finding: Finding) -> bool:
    """Tell whether a condition is a quorum, or a choice of nothing but quorums."""
    return finding.name in QUORUMS or (bool(finding.parts) and all(part.name in QUORUMS for part in finding.parts))


def _found(each: Condition | Either, numbers: Numbers) -> Finding:
    if isinstance(each, Condition):
        return _one(each, numbers)
    parts = tuple(_one(part, numbers) for part in each.parts)
    if any(part.holds for part in parts):
        holds: bool | None = True
    else:
        holds = None if any(part.holds is None for part in parts) else False
    margins = [part.margin for part in parts if part.margin is not None]
    missing = tuple(dict.fromkeys(name for part in parts for name in part.missing)) if holds is None else ()
    return Finding("any", each.text, holds, max(margins, default=None) if holds is not None else None, missing, parts)


def _one(condition: Condition, numbers: Numbers) -> Finding:
    name, limit = condition.name, condition.limit
    count, whole = _compared(name)
    missing = tuple(each for each in (*count, *whole) if getattr(numbers, each) is None and each != "districts_tied")
    if missing:
        return Finding(name, condition.text, None, None, tuple(dict.fromkeys(missing)))
    have = Fraction(sum(getattr(numbers, each) for each in count))
    if name in ("majority", "no_majority"):
        lead = have - sum(getattr(numbers, each) for each in whole)
        return Finding(name, condition.text, lead > 0, int(lead))
    base = sum(getattr(numbers, each) or 0 for each in whole) if whole else 1
    need = limit * base
    reached = have > need if condition.strict else have >= need
    return Finding(name, condition.text, base > 0 and reached, floor(have - need))  # of nothing no share is reached


def _compared(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the numbers that are counted, and those of which they are a share; of a majority both sides."""
    return {
        "yes_of_valid": (("yes",), ("yes", "no")),
        "yes_of_cast": (("yes",), ("cast",)),
        "yes_of_registered": (("yes",), ("registered",)),
        "no_of_registered": (("no",), ("registered",)),
        "turnout": (("cast",), ("registered",)),
        "valid_of_registered": (("yes", "no"), ("registered",)),
        "districts": (("districts_for",), ("districts_for", "districts_against", "districts_tied")),
        "districts_weighted": (("districts_for",), ()),
        "majority": (("yes",), ("no",)),
        "no_majority": (("no",), ("yes",)),
    }[name]
