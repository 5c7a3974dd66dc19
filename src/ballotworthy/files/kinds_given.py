"""Values that users give functions, held to their annotations: another kind is refused in words, no value is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from os import PathLike
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from ballotworthy.errors import InputError

PLAIN: Mapping[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text"),
    int: ((Integral,), "a whole number"),
    float: ((Real, Decimal), "a number"),
    Fraction: ((Real, Decimal), "a number"),
    bool: ((bool,), "True or False"),
    dt.date: ((dt.date,), "a date"),
    Path: ((str, PathLike), "a path"),
    Mapping: ((Mapping,), "a dict"),
    Sequence: ((Iterable,), "a list"),
    tuple: ((Iterable,), "a list"),
}
"""By what is annotated, what may be given, and how that is called."""


def refuse_other_kinds(given: Mapping[str, object], hints: Mapping[str, Any]) -> None:
    """Refuse values of other kinds than their annotations say; what Python does not tell apart, as a frame, passes.

    Raises:
        InputError: some are of another kind, each named.
    """
    told = [_told(name, value, hints[name]) for name, value in given.items() if not _fits(value, hints.get(name, Any))]
    if told:
        raise InputError(" ".join(told))


def _told(name: str, value: object, hint: Any) -> str:
    module, kind = type(value).__module__.partition(".")[0], type(value).__name__
    own = kind if module == "builtins" else f"{module}.{kind}"
    words = list(dict.fromkeys(each for each in map(_called, _choices(hint)) if each))
    words = [each for each in words if each != "text" or "a path" not in words]
    told = f"none of its choices ({own})" if any(get_origin(each) is Literal for each in _choices(hint)) else own
    quoted = ", in quotation marks" if words == ["text"] and isinstance(value, Real) else ""
    return f"{name} is {told}. Give {' or '.join(words)}{quoted}."


def _choices(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _fits(value: object, hint: Any) -> bool:
    return any(_is(value, each) for each in _choices(hint))


def _is(value: object, hint: Any) -> bool:
    kind = get_origin(hint) or hint
    if kind is Literal:
        return any(type(value) is type(choice) and value == choice for choice in get_args(hint))
    if kind is Any or not isinstance(kind, type):
        return True
    if isinstance(value, bool) and kind in (int, float):
        return False  # True is a number to Python alone
    if isinstance(value, str) and kind in (Sequence, tuple):
        return False  # and text a list
    return isinstance(value, PLAIN[kind][0] if kind in PLAIN else kind)


def _called(hint: Any) -> str:
    kind = get_origin(hint) or hint
    if kind is Literal:
        return " or ".join(f"{each!r}" for each in get_args(hint))
    return "" if kind in (NoneType, None) else PLAIN[kind][1] if kind in PLAIN else f"a {kind.__name__}"
