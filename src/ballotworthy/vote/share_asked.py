"""What a rule asks of the share of yes among the valid votes: the part of it that polls can speak of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ballotworthy.errors import InputError
from ballotworthy.vote.rule import Condition, Either, Rule, read_rule


@dataclass(frozen=True)
class ShareAsked:
    """The share that must be passed, None where the rule asks for none; `others`: conditions polls do not speak of."""

    limit: Fraction | None
    others: tuple[str, ...]


def share_asked(rule: Rule | str, turnout: Fraction | None = None) -> ShareAsked:
    """Give the share of the valid votes that a rule asks for.

    Args:
        rule: as `read_rule` reads it.
        turnout: the part of the register that votes, if that is supposed, with no ballot blank or invalid; then
            quorums, shares of the register and of ballots cast are answered too.

    Raises:
        InputError: the rule cannot be read, or the turnout is no share.
    """
    if turnout is not None and not 0 < turnout <= 1:
        raise InputError(f"a turnout of {turnout} is no share of the register; write 0.6 or 3/5.")
    limits: list[Fraction] = []
    others: list[str] = []
    for each in (rule if isinstance(rule, Rule) else read_rule(rule)).conditions:
        parts = each.parts if isinstance(each, Either) else (each,)
        asked = [_limit(part, turnout) for part in parts]
        known = [limit for limit in asked if limit is not None]
        if len(known) == len(asked):
            limits.append(min(known))
        else:
            others.append(each.text)
    return ShareAsked(max(limits, default=None), tuple(others))


def _limit(condition: Condition, turnout: Fraction | None) -> Fraction | None:
    """Give the share of the valid votes that a condition asks for, over one where it cannot be met; None if unknown."""
    name, limit = condition.name, condition.limit
    if name == "majority":
        return Fraction(1, 2)
    if name == "yes_of_valid":
        return limit
    if turnout is None:
        return None
    if name == "yes_of_cast":
        return limit
    if name == "yes_of_registered":
        return limit / turnout
    if name in ("turnout", "valid_of_registered"):
        holds = turnout > limit if condition.strict else turnout >= limit
        return Fraction(0) if holds else Fraction(2)
    return None
