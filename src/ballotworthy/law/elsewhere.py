"""Which rules were looked up on another day than the governing one, and by which act's day they go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from ballotworthy.law.shapes import RULES

if TYPE_CHECKING:
    from ballotworthy.law.rules import Assumed, Rules

OPTIONS = {"registration": "registered", "signing": "signed", "filing": "filed", "certification": "certified"}


def elsewhere(rules: Rules) -> Mapping[str, tuple[str, date]]:
    """Give the rules looked up on another day than `rules.on`, each with the act that governs it and its day.

    Grounds of refusal stand under "reasons.duplicate" and the like.
    """
    governs = {name: cited.governs for name in RULES if (cited := getattr(rules, name)) is not None}
    governs |= {f"reasons.{key}": reason.governs for key, reason in rules.reasons.items()}
    return {name: (act, rules.days.of(act)) for name, act in governs.items() if act and rules.days.of(act) != rules.on}


def elsewhere_data(rules: Rules) -> dict[str, dict[str, str]]:
    """Give the same as plain data."""
    return {name: {"governs": act, "day": day.isoformat()} for name, (act, day) in elsewhere(rules).items()}


def elsewhere_words(rules: Rules) -> list[str]:
    """Say it, a sentence for each day: "As on the day of filing (2026-01-30): signatures required.".

    A sentence more for each number that goes by a day that was not given, where it was another within the year before;
    and one before all others where the law is the user's own.
    """
    by_day: dict[tuple[str, date], list[str]] = {}
    for name, act_and_day in elsewhere(rules).items():
        by_day.setdefault(act_and_day, []).append(rule_words(name))
    said = [f"As on the day of {act} ({day}): {'; '.join(names)}." for (act, day), names in by_day.items()]
    own = [f"The law is not the program's but the user's own, {rules.own}."] if rules.own else []
    return [*own, *said, *(_assumed(rules, name, each) for name, each in rules.assumed.items())]


def _assumed(rules: Rules, name: str, each: Assumed) -> str:
    before = f": {each.before:,}" if isinstance(each.before, int) else ""
    return (
        f"The day of {each.act} was not given, so {rules.on} stands for it; until {each.until} another number held for "
        f"{rule_words(name)}{before}. Give --{OPTIONS[each.act]} if that day was earlier."
    )


def rule_words(rule: str) -> str:
    """Give a rule's meaning: "signatures required", "ground to refuse: duplicate"."""
    return RULES[rule].meaning if rule in RULES else f"ground to refuse: {rule.removeprefix('reasons.')}"
