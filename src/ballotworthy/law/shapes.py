"""Which rules there are, what their values may be, and the keys of reasons: the vocabulary of law.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Shape:
    """What a rule's value must look like: in words for people, and as a test of what TOML gave.

    `meaning` explains the rule itself; a rule that is `required` must have a value in every kind.
    """

    meaning: str
    expected: str
    fits: Callable[[Any], bool]
    required: bool = False


LINE_FIELDS = ("name", "address", "date", "birth_date", "city", "zip", "county", "signature")
FORMULAS = ("california", "washington", "full-count")
DUPLICATES = ("first-valid", "all-but-one", "none")


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _share(value: Any) -> bool:
    return isinstance(value, Decimal) and Decimal(0) < value <= Decimal(2)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _one_of(*allowed: str) -> Callable[[Any], bool]:
    return lambda value: value in allowed


def _some_of(*allowed: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and bool(value) and all(entry in allowed for entry in value)


WHOLE = "a whole number, without quotes"
SHARE = "a share such as 0.05, with a decimal point and without quotes"
FLAG = "true or false"
WORDS = "words in quotes"

RULES: Mapping[str, Shape] = MappingProxyType(
    {
        "requirement": Shape("signatures required", WHOLE, _whole),
        "requirement_share": Shape("share of the basis that the requirement is", SHARE, _share),
        "requirement_basis": Shape("what the share is taken of", WORDS, _words),
        "district_share": Shape("share required in a district, of the same basis there", SHARE, _share),
        "districts_needed": Shape("districts in which that share is required", WHOLE, _whole),
        "stratum": Shape("what is sampled and projected on its own", WORDS, _words, required=True),
        "formula": Shape("formula of the estimate", f"one of {', '.join(FORMULAS)}", _one_of(*FORMULAS), required=True),
        "sample_share": Shape("share of the signatures of a stratum that is sampled", SHARE, _share),
        "sample_least": Shape("signatures of a stratum sampled at least; all if there are fewer", WHOLE, _whole),
        "insufficient_below": Shape("share of the requirement below which a sample fails the petition", SHARE, _share),
        "sufficient_above": Shape("share of the requirement above which a sample qualifies it", SHARE, _share),
        "raw_must_reach": Shape("fewer signatures filed than required end the matter", FLAG, _flag),
        "full_count": Shape("what decides once every signature was examined", WORDS, _words, required=True),
        "after_count": Shape("what is still to be done when a full count reaches the requirement", WORDS, _words),
        "duplicates": Shape(
            "which of several signatures of one person counts",
            f"one of {', '.join(DUPLICATES)}",
            _one_of(*DUPLICATES),
            required=True,
        ),
        "line_fields": Shape(
            "what a line must have to count",
            f"a list of {', '.join(LINE_FIELDS)}",
            _some_of(*LINE_FIELDS),
            required=True,
        ),
        "as_of": Shape(
            "the day on which a signer must be registered",
            "one of signing, filing",
            _one_of("signing", "filing"),
        ),
        "inactive_count": Shape("whether the signatures of inactive voters count", FLAG, _flag),
        "blank_lines_raw": Shape("whether a blank line counts as filed", FLAG, _flag),
        "circulation_days": Shape("days in which signatures may be gathered", WHOLE, _whole),
        "circulation_from": Shape("what the days are counted from", WORDS, _words),
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "blank": "nothing is written on the line",
        "struck": "the line is crossed out",
        "not-registered": "the signer is not on the roll",
        "registered-late": "the signer registered after signing",
        "cancelled": "the signer's registration was cancelled before signing",
        "inactive": "the signer's registration is inactive",
        "different-address": "the address is not the one on the roll",
        "out-of-jurisdiction": "the signer lives elsewhere",
        "duplicate": "the signer already signed",
        "no-date": "the line has no date",
        "date-outside": "the date is outside the time for gathering signatures",
        "no-address": "the line has no address",
        "illegible": "the line cannot be read",
    }
)

UNRESOLVED: Mapping[str, str] = MappingProxyType(
    {
        "ambiguous": "several voters fit the line equally well",
        "uncertain": "the best voter fits the line too weakly to decide",
    }
)
