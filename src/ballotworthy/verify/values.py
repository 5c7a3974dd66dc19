"""Tests of the values that events hold: texts, numbers, days, digests, lists and objects of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .alike import is_read
from .form import DIGEST

Test = Callable[[Any], bool]
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
TIME = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", re.ASCII)
SIGNATURE = re.compile(r"[0-9a-f]{128}")
PRINTED = re.compile("[!-~]")
_PLAIN = frozenset({str, int, bool})
UNSEEN = re.compile("[\x00-\x20]")
BREAKS = re.compile("[\t\n\r]")


def is_string(value: Any) -> bool:
    """Whether it is a string, perhaps empty."""
    return type(value) is str


def is_text(value: Any) -> bool:
    """Whether it is a string that is not blank to the eye."""
    return type(value) is str and ("!" <= value[:1] <= "~" or PRINTED.search(value) is not None or is_read(value))


def is_one_line(value: Any) -> bool:
    """Whether it is a text without a line feed."""
    return is_text(value) and "\n" not in value


def is_id(value: Any) -> bool:
    """Whether it is a text without blanks."""
    return is_text(value) and not UNSEEN.search(value)


def is_whole(value: Any) -> bool:
    """Whether it is a whole number."""
    return type(value) is int


def is_count(value: Any) -> bool:
    """Whether it is a whole number from 0."""
    return type(value) is int and value >= 0


def is_positive(value: Any) -> bool:
    """Whether it is a whole number from 1."""
    return type(value) is int and value >= 1


def is_digest(value: Any) -> bool:
    """Whether it is sixty-four small hexadecimal digits."""
    return type(value) is str and DIGEST.fullmatch(value) is not None


def is_day(value: Any) -> bool:
    """Whether it is a day of the calendar."""
    return type(value) is str and _is_day(value)


def is_time(value: str) -> bool:
    """Whether it is a second of UTC, 2026-11-03T16:48:21Z."""
    return TIME.fullmatch(value) is not None and _is_day(value[:10])


def is_flag(value: Any) -> bool:
    """Whether it is true or false."""
    return type(value) is bool


@lru_cache(maxsize=4096)
def _is_day(value: str) -> bool:
    if not DAY.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def one_of(*allowed: Any) -> Test:
    """Give a test for one of some values, of the same type."""
    known = frozenset((type(each), each) for each in allowed)
    return lambda value: type(value) in _PLAIN and (type(value), value) in known


def matching(pattern: re.Pattern[str]) -> Test:
    """Give a test for strings of a form."""
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def array(test: Test, least: int = 0, most: int | None = None) -> Test:
    """Give a test for arrays whose items pass another."""

    def fits(value: Any) -> bool:
        return type(value) is list and least <= len(value) <= (most or len(value)) and all(map(test, value))

    return fits


def each_once(test: Test, least: int = 0) -> Test:
    """Give a test for arrays of strings that pass another, none twice."""
    fits = array(test, least)
    return lambda value: fits(value) and len(set(value)) == len(value)


def record(**keys: Test) -> Test:
    """Give a test for objects with these keys and no other; a key that ends in `_` may be absent."""
    must = frozenset(key for key in keys if not key.endswith("_"))
    tests = {key.rstrip("_"): test for key, test in keys.items()}

    def fits(value: Any) -> bool:
        if type(value) is not dict or not must <= value.keys():
            return False
        for key, held in value.items():
            test = tests.get(key)
            if test is None or not test(held):
                return False
        return True

    return fits


def both(first: Test, second: Test) -> Test:
    """Give a test that passes what two others pass."""
    return lambda value: first(value) and second(value)
