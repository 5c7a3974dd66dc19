"""Canonical JSON (RFC 8785) of the plain values that a record may hold: one value, one row of bytes."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

GREATEST = 2**53 - 1
KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_ENCODE = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


def canonical(value: Any) -> bytes:
    """Give the canonical bytes of a value that a record may hold.

    Raises:
        ValueError: it holds something else: a fraction, `None`, a number beyond 2^53 - 1, a lone surrogate, or
            a key that is not a plain word.
    """
    check_plain(value)
    return encode(value)


def encode(value: Any) -> bytes:
    """Give the canonical bytes of a value known to be plain.

    Raises:
        ValueError: a text has a lone surrogate in it.
    """
    return _ENCODE(value).encode()


def check_plain(value: Any) -> None:
    """Refuse a value that has no place in a record; see `canonical` for what it raises."""
    kind = type(value)
    if kind is str or kind is bool:
        return
    if kind is int:
        if not -GREATEST <= value <= GREATEST:
            raise ValueError(f"{value} is beyond the whole numbers that every reader of JSON holds exactly")
    elif kind is list or kind is tuple:
        for entry in value:
            check_plain(entry)
    elif kind is dict:
        for key, entry in value.items():
            if type(key) is not str or not KEY.match(key):
                raise ValueError(f"the key {key!r} is not a plain word; names are values, never keys")
            check_plain(entry)
    else:
        raise ValueError(f"a record holds texts, whole numbers, true and false, not {kind.__name__}")


def parse(line: bytes) -> Any:
    """Give the value whose canonical bytes are `line`.

    Raises:
        ValueError: `line` is not the canonical form of any value that a record may hold.
    """
    value = decode(line)
    if encode(value) != line:
        raise ValueError("it is JSON, but not in its canonical form")
    return value


def decode(line: bytes) -> Any:
    """Give the value that `line` holds in any form, for bytes that a hash vouches for.

    Raises:
        ValueError: it is not JSON, or has a number that is not whole.
    """
    try:
        return _DECODE(line.decode())
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON of the kind that a record holds") from error


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a whole number")


_DECODE = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode
