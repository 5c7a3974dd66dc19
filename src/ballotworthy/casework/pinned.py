"""The law as a case pins it: the exact text, its digest, the rules that decide; nothing later changes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.law import Rules, read_law_text, rules_on
from ballotworthy.law.given import Given, with_given

VALUES = (
    "after_count", "blank_lines_raw", "district_basis", "district_most_share", "district_requirement",
    "district_share", "districts_needed", "duplicates", "formula", "full_count", "insufficient_at",
    "insufficient_below", "percent_places", "raw_must_reach", "requirement", "rounding", "sample_least",
    "sample_otherwise", "sample_rule", "sample_share", "sample_share_from", "stratum", "sufficient_above",
    "sufficient_at",
)  # fmt: skip
"""The rules that a verifier computes with."""


def rules_body(
    text: str,
    place: str,
    kind: str,
    on: str,
    *,
    required: tuple[int, str] | None = None,
    districts: tuple[Mapping[str, Any], ...] = (),
    given: tuple[Given, ...] = (),
) -> dict[str, Any]:
    """Give the body that pins a law's text.

    Args:
        text: the whole law.toml.
        place: the place's code.
        kind: the kind of petition.
        on: the governing day.
        required: the number required and its source, where the office gives it.
        districts: numbers of districts that the data does not hold: name, required, at_most.
        given: rules that decide and that the data does not hold, with their sources.

    Raises:
        FileFaults: the text is no law.
        LawSilent: it says nothing of that day.
        InputError: a rule is given that the data holds, or its value cannot be.
    """
    rules = rules_of(text, place, kind, on)
    with_given(rules, given)
    body: dict[str, Any] = {
        "text": text,
        "sha256": sha256(text.encode()).hexdigest(),
        "values": plain_values(rules),
        "reasons": sorted(rules.reasons),
    }
    if required:
        body["required"] = {"value": required[0], "source": required[1]}
    if districts:
        body["districts"] = [dict(district) for district in districts]
    if given:
        body["given"] = [asdict(each) for each in sorted(given, key=lambda each: each.rule)]
    return body


def rules_of(text: str, place: str, kind: str, on: str) -> Rules:
    """Give the rules that a pinned text holds on a day, the only one of a case; raises as `rules_body` does."""
    rules = rules_on(read_law_text(text, Path(place) / "law.toml"), kind, dt.date.fromisoformat(on))
    return replace(rules, assumed=MappingProxyType({}))


def pinned_rules(body: Mapping[str, Any], place: str, kind: str, on: str) -> Rules:
    """Give the rules that a body pins: those of its text, and those that the office gave."""
    return with_given(rules_of(body["text"], place, kind, on), _given(body))


def _given(body: Mapping[str, Any]) -> list[Given]:
    return [Given(**each) for each in body.get("given", ())]


def plain_values(rules: Rules) -> dict[str, Any]:
    """Give the rules that decide as a record holds them: decimals as texts, the table of districts as a list."""
    found = {name: getattr(rules, name) for name in VALUES}
    return {name: _plain(cited.value) for name, cited in found.items() if cited is not None}


def fault_of_rules(body: Mapping[str, Any], place: str, kind: str, on: str) -> tuple[Rules | None, str]:
    """Give the rules that a body pins, or why it does not pin what it says."""
    if sha256(body["text"].encode()).hexdigest() != body["sha256"]:
        return None, "the digest is not that of the law's text"
    try:
        rules = rules_of(body["text"], place, kind, on)
    except BallotworthyError as error:
        return None, f"the law's text cannot be used: {error}"
    if plain_values(rules) != body["values"] or sorted(rules.reasons) != list(body["reasons"]):
        return None, "the values are not those of the law's text on the governing day"
    names = [district["name"] for district in body.get("districts", ())]
    if len(set(names)) < len(names):
        return None, "a district is named twice"
    if "required" not in body and lacks_number(rules):
        return None, "the law's data holds no number required for that day; give it with its source"
    try:
        return with_given(rules, _given(body)), ""
    except InputError as error:
        return None, str(error)


def lacks_number(rules: Rules) -> bool:
    """Tell whether the office must give the number required, since the law's data holds none for the day."""
    return rules.requirement is None


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return [{"name": name, "required": number} for name, number in sorted(value.items())]
    return value
