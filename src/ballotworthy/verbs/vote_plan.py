"""Plan the audit of a vote: the cards to draw first to confirm that it passed or failed, under its own rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.vote import Numbers, Plan, Rule, plan_data
from ballotworthy.vote import plan_audit as plan
from ballotworthy.vote.districts import DistrictsPlan, condition_on_districts, plan_all, read_districts, ties_of


@dataclass(frozen=True)
class PlannedAudit:
    """A vote and the first sample of its audit.

    Attributes:
        numbers: as reported, with those of the districts.
        plan: of all cards.
        districts: those confirmed for a double majority, if planned.
        ties: the names of districts with as many yes as no, which are neither for nor against.
    """

    numbers: Numbers
    plan: Plan
    districts: DistrictsPlan | None = None
    ties: tuple[str, ...] = ()

    @property
    def cards(self) -> int | None:
        """Cards to draw; None where nothing that decides is on the cards."""
        return self.plan.cards

    def __repr__(self) -> str:
        """Give the cards to draw, and of how many."""
        cards = "nothing to draw" if self.cards is None else f"{self.cards:,} of {self.plan.population:,} cards"
        return f"PlannedAudit({self.plan.outcome}: {cards})"

    def to_dict(self) -> dict[str, Any]:
        """Give the plan as `vote plan --json` prints it."""
        told = plan_data(self.plan)
        if self.ties:
            told["ties"] = list(self.ties)
        if self.districts is not None:
            told["districts"] = self.districts.to_dict()
            told["not_auditable"] = [
                each for each in told["not_auditable"] if each["condition"] != self.districts.condition
            ]
        return told


def plan_audit(
    rule: Rule | str | Sequence[str],
    numbers: Numbers,
    cards: int,
    risk: float = 0.05,
    method: str = "alpha",
    *,
    districts: Path | None = None,
) -> PlannedAudit:
    """Give the first sample of a risk-limiting audit; ballots cast are the cards where their number is not given.

    Args:
        rule: the conditions.
        numbers: as reported.
        cards: all of them, by the manifest.
        risk: the risk limit, of the votes of all and of each district alike.
        method: alpha, kaplan-markov or polling.
        districts: a table of them, for a rule that asks for a majority of districts as well.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, one that is audited is missing, or
            the districts do not add up to the whole.
        FileFaults: what is wrong in the table of districts.
    """
    if districts is None:
        return PlannedAudit(numbers, plan(rule, numbers, cards, risk, method))
    condition_on_districts(rule)  # told before the table is
    parts = read_districts(districts)
    return PlannedAudit(*plan_all(rule, numbers, cards, risk, method, parts), ties_of(parts))
