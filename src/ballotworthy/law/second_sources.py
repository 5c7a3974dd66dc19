"""Which values decide a petition, and which of them stand in one source only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ballotworthy.law.dated import Cited, Dated

if TYPE_CHECKING:
    from ballotworthy.law.rules import Rules

OF_A_SAMPLE = (
    "sample_share", "sample_least", "sample_share_from", "insufficient_below", "insufficient_at", "sufficient_above",
    "sufficient_at", "sample_otherwise",
)  # fmt: skip
OF_A_VERDICT = (
    "requirement", "distribution_unit", "district_share", "districts_needed", "district_most_share", "district_basis",
    "district_requirement", "formula", "rounding", "percent_places", *OF_A_SAMPLE, "raw_must_reach", "duplicates",
)  # fmt: skip
"""The rules that a verdict is computed from."""

DECIDE = (
    *OF_A_VERDICT, "requirement_share", "requirement_basis", "districts_total", "circulation_days",
    "circulation_months", "filing_deadline", "filing_months", "filing_days", "deadlines", "adoption_share",
    "adoption_rule",
)  # fmt: skip
"""The rules whose values decide whether and when a petition or its measure succeeds."""


def one_source(name: str, line: Cited[Any] | Dated[Any]) -> bool:
    """Tell whether a value that decides was read at one publisher only; of a list of times, whether any was."""
    return name in DECIDE and any(not checked for checked in _checks(name, line))


def count_of(name: str, lines: Iterable[Dated[Any]]) -> tuple[int, int]:
    """Give how many values of a rule decide, and how many of them have a second source; each time of a list is one."""
    checks = [checked for line in lines for checked in _checks(name, line)] if name in DECIDE else []
    return len(checks), sum(map(bool, checks))


def resting_on_one(rules: Rules, *, required_given: bool = False) -> tuple[str, ...]:
    """Give the rules of a verdict whose values stand in one source only.

    Args:
        rules: the rules in force.
        required_given: the user gave the number required, so that the law's is not used.
    """
    unused = {"requirement"} if required_given else set()
    if rules.formula.value == "full-count":
        unused |= set(OF_A_SAMPLE)
    held = ((name, getattr(rules, name)) for name in OF_A_VERDICT if name not in unused)
    return tuple(name for name, cited in held if cited is not None and one_source(name, cited))


def resting_words(rules: Rules, *, required_given: bool = False) -> list[str]:
    """Say it in one sentence; nothing where every value was compared with a second source."""
    names = [plain_name(name) for name in resting_on_one(rules, required_given=required_given)]
    return [f"Read in one source only, so compare with the official text: {', '.join(names)}."] if names else []


def plain_name(rule: str) -> str:
    """Give a rule's name as it stands in a sentence: "sample share"."""
    return rule.replace("_", " ")


def _checks(name: str, line: Cited[Any] | Dated[Any]) -> Iterator[bool]:
    if name == "deadlines":
        yield from (bool(line.checked or deadline.checked) for deadline in line.value)
    else:
        yield bool(line.checked)
