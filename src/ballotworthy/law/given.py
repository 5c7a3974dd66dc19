"""A rule that decides and that the data does not hold, entered by an office or a user with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.law.dated import Cited, Source
from ballotworthy.law.rules import Rules
from ballotworthy.law.shapes import RULES

GIVABLE = (
    "district_most_share",
    "districts_needed",
    "insufficient_at",
    "insufficient_below",
    "rounding",
    "sample_otherwise",
    "sufficient_above",
    "sufficient_at",
)
"""The rules whose lack leaves a verdict open; the requirement and the numbers of districts are given apart."""

FLAGS = {"true": True, "false": False}


@dataclass(frozen=True)
class Given:
    """One rule as entered: its name, its value as written, who set it and where it stands."""

    rule: str
    value: str
    source: str


def read_given(each: str, source: str) -> Given:
    """Read NAME=VALUE.

    Raises:
        InputError: it is not of that form, no such rule can be given, or its value cannot be.
    """
    name, equals, value = (part.strip() for part in each.partition("="))
    if not equals or name not in GIVABLE:
        raise InputError(
            f"--rule {each} is not NAME=VALUE with one of {', '.join(GIVABLE)}; write it as "
            "--rule insufficient_below=0.95."
        )
    given = Given(name, value, source)
    value_of(given)
    return given


def value_of(given: Given) -> Any:
    """Give the value in its type.

    Raises:
        InputError: it is not what the rule may be.
    """
    text = given.value
    value: Any = text
    if re.fullmatch(r"\d+\.\d+", text, re.ASCII):
        value = Decimal(text)
    elif re.fullmatch(r"\d{1,9}", text, re.ASCII):
        value = int(text)
    elif text in FLAGS:
        value = FLAGS[text]
    if not RULES[given.rule].fits(value):
        raise InputError(f"{given.rule} cannot be {text}: write {RULES[given.rule].expected}.")
    return value


def with_given(rules: Rules, given: Iterable[Given]) -> Rules:
    """Give the rules with those that were entered, each where the data holds none.

    Raises:
        InputError: the data holds that rule, it is given twice, or its value cannot be.
    """
    found: dict[str, Cited[Any]] = {}
    for each in given:
        held: Cited[Any] | None = getattr(rules, each.rule)
        if held is not None:
            raise InputError(
                f"the law of {rules.place} {rules.kind} holds {each.rule} already: {held.value} ({held.source}). "
                "Only a rule that is missing can be given."
            )
        if each.rule in found:
            raise InputError(f"{each.rule} is given twice; give it once.")
        found[each.rule] = Cited(value_of(each), Source(each.source, ""))
    silence = {name: error for name, error in rules.silence.items() if name not in found}
    changes: dict[str, Any] = {**found, "silence": MappingProxyType(silence)}
    return replace(rules, **changes)
