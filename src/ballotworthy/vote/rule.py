"""The rule of a vote as data: what must hold for a question to pass, in the words of its law.

A rule is conditions that must hold together, written with semicolons between them, blanks wherever they help:

    yes_of_valid:>=11/20; turnout:>1/2           55 percent of the valid votes, and more than half of the voters
    majority=valid; yes_of_registered:>=2/5      more yes than no, and yes from 40 percent of the register
    no_majority=valid; no_of_registered:>=1/5    a veto: more no than yes, and no from a fifth of the register
    any(yes_of_valid:>=3/5, yes_of_cast:>1/2)    one of the two is enough

or as a list of such texts in TOML. The rule belongs to the measure: one place votes by several on one day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from ballotworthy.errors import InputError

WORDS = MappingProxyType(
    {
        "yes_of_valid": "yes votes, of the valid votes",
        "yes_of_cast": "yes votes, of all ballots cast",
        "yes_of_registered": "yes votes, of the registered voters",
        "no_of_registered": "no votes, of the registered voters (a veto)",
        "turnout": "ballots cast, of the registered voters (a quorum)",
        "valid_of_registered": "valid votes, of the registered voters (a quorum)",
        "districts": "districts for it, of all districts, for, against or tied",
        "districts_weighted": "districts for it, halves counted as halves (a number)",
        "majority": "more yes than no",
        "no_majority": "more no than yes (a veto)",
    }
)
"""What a condition compares, by its name."""
MAJORITIES = ("majority", "no_majority")
QUORUMS = frozenset({"turnout", "valid_of_registered"})
VETOES = frozenset({"no_majority", "no_of_registered"})
NUMBER = re.compile(r"(\d{1,12})(?:/(\d{1,12})|(\.\d{1,12}))?")
PART = re.compile(r"(\w+) *(?:(:) *(>=|>) *(\S+)|(=) *valid(?: *: *(\S+))?)")
EXAMPLE = "Write for example majority=valid, or yes_of_valid:>=11/20; turnout:>1/2"


@dataclass(frozen=True)
class Condition:
    """One condition: the share of `name` must be over `limit`, or may be `limit` itself unless `strict`."""

    name: str
    limit: Fraction
    strict: bool
    text: str

    @property
    def words(self) -> str:
        """Give the condition for people."""
        if self.name in MAJORITIES:
            return WORDS[self.name]
        return f"{WORDS[self.name]}: {'more than' if self.strict else 'at least'} {self.limit}"


@dataclass(frozen=True)
class Either:
    """Conditions of which one is enough."""

    parts: tuple[Condition, ...]
    text: str


@dataclass(frozen=True)
class Rule:
    """All conditions of a vote, in the order in which they were written."""

    conditions: tuple[Condition | Either, ...]

    def __str__(self) -> str:
        """Give the rule as it can be read again."""
        return "; ".join(each.text for each in self.conditions)


def read_rule(text: str | Sequence[str]) -> Rule:
    """Give the rule that a text says, or a list of its conditions.

    Raises:
        InputError: a part is no condition; all such parts are named at once.
    """
    written = text.split(";") if isinstance(text, str) else list(text)
    parts = [part.strip() for part in written if part.strip()]
    if not parts:
        raise InputError(f"the rule of the vote is empty. {EXAMPLE}.")
    found: list[Condition | Either] = []
    faults: list[str] = []
    for part in parts:
        try:
            found.append(_either(part) if re.match(r"any *\(", part) else _condition(part))
        except InputError as error:
            faults.append(str(error))
    if faults:
        raise InputError(f"the rule of the vote cannot be read: {'; '.join(faults)}. {EXAMPLE}.")
    return Rule(tuple(found))


def _either(text: str) -> Either:
    inner = re.fullmatch(r"any *\((.*)\)", text)
    parts = [part.strip() for part in inner[1].split(",")] if inner else []
    if len(parts) < 2:
        raise InputError(f"{_quoted(text)} is not any(CONDITION, CONDITION)")
    conditions = tuple(_condition(part) for part in parts)
    vetoes = [each.text for each in conditions if each.name in VETOES]
    if vetoes:
        raise InputError(
            f"{_quoted(text)} has a veto in it ({', '.join(vetoes)}), which stops a question where it holds and "
            "cannot be one of the ways to pass; write it as a condition of its own"
        )
    return Either(conditions, f"any({', '.join(parts)})")


def _condition(text: str) -> Condition:
    found = PART.fullmatch(text)
    if not found:
        raise InputError(f"{_quoted(text)} is no condition")
    name, colon, sign, limit, equals, of_half = found.groups()
    if name not in WORDS or (name in MAJORITIES) == bool(colon):
        known = ", ".join(f"{each}=valid" if each in MAJORITIES else f"{each}:>=N/M" for each in WORDS)
        raise InputError(f"{_quoted(text)} is no condition; the conditions are {known}")
    share = _fraction(of_half or "1/2" if equals else limit, text)
    if equals and share != Fraction(1, 2):
        raise InputError(f"{_quoted(text)} asks for another share than a half; write yes_of_valid:>{share}")
    if name != "districts_weighted" and share > 1:
        raise InputError(f"{_quoted(text)} asks for a share over one")
    return Condition(name, share, bool(equals) or sign == ">", text)


def _fraction(text: str, part: str) -> Fraction:
    found = NUMBER.fullmatch(text)
    if not found or (found[2] is not None and int(found[2]) == 0):
        raise InputError(f"{_quoted(part)} has no fraction such as 11/20 or 0.55 in it")
    return Fraction(text)


def _quoted(text: str) -> str:
    return f"“{text}”" if len(text) <= 60 else f"“{text[:60]}…”"
