"""A judged vote in words: the outcome, then a line for each condition."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ballotworthy.vote import Finding, Judgement
    from ballotworthy.vote.district_votes import CountedDistricts

SHOWN = 8

OUTCOMES = {
    "passed": "passed: every condition holds",
    "failed": "failed: a condition does not hold",
    "rejected": "rejected: the veto is reached",
    "invalid": "invalid: the quorum is not reached",
    "unknown": "unknown: a number is missing",
}
STATES = {True: "holds", False: "does not hold", None: "unknown"}


def judged_words(judged: Judgement) -> list[str]:
    """Give a judgement for people: the outcome, then a line a condition."""
    said = [f"{OUTCOMES[judged.outcome].capitalize()}."]
    said += [f"  {line}" for finding in judged.conditions for line in _lines(finding)]
    if judged.missing:
        said.append(f"Nobody gave: {', '.join(judged.missing)}. Give each with the option of its name.")
    return said


def districts_words(counted: CountedDistricts) -> str:
    """Give districts counted, with the names of those that are neither for nor against."""
    sides = [f"{_exact(counted.for_it)} for it", f"{_exact(counted.against)} against"]
    if counted.ties:
        sides.append(f"{_exact(counted.tied)} with as many yes as no ({_names(counted.ties)}), neither for nor against")
    return f"Of {counted.of} districts: {', '.join(sides)}."


def ties_words(ties: Sequence[str]) -> list[str]:
    """Give a line that names the districts which are neither for nor against, none where there are none."""
    return [f"As many yes as no, neither for nor against: {_names(ties)}."] if ties else []


def _names(ties: Sequence[str]) -> str:
    from ballotworthy.vote.words import one_line

    more = f" and {len(ties) - SHOWN} more" * (len(ties) > SHOWN)
    return ", ".join(one_line(each) for each in ties[:SHOWN]) + more


def _exact(number: Fraction) -> str:
    whole, half = divmod(number, 1)
    return f"{whole}" if not half else f"{whole} {half}" if whole else f"{half}"


def _lines(finding: Finding) -> list[str]:
    from ballotworthy.vote.rule import WORDS

    if finding.parts:
        inner = [f"  {line}" for part in finding.parts for line in _lines(part)]
        return [f"one of these {STATES[finding.holds].replace('does not hold', 'would do, and none holds')}:", *inner]
    return [f"{finding.condition}: {STATES[finding.holds]}{_margin(finding)} ({WORDS[finding.name]})"]


def _margin(finding: Finding) -> str:
    if finding.margin is None:
        return f", {', '.join(finding.missing)} not given"
    unit = _unit(finding.name, abs(finding.margin))
    if finding.name in ("majority", "no_majority"):
        return f", {abs(finding.margin):,} {unit} {'ahead' if finding.margin > 0 else 'behind'}"
    return f", {abs(finding.margin):,} {unit} {'below' if finding.margin < 0 else 'above'} the limit"


def _unit(name: str, number: int) -> str:
    noun = "district" if name.startswith("districts") else "ballot" if name == "turnout" else "vote"
    return noun if number == 1 else f"{noun}s"
