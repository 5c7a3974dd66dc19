"""The rules pinned in a record, compared with the text of the law that stands beside them (V10)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .values import Test, is_count, is_flag, is_text, one_of, record

DECIMAL = re.compile(r"\d{1,9}\.\d{1,15}", re.ASCII)
MOST_POINTS = 500
"""Of a line of a law's text."""
MOST_PLACES = 10
"""To so many decimals of a percentage a law may round: more would only keep a verifier busy."""


class Digits(str):
    """A decimal of the text, as the digits it has there."""

    __slots__ = ()


def _is_decimal(value: Any) -> bool:
    return isinstance(value, str) and DECIMAL.fullmatch(value) is not None


def _is_places(value: Any) -> bool:
    return is_count(value) and value <= MOST_PLACES


def _is_spread(value: Any) -> bool:
    fits = record(name=is_text, required=is_count)
    return type(value) is list and all(map(fits, value))


OTHERWISE = one_of("full-check", "insufficient", "sufficient", "undecided")

VALUES: Mapping[str, Test] = {
    "after_count": is_text,
    "blank_lines_raw": is_flag,
    "district_basis": is_text,
    "district_most_share": _is_decimal,
    "district_requirement": _is_spread,
    "district_share": _is_decimal,
    "districts_needed": is_count,
    "duplicates": one_of("first-valid", "all-but-one", "none"),
    "formula": is_text,
    "full_count": is_text,
    "insufficient_at": is_flag,
    "insufficient_below": _is_decimal,
    "percent_places": _is_places,
    "raw_must_reach": is_flag,
    "requirement": is_count,
    "rounding": one_of("nearest", "down", "up"),
    "sample_least": is_count,
    "sample_otherwise": OTHERWISE,
    "sample_rule": is_text,
    "sample_share": _is_decimal,
    "sample_share_from": is_count,
    "stratum": is_text,
    "sufficient_above": _is_decimal,
    "sufficient_at": is_flag,
}
"""Each rule that is pinned, and the test of its value in the record."""

GIVEN = (
    "district_most_share", "districts_needed", "insufficient_at", "insufficient_below", "rounding", "sample_otherwise",
    "sufficient_above", "sufficient_at",
)  # fmt: skip
"""Each rule that an office may give where the law's text holds none."""


def shape_fault(values: Mapping[str, Any]) -> str:
    """Give which of the pinned values is of no use, or nothing."""
    for name, value in values.items():
        if name not in VALUES:
            return f"{name!r} is none of the rules that are pinned"
        if not VALUES[name](value):
            return f"the value of {name!r} is not of its kind"
    return ""


def given_fault(body: Mapping[str, Any]) -> str:
    """Give which rule that the office gave is of no use, or nothing."""
    names = [each["rule"] for each in body.get("given", [])]
    if names != sorted(set(names)):
        return "the rules given by the office are not each once, by name"
    for each in body.get("given", []):
        name = each["rule"]
        if name not in GIVEN:
            return f"{name!r} is none of the rules that an office may give"
        if name in body["values"]:
            return f"{name!r} is given by the office, and the law holds it"
        if not VALUES[name](typed(each["value"])):
            return f"the value given of {name!r} is not of its kind"
    return ""


def typed(text: str) -> Any:
    """Give a value that an office gave in its type: a whole number, true or false, or the text itself."""
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return int(text)
    return {"true": True, "false": False}.get(text, text)


def values_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values that decide: those of the law's text, and those of use that the office gave."""
    given = {each["rule"]: typed(each["value"]) for each in body.get("given", [])}
    return {**body["values"], **{name: value for name, value in given.items() if name in GIVEN and VALUES[name](value)}}


@lru_cache(maxsize=64)
def parsed(text: str) -> Mapping[str, Any]:
    """Give a law's text as data, not to be changed; many records pin the same one.

    Raises:
        ValueError: it is no TOML, or a line has more points than a law's: a name of so many parts is read for ever.
        RecursionError: it is nested too deeply.
    """
    if any(line.count(".") > MOST_POINTS for line in text.splitlines()):
        raise ValueError("a line has too many points")
    return tomllib.loads(text, parse_float=Digits)


def text_fault(body: Mapping[str, Any], kind: str, on: str) -> str:
    """Give how values and reasons differ from the law's text on a day, or nothing."""
    if hashlib.sha256(body["text"].encode()).hexdigest() != body["sha256"]:
        return "the text of the law does not give the digest that stands beside it"
    try:
        law = parsed(body["text"])
        values, reasons = in_force(law, kind, dt.date.fromisoformat(on))
    except (ValueError, RecursionError):
        return "the text of the law is not TOML"
    except _Unreadable as unreadable:
        return str(unreadable)
    for name in sorted(values.keys() | body["values"].keys()):
        if name not in body["values"]:
            return f"the text has a rule {name!r} in force, which is left out"
        if name not in values:
            return f"the text has no rule {name!r} in force on {on}"
        told, text = body["values"][name], values[name]
        if told != text or type(told) is not type(text):
            return f"{name!r} has another value in the text"
    if reasons != body["reasons"]:
        other = sorted(set(reasons) ^ set(body["reasons"]))
        return f"the grounds of refusal differ from those of the text: {', '.join(other)}"
    return ""


class _Unreadable(Exception):
    """What V10 says of a text that is no law."""


def in_force(law: Mapping[str, Any], kind: str, on: dt.date) -> tuple[dict[str, Any], list[str]]:
    """Give the rules of a kind in force on a day, as a record writes them, and the grounds of refusal."""
    own = _table(_table(law, "kinds"), kind)
    of_place: Mapping[str, Any] = {} if own.get("shared") is False else law
    rules = {**_table(of_place, "rules"), **own}
    grounds = {**_table(of_place, "reasons"), **_table(own, "reasons")}
    values: dict[str, Any] = {}
    for name in VALUES:
        held = _line_on(rules.get(name, []), name, on)
        if held is not None:
            values[name] = _written(held.get("value"))
    return values, sorted(name for name in grounds if _line_on(grounds[name], name, on) is not None)


def _table(law: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = law.get(name, {})
    if not isinstance(table, dict):
        raise _Unreadable(f"{name!r} is no table in the text of the law")
    return table


def _line_on(lines: Any, name: str, on: dt.date) -> dict[str, Any] | None:
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise _Unreadable(f"{name!r} has no dated lines in the text of the law")
    held = [line for line in lines if _day(line, "from", name) <= on <= _day(line, "until", name)]
    if len(held) > 1:
        raise _Unreadable(f"{name!r} has more than one line for {on} in the text of the law")
    return held[0] if held else None


def _day(line: dict[str, Any], end: str, name: str) -> dt.date:
    day = line.get(end, dt.date.max if end == "until" else None)
    if type(day) is not dt.date:
        raise _Unreadable(f"{name!r} has a line without a day in the text of the law")
    return day


def _written(value: Any) -> Any:
    if isinstance(value, Digits):
        return str(value)
    if isinstance(value, dict):
        return [{"name": name, "required": value[name]} for name in sorted(value)]
    return value
