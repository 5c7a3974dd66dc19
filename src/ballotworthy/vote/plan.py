"""How many cards an audit of a vote draws first to confirm its outcome under its own rule.

To confirm that a question passed, every condition is confirmed, and of a choice one branch; that it failed, one
condition that does not hold, and of a choice every branch; that it is invalid, one quorum that fails. A quorum of valid
votes is on the cards, one of turnout is not. Each claim is tried at the whole risk limit: a wrong outcome
makes at least one of them false. Where one of several is enough, the one that takes fewest cards is named beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any, cast

from ballotworthy.errors import InputError
from ballotworthy.files.choices import Method
from ballotworthy.vote.assorters import Assorter, assorter_of
from ballotworthy.vote.judge import Finding, Outcome, is_quorum, judge_vote
from ballotworthy.vote.numbers import Numbers, checked
from ballotworthy.vote.rule import VETOES, Condition, Either, Rule, read_rule
from ballotworthy.vote.sizes import METHODS

DISTRICTS = frozenset({"districts", "districts_weighted"})
WHY = {
    "districts": "each district that decides is audited by itself at the same risk limit: plan all with --districts",
    "turnout": "it rests on the manifest, the poll books and the register: compare their numbers with each other",
}
Claims = tuple[Assorter, ...]


@dataclass(frozen=True)
class Planned:
    """One claim with the cards it takes: capped, and as the formula gives it (None: no sample is enough)."""

    claim: Assorter
    cards: int
    uncapped: int | None


@dataclass(frozen=True)
class NotAuditable:
    """A condition that is not sampled; `holds` by the reported numbers, None where one is missing."""

    condition: str
    holds: bool | None
    why: str


@dataclass(frozen=True)
class Plan:
    """A first sample.

    Attributes:
        outcome: by the conditions that are audited; invalid where a quorum is known to fail, failed where the districts
            are known to have failed it.
        cards: cards to draw, never more than there are; None where nothing that decides is on the cards.
        uncapped: the cards by the formula; None where no sample is enough, or nothing is to be drawn.
        capped: every card is to be looked at, since the formula asks for more than there are.
    """

    rule: Rule
    method: Method
    risk: float
    population: int
    outcome: Outcome
    cards: int | None
    uncapped: int | None
    capped: bool
    claims: tuple[Planned, ...]
    not_auditable: tuple[NotAuditable, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Give the conditions that are on no card and of which the numbers given do not tell whether they hold."""
        return tuple(each.condition for each in self.not_auditable if each.holds is None)


def plan_audit(
    rule: Rule | str | Sequence[str], numbers: Numbers, cards: int, risk: float = 0.05, method: str = "alpha"
) -> Plan:
    """Plan the first sample of a risk-limiting audit of a vote.

    Ballots cast are the cards where their number is not given.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or one that is audited is missing.
    """
    read = rule if isinstance(rule, Rule) else read_rule(rule)
    told = _told(numbers, cards, risk, method)
    findings = judge_vote(read, told).conditions
    beside = tuple(_beside(findings))
    pairs = [pair for pair in zip(read.conditions, findings, strict=True) if _sampled(pair[1])]
    missing = dict.fromkeys(name for _, each in pairs if each.holds is None for name in each.missing)
    if missing:
        raise InputError(f"the rule needs numbers that nobody gave: {', '.join(missing)}. Give each.")
    outcome = judge_vote(Rule(tuple(condition for condition, _ in pairs)), told).outcome
    if any(each.holds is False for each in findings if is_quorum(each)):
        outcome = "invalid"
    if outcome == "passed" and any(each.holds is False for each in findings if each.name in DISTRICTS):
        outcome = "failed"  # by the districts alone, of which nothing is seen on all cards together
    by = cast("Method", method)
    claims = tuple(
        _planned(claim, risk, by)
        for options in _decisive(outcome, pairs, told, cards)
        for claim in _least(options, risk, by)
    )
    most = max(claims, key=_cost, default=None)
    if most is None:
        return Plan(read, by, risk, cards, outcome, None, None, False, (), beside)
    capped = most.uncapped is None or most.uncapped > cards
    return Plan(read, by, risk, cards, outcome, most.cards, most.uncapped, capped, claims, beside)


def plan_data(plan: Plan) -> dict[str, Any]:
    """Give a plan as plain values, for JSON."""
    return {
        "cards": plan.cards,
        "uncapped": plan.uncapped,
        "capped": plan.capped,
        "method": plan.method,
        "rule": str(plan.rule),
        "assertion": " and ".join(each.claim.claim for each in plan.claims) or None,
        "outcome": plan.outcome,
        "risk": plan.risk,
        "of": plan.population,
        "assertions": [_data(each) for each in plan.claims],
        "not_auditable": [vars(each) for each in plan.not_auditable],
    }


