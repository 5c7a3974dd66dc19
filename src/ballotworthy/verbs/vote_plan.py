"""Plan the audit of a vote: the cards to draw first to confirm that it passed or failed, under its own rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.vote import Numbers, Plan, Rule, plan_data
from ballotworthy.vote import plan_audit as plan


@dataclass(frozen=True)
class PlannedAudit:
    """A vote and the first sample of its audit."""

    numbers: Numbers
    plan: Plan

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
        return plan_data(self.plan)


def plan_audit(
    rule: Rule | str | Sequence[str], numbers: Numbers, cards: int, risk: float = 0.05, method: str = "alpha"
) -> PlannedAudit:
    """Give the first sample of a risk-limiting audit; ballots cast are the cards where their number is not given.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or one that is audited is missing.
    """
    return PlannedAudit(numbers, plan(rule, numbers, cards, risk, method))
