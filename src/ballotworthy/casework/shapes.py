"""What a value in the body of an event may be; each test goes with the words that say what is expected."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ballotworthy.casework.alike import is_seen

Fits = Callable[[Any], bool]
DIGEST = re.compile(r"[0-9a-f]{64}\Z")
SIGNATURE = re.compile(r"[0-9a-f]{128}\Z")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
BLANKS = re.compile(r"[\t\n\r]")


class Part(NamedTuple):
    """One part of a body: what it may be, in words and as a test, and whether it may be absent."""

    words: str
    fits: Fits
    optional: bool = False


Shape = Mapping[str, Part]


def is_text(value: Any) -> bool:
    """Tell whether it is a text in which the eye finds something to read."""
    return type(value) is str and ("!" <= value[:1] <= "~" or is_seen(value))


def is_string(value: Any) -> bool:
    """Tell whether it is a text, blank or not."""
    return type(value) is str


def is_line(value: Any) -> bool:
    """Tell whether it is a text of one line that is not blank."""
    return is_text(value) and "\n" not in value and "\r" not in value


def is_id(value: Any) -> bool:
    """Tell whether it is a word without blanks (characters up to U+0020), as a person's id is."""
    return type(value) is str and bool(value) and all(letter > " " for letter in value)


def is_count(value: Any) -> bool:
    """Tell whether it is a whole number from 0 on."""
    return type(value) is int and value >= 0


def is_whole(value: Any) -> bool:
    """Tell whether it is a whole number."""
    return type(value) is int


def is_positive(value: Any) -> bool:
    """Tell whether it is a whole number from 1 on."""
    return type(value) is int and value >= 1


def is_flag(value: Any) -> bool:
    """Tell whether it is true or false."""
    return type(value) is bool


def is_digest(value: Any) -> bool:
    """Tell whether it is a SHA-256 in hexadecimal."""
    return type(value) is str and DIGEST.match(value) is not None


def is_signature(value: Any) -> bool:
    """Tell whether it is an Ed25519 signature in hexadecimal."""
    return type(value) is str and SIGNATURE.match(value) is not None


def is_day(value: Any) -> bool:
    """Tell whether it is a day of the calendar, written YYYY-MM-DD."""
    if type(value) is not str or len(value) != 10:
        return False
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_time(value: Any) -> bool:
    """Tell whether it is a time in UTC, written 2026-11-03T16:48:21Z."""
    if type(value) is not str or not TIME.match(value):
        return False
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def written(form: str) -> Fits:
    """Give the test for a text of a form, a regular expression."""
    pattern = re.compile(form, re.ASCII)
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def one_of(*words: str) -> Fits:
    """Give the test for one of some words."""
    allowed = frozenset(words)
    return lambda value: type(value) is str and value in allowed


def just(number: int) -> Fits:
    """Give the test for one whole number."""
    return lambda value: type(value) is int and value == number


def either(*tests: Fits) -> Fits:
    """Give the test that one of some tests passes."""
    return lambda value: any(fits(value) for fits in tests)


def list_of(fits: Fits, *, least: int = 0, most: int | None = None, distinct: bool = False) -> Fits:
    """Give the test for a list of things of one kind; `distinct` ones are texts."""

    def is_list(value: Any) -> bool:
        return (
            type(value) in (list, tuple)
            and least <= len(value)
            and (most is None or len(value) <= most)
            and all(map(fits, value))
            and (not distinct or len(set(value)) == len(value))
        )

    return is_list


def some_of(*words: str, least: int = 0) -> Fits:
    """Give the test for a list of some words, each once, so many at least."""
    return list_of(one_of(*words), least=least, distinct=True)


def sorted_names(form: str) -> Fits:
    """Give the test for a list of one or more texts of a form, sorted, each once."""
    fits = list_of(written(form), least=1, distinct=True)
    return lambda value: fits(value) and list(value) == sorted(value)


def table(shape: Shape) -> Fits:
    """Give the test for an object of the parts of `shape`, no more and no less."""
    return lambda value: fault_in(value, shape) is None


def fault_in(value: Any, shape: Shape) -> str | None:
    """Say what is wrong with an object that ought to have the parts of `shape`; None if nothing is."""
    if type(value) is not dict:
        return "it has no parts"
    told = 0
    for name, (words, fits, optional) in shape.items():
        if name in value:
            told += 1
            if not fits(value[name]):
                return f"its {name} is not {words}"
        elif not optional:
            return f"it does not say its {name}, {words}"
    if len(value) > told:
        return f"it says too much: {', '.join(sorted(set(value) - set(shape)))}"
    return None