def _data(each: Planned) -> dict[str, Any]:
    claim = each.claim
    exact = {"mean": claim.mean, "bound": claim.bound, "margin": claim.margin, "margin_over_bound": claim.share}
    floats = {name: None if value is None else float(value) for name, value in exact.items()}
    return {"assertion": claim.claim, "cards": each.cards, "uncapped": each.uncapped, **floats}


def _told(numbers: Numbers, cards: int, risk: float, method: str) -> Numbers:
    if method not in METHODS:
        raise InputError(f"there is no method {method[:40]}; the methods are {', '.join(METHODS)}.")
    if not 0 < risk < 1:
        raise InputError(f"the risk limit is {risk}; write a number between 0 and 1, such as 0.05.")
    if cards < 1 or cards % 1:
        raise InputError(f"there are {cards} cards; give the number of cards of the manifest, 1 or more.")
    checked(numbers)
    missing = [name for name in ("yes", "no") if getattr(numbers, name) is None]
    if missing:
        raise InputError(f"an audit is planned from the reported votes, and nobody gave {' and '.join(missing)}.")
    votes, ballots = numbers.valid or 0, numbers.cast
    if votes > cards:
        raise InputError(f"yes and no are {votes:,} together, and there are {cards:,} cards; correct one of them.")
    if ballots is not None and ballots > cards:
        raise InputError(f"{ballots:,} ballots were cast, and there are {cards:,} cards; a ballot has a card or more.")
    if ballots is None and numbers.registered is not None and cards > numbers.registered >= votes:
        raise InputError(
            f"there are {cards:,} cards, and {numbers.registered:,} people are registered; where a ballot has several "
            "cards, give the number of ballots cast (--cast)."
        )
    return checked(replace(numbers, cast=cards if ballots is None else ballots))


def _sampled(finding: Finding) -> bool:
    return finding.name not in DISTRICTS | {"turnout"}


def _beside(findings: Sequence[Finding]) -> Iterator[NotAuditable]:
    for each in findings:
        if each.parts:
            yield from _beside(each.parts)
        elif not _sampled(each):
            yield NotAuditable(each.condition, each.holds, WHY["districts" if each.name in DISTRICTS else "turnout"])


def _decisive(
    outcome: Outcome, pairs: Sequence[tuple[Condition | Either, Finding]], numbers: Numbers, cards: int
) -> Iterator[list[Claims]]:
    """Give the groups of claims that prove the outcome: of every group one tuple, and of that every claim."""
    ways = [(found, list(_ways(each, found, numbers, cards))) for each, found in pairs]
    quorums = [(found, options) for found, options in ways if is_quorum(found)]
    if outcome == "invalid":
        broken = [way for found, options in quorums if not found.holds for way in options]
        yield from [broken] if broken else []
        return
    ways = [(found, options) for found, options in ways if not is_quorum(found)]
    if outcome == "failed":
        unmet = [way for found, options in ways if not found.holds and found.name not in VETOES for way in options]
        yield from [unmet, *(options for _, options in quorums)] if unmet else []
        return
    yield from (options for _, options in quorums)
    vetoes = [(found, options) for found, options in ways if found.name in VETOES]
    if outcome == "rejected":
        yield from (options for _, options in vetoes)
        return
    yield from (options for found, options in ways if found.name not in VETOES)
    yield [way for found, options in vetoes if not found.holds for way in options]


def _ways(each: Condition | Either, found: Finding, numbers: Numbers, cards: int) -> Iterator[Claims]:
    """Give the ways to prove that a condition holds, or does not, as it was found."""
    parts = zip(each.parts, found.parts, strict=True) if isinstance(each, Either) else [(each, found)]
    claims = tuple(
        assorter_of(part, bool(found.holds), numbers, cards)
        for part, seen in parts
        if _sampled(seen) and seen.holds == found.holds
    )
    if found.holds:
        yield from ((claim,) for claim in claims)
    elif claims:
        yield claims


def _least(options: Sequence[Claims], risk: float, method: Method) -> Claims:
    return min(options, key=lambda way: max(_cost(_planned(claim, risk, method)) for claim in way), default=())


def _planned(claim: Assorter, risk: float, method: Method) -> Planned:
    size = 0 if claim.certain else METHODS[method](claim, risk)
    return Planned(claim, claim.cards if size is None else min(size, claim.cards), size)


def _cost(each: Planned) -> float:
    return inf if each.uncapped is None else each.uncapped
