"""Which rules there are and what their values may be: the vocabulary of law.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ballotworthy.law.events import EXAMPLES


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
FORMULAS = (
    "full-count",
    "california",
    "washington",
    "colorado",
    "south-dakota",
    "arizona",
    "michigan",
    "illinois",
    "nevada",
    "oregon",
    "new-zealand",
    "district-of-columbia",
)
OFF_THE_ROLL = ("out-of-jurisdiction", "registered-late", "under-age", "pending", "cancelled")
SAMPLE_FORMULAS = ("share-of-valid", "share-less-pairs")
DUPLICATES = ("first-valid", "all-but-one", "none")
ROUNDINGS = ("nearest", "down", "up")
RECOUNT_MEASURES = ("winner", "election", "threshold")
OTHERWISE = ("full-check", "insufficient", "sufficient", "undecided")
DISTRICT_BASES = ("requirement", "district")
MOST_PLACES = 10
DIGITS = re.compile(r"\d{1,9}(\.\d{1,15})?", re.ASCII)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _places(value: Any) -> bool:
    return _whole(value) and value <= MOST_PLACES


def _share(value: Any) -> bool:
    return _short(value) and Decimal(0) < value <= Decimal(1)


def _band(value: Any) -> bool:
    return _short(value) and Decimal(0) < value <= Decimal(2)


def _short(value: Any) -> bool:
    """Whether it is a decimal of no more digits than a record holds (its specification, "rules")."""
    return isinstance(value, Decimal) and DIGITS.fullmatch(f"{value:f}") is not None


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _wordings(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_words(entry) for entry in value)


def _wholes(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(_whole(entry) for entry in value.values())


def _deadlines(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _one_of(*allowed: str) -> Callable[[Any], bool]:
    return lambda value: value in allowed


def _some_of(*allowed: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and bool(value) and all(entry in allowed for entry in value)


WHOLE = "a whole number, without quotes"
PLACES = f"a whole number from 0 to {MOST_PLACES}, without quotes"
SHARE = "a share such as 0.05, not over 1, with a decimal point and without quotes"
BAND = "a share of the requirement such as 0.95, not over 2, with a decimal point and without quotes"
FLAG = "true or false"
WORDS = "words in quotes"
WORDINGS = "a list of words in quotes"
WHOLES = 'a table of whole numbers such as { "District 1" = 482 }'
DEADLINES = f"a list of tables such as {EXAMPLES}"

RULES: Mapping[str, Shape] = MappingProxyType(
    {
        "requirement": Shape("signatures required", WHOLE, _whole),
        "requirement_share": Shape("share of the basis that the requirement is", SHARE, _share),
        "requirement_basis": Shape("what the share is taken of", WORDS, _words),
        "distribution_unit": Shape("over what the signatures must be spread", WORDS, _words),
        "district_share": Shape("share required in a district, of the same basis there", SHARE, _share),
        "districts_needed": Shape("districts in which that share is required", WHOLE, _whole),
        "districts_total": Shape("districts there are", WHOLE, _whole),
        "district_most_share": Shape("greatest share that may come from one district", SHARE, _share),
        "district_basis": Shape(
            "what a district's share is taken of: the whole requirement, or a number of the district",
            f"one of {', '.join(DISTRICT_BASES)}",
            _one_of(*DISTRICT_BASES),
        ),
        "district_requirement": Shape("signatures required in each district", WHOLES, _wholes),
        "districts_alone": Shape("no number is required in all, the districts alone decide", FLAG, _flag),
        "stratum": Shape("what is sampled and projected on its own", WORDS, _words, required=True),
        "formula": Shape("formula of the estimate", f"one of {', '.join(FORMULAS)}", _one_of(*FORMULAS), required=True),
        "sample_formula": Shape(
            "formula of a sample that the office may take in place of the full count",
            f"one of {', '.join(SAMPLE_FORMULAS)}",
            _one_of(*SAMPLE_FORMULAS),
        ),
        "formula_caution": Shape("what is to be known before relying on the formula", WORDS, _words),
        "rounding": Shape(
            "how the office makes the estimate whole, where the statute does not say",
            f"one of {', '.join(ROUNDINGS)}",
            _one_of(*ROUNDINGS),
        ),
        "percent_places": Shape(
            "decimals to which the office rounds the percentage valid, where the statute does not say", PLACES, _places
        ),
        "sample_share": Shape("share of the signatures of a stratum that is sampled", SHARE, _share),
        "sample_least": Shape("signatures of a stratum sampled at least; all if there are fewer", WHOLE, _whole),
        "sample_share_from": Shape(
            "signatures of a stratum from which that share is sampled; of fewer the least sample is", WHOLE, _whole
        ),
        "sample_rule": Shape("where the size of the sample comes from", WORDS, _words),
        "insufficient_below": Shape("share of the requirement below which a sample fails the petition", BAND, _band),
        "insufficient_at": Shape("whether a sample at exactly that share fails it too", FLAG, _flag),
        "sufficient_above": Shape("share of the requirement above which a sample qualifies it", BAND, _band),
        "sufficient_at": Shape("whether a sample at exactly that share qualifies it too", FLAG, _flag),
        "sample_otherwise": Shape(
            "what follows from a sample that neither share decides",
            f"one of {', '.join(OTHERWISE)}",
            _one_of(*OTHERWISE),
        ),
        "raw_must_reach": Shape("fewer signatures filed than required end the matter", FLAG, _flag),
        "full_count": Shape("what decides once every signature was examined", WORDS, _words, required=True),
        "after_count": Shape("what follows when a full count reaches the requirement", WORDS, _words),
        "verifier": Shape("who verifies", WORDS, _words),
        "duplicates": Shape(
            "which of several signatures of one person counts",
            f"one of {', '.join(DUPLICATES)}",
            _one_of(*DUPLICATES),
        ),
        "line_fields": Shape(
            "what a line must have to count", f"a list of {', '.join(LINE_FIELDS)}", _some_of(*LINE_FIELDS)
        ),
        "may_not_refuse": Shape("what alone is no ground to refuse a signature", WORDINGS, _wordings),
        "as_of": Shape(
            "the day on which a signer must be registered",
            "one of signing, filing",
            _one_of("signing", "filing"),
        ),
        "inactive_count": Shape("whether the signatures of inactive voters count", FLAG, _flag),
        "counted_though": Shape(
            "what the roll says of a voter that does not keep the signature from counting",
            f"a list of {', '.join(OFF_THE_ROLL)}",
            _some_of(*OFF_THE_ROLL),
        ),
        "blank_lines_raw": Shape("whether a blank line counts as filed", FLAG, _flag),
        "withdrawal": Shape("how a signer withdraws", WORDS, _words),
        "disclosure": Shape("whether the petition is public", 'words such as "public", "confidential"', _words),
        "circulation_days": Shape("days in which signatures may be gathered", WHOLE, _whole),
        "circulation_months": Shape("months in which signatures may be gathered", WHOLE, _whole),
        "circulation_from": Shape("what the time for gathering is counted from", WORDS, _words),
        "filing_deadline": Shape("when the petition must be filed", WORDS, _words),
        "filing_months": Shape("months before the election by which the petition must be filed", WHOLE, _whole),
        "filing_days": Shape("days before the election by which the petition must be filed", WHOLE, _whole),
        "filing_passed": Shape("what follows when the petition is not filed by its day", WORDS, _words),
        "deadlines": Shape("time allowed", DEADLINES, _deadlines),
        "title_duty": Shape("whether the office that titles a measure may refuse to", WORDS, _words),
        "adoption_share": Shape("share of the votes that adopts the measure", SHARE, _share),
        "adoption_rule": Shape("what else the vote needs", WORDS, _words),
        "recount_rule": Shape("when the vote is recounted, or who may ask for it", WORDS, _words),
        "recount_share": Shape("share of the votes on it to which a margin is recounted by law alone", SHARE, _share),
        "recount_votes": Shape("votes to which a margin is recounted by law alone", WHOLE, _whole),
        "recount_below": Shape("whether a margin must be less than that, and not as great", FLAG, _flag),
        "recount_measure": Shape(
            "how the margin is measured where it is not yes against no, in the votes on it: as a share of the winning "
            "side's votes, of all votes of the election, or from the share that adopts",
            f"one of {', '.join(RECOUNT_MEASURES)}",
            _one_of(*RECOUNT_MEASURES),
        ),
    }
)
